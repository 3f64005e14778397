"""字典对照 over real services: pick, save, release, undo, import, browse."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.mapping_views import MappingEntry
from hbgz_desktop.ui.pages.mapping_page import MappingPage
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from tests.ui.study_stage import StudyStage
from tests.ui.windows import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

CHARGE = "chargeType"


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """Three examinations that wait: two on MZ, one on 住院 and on 教师 as well."""
    stage = StudyStage(workplace, tmp_path / "ris")
    fields: tuple[dict[str, object], ...] = (
        {CHARGE: "MZ"},
        {CHARGE: "MZ"},
        {CHARGE: "住院", "prfs": "教师"},
    )
    for spec, changes in zip(stage.specs, fields, strict=False):
        stage.receive(spec, images=1)
        stage.record(spec, **changes)
    workplace.mapping_control.set("gend", "男性", "1", "李敏")
    return stage


@pytest.fixture
def open_page(context: PageContext, qtbot: QtBot) -> Callable[[str], MappingPage]:
    """Shows the page and waits until its table is read."""

    def opened(rows: str = "") -> MappingPage:
        page = MappingPage(context)
        window = shown(qtbot, page)
        window.resize(1400, 800)
        if rows:
            page.show_rows(rows)
        page.activate()
        qtbot.waitUntil(lambda: page._table.model.is_open and bool(page._sets))
        if page._table.model.total:
            qtbot.waitUntil(lambda: page._table.model.row_at(0) is not None)
        return page

    return opened


def table(page: MappingPage) -> list[list[str]]:
    """What the table shows."""
    model = page._table.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.total)
    ]


def _shows(page: MappingPage, values: list[str]) -> bool:
    return [line[1] for line in table(page)] == values


def choose(page: MappingPage, value: str, qtbot: QtBot) -> None:
    """Select the line of a local value."""
    view = page._table._panel.view
    view.go_to((page._table._code_set, value))
    qtbot.waitUntil(lambda: value in words(page._editor))


def pick(page: MappingPage, text: str, qtbot: QtBot) -> None:
    """Choose a code with the keyboard alone."""
    page._table.row_activated.emit()
    picker = page._editor._picker
    qtbot.waitUntil(lambda: picker.field.hasFocus() and picker.is_open)
    QTest.keyClicks(picker.field, text)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)


def words(widget: QWidget) -> str:
    """Every word that shows in it."""
    labels = widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget) and one.text())


def press(widget: QWidget, text: str, qtbot: QtBot) -> None:
    """Press the button with these words."""
    button = next(b for b in widget.findChildren(Button) if b.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(journal: Journal, qtbot: QtBot, text: str) -> None:
    """Wait for a toast."""
    qtbot.waitUntil(lambda: any(text in one.text for one in journal.toasts))


def undo(journal: Journal) -> None:
    """Press 撤销 in the newest toast."""
    back = journal.toasts[-1].undo
    assert back is not None
    back()


def states(stage: StudyStage) -> list[DeliveryState]:
    """Of the records."""
    work = stage.work
    return [work.queue.of_examination(one)[0].state for one in work.examinations.all_ids()]


def test_what_holds_up_most_stands_first(
    stage: StudyStage, open_page: Callable[[str], MappingPage], qtbot: QtBot
) -> None:
    page = open_page("")
    assert page._list.chosen == CHARGE
    assert [line[:2] + line[3:] for line in table(page)] == [
        ["没有对照", "MZ", "2"],
        ["没有对照", "住院", "1"],
    ]
    qtbot.waitUntil(
        lambda: page._table._filter.chips._counts == {"all": 2, "mapped": 0, "missing": 2}
    )
    assert "3 个写法没有代码" in page.header.subtitle()
    assert not page.header.primary.isEnabled()


def test_picking_and_saving_releases_and_can_be_undone(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    qtbot: QtBot,
) -> None:
    page = open_page("")
    choose(page, "MZ", qtbot)
    assert "2 份检查在等这个代码" in words(page._editor)
    pick(page, "02", qtbot)
    qtbot.waitUntil(lambda: page.header.primary.text() == "保存并放行 2 份")
    qtbot.waitUntil(lambda: table(page)[0][0] == "还没保存")
    assert states(stage) == [DeliveryState.BLOCKED] * 3
    page.header.press_primary()
    said(journal, qtbot, "放行了 2 份：2 份开始上传")
    ready, blocked = DeliveryState.READY, DeliveryState.BLOCKED
    assert states(stage) == [ready, ready, blocked]
    qtbot.waitUntil(lambda: table(page)[0][0] == "已对照")
    assert page.header.primary.text() == "保存对照"
    undo(journal)
    said(journal, qtbot, "撤销了 1 条对照")
    assert states(stage) == [blocked] * 3
    qtbot.waitUntil(lambda: table(page)[0][0] == "没有对照")


def test_what_has_another_problem_is_counted_apart(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    qtbot: QtBot,
) -> None:
    page = open_page("")
    for value in ("MZ", "住院"):
        choose(page, value, qtbot)
        pick(page, "02", qtbot)
    qtbot.waitUntil(lambda: page.header.primary.text() == "保存 2 条并放行 3 份")
    page.header.press_primary()
    said(journal, qtbot, "放行了 3 份：2 份开始上传，1 份还有别的问题")
    qtbot.waitUntil(lambda: page._sets[CHARGE].unmapped == 0)


def test_a_picked_code_can_be_dropped_and_outlives_leaving(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    qtbot: QtBot,
) -> None:
    page = open_page("")
    choose(page, "MZ", qtbot)
    pick(page, "02", qtbot)
    page.deactivate()
    said(journal, qtbot, "有 1 条还没保存")
    choose(page, "住院", qtbot)
    assert not page._editor._draft.isVisible()
    choose(page, "MZ", qtbot)
    qtbot.waitUntil(page._editor._draft.isVisible)
    press(page._editor, "不用", qtbot)
    assert page.header.primary.text() == "保存对照"
    assert not page._editor._draft.isVisible()


def test_a_line_is_added_by_hand_and_deleted_again(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    workplace: Workplace,
    qtbot: QtBot,
) -> None:
    page = open_page("gend")
    page.header.button("add").click()
    editor = page._editor
    editor._picker.setFocus()
    QTest.keyClicks(editor._picker.field, "nv")
    QTest.keyClick(editor._picker.field, Qt.Key.Key_Return)
    assert "先填医院的写法" in words(editor)
    assert editor._new_value.hasFocus()
    QTest.keyClicks(editor._new_value, "W")
    QTest.keyClick(editor._new_value, Qt.Key.Key_Return)
    assert page.header.primary.text() == "保存 1 条对照"
    editor._new_value.setFocus()
    editor._new_value.setText("F")
    QTest.keyClick(editor._new_value, Qt.Key.Key_Return)
    assert page._drafts.entries() == (MappingEntry("gend", "F", "2"),)
    for code in ("1", "2"):
        editor._picker.setFocus()
        QTest.keyClicks(editor._picker.field, code)
        QTest.keyClick(editor._picker.field, Qt.Key.Key_Return)
        assert page._drafts.entries() == (MappingEntry("gend", "F", code),)
    page.header.press_primary()
    said(journal, qtbot, "保存了 1 条对照")
    control = workplace.mapping_control
    assert {r.local_value: r.standard_code for r in control.rows("gend")} == {"F": "2", "男性": "1"}
    qtbot.waitUntil(lambda: "F → 平台代码" in words(editor))
    press(editor, "删除这条对照", qtbot)
    said(journal, qtbot, "删了 1 条对照")
    assert [row.local_value for row in control.rows("gend")] == ["男性"]
    undo(journal)
    qtbot.waitUntil(lambda: len(control.rows("gend")) == 2)


def test_a_set_without_printed_codes_takes_what_the_platform_says(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    workplace: Workplace,
    qtbot: QtBot,
) -> None:
    page = open_page("psnCertType")
    assert "这个代码集还没有对照" in words(page._table)
    press(page._table, "新增对照", qtbot)
    editor = page._editor
    assert editor._free.isVisible()
    assert not editor._picker.isVisible()
    QTest.keyClicks(editor._new_value, "SFZ")
    QTest.keyClicks(editor._typed, "01")
    QTest.keyClick(editor._typed, Qt.Key.Key_Return)
    page.header.press_primary()
    said(journal, qtbot, "保存了 1 条对照")
    assert workplace.mapping_control.rows("psnCertType")[0].standard_code == "01"


def test_a_number_elsewhere_leads_to_its_rows(
    stage: StudyStage, open_page: Callable[[str], MappingPage], journal: Journal, qtbot: QtBot
) -> None:
    page = open_page("gend")
    assert table(page)[0][:2] == ["已对照", "男性"]
    page.show_rows("counted")
    qtbot.waitUntil(lambda: [line[1] for line in table(page)] == ["MZ", "住院"])
    assert page._table._filter.chips.chosen == "missing"
    page.show_rows("prfs|教师")
    qtbot.waitUntil(lambda: "教师 → 平台代码" in words(page._editor))
    press(page._editor, "看这 1 份", qtbot)
    assert journal.pages == [("needs_fix", "code_unknown|prfs|教师")]


def test_search_looks_at_values_codes_and_names(
    stage: StudyStage, open_page: Callable[[str], MappingPage], workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.mapping_control.set("gend", "Weiblich", "2", "李敏")
    page = open_page("gend")
    page.focus_filter()
    field = page._table._filter.search
    for text, values in (("女", ["Weiblich"]), ("男", ["男性"]), ("weib", ["Weiblich"])):
        field.setText(text)
        qtbot.waitUntil(partial(_shows, page, values))
    field.setText("没有的")
    qtbot.waitUntil(lambda: "没有符合筛选的对照" in words(page._table))
    press(page._table, "清除筛选", qtbot)
    qtbot.waitUntil(lambda: len(table(page)) == 2)


def test_import_asks_with_exact_counts_before_anything_is_written(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    workplace: Workplace,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    page = open_page("")
    path = tmp_path / "对照.csv"
    page.transfer.export_file(path)
    said(journal, qtbot, "导出了 4 条")
    filled = (
        path.read_text(encoding="utf-8-sig").replace("MZ,,", "MZ,2,").replace(",住院,,", ",住院,9,")
    )
    path.write_text(filled, encoding="utf-8-sig")
    with qtbot.waitSignal(page.transfer.asked) as asked:
        page.transfer.import_file(path)
    dialog = asked.args[0]
    assert isinstance(dialog, ConfirmDialog)
    assert dialog.windowTitle() == "导入 1 条对照？"
    said_there = words(dialog)
    assert "新增 1 条，改 0 条；1 条和现在一样，不动。" in said_there
    assert "2 份检查在等这些代码" in said_there
    assert "1 条的代码少了开头的 0" in said_there
    assert "1 条的代码标准里没有（第 5 行）；1 条没有填代码" in said_there
    assert states(stage) == [DeliveryState.BLOCKED] * 3
    press(dialog, "导入 1 条", qtbot)
    said(journal, qtbot, "导入了 1 条，放行了 2 份：2 份开始上传")
    undo(journal)
    said(journal, qtbot, "撤销了 1 条对照")
    assert states(stage) == [DeliveryState.BLOCKED] * 3


def test_a_file_with_nothing_new_is_said_without_a_question(
    stage: StudyStage,
    open_page: Callable[[str], MappingPage],
    journal: Journal,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    page = open_page("")
    path = tmp_path / "a.csv"
    path.write_text("代码集,医院的写法,标准代码\ngend,男性,1\n", encoding="utf-8")
    page.transfer.import_file(path)
    said(journal, qtbot, "没有要导入的：和现在的一样")
    path.write_text("姓名\n", encoding="utf-8")
    page.transfer.import_file(path)
    qtbot.waitUntil(lambda: len(journal.toasts) == 2)


def test_the_printed_codes_are_only_to_read(
    stage: StudyStage, open_page: Callable[[str], MappingPage], qtbot: QtBot
) -> None:
    page = open_page("examPart")
    page.header.secondary_requested.emit("browse")
    browser = page._browser
    qtbot.waitUntil(lambda: browser.model.total == 481 and browser.model.row_at(0) is not None)
    assert browser.isVisible()
    assert "标准里印的 481 项" in words(browser)
    browser.field.setText("lnct")
    qtbot.waitUntil(lambda: 0 < browser.model.total < 20)
    qtbot.waitUntil(lambda: browser.model.row_at(0) is not None)
    assert "颅脑 CT" in str(browser.model.index(0, 1).data())
    browser.close_drawer()
    assert not browser.isVisible()


def test_a_narrow_window_puts_the_editor_below(
    stage: StudyStage, open_page: Callable[[str], MappingPage], qtbot: QtBot
) -> None:
    page = open_page("")
    page.window().resize(1100, 700)
    qtbot.waitUntil(lambda: not page._sets_card.isVisible())
    assert page._table._sets.isVisible()
    page._table._sets.set_value("prfs")
    qtbot.waitUntil(lambda: [line[1] for line in table(page)] == ["教师"])
    assert page._list.chosen == "prfs"
