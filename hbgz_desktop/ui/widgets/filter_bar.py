"""Filter bar above a list: search field, dropdowns, state chips (LOOK 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from hbgz_desktop.ui.widgets.dropdown import Dropdown
from hbgz_desktop.ui.widgets.flow_layout import FlowLayout
from hbgz_desktop.ui.widgets.search_field import SearchField
from hbgz_desktop.ui.widgets.state_chips import StateChips

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme


class FilterBar(QWidget):
    """Left: search, leading dropdowns, chips. Right: trailing dropdowns. Wraps where it is narrow.

    Signals:
        changed: Anything of the filter changed; read ``search.search_text()``,
            ``chips.chosen`` and ``value(key)``. Fires once a change.

    Attributes:
        search: The search field (Ctrl+F goes here).
        chips: The state chips; empty until ``chips.set_chips``.
    """

    changed = Signal()

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dropdowns: dict[str, Dropdown] = {}
        self.search = SearchField(theme, placeholder, self)
        self.search.setFixedWidth(208)
        self.search.search_changed.connect(self._on_changed)
        self._layout = FlowLayout(self)
        self._layout.addWidget(self.search)
        self._leading = 1
        self.chips = StateChips(theme, self, self._layout)
        self.chips.chip_chosen.connect(self._on_changed)
        self.chips.hide()

    def add_dropdown(
        self,
        key: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        is_trailing: bool = False,
    ) -> Dropdown:
        """Add a dropdown of (key, text) options, before the chips or at the right end."""
        dropdown = Dropdown(self._theme, label, options, self)
        dropdown.value_changed.connect(self._on_changed)
        self._dropdowns[key] = dropdown
        if is_trailing:
            self._layout.add_trailing(dropdown)
        else:
            self._layout.insert(self._leading, dropdown)
            self._leading += 1
        return dropdown

    def value(self, key: str) -> str:
        """Key of the value chosen in a dropdown.

        Raises:
            KeyError: There is no such dropdown.
        """
        return self._dropdowns[key].value

    def set_value(self, key: str, value: str) -> None:
        """Choose a value in a dropdown.

        Raises:
            KeyError: There is no such dropdown.
        """
        self._dropdowns[key].set_value(value)

    def clear_filters(self) -> None:
        """Empty the search and return dropdowns and chips to their first choice."""
        self.search.clear()
        self.search.returnPressed.emit()
        for dropdown in self._dropdowns.values():
            dropdown.reset()
        self.chips.reset()

    def focus_search(self) -> None:
        """Put the keyboard focus into the search field, its text selected (Ctrl+F)."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _on_changed(self) -> None:
        self.changed.emit()
