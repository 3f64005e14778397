"""Buttons: a word or verb, perhaps an icon, one of the kinds of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from hbgz_desktop.ui.styling import restyle

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_ICON_TOKENS = {
    "primary": "on_accent",
    "danger": "on_danger",
    "quiet": "accent",
    "toast": "toast_link",
    "icon": "text_2",
}
_GAP = 4


class Button(QPushButton):
    """A push button.

    Kinds: "" (secondary), primary (one a page), danger, safe (as high as danger, in dialogs),
    quiet (a link), icon (square, no text), chip (checkable filter), toggle (a tool that stays on), toast.
    Its label is never shortened; Enter presses it as Space does.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        kind: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon_name = ""
        self._icon_token = ""
        self._idle_text: str | None = None
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.setDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if icon:
            self.set_icon(icon)
        theme.changed.connect(self._on_theme_changed)

    def set_icon(self, name: str, token: str = "") -> None:
        """Show an icon before the text; ``token`` defaults to what fits the kind."""
        self._icon_name = name
        self._icon_token = token
        self._on_theme_changed()

    def set_kind(self, kind: str) -> None:
        """Become another kind."""
        restyle(self, kind=kind)
        self._on_theme_changed()

    def set_allowed(self, reason: str = "") -> None:
        """Enable, or disable and say why as tooltip and accessible description.

        Args:
            reason: Why it cannot be pressed now; empty when it can.
        """
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def set_busy(self, text: str) -> None:
        """Show 正在… while a short action runs; cannot be pressed meanwhile."""
        if self._idle_text is None:
            self._idle_text = self.text()
        self.setText(text)
        self.setEnabled(False)

    def clear_busy(self) -> None:
        """Return from ``set_busy`` to the button's own words."""
        if self._idle_text is not None:
            self.setText(self._idle_text)
            self._idle_text = None
        self.setEnabled(True)

    def _on_theme_changed(self) -> None:
        if not self._icon_name:
            return
        kind = str(self.property("kind"))
        token = self._icon_token or _ICON_TOKENS.get(kind, "text_2")
        size, gap = (18, 0) if kind == "icon" else (16, _GAP)
        self.setIcon(self._theme.icon(self._icon_name, token, size, gap=gap))
        self.setIconSize(QSize(size + gap, size))


def icon_button(theme: Theme, icon: str, name: str, parent: QWidget | None = None) -> Button:
    """A square button without text; ``name`` is its tooltip and accessible name."""
    button = Button(theme, "", "icon", icon, parent)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFixedSize(32, 32)
    return button
