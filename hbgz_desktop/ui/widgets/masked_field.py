"""A field for a name or number: clear while it is typed in, masked when the focus leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.ui.widgets.button import icon_button
from hbgz_desktop.ui.widgets.masked_label import REVEAL_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.ui.theme import Theme


class MaskedField(QLineEdit):
    """A line edit that holds the clear value and shows a mask of it when it is not in use.

    Read ``value()``, never ``text()``: the text may be the mask.

    Signals:
        value_changed: (value) The clear value changed, by typing or by ``set_value``.
        revealed: The eye was pressed to look; the page writes the audit row.
    """

    value_changed = Signal(str)
    revealed = Signal()

    def __init__(
        self, theme: Theme, mask: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """Take the function that makes the mask, such as ``mask_identity``."""
        super().__init__(parent)
        self._mask = mask
        self._value = ""
        self._masked = False
        self.setTextMargins(0, 0, 30, 0)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._eye = icon_button(theme, "eye", self.tr("显示 30 秒"), self)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.clicked.connect(self._on_eye_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEAL_S * 1000)
        self._timer.timeout.connect(self.hide_value)
        self.textEdited.connect(self._on_edited)

    def value(self) -> str:
        """The clear value."""
        return self._value

    def set_value(self, value: str) -> None:
        """Fill in a value, masked at once (card reader, known patient)."""
        changed = value != self._value
        self._value = value
        self.hide_value()
        if changed:
            self.value_changed.emit(value)

    @property
    def is_masked(self) -> bool:
        """True while the mask is shown."""
        return self._masked

    def hide_value(self) -> None:
        """Mask at once, even while the field has the focus (Ctrl+Shift+H)."""
        self._timer.stop()
        self._masked = bool(self._value)
        self.setText(self._mask(self._value))
        self._eye.set_icon("eye")

    def _on_edited(self, text: str) -> None:
        self._value = text
        self.value_changed.emit(text)

    def _show_value(self) -> None:
        self._masked = False
        self.setText(self._value)

    def _on_eye_clicked(self) -> None:
        if not self._masked:
            self.hide_value()
            return
        self._show_value()
        self._eye.set_icon("eye_off")
        self._timer.start()
        self.revealed.emit()

    def _start_anew(self) -> None:
        """Editing never touches the stars: what is typed over a mask is a new value."""
        if self._masked:
            self._masked = False
            self.setText("")
            self._value = ""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        types = event.text().isprintable() and event.text() != ""
        pastes = event.matches(QKeySequence.StandardKey.Paste)
        if (types and not event.modifiers() & Qt.KeyboardModifier.ControlModifier) or pastes:
            self._start_anew()
        elif erases and self._masked:
            self._start_anew()
            self.value_changed.emit("")
        super().keyPressEvent(event)

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self._start_anew()
        super().inputMethodEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._masked:
            self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.hide_value()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._eye.move(QPoint(self.width() - 34, (self.height() - 32) // 2))
