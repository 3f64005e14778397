"""A name or number that is masked until the eye is pressed, and again 30 s later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from hbgz_desktop.ui.widgets.button import Button, icon_button
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

REVEAL_S = 30


class MaskedLabel(QWidget):
    """Masked text with an eye; revealing one does not reveal another.

    Signals:
        revealed: The eye was pressed to look. The page writes the audit row, and calls
            ``show_clear`` when it did not hand over the clear text before.
    """

    revealed = Signal()

    def __init__(
        self, theme: Theme, role: str = "", words: str = "", parent: QWidget | None = None
    ) -> None:
        """Build it empty.

        Args:
            theme: Look.
            role: Role of the label.
            words: Text of the eye's button (显示姓名); "" shows the eye alone.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._masked = ""
        self._clear = ""
        self._words = words
        self._allowed = True
        self.label = Label("", role, self)
        if words:
            self._eye = Button(theme, words, "quiet", "eye", self)
        else:
            self._eye = icon_button(theme, "eye", self.tr("显示 30 秒"), self)
        self._eye.clicked.connect(self._on_eye_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEAL_S * 1000)
        self._timer.timeout.connect(self.hide_value)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.label)
        layout.addWidget(self._eye)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_value(self, masked: str, clear: str = "") -> None:
        """Show another person; masked again at once.

        Args:
            masked: What is shown.
            clear: What the eye shows; "" when the page fetches it on ``revealed``.
        """
        self._masked, self._clear = masked, clear
        self.hide_value()

    @property
    def is_revealed(self) -> bool:
        """True while the clear text is on the screen."""
        return self._timer.isActive()

    def show_clear(self, clear: str) -> None:
        """Show the clear text for 30 s."""
        self.label.setText(clear)
        self._set_eye(is_open=True)
        self._timer.start()

    def hide_value(self) -> None:
        """Mask at once (30 s are over, another row, Ctrl+Shift+H)."""
        self._timer.stop()
        self.label.setText(self._masked)
        self._set_eye(is_open=False)

    def set_reveal_allowed(self, *, is_allowed: bool) -> None:
        """Forbid the eye while everything is hidden; masks at once."""
        self._allowed = is_allowed
        self._eye.setEnabled(is_allowed)
        if not is_allowed:
            self.hide_value()

    def _set_eye(self, *, is_open: bool) -> None:
        self._eye.set_icon("eye_off" if is_open else "eye")
        if self._words:
            self._eye.setText(self.tr("遮住") if is_open else self._words)
        else:
            name = self.tr("遮住") if is_open else self.tr("显示 30 秒")
            self._eye.setAccessibleName(name)
            self._eye.setToolTip(name)

    def _on_eye_clicked(self) -> None:
        if self.is_revealed:
            self.hide_value()
            return
        if self._clear:
            self.show_clear(self._clear)
        self.revealed.emit()
