"""Navigation, pages, keys, smaller windows, toast, banners, crash box."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.notices import Notices
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.page_spec import PageSpec
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.widgets.banner_stack import Banner
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.crash_dialog import CrashDialog
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.keys_dialog import KeysDialog
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.navigation_item import CountKind, NavigationItem
from hbgz_desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.theme import Theme

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class NotingPage(Page):
    """Notes what the window asks of it."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.asked: list[str] = []
        self.field = QLineEdit(self)
        self.content.addWidget(self.field)
        self.header.set_primary("做 3 份")
        self.header.primary_requested.connect(self._on_primary)
        self.add_drawer(Drawer(theme))

    def _on_primary(self) -> None:
        self.asked.append("primary")

    @override
    def activate(self) -> None:
        self.asked.append("activate")

    @override
    def deactivate(self) -> None:
        self.asked.append("deactivate")

    @override
    def refresh(self) -> None:
        self.asked.append("refresh")

    @override
    def focus_filter(self) -> None:
        self.asked.append("filter")

    @override
    def focus_content(self) -> None:
        self.field.setFocus()

    @override
    def go_to_problem(self, step: int) -> None:
        self.asked.append(f"problem {step}")

    @override
    def show_rows(self, rows: str) -> None:
        self.asked.append(f"rows {rows}")

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        self.asked.append(f"private {is_hidden}")


class Desk:
    """A window with four pages."""

    def __init__(self, qtbot: QtBot, theme: Theme) -> None:
        self.notices = Notices()
        self.window = MainWindow.furnished(theme, self.notices, "互认前置台", "示例县人民医院")
        qtbot.addWidget(self.window)
        self.theme = theme
        self.made: dict[str, NotingPage] = {}
        self.show_as("clerk", "guizhou")
        with qtbot.waitActive(self.window):
            self.window.show()

    def show_as(self, role: str, *platforms: str) -> None:
        specs = [
            self._spec("overview", "总览", ""),
            self._spec("studies", "检查", ""),
            self._spec("shared", "共享调阅", "前台", platforms=frozenset({"hebei"})),
            self._spec("log", "运行日志", "系统", roles=frozenset({"it"})),
        ]
        self.window.set_pages(specs, frozenset(platforms), role)

    def _spec(
        self,
        key: str,
        title: str,
        section: str,
        platforms: frozenset[str] = frozenset(),
        roles: frozenset[str] = frozenset(),
    ) -> PageSpec:
        def make() -> Page:
            self.made[key] = NotingPage(self.theme, title)
            return self.made[key]

        icon = {"shared": "shared", "log": "log"}.get(key, key)
        return PageSpec(key, title, icon, section, make, platforms, roles)

    def press(self, key: Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.window, key, modifier or Qt.KeyboardModifier.NoModifier)

    @property
    def entries(self) -> list[str]:
        items = self.window.navigation.findChildren(NavigationItem)
        return [item.text() for item in items if not item.isHidden()]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot, theme)


def test_pages_of_other_platforms_and_roles_are_absent(desk: Desk, qtbot: QtBot) -> None:
    assert desk.entries == ["总览", "检查"]
    desk.show_as("it", "hebei", "guizhou")
    qtbot.waitUntil(lambda: desk.entries == ["总览", "检查", "共享调阅", "运行日志"])


def test_a_page_is_made_when_it_is_first_shown(desk: Desk) -> None:
    assert list(desk.made) == ["overview"]
    desk.press(Key.Key_2, CTRL)
    assert list(desk.made) == ["overview", "studies"]
    assert desk.made["overview"].asked[-1] == "deactivate"
    assert desk.made["studies"].asked == ["private False", "activate"]
    desk.press(Key.Key_9, CTRL)
    assert desk.window.current_page is desk.made["studies"]


@pytest.mark.parametrize(
    ("key", "modifier", "asked"),
    [
        (Key.Key_F, CTRL, "filter"),
        (Key.Key_F5, None, "refresh"),
        (Key.Key_F8, None, "problem 1"),
        (Key.Key_F8, SHIFT, "problem -1"),
        (Key.Key_Return, CTRL, "primary"),
        (Key.Key_Enter, CTRL, "primary"),
        (Key.Key_H, CTRL | SHIFT, "private True"),
    ],
)
def test_keys_reach_the_page(
    desk: Desk, key: Key, modifier: Qt.KeyboardModifier | None, asked: str
) -> None:
    desk.press(key, modifier)
    assert desk.made["overview"].asked[-1] == asked


def test_a_forbidden_primary_action_is_not_done_by_key(desk: Desk) -> None:
    page = desk.made["overview"]
    page.header.set_primary("做 0 份", reason="没有选中")
    desk.press(Key.Key_Return, CTRL)
    assert "primary" not in page.asked
    assert page.header.primary.accessibleDescription() == "没有选中"
    assert page.header.primary.toolTip() == "没有选中"


def test_ctrl_k_asks_for_the_patient_search(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.search_requested):
        desk.press(Key.Key_K, CTRL)


def test_a_count_opens_exactly_its_rows(desk: Desk) -> None:
    navigation = desk.window.navigation
    navigation.set_count("studies", 52, CountKind.WARM, "检查，52 份")
    navigation.set_count("nowhere", 1, CountKind.WARM, "")
    item = next(i for i in navigation.findChildren(NavigationItem) if i.text() == "检查")
    assert item.count.accessibleName() == "检查，52 份"
    QTest.mouseClick(item.count, Qt.MouseButton.LeftButton)
    assert desk.made["studies"].asked[-1] == "rows counted"
    navigation.set_count("studies", 0, CountKind.WARM, "检查")
    assert not item.count.isVisible()


def test_f6_moves_between_navigation_list_and_drawer(desk: Desk) -> None:
    page = desk.made["overview"]
    assert page.drawer is not None
    page.open_drawer()
    page.field.setFocus()
    desk.press(Key.Key_F6)
    assert page.drawer.isAncestorOf(desk.window.focusWidget())
    desk.press(Key.Key_F6)
    assert desk.window.navigation.isAncestorOf(desk.window.focusWidget())
    desk.press(Key.Key_F6)
    assert desk.window.focusWidget() is page.field


def test_arrows_move_in_the_navigation(desk: Desk) -> None:
    desk.window.navigation.focus_current()
    QTest.keyClick(desk.window.focusWidget(), Key.Key_Down)
    focused = desk.window.focusWidget()
    assert isinstance(focused, NavigationItem)
    assert focused.text() == "检查"


def test_smaller_windows_fold_the_navigation_and_let_the_drawer_cover(
    desk: Desk, qtbot: QtBot
) -> None:
    page = desk.made["overview"]
    assert page.drawer is not None
    page.open_drawer()
    desk.window.resize(1440, 900)
    assert desk.window.navigation.width() == 216
    qtbot.waitUntil(lambda: page.field.geometry().right() < page.width() - 480)
    desk.window.resize(1300, 800)
    assert desk.window.navigation.width() == 56
    desk.window.resize(1200, 800)
    qtbot.waitUntil(lambda: page.field.width() > page.width() - 100)
    assert page.drawer.isVisible()
    assert page.drawer.geometry().right() == page.width() - 1
    desk.window.resize(800, 500)
    assert (desk.window.width(), desk.window.height()) == (1180, 720)


def test_esc_closes_the_drawer_and_gives_the_focus_back(desk: Desk, qtbot: QtBot) -> None:
    page = desk.made["overview"]
    assert page.drawer is not None
    page.open_drawer()
    page.drawer.focus_body()
    with qtbot.waitSignal(page.drawer.closed):
        QTest.keyClick(desk.window.focusWidget(), Key.Key_Escape)
    assert not page.drawer.isVisible()
    assert desk.window.focusWidget() is page.field


def test_a_toast_offers_undo_to_mouse_and_key(desk: Desk, qtbot: QtBot) -> None:
    undone: list[str] = []
    desk.notices.toast("已取消 3 项", lambda: undone.append("first"))
    toast = desk.window.findChild(Toast)
    assert isinstance(toast, Toast)
    qtbot.waitUntil(toast.isVisible)
    desk.press(Key.Key_Z, CTRL)
    assert undone == ["first"]
    assert not toast.isVisible()
    desk.press(Key.Key_Z, CTRL)
    assert undone == ["first"]


def test_banners_stand_on_the_page_that_is_shown(desk: Desk, qtbot: QtBot) -> None:
    pressed: list[str] = []
    for number in range(3):
        tone = Tone.BAD if number == 2 else Tone.COOL
        banner = Banner(f"b{number}", tone, f"情况 {number}", "详情")
        desk.notices.raise_banner(banner, partial(pressed.append, f"b{number}"))
    page = desk.made["overview"]
    qtbot.waitUntil(lambda: len(page.banners.banners) == 3)
    assert page.banners.banners[0].key == "b2"
    shown = [b for b in page.banners.findChildren(Button) if b.isVisible()]
    assert len(shown) == 2
    shown[0].click()
    assert pressed == ["b2"]
    desk.press(Key.Key_2, CTRL)
    assert len(desk.made["studies"].banners.banners) == 3


@pytest.mark.allow_warnings("bug report_id=")
def test_one_crash_box_at_a_time(desk: Desk, qtbot: QtBot) -> None:
    for _ in range(3):
        desk.notices.report_bug(ValueError("x"))
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(CrashDialog)))
    qtbot.wait(20)
    boxes = desk.window.findChildren(CrashDialog)
    assert len(boxes) == 1
    boxes[0].accept()
    qtbot.waitUntil(lambda: not desk.window.findChildren(CrashDialog))


def test_f1_tells_the_keys(desk: Desk, qtbot: QtBot) -> None:
    desk.press(Key.Key_F1)
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(KeysDialog)))
    texts = {label.text() for label in desk.window.findChildren(KeysDialog)[0].findChildren(Label)}
    assert {"Ctrl K", "F8", "Ctrl Shift H"} <= texts


def test_privacy_is_kept_for_pages_made_later(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.privacy_changed) as told:
        desk.press(Key.Key_H, CTRL | SHIFT)
    assert told.args == [True]
    desk.press(Key.Key_2, CTRL)
    assert desk.made["studies"].asked[0] == "private True"


def test_closing_is_told_and_words_said_later_wait(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.closing):
        desk.window.close()
    desk.notices.toast("太晚了")
    qtbot.wait(10)
    toast = desk.window.findChild(Toast)
    assert isinstance(toast, Toast)
    assert toast.isHidden()
