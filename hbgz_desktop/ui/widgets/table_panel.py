"""A table in its card: arrivals strip, rows or the empty state, and the footer line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.paged_table_view import PagedTableView

if TYPE_CHECKING:
    from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
    from hbgz_desktop.ui.theme import Theme


class TablePanel(Surface):
    """A card around a ``PagedTableView``.

    Signals:
        empty_action_requested: The button of the empty state was pressed.

    Attributes:
        view: The table.
        empty: What shows when the list is open and has no rows; the page sets its words.
    """

    empty_action_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        model: PagedTableModel[Any],
        unit: str,
        parent: QWidget | None = None,
    ) -> None:
        """Build it; ``unit`` is 份, 项, 幅, 人 or 条."""
        super().__init__("card", parent)
        self._theme = theme
        self._model = model
        self._unit = unit
        self.view = PagedTableView(theme, model, self)
        self.empty = EmptyState(theme, parent=self)
        self.empty.action_requested.connect(self.empty_action_requested)
        self._arrivals = _ArrivalStrip(theme, unit, self)
        self._arrivals.shown_requested.connect(model.open)
        self._range = Label("", "caption2", self)
        self._keys = Label(self.tr("↑↓ 换一行   Enter 打开   Ctrl F 筛选"), "caption2", self)
        self._foot = Surface("foot", self)
        self._foot.setLayout(row(self._range, STRETCH, self._keys, margins=(16, 7, 16, 7)))
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._arrivals)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self._foot)
        model.opened.connect(self._on_opened)
        model.arrivals_changed.connect(self._arrivals.set_count)
        model.selection.changed.connect(self._show_range)
        self.view.verticalScrollBar().valueChanged.connect(self._show_range)
        self.view.verticalScrollBar().rangeChanged.connect(self._show_range)
        self.setFocusProxy(self.view)

    def set_foot_visible(self, *, is_visible: bool) -> None:
        """Leave the footer line out in small lists."""
        self._foot.setVisible(is_visible)

    def _on_opened(self, total: int) -> None:
        self._stack.setCurrentWidget(self.view if total else self.empty)
        self._show_range()

    def _show_range(self) -> None:
        first, last = self.view.visible_rows()
        words = self.tr("{first}–{last}，共 {total} {unit}").format(
            first=f"{first:,}", last=f"{last:,}", total=f"{self._model.total:,}", unit=self._unit
        )
        chosen = len(self._model.selection)
        if chosen and chosen == self._model.total:
            picked = self.tr("已选全部 {count} {unit}")
        else:
            picked = self.tr("已选 {count} {unit}")
        picked = picked.format(count=f"{chosen:,}", unit=self._unit) if chosen else ""
        self._range.setText(self._theme.join(words, picked))


class _ArrivalStrip(Surface):
    """有 6 份新的·显示: new rows wait here until they are asked for."""

    shown_requested = Signal()

    def __init__(self, theme: Theme, unit: str, parent: QWidget) -> None:
        super().__init__("banner", parent)
        self._unit = unit
        self.setProperty("tone", "cool")
        self._words = Label("", "caption2", self)
        self._button = Button(theme, self.tr("显示"), "quiet", parent=self)
        self._button.clicked.connect(self.shown_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(4)
        layout.addStretch(1)
        layout.addWidget(self._words)
        layout.addWidget(self._button)
        layout.addStretch(1)
        self.hide()

    def set_count(self, count: int) -> None:
        words = self.tr("有 {count} {unit}新的").format(count=f"{count:,}", unit=self._unit)
        self._words.setText(words)
        self._button.setAccessibleName(f"{self._button.text()} {words}")
        self.setVisible(count > 0)
