"""Page header: title, one line of scope and time window, buttons, the primary one at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from hbgz_desktop.ui.styling import STRETCH, column
from hbgz_desktop.ui.widgets.button import Button, icon_button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.key_hint import KeyHint
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class PageHeader(Surface):
    """72 px; the primary button never moves from the right end.

    Signals:
        primary_requested: The primary button was pressed, or Ctrl+Enter.
        secondary_requested: (key) Another button was pressed, or an entry behind ….

    Attributes:
        primary: The one primary button; hidden until ``set_primary``.
    """

    primary_requested = Signal()
    secondary_requested = Signal(str)

    def __init__(
        self, theme: Theme, title: str, subtitle: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("header", parent)
        self._theme = theme
        self._title = Label(title, "title", self)
        self._subtitle = ElidedLabel(theme.dotted(subtitle), "body2", self)
        self._buttons: dict[str, Button] = {}
        self._menu = QMenu(self)
        self._more = icon_button(theme, "more", self.tr("更多"), self)
        self._more.setMenu(self._menu)
        self._more.hide()
        self.primary = Button(theme, "", "primary", parent=self)
        self.primary.clicked.connect(self._on_primary_clicked)
        self.primary.hide()
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(24, 0, 24, 0)
        self._line.setSpacing(8)
        words = column(STRETCH, self._title, self._subtitle, STRETCH, gap=2)
        self._line.addLayout(words, 1)
        self._line.addWidget(self._more)
        self._line.addWidget(self.primary)
        self.setFixedHeight(theme.size("row_page_header"))

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def set_subtitle(self, text: str) -> None:
        """Say scope and time window in one line; dots are spaced to fit the font."""
        self._subtitle.setText(self._theme.dotted(text))

    def subtitle(self) -> str:
        """The line below the title."""
        return self._subtitle.text()

    def set_primary(self, text: str, icon: str = "", *, reason: str = "") -> None:
        """Name the page's next step.

        Args:
            text: A verb with its count (处理这 52 份); "" for a page without one.
            icon: Icon name, or "".
            reason: Why there is nothing to do; disables the button and becomes its tooltip.
        """
        self.primary.setText(text)
        self.primary.setVisible(bool(text))
        if icon:
            self.primary.set_icon(icon)
        self.primary.set_allowed(reason)

    def add_button(self, key: str, text: str, icon: str = "") -> Button:
        """Add a secondary button left of the primary; pressing it reports ``key``."""
        button = Button(self._theme, text, "", icon, self)
        button.setProperty("key", key)
        button.clicked.connect(self._on_secondary_chosen)
        self._line.insertWidget(self._line.indexOf(self._more), button)
        self._buttons[key] = button
        return button

    def add_key_hint(self, keys: str) -> KeyHint:
        """Show a key cap left of the primary button."""
        hint = KeyHint(keys, self)
        self._line.insertWidget(
            self._line.indexOf(self._more), hint, 0, Qt.AlignmentFlag.AlignVCenter
        )
        return hint

    def add_menu_entry(self, key: str, text: str, icon: str = "") -> None:
        """Add an entry behind the … button; choosing it reports ``key``."""
        action = self._menu.addAction(text)
        if icon:
            action.setIcon(self._theme.icon(icon))
        action.setProperty("key", key)
        action.triggered.connect(self._on_secondary_chosen)
        self._more.show()

    def button(self, key: str) -> Button:
        """A secondary button by its key.

        Raises:
            KeyError: There is none.
        """
        return self._buttons[key]

    def press_primary(self) -> None:
        """Do the primary action if it is there and allowed (Ctrl+Enter)."""
        if not self.primary.isHidden() and self.primary.isEnabled():
            self.primary_requested.emit()

    def _on_primary_clicked(self) -> None:
        self.primary_requested.emit()

    def _on_secondary_chosen(self) -> None:
        self.secondary_requested.emit(str(self.sender().property("key")))
