"""Who acts, at the window: the key, the PIN, the roles, the lock. By keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.operator import Role
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.console_window import ConsoleWindow
from hbgz_desktop.ui.operator_entry import OperatorEntryDialog
from hbgz_desktop.ui.pages.audit_page import AuditPage
from hbgz_desktop.ui.pages.settings_operators import OperatorsSection
from hbgz_desktop.ui.pages.settings_page import SettingsPage
from hbgz_desktop.ui.widgets.navigation_item import NavigationItem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.accounts import Accounts
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.operator_dialog import OperatorDialog

Key = Qt.Key
PIN = "402817"


class Desk:
    """A whole console without an engine, at a desk."""

    def __init__(
        self, console: ConsoleApplication, services: ConsoleServices, qtbot: QtBot
    ) -> None:
        self.services = services
        self.accounts: Accounts = services.accounts
        self.qtbot = qtbot
        self.console = ConsoleWindow(console, services, ErrorTexts("zh"), on_rehearse=self._nothing)
        self.window = self.console.window
        with qtbot.waitActive(self.window):
            self.window.show()
        self.console._operators.start()

    def close(self) -> None:
        """Leave, and take the window down as one: its menus and dialogs are not to go before it."""
        self.console.leave()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _nothing(self, _platform: str) -> None:
        """No rehearsal here."""

    @property
    def pages(self) -> list[str]:
        items = self.window.navigation.findChildren(NavigationItem)
        return [one.text() for one in items if not one.isHidden()]

    def dialog(self) -> OperatorDialog:
        """The dialog that F9 opens."""
        self.qtbot.waitUntil(lambda: self.console._operators._dialog is not None)
        found = self.console._operators._dialog
        assert found is not None
        self.qtbot.waitUntil(found.isVisible)
        return found

    def press_f9(self) -> OperatorDialog:
        """The key reaches a window in front; there is nobody here to put it there after a dialog."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(self.window, Key.Key_F9)
        return self.dialog()

    def choose(self, name: str, pin: str) -> None:
        """F9, arrows to the name, PIN, Enter."""
        self.type_in(self.press_f9(), name, pin)

    def type_in(self, dialog: OperatorDialog, name: str, pin: str) -> None:
        for _ in dialog._choices:
            QTest.keyClick(dialog, Key.Key_Up)
        while dialog._choices[dialog._names.chosen].operator.name != name:
            before = dialog._names.chosen
            QTest.keyClick(dialog, Key.Key_Down)
            assert dialog._names.chosen != before, f"{name} cannot be reached by the arrows"
        if pin:
            assert dialog._pin.hasFocus()
            QTest.keyClicks(dialog._pin, pin)
            QTest.keyClick(dialog._pin, Key.Key_Return)
        else:
            QTest.keyClick(dialog, Key.Key_Return)

    def until_acting(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.accounts.current().name == name)
        self.qtbot.waitUntil(lambda: self.console._operators._dialog is None)


@pytest.fixture
def console(qtbot: QtBot, resources: Path) -> Iterator[ConsoleApplication]:
    console = ConsoleApplication(["test"], resources)
    yield console
    assert console.close(5000)


@pytest.fixture
def desk(console: ConsoleApplication, services: ConsoleServices, qtbot: QtBot) -> Iterator[Desk]:
    """Nobody has a PIN yet."""
    desk = Desk(console, services, qtbot)
    yield desk
    desk.close()


@pytest.fixture
def guarded(console: ConsoleApplication, services: ConsoleServices, qtbot: QtBot) -> Iterator[Desk]:
    """王工 of IT acts, 李敏 is a clerk."""
    made = services.accounts.add("王工", Role.IT, PIN)
    services.accounts.switch(made.operator.id, PIN)
    services.accounts.add("李敏", Role.CLERK, "2222")
    desk = Desk(console, services, qtbot)
    yield desk
    desk.close()


def test_before_anybody_has_a_pin_f9_changes_the_look(desk: Desk, qtbot: QtBot) -> None:
    assert "运行日志" in desk.pages
    assert not desk.console.context.is_it
    QTest.keyClick(desk.window, Key.Key_F9)
    dialog = desk.dialog()
    assert not dialog._field.isVisible()
    QTest.keyClick(dialog, Key.Key_Return)
    qtbot.waitUntil(lambda: desk.console.context.is_it)
    assert desk.services.accounts.current().role is Role.IT
    qtbot.waitUntil(lambda: "运行日志" in desk.pages)


def test_a_clerk_sits_down_by_keyboard_and_its_pages_go(guarded: Desk, qtbot: QtBot) -> None:
    assert {"运行日志", "操作记录", "设置"} <= set(guarded.pages)
    it_page = guarded.window.page("studies")
    guarded.choose("李敏", "2222")
    guarded.until_acting("李敏")
    qtbot.waitUntil(lambda: "设置" in guarded.pages and "运行日志" not in guarded.pages)
    assert guarded.window.page("studies") is not it_page
    assert not guarded.console.context.is_it
    assert guarded.window.navigation._foot._name.text() == "李敏"
    guarded.console._open_page("log", "")
    assert guarded.window.has_page("audit")
    guarded.window.show_page("settings", "dicom")
    settings = guarded.window.page("settings")
    assert isinstance(settings, SettingsPage)
    assert list(settings._plans) == ["appearance", "about"]
    settings._search.setText("AE")
    settings._search.returnPressed.emit()
    assert set(settings._shown) <= {"appearance", "about"}


def test_a_wrong_pin_says_how_many_tries_are_left(guarded: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(guarded.window, Key.Key_F9)
    dialog = guarded.dialog()
    guarded.type_in(dialog, "李敏", "9999")
    qtbot.waitUntil(lambda: bool(dialog._field.problem))
    assert "还可以试 4 次" in dialog._field.problem
    assert dialog._pin.hasFocus()
    assert dialog._pin.text() == ""
    QTest.keyClicks(dialog._pin, "2222")
    QTest.keyClick(dialog._pin, Key.Key_Return)
    guarded.until_acting("李敏")


def own_pin_dialog(desk: Desk) -> OperatorEntryDialog:
    """F9, then 改我的 PIN…."""
    asked = desk.press_f9()
    assert asked._own.isVisible()
    asked._own.setFocus()
    QTest.keyClick(asked._own, Key.Key_Return)
    (dialog,) = desk.window.findChildren(OperatorEntryDialog)
    desk.qtbot.waitUntil(dialog.isVisible)
    assert not asked.isVisible()
    return dialog


def test_a_person_takes_another_pin_after_the_present_one(guarded: Desk, qtbot: QtBot) -> None:
    guarded.choose("李敏", "2222")
    guarded.until_acting("李敏")
    dialog = own_pin_dialog(guarded)
    qtbot.waitUntil(dialog._old.hasFocus)
    for field, typed in ((dialog._pin, "3333"), (dialog._again, "3333")):
        QTest.keyClicks(field, typed)
    QTest.keyClick(dialog._again, Key.Key_Return)
    assert dialog._old_line.problem == "先输现在的 PIN"
    QTest.keyClicks(dialog._old, "9999")
    QTest.keyClick(dialog._again, Key.Key_Return)
    qtbot.waitUntil(lambda: "PIN 不对" in dialog._old_line.problem)
    assert dialog._old.hasFocus()
    assert dialog._old.text() == ""
    QTest.keyClicks(dialog._old, "2222")
    assert dialog._old_line.problem == ""
    with qtbot.waitSignal(dialog.saved) as saved:
        QTest.keyClick(dialog._old, Key.Key_Return)
    assert saved.args == ["李敏"]
    guarded.choose("王工", PIN)
    guarded.until_acting("王工")
    guarded.choose("李敏", "3333")
    guarded.until_acting("李敏")
    assert guarded.services.audit.count(AuditFilter(actions=("pin_changed",))) == 1


def test_where_nobody_has_a_pin_none_is_changed(desk: Desk) -> None:
    QTest.keyClick(desk.window, Key.Key_F9)
    dialog = desk.dialog()
    assert not dialog._own.isVisible()
    QTest.keyClick(dialog, Key.Key_Escape)


def test_esc_keeps_who_acts(guarded: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(guarded.window, Key.Key_F9)
    QTest.keyClick(guarded.dialog(), Key.Key_Escape)
    qtbot.waitUntil(lambda: guarded.console._operators._dialog is None)
    assert guarded.accounts.current().name == "王工"


def test_left_alone_the_window_is_covered_and_asks_for_a_pin(guarded: Desk, qtbot: QtBot) -> None:
    guarded.services.save_settings({"console.lock_after_min": 1}, {})
    operators = guarded.console._operators
    page = guarded.window.page("overview")
    left_open = QDialog(guarded.window)
    left_open.show()
    qtbot.waitUntil(left_open.isActiveWindow)  # which is a sign of life
    operators._on_tick()
    qtbot.waitUntil(lambda: operators._limit_s == 60.0)
    assert not operators.is_locked
    operators._last_at -= 61
    operators._on_tick()
    qtbot.waitUntil(lambda: operators.is_locked)
    dialog = guarded.dialog()
    assert not left_open.isVisible(), "the cover hides the window only"
    assert operators._cover.isVisible()
    assert operators._cover.size() == guarded.window.size()
    assert not dialog._own.isVisible()
    assert {one.operator.name for one in dialog._choices.values()} == {"王工", "李敏"}
    QTest.keyClick(dialog, Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    guarded.type_in(dialog, "王工", PIN)
    qtbot.waitUntil(lambda: not operators.is_locked)
    assert not operators._cover.isVisible()
    assert guarded.window.page("overview") is page, "the same person goes on where they were"


def test_a_key_or_the_mouse_is_a_sign_of_life(guarded: Desk) -> None:
    operators = guarded.console._operators
    operators._last_at -= 100
    QTest.keyClick(guarded.window.windowHandle(), Key.Key_F1)
    assert operators.idle_s() < 50


def test_the_first_operator_is_made_in_the_settings_and_roles_hold(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.window.show_page("settings", "operators")
    page = desk.window.page("settings")
    qtbot.waitUntil(lambda: bool(page.findChildren(OperatorsSection)))
    section = page.findChildren(OperatorsSection)[0]
    section._on_add()
    dialog = section.findChild(OperatorEntryDialog)
    assert isinstance(dialog, OperatorEntryDialog)
    assert not dialog._role_field.isVisible()
    dialog._name.setText("王工")
    dialog._pin.setText(PIN)
    dialog._again.setText("402818")
    QTest.keyClick(dialog._again, Key.Key_Return)
    assert dialog._again_line.problem == "两次输的不一样"
    dialog._again.setText(PIN)
    QTest.keyClick(dialog._again, Key.Key_Return)
    qtbot.waitUntil(lambda: desk.accounts.current().name == "王工")
    qtbot.waitUntil(lambda: desk.console.context.is_it)
    assert desk.accounts.is_guarded
    qtbot.waitUntil(lambda: "运行日志" in desk.pages)


def test_operators_are_kept_on_the_settings_page(guarded: Desk, qtbot: QtBot) -> None:
    guarded.window.show_page("settings", "operators")
    page = guarded.window.page("settings")
    qtbot.waitUntil(lambda: bool(page.findChildren(OperatorsSection)))
    section = page.findChildren(OperatorsSection)[0]
    key = guarded.accounts.named("李敏").operator.id
    qtbot.waitUntil(lambda: section._model.number_of(key) is not None)
    section._view.go_to(key)
    qtbot.waitUntil(section._line.isVisible)
    section._line.dept.setText("0301")
    section._line.user.setText("lm")
    section._line.codes.click()
    named = guarded.accounts.named
    qtbot.waitUntil(lambda: named("李敏").operator.his_dept_code == "0301")
    qtbot.waitUntil(lambda: section._shown == named("李敏"))
    section._line.role.set_value("it")
    qtbot.waitUntil(lambda: named("李敏").operator.role is Role.IT)
    qtbot.waitUntil(lambda: section._shown == named("李敏"))
    section._line.active.click()
    qtbot.waitUntil(lambda: not named("李敏").is_active)


def test_the_trail_is_filtered_by_time_person_and_action(guarded: Desk, qtbot: QtBot) -> None:
    guarded.services.audit.record("delivery_retried", operator="李敏", kind="delivery", key=12)
    guarded.window.show_page("audit")
    page = guarded.window.page("audit")
    assert isinstance(page, AuditPage)
    everything = guarded.services.audit.count(AuditFilter())
    qtbot.waitUntil(lambda: page._model.total == everything)
    qtbot.waitUntil(lambda: len(page._people._options) == 3 + 1)
    page._filter.set_value("actor", "李敏")
    qtbot.waitUntil(lambda: page._model.total == 1)
    qtbot.waitUntil(lambda: page.header.primary.text() == "导出 1 条")
    page._filter.clear_filters()
    qtbot.waitUntil(lambda: page._model.total == everything)
    page._filter.set_value("action", "operator_added")
    qtbot.waitUntil(lambda: page._model.total == 2)
    page._filter.clear_filters()
    page._filter.search.setText("重试上传")
    page._filter.search.returnPressed.emit()
    qtbot.waitUntil(lambda: page._model.total == 1)
    page._filter.search.setText("没有这样的")
    page._filter.search.returnPressed.emit()
    qtbot.waitUntil(lambda: page._panel.empty._title.text() == "这样筛选没有记录")


def test_the_trail_is_exported_and_the_export_is_in_it(
    guarded: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    guarded.window.show_page("audit")
    page = guarded.window.page("audit")
    assert isinstance(page, AuditPage)
    path = tmp_path / "操作记录.csv"
    page._export.write(path, page._wanted())
    qtbot.waitUntil(lambda: not page._export.is_running)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "时间,谁,做了什么,对象,结果,系统账户,电脑,细节"
    assert any(",王工,换人,操作员 王工,成了," in line for line in lines)
    newest = guarded.services.audit.page(AuditFilter(), limit=1)[0]
    assert (newest.actor, newest.action, newest.kind) == ("王工", "list_exported", "audit")


def test_a_clerk_sees_their_own_rows(guarded: Desk, qtbot: QtBot) -> None:
    guarded.choose("李敏", "2222")
    guarded.until_acting("李敏")
    guarded.window.show_page("audit")
    page = guarded.window.page("audit")
    assert isinstance(page, AuditPage)
    qtbot.waitUntil(lambda: page._model.total == 1)
    assert not page._people.isVisible()
    assert {row.actor for row in page._desk.rows(page._desk.ids(AuditFilter(actor="王工")))} == {
        "李敏"
    }


def test_enter_on_a_row_goes_to_its_study(guarded: Desk, qtbot: QtBot) -> None:
    guarded.services.audit.record("study_viewed", kind="study", key=7, study=7)
    guarded.window.show_page("audit")
    page = guarded.window.page("audit")
    assert isinstance(page, AuditPage)
    qtbot.waitUntil(lambda: page._model.total > 0)
    newest = guarded.services.audit.page(AuditFilter(), limit=1)[0]
    qtbot.waitUntil(lambda: page._model.number_of(newest.id) is not None)
    page._panel.view.go_to(newest.id)
    qtbot.waitUntil(lambda: page._current is not None)
    QTest.keyClick(page._panel.view, Key.Key_Return)
    assert guarded.window.current_page is guarded.window.page("studies")
