"""A key or password: never shown again, only replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from hbgz_desktop.ui.widgets.button import Button

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_STARS = "*" * 16


class SecretField(QWidget):
    """Stars while a secret is kept, an empty field while it is being replaced.

    Signals:
        changed: The new secret changed, or replacing was given up.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = False
        self._replacing = True
        self._line = QLineEdit(self)
        self._line.textEdited.connect(self.changed)
        self._button = Button(theme, "", parent=self)
        self._button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._line, 1)
        layout.addWidget(self._button)
        self.setFocusProxy(self._line)
        self.set_kept(is_kept=False)

    def set_kept(self, *, is_kept: bool) -> None:
        """Say whether a secret is stored; forgets what was typed."""
        self._kept = is_kept
        self._replacing = not is_kept
        self._show()

    def new_secret(self) -> str | None:
        """What was typed in to replace the secret; None when it stays as it is."""
        return (self._line.text() or None) if self._replacing else None

    def _show(self) -> None:
        self._line.setReadOnly(not self._replacing)
        hidden = QLineEdit.EchoMode.Password if self._replacing else QLineEdit.EchoMode.Normal
        self._line.setEchoMode(hidden)
        self._line.setText("" if self._replacing else _STARS)
        self._line.setPlaceholderText(self.tr("填入新的") if self._kept else self.tr("还没有填"))
        self._button.setText(self.tr("不换") if self._replacing else self.tr("换一个"))
        self._button.setVisible(self._kept)

    def _on_clicked(self) -> None:
        self._replacing = not self._replacing
        self._show()
        if self._replacing:
            self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
