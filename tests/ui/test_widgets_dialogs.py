"""Questions before what cannot be undone, and toasts after what can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question
from hbgz_desktop.ui.widgets.toast import Toast
from tests.ui.gallery_parts import QUESTION
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.theme import Theme

Key = Qt.Key


def test_a_dialog_puts_the_focus_on_the_safe_button(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, QLineEdit())
    dialog = ConfirmDialog(theme, QUESTION, window)
    dialog.open()
    qtbot.waitUntil(dialog._keep.hasFocus)
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.confirmed):
        QTest.keyClick(dialog, Key.Key_Escape)


def test_a_dialog_confirms_or_shows_the_rows(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, QLineEdit())
    first = ConfirmDialog(theme, QUESTION, window)
    first.open()
    with qtbot.waitSignal(first.confirmed):
        first._act.click()
    second = ConfirmDialog(theme, QUESTION, window)
    second.open()
    with qtbot.waitSignals([second.link_requested, second.rejected]):
        second._link.click()


def test_deleting_asks_for_the_number(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, QLineEdit())
    question = Question("删除平台上的 1 份？", ("平台会删除。",), "删除 1 份", "不删", typed="CT1")
    dialog = ConfirmDialog(theme, question, window)
    dialog.open()
    assert not dialog._act.isEnabled()
    dialog._typed.setText(" CT1 ")
    assert dialog._act.isEnabled()
    dialog.reject()


def test_a_toast_waits_while_it_is_pointed_at(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, QLineEdit())
    window.resize(900, 300)
    QTest.mouseMove(window, window.rect().topLeft())
    toast = Toast(theme, window)
    toast.show_toast("已取消 3 项", can_undo=True, seconds=2)
    toast._undo.setFocus()
    toast._tick.timeout.emit()
    assert toast._undo.text() == "撤销 2 s"
    toast._undo.clearFocus()
    toast._tick.timeout.emit()
    assert toast._undo.text() == "撤销 1 s"
    with qtbot.waitSignal(toast.expired):
        toast._tick.timeout.emit()
    assert not toast.isVisible()


def test_a_new_toast_ends_the_old_one(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, QLineEdit())
    toast = Toast(theme, window)
    toast.show_toast("一", can_undo=True)
    with qtbot.waitSignal(toast.expired):
        toast.show_toast("二")
    assert not toast.can_undo
    with qtbot.assertNotEmitted(toast.undone):
        toast.undo()
    assert abs(toast.geometry().center().x() - window.width() // 2) <= 1
