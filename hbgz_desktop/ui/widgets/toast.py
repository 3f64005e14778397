"""After everything undoable: what was done, and 撤销 with the seconds left (LOOK 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

TOAST_S = 8
_ABOVE_BOTTOM = 16


class Toast(Surface):
    """One toast at a time, at the bottom centre of its parent; a new one replaces the old.

    It stays while the pointer or the focus is on it. It floats over the parent's content and
    follows the parent's size.

    Signals:
        undone: 撤销 was pressed (or Ctrl+Z at the window).
        expired: It went away without being undone, by time or by the next toast.
    """

    undone = Signal()
    expired = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("toast", parent)
        self._left_s = 0
        self._icon = IconLabel(theme, "check", "on_toast", 16, self)
        self._text = Label("", "", self)
        self._undo = Button(theme, "", "toast", parent=self)
        self._undo.clicked.connect(self.undo)
        self._host = parent
        self._line = QHBoxLayout(self)
        self._line.setSpacing(10)
        self._line.addWidget(self._icon)
        self._line.addWidget(self._text)
        self._line.addWidget(self._undo)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        parent.installEventFilter(self)
        self.hide()

    def show_toast(self, text: str, *, can_undo: bool = False, seconds: int = TOAST_S) -> None:
        """Show what was done.

        Args:
            text: What and how many; never a clear name.
            can_undo: Offer 撤销.
            seconds: How long it stays when nobody points at it.
        """
        if self.isVisible():
            self.expired.emit()
        self._left_s = seconds
        self._text.setText(text)
        self._undo.setVisible(can_undo)
        self._show_seconds()
        self._line.setContentsMargins(16, 4, 10 if can_undo else 18, 4)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._tick.start()
        announce(self, text)

    @property
    def can_undo(self) -> bool:
        """True while 撤销 is on offer."""
        return self.isVisible() and not self._undo.isHidden()

    def undo(self) -> None:
        """Do what 撤销 does; nothing when it is not on offer (Ctrl+Z)."""
        if self.can_undo:
            self._close()
            self.undone.emit()

    def _close(self) -> None:
        self._tick.stop()
        self.hide()

    def _on_tick(self) -> None:
        if self.underMouse() or self._undo.hasFocus():
            return
        self._left_s -= 1
        if self._left_s <= 0:
            self._close()
            self.expired.emit()
        else:
            self._show_seconds()

    def _show_seconds(self) -> None:
        self._undo.setText(self.tr("撤销 {seconds} s").format(seconds=self._left_s))

    def _place(self) -> None:
        self.adjustSize()
        self.setFixedHeight(max(44, self.sizeHint().height()))
        width = min(self.sizeHint().width(), self._host.width() - 32)
        self.resize(width, self.height())
        self.move(
            (self._host.width() - width) // 2, self._host.height() - self.height() - _ABOVE_BOTTOM
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)
