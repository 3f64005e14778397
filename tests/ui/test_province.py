"""A hospital belongs to one province: nothing of the other platform shows (DESIGN 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from hbgz_desktop.model.operator import Operator, Role
from hbgz_desktop.model.visit import HospitalUser, Visit
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.storage.authorizations import AuthorizationStore
from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.console_window import ConsoleWindow
from hbgz_desktop.ui.pages.overview_page import OverviewPage
from hbgz_desktop.ui.pages.settings_page import SettingsPage
from hbgz_desktop.ui.widgets.stat_tile import StatTile
from tests.ui.windows import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

GUIZHOU, HEBEI = {"guizhou"}, {"hebei"}
ORG = "130100000001"
UPLOADS = ["queue", "mapping"]
DESK = ["authorization", "shared"]


def words(widget: QWidget) -> str:
    """Every word that shows in it."""
    labels = widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget) and one.text())


def tiles(page: OverviewPage) -> dict[str, StatTile]:
    """Title → tile, of those that show."""
    found = page.findChildren(StatTile)
    return {one._title.text(): one for one in found if one.isVisibleTo(page)}


def enable(workplace: Workplace, *platforms: str) -> None:
    """Choose the province."""
    workplace.settings_file.set("platforms.enabled", list(platforms))
    workplace.settings.look_now()


@pytest.fixture
def open_settings(context: PageContext, qtbot: QtBot) -> Callable[[], SettingsPage]:
    """Shows the page and waits until it knows what is in force."""

    def opened() -> SettingsPage:
        page = SettingsPage(context)
        shown(qtbot, page).resize(1224, 800)
        page.activate()
        qtbot.waitUntil(lambda: page._drafts.form("hospital") is not None)
        qtbot.waitUntil(lambda: "接收没有运行" in words(page._side))
        return page

    return opened


@pytest.mark.parametrize(
    ("platforms", "sections"),
    [((), GUIZHOU | HEBEI), (("guizhou",), GUIZHOU), (("hebei",), HEBEI)],
)
def test_settings_of_the_other_platform_are_not_there(
    open_settings: Callable[[], SettingsPage],
    workplace: Workplace,
    platforms: tuple[str, ...],
    sections: set[str],
) -> None:
    if platforms:
        enable(workplace, *platforms)
    page = open_settings()
    assert set(page._sections._entries) & (GUIZHOU | HEBEI) == sections
    page._search.setText("平台地址")
    page._on_search("平台地址")
    assert ("医保前置机的地址" in words(page)) == ("guizhou" in sections)
    assert ("省互认系统的地址" in words(page)) == ("hebei" in sections)
    assert ("对照" in words(page._side)) == ("guizhou" in sections)


def test_another_province_brings_its_settings_and_keeps_what_is_not_saved(
    open_settings: Callable[[], SettingsPage], workplace: Workplace, qtbot: QtBot
) -> None:
    enable(workplace, "guizhou")
    page = open_settings()
    assert "hebei" not in page._sections._entries
    page.show_rows("guizhou")
    form = page._drafts.form("hospital")
    assert form is not None
    form.editor("platforms.enabled").widget.set_key('["guizhou", "hebei"]')  # type: ignore[attr-defined]  # a list
    page.header.press_primary()
    qtbot.waitUntil(lambda: set(page._sections._entries) >= GUIZHOU | HEBEI)
    assert page._sections.chosen == "guizhou"
    guizhou = page._drafts.form("guizhou")
    assert guizhou is not None
    code = guizhou.editor("guizhou.institution_code").widget
    code.setText("H52010000001")  # type: ignore[attr-defined]  # a line
    enable(workplace, "hebei")
    page.refresh()
    qtbot.waitUntil(lambda: page._platforms == ("hebei",))
    assert "guizhou" in page._sections._entries
    page.header.button("revert").click()
    assert "guizhou" not in page._sections._entries
    assert not guizhou.isVisible()


def test_the_overview_of_hebei_counts_what_waits_and_leads_there(
    context: PageContext, workplace: Workplace, journal: Journal, qtbot: QtBot
) -> None:
    enable(workplace, "hebei")
    page = OverviewPage(context)
    shown(qtbot, page).resize(1224, 900)
    page.activate()
    qtbot.waitUntil(lambda: set(tiles(page)) == {"接收", "河北互认共享", "患者授权", "磁盘"})
    desk = tiles(page)["患者授权"]
    qtbot.waitUntil(lambda: "没有等着发送的" in words(desk))
    AuthorizationStore(workplace.database).add(
        Visit(name="测试甲", id_no="130102199003077713", visit_no="M1"),
        HospitalUser(ORG, his_dept_code="D01", his_user_code="U01"),
        Operator(0, "王工", Role.CLERK),
    )
    page.refresh()
    qtbot.waitUntil(lambda: "1 份等着发送" in words(desk))
    QTest.mouseClick(desk, Qt.MouseButton.LeftButton)
    QTest.mouseClick(tiles(page)["河北互认共享"], Qt.MouseButton.LeftButton)
    assert journal.pages == [("authorization", "waiting"), ("shared", "")]
    assert "上传过" not in words(page._tiles)


def test_the_overview_of_guizhou_knows_nothing_of_the_desk(
    context: PageContext, workplace: Workplace, journal: Journal, qtbot: QtBot
) -> None:
    enable(workplace, "hebei", "guizhou")
    page = OverviewPage(context)
    shown(qtbot, page).resize(1224, 900)
    page.activate()
    qtbot.waitUntil(lambda: {"河北互认共享", "贵州影像云"} <= set(tiles(page)))
    enable(workplace, "guizhou")
    page.refresh()
    qtbot.waitUntil(lambda: set(tiles(page)) == {"接收", "贵州影像云", "磁盘"})
    QTest.mouseClick(tiles(page)["贵州影像云"], Qt.MouseButton.LeftButton)
    assert journal.pages == [("queue", "")]


def _nothing(_platform: str) -> None:
    """No rehearsal here."""


@pytest.fixture
def window(services: ConsoleServices, qtbot: QtBot, resources: Path) -> Iterator[ConsoleWindow]:
    """A whole console without an engine, following its data."""
    console = ConsoleApplication(["test"], resources)
    window = ConsoleWindow(console, services, ErrorTexts("zh"), on_rehearse=_nothing)
    with qtbot.waitActive(window.window):
        window.window.show()
    window.follow()
    yield window
    window.leave()
    window.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert console.close(5000)


def test_pages_come_and_go_with_the_province(
    window: ConsoleWindow, workplace: Workplace, qtbot: QtBot
) -> None:
    def pages() -> list[str]:
        return [key for key in window.page_keys() if key in UPLOADS + DESK]

    overview = window.window.page("overview")
    assert pages() == UPLOADS
    enable(workplace, "hebei")
    qtbot.waitUntil(lambda: pages() == DESK, timeout=10_000)
    assert window.window.current_page is overview
    window.window.show_page("authorization")
    enable(workplace, "guizhou")
    qtbot.waitUntil(lambda: pages() == UPLOADS, timeout=10_000)
    assert window.window.current_page is overview
    enable(workplace, "guizhou", "hebei")
    qtbot.waitUntil(lambda: set(pages()) == {*UPLOADS, *DESK}, timeout=10_000)
