"""设置 over real services: every setting, one 保存, honest tests, devices, look, self-test."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from hbgz_desktop.model.instance import PeerAssociation
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.services.doctor import Doctor
from hbgz_desktop.services.ui_state import UiState, load_ui_state
from hbgz_desktop.ui.pages.settings_about import AboutSection
from hbgz_desktop.ui.pages.settings_appearance import AppearanceSection, resolve_scheme
from hbgz_desktop.ui.pages.settings_devices import DevicesSection
from hbgz_desktop.ui.pages.settings_page import SettingsPage
from hbgz_desktop.ui.palette import Scheme
from hbgz_desktop.ui.widgets.fact_rows import FactRow
from hbgz_desktop.ui.widgets.secret_field import SecretField
from tests.ui.windows import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.settings_form import SettingsForm
    from hbgz_desktop.ui.widgets.switch import Switch
    from tests.ui.conftest import Journal

Opener = "Callable[[str], SettingsPage]"


@pytest.fixture
def open_page(context: PageContext, qtbot: QtBot) -> Callable[[str], SettingsPage]:
    """Shows the page at a section and waits until the settings are read."""

    def opened(section: str = "hospital") -> SettingsPage:
        page = SettingsPage(context)
        window = shown(qtbot, page)
        window.resize(1224, 800)
        page.activate()
        qtbot.waitUntil(lambda: page._drafts.form("hospital") is not None)
        page.show_rows(section)
        return page

    return opened


def form(page: SettingsPage, section: str) -> SettingsForm:
    """A section's form."""
    found = page._drafts.form(section)
    assert found is not None
    return found


def type_in(page: SettingsPage, key: str, text: str) -> QLineEdit:
    """What a person does to a field; the field."""
    line = form(page, page._drafts.section_of(key)).editor(key).widget
    assert isinstance(line, QLineEdit)
    line.setText(text)
    line.textEdited.emit(text)
    line.editingFinished.emit()
    return line


def words(widget: QWidget) -> str:
    """Every word that shows in it."""
    labels = widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget) and one.text())


def said(journal: Journal, qtbot: QtBot, text: str) -> None:
    """Wait for a toast."""
    qtbot.waitUntil(lambda: any(text in one.text for one in journal.toasts))


def test_every_setting_stands_in_exactly_one_place(
    open_page: Callable[[str], SettingsPage], workplace: Workplace, context: PageContext
) -> None:
    page = open_page("hospital")
    facts = context.services.settings()
    forms = [form(page, key) for key in page._drafts.form_keys()]
    places = [fact.key for fact in facts for one in forms if one.has(fact.key)]
    assert sorted(places) == sorted(fact.key for fact in facts)
    assert page._drafts.changes() == {}
    assert page.header.subtitle() == "都已保存"
    assert not page.header.primary.isEnabled()
    assert page.header.primary.toolTip() == "没有改动"


def test_one_save_writes_all_and_can_be_undone(
    open_page: Callable[[str], SettingsPage],
    workplace: Workplace,
    journal: Journal,
    qtbot: QtBot,
) -> None:
    page = open_page("upload")
    type_in(page, "upload.parallel", "6")
    type_in(page, "storage.reserve_mb", "4096")
    assert page.header.subtitle() == "改动 2 处，还没保存"
    assert page.header.primary.text() == "保存 2 项"
    assert "原来是 3" in words(form(page, "upload"))
    page.header.press_primary()
    said(journal, qtbot, "保存了 2 项设置")
    assert workplace.settings_file.load().upload.parallel == 6
    qtbot.waitUntil(lambda: page.header.subtitle() == "都已保存")
    assert "有 2 项要重新启动接收才生效" in words(page)
    undo = journal.toasts[-1].undo
    assert undo is not None
    undo()
    said(journal, qtbot, "已恢复原来的 2 项设置")
    assert workplace.settings_file.load().upload.parallel == 3


def test_a_wrong_value_is_said_below_its_field_and_nothing_is_written(
    open_page: Callable[[str], SettingsPage], workplace: Workplace, qtbot: QtBot
) -> None:
    page = open_page("dicom")
    type_in(page, "dicom.ae_title", "EIN\\AUS")
    qtbot.waitUntil(lambda: "不要反斜杠" in words(form(page, "dicom")))
    type_in(page, "upload.parallel", "40")
    type_in(page, "hospital.name", "示例医院")
    page.header.press_primary()
    qtbot.waitUntil(lambda: "填 1 到 16 之间的整数" in words(form(page, "upload")))
    qtbot.waitUntil(lambda: page.header.primary.text() == "保存 3 项")
    assert workplace.settings_file.load().hospital.name == ""
    assert page._sections.chosen == "dicom"
    line = type_in(page, "dicom.ae_title", "EIN")
    assert "不要反斜杠" not in words(form(page, "dicom"))
    assert line.property("problem") is False


def test_a_key_is_sealed_and_never_shown_again(
    open_page: Callable[[str], SettingsPage],
    workplace: Workplace,
    journal: Journal,
    qtbot: QtBot,
) -> None:
    page = open_page("guizhou")
    field = form(page, "guizhou").editor("guizhou.key").widget
    assert isinstance(field, SecretField)
    field._line.setText("sehr-geheim")
    field.changed.emit()
    assert page.header.primary.text() == "保存 1 项"
    page.header.press_primary()
    said(journal, qtbot, "保存了 1 项设置")
    qtbot.waitUntil(lambda: page.header.subtitle() == "都已保存")
    assert workplace.secrets.get("guizhou.key") == "sehr-geheim"
    assert set(field._line.text()) == {"*"}
    assert journal.toasts[0].undo is None
    assert not workplace.settings_file.path.exists()


def test_every_kind_of_editor_goes_there_and_back(
    open_page: Callable[[str], SettingsPage], workplace: Workplace, journal: Journal, qtbot: QtBot
) -> None:
    page = open_page("dicom")
    dicom, guizhou, records = (form(page, key) for key in ("dicom", "guizhou", "records"))
    switch = cast("Switch", dicom.editor("dicom.check_called_ae").widget)
    switch.click()
    table = dicom.editor("dicom.quiet_time_by_modality").widget
    table.setPlainText("US = 300\nCR：20")  # type: ignore[attr-defined]  # a text box
    hosts = records.editor("reports.allowed_hosts").widget
    hosts.setPlainText("ris.local\n\n10.0.0.5 ")  # type: ignore[attr-defined]  # as above
    guizhou.editor("guizhou.list_separator").widget.set_value(" ")  # type: ignore[attr-defined]  # segments
    form(page, "hospital").editor("platforms.enabled").widget.set_key("[]")  # type: ignore[attr-defined]  # a list
    assert page.header.primary.text() == "保存 5 项"
    page.header.press_primary()
    said(journal, qtbot, "保存了 5 项设置")
    settings = workplace.settings_file.load()
    assert settings.dicom.check_called_ae is False
    assert settings.dicom.quiet_time_by_modality == {"US": 300, "CR": 20}
    assert settings.reports.allowed_hosts == ["ris.local", "10.0.0.5"]
    assert settings.guizhou.list_separator == " "
    assert settings.platforms.enabled == []
    qtbot.waitUntil(lambda: page._drafts.changes() == {})
    table.setPlainText("US 300")  # type: ignore[attr-defined]  # as above
    page.header.press_primary()
    qtbot.waitUntil(lambda: "写成 US = 300" in words(dicom))


def test_leaving_keeps_what_was_typed_and_says_so(
    open_page: Callable[[str], SettingsPage], journal: Journal, workplace: Workplace, qtbot: QtBot
) -> None:
    page = open_page("hospital")
    line = type_in(page, "hospital.name", "新名称")
    page.deactivate()
    said(journal, qtbot, "有 1 处改动还没保存")
    workplace.settings_file.set("hospital.name", "别处改的")
    page.activate()
    qtbot.waitUntil(lambda: "原来是 别处改的" in words(form(page, "hospital")))
    assert line.text() == "新名称"
    page.header.button("revert").click()
    assert line.text() == "别处改的"
    assert page.header.subtitle() == "都已保存"


def test_a_code_that_is_not_twelve_long_asks_for_its_prefix(
    open_page: Callable[[str], SettingsPage],
) -> None:
    page = open_page("guizhou")
    type_in(page, "guizhou.institution_code", "H5201")
    assert "要填平台给的 12 位前缀" in words(form(page, "guizhou"))
    type_in(page, "guizhou.msgid_prefix", "H52010000001")
    assert "要填平台给的 12 位前缀" not in words(form(page, "guizhou"))


def test_search_shows_only_rows_that_match(
    open_page: Callable[[str], SettingsPage], qtbot: QtBot
) -> None:
    page = open_page("hospital")
    page.focus_filter()
    page._search.setText("超时")
    qtbot.waitUntil(lambda: "网络超时（秒）" in words(page))
    assert "等应答" not in words(page._column)
    assert "连接超时（秒）" in words(page._column)
    page._search.setText("没有这样的词")
    qtbot.waitUntil(lambda: "没有找到，换个词试试。" in words(page._column))
    page._search.clear()
    qtbot.waitUntil(lambda: "医院名称" in words(page._column))
    assert "网络超时（秒）" not in words(page._column)


def test_the_platform_test_claims_only_what_it_proved(
    open_page: Callable[[str], SettingsPage], workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    with GuizhouPlatform(tmp_path / "p", institution_code="H52010000001", key="k") as platform:
        page = open_page("guizhou")
        row = form(page, "guizhou").row("guizhou.base_url")
        type_in(page, "guizhou.base_url", platform.base_url)
        row.test_requested.emit()
        assert "先保存这里的改动，再测试" in words(row)
        page.header.press_primary()
        qtbot.waitUntil(lambda: page.header.subtitle() == "都已保存", timeout=10_000)
        row.test_requested.emit()
        qtbot.waitUntil(lambda: "地址能连通（不等于能上传）" in words(row), timeout=10_000)
        qtbot.waitUntil(lambda: "平台应答过" in words(page._side))
    assert "没有填密钥" in words(page._side)


def test_the_receiver_test_says_that_nothing_runs(
    open_page: Callable[[str], SettingsPage], context: PageContext, qtbot: QtBot
) -> None:
    page = open_page("dicom")
    row = form(page, "dicom").row("dicom.port")
    row.test_requested.emit()
    title = context.texts.of("engine_not_running").title
    qtbot.waitUntil(lambda: title in words(row))
    assert "接收没有运行" in words(page._side)


def test_the_receiver_is_started_again_on_request(
    open_page: Callable[[str], SettingsPage],
    workplace: Workplace,
    context: PageContext,
    journal: Journal,
    qtbot: QtBot,
) -> None:
    workplace.settings_file.set_many({"dicom.port": 0, "dicom.bind_address": "127.0.0.1"})
    page = open_page("dicom")
    type_in(page, "dicom.ae_title", "NEU")
    page.header.press_primary()
    qtbot.waitUntil(lambda: "有 1 项要重新启动接收才生效" in words(page))
    try:
        QTest.mouseClick(page._restart._box.button, Qt.MouseButton.LeftButton)
        assert "正在重新启动接收" in words(page)
        qtbot.waitUntil(
            lambda: any("接收已重新启动" in one.text for one in journal.toasts), timeout=30_000
        )
        assert not page._restart.isVisible()
        row = form(page, "dicom").row("dicom.port")
        qtbot.waitUntil(lambda: context.services.engine_status().receiver_state == "listening")
        row.test_requested.emit()
        qtbot.waitUntil(lambda: "本机应答 C-ECHO" in words(row), timeout=20_000)
        qtbot.waitUntil(lambda: "正在听" in words(page._side))
    finally:
        assert context.services.supervisor.stop("test")


def test_devices_are_let_in_or_kept_out(
    open_page: Callable[[str], SettingsPage], workplace: Workplace, journal: Journal, qtbot: QtBot
) -> None:
    calls = workplace.associations
    open_id = calls.open(PeerAssociation(1, "CT1", "HBGZ", "10.0.0.7", 104))
    calls.progress({open_id: (12, 4096, calls.recent()[0].opened_at)})
    refused = PeerAssociation(2, "DX_NEW", "WRONG", "10.0.0.8", 104)
    calls.reject(refused, "reject_called_ae")
    calls.refuse_context(refused, "1.2.840.10008.5.1.4.31")
    page = open_page("devices")
    section = page._shown["devices"]
    assert isinstance(section, DevicesSection)
    qtbot.waitUntil(lambda: section._calls.row_at(0) is not None and section._calls.total == 2)
    texts = [
        section._calls.index(row, column).data()
        for row in range(2)
        for column in range(section._calls.columnCount())
    ]
    assert "连着" in texts
    assert "CT1 10.0.0.7" in texts
    assert "12" in texts
    assert any("设备里填的被叫 AE 是 WRONG" in str(one) for one in texts)
    qtbot.waitUntil(lambda: "Modality Worklist" in words(section))
    qtbot.waitUntil(lambda: section._peers.row_at(1) is not None)
    section._peers_view.go_to("DX_NEW")
    qtbot.waitUntil(section._policy.isVisible)
    section._policy._policy.set_value("accept")
    said(journal, qtbot, "以后允许 DX_NEW")
    qtbot.waitUntil(lambda: {p.ae_title: p.policy for p in calls.peers()}["DX_NEW"] == "accept")
    section._policy._charset.set_value("utf-8")
    said(journal, qtbot, "按新的字符集读")
    qtbot.waitUntil(lambda: calls.peers()[0].fallback_charset == "utf-8")
    undo = journal.toasts[-1].undo
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: calls.peers()[0].fallback_charset == "")
    assert calls.peers()[0].policy == "accept"
    page.deactivate()
    assert not section._tick.isActive()


def test_an_empty_list_of_devices_teaches_what_to_type(
    open_page: Callable[[str], SettingsPage], qtbot: QtBot
) -> None:
    page = open_page("devices")
    section = page._shown["devices"]
    qtbot.waitUntil(lambda: "HBGZ" in words(section))
    qtbot.waitUntil(lambda: "还没有设备连过来" in words(section))
    assert "11112" in words(section)


def test_the_look_changes_at_once_and_is_kept(
    open_page: Callable[[str], SettingsPage],
    context: PageContext,
    workplace: Workplace,
    qtbot: QtBot,
) -> None:
    page = open_page("appearance")
    section = page._shown["appearance"]
    assert isinstance(section, AppearanceSection)
    qtbot.waitUntil(lambda: section._state == UiState())
    section._scheme.set_value("dark")
    assert context.theme.scheme is Scheme.DARK
    section._role.set_value("it")
    assert context.theme.is_dense
    section._language.set_value("en")
    root = workplace.folder.root
    qtbot.waitUntil(lambda: load_ui_state(root) == UiState("dark", "en", "it"))
    assert json.loads((root / "ui.json").read_text(encoding="utf-8"))["language"] == "en"
    assert resolve_scheme("system") in (Scheme.LIGHT, Scheme.DARK)


def test_the_self_test_lists_what_to_do_next(
    open_page: Callable[[str], SettingsPage], context: PageContext, qtbot: QtBot
) -> None:
    page = open_page("about")
    section = page._shown["about"]
    assert isinstance(section, AboutSection)
    with qtbot.waitSignal(section.checked, timeout=30_000):
        QTest.mouseClick(section._button, Qt.MouseButton.LeftButton)
    lines = [one.accessibleName() for one in section.findChildren(FactRow)]
    assert len(lines) == len(Doctor(context.services.work).run())
    assert any(one.startswith("程序资源") for one in lines)
    text = context.texts.of("doctor_platform")
    assert any("平台地址没有连通" in one and text.next_step in one for one in lines)
    assert "项要看" in words(section)
    assert "engine_not_running" not in words(section)


def test_a_narrow_window_folds_the_third_column(
    open_page: Callable[[str], SettingsPage], qtbot: QtBot
) -> None:
    page = open_page("hospital")
    assert page._columns.indexOf(page._side) >= 0
    page.window().resize(1124, 700)
    qtbot.waitUntil(lambda: page._columns.indexOf(page._side) < 0)
    assert page._column.isAncestorOf(page._side)


def test_rehearsing_runs_off_the_gui_thread_and_only_on_request(
    context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    begun: list[str] = []
    page = SettingsPage(replace(context, rehearse=begun.append))
    shown(qtbot, page)
    page._side.rehearsal_requested.emit()
    said(journal, qtbot, "不碰真平台")
    assert begun == ["guizhou"]
