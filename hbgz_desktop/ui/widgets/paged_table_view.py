"""The view of a paged table: keys, clicks and selection as in Explorer (LOOK 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget
from typing_extensions import override

from hbgz_desktop.ui.delegates.row_delegate import RowDelegate
from hbgz_desktop.ui.widgets.table_header import TableHeader

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent

    from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
    from hbgz_desktop.ui.theme import Theme

_TICK_WIDTH = 44
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PagedTableView(QTableView):
    """Shows a ``PagedTableModel``.

    A click selects one row, Ctrl adds, Shift extends, the tick column ticks; Space ticks the
    current row; Ctrl+A selects all that match; Esc clears, then asks to close the drawer.

    Signals:
        row_activated: (id) Enter or double-click: open the drawer. Never starts anything.
        current_changed: (id) Another row is current, by key or click; None when there is none.
        escape_pressed: Esc with nothing selected.
    """

    row_activated = Signal(object)
    current_changed = Signal(object)
    escape_pressed = Signal()

    def __init__(
        self, theme: Theme, model: PagedTableModel[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._anchor = 0
        self.setModel(model)
        self._rows = RowDelegate(theme, self)
        self._rows.row_is_selected = model.is_selected
        self.setItemDelegate(self._rows)
        self._header = TableHeader(theme, self)
        self.setHorizontalHeader(self._header)
        self._header.sort_requested.connect(self._on_sort_requested)
        self._prepare()
        self._set_widths()
        model.selection.changed.connect(self._on_selection_changed)
        model.modelReset.connect(self._on_reset)
        self.verticalScrollBar().valueChanged.connect(self._tell_visible_rows)
        theme.changed.connect(self._on_theme_changed)

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(24)
        rows.setDefaultSectionSize(self._rows.row_height)

    def _set_widths(self) -> None:
        for section in range(self._model.columnCount()):
            column = self._model.column(section)
            width = _TICK_WIDTH if column is None else column.width
            if width:
                self._header.setSectionResizeMode(section, QHeaderView.ResizeMode.Interactive)
                self._header.resizeSection(section, width + (8 if section == 0 else 0))
            else:
                self._header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)

    def set_delegate(self, delegate: RowDelegate) -> None:
        """Paint rows another way (``ClerkRowDelegate``, ``ItRowDelegate``)."""
        delegate.row_is_selected = self._model.is_selected
        self._rows = delegate
        self.setItemDelegate(delegate)
        self.verticalHeader().setDefaultSectionSize(delegate.row_height)

    def current_id(self) -> Any:
        """Id of the current row, or None."""
        number = self.currentIndex().row()
        ids = self._model.ids_between(number, number) if number >= 0 else ()
        return ids[0] if ids else None

    def go_to(self, row_id: object) -> bool:
        """Make a row current and bring it into sight; False when it is not in the list."""
        number = self._model.number_of(row_id)
        if number is None:
            return False
        self._make_current(number)
        return True

    def move_current(self, step: int) -> None:
        """Go to the next or previous row (drawer open, F8)."""
        self._make_current(self.currentIndex().row() + step)

    def _make_current(self, number: int) -> None:
        number = min(max(number, 0), self._model.total - 1)
        if number >= 0:
            section = 1 if self._model.has_ticks else 0
            self.setCurrentIndex(self._model.index(number, section))

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self._mark_current()
            self.current_changed.emit(self.current_id())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _ENTER and not has_control:
            if self.current_id() is not None:
                self.row_activated.emit(self.current_id())
        elif event.key() == Qt.Key.Key_A and has_control:
            self._model.select_all()
        elif event.key() == Qt.Key.Key_Space and self.current_id() is not None:
            self._anchor = self.currentIndex().row()
            self._model.selection.toggle(self.current_id())
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            self._move(event)

    def _escape(self) -> None:
        if len(self._model.selection) and self._model.has_ticks:
            self._model.selection.clear()
        else:
            self.escape_pressed.emit()

    def _move(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        now = self.currentIndex().row()
        if now == before:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._model.selection.replace(self._model.ids_between(self._anchor, now))
        elif not self._model.has_ticks:
            self._select_one(now)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        row_id = self._model.ids_between(index.row(), index.row())[0]
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._model.selection.replace(self._model.ids_between(self._anchor, index.row()))
            return
        is_tick = self._model.column(index.column()) is None
        if is_tick or modifiers & Qt.KeyboardModifier.ControlModifier:
            self._anchor = index.row()
            self._model.selection.toggle(row_id)
        else:
            self._select_one(index.row())

    def _select_one(self, number: int) -> None:
        self._anchor = number
        self._model.selection.replace(self._model.ids_between(number, number))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.column(index.column()) is not None:
            self.row_activated.emit(self.current_id())

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, number: int) -> None:
        if number != self._rows.hovered_row:
            self._rows.hovered_row = number
            self.viewport().update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.total:
            self._make_current(0)
        self._mark_current()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_current()

    def _mark_current(self) -> None:
        self._rows.ringed_row = self.currentIndex().row() if self.hasFocus() else -1
        self.viewport().update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_visible_rows()

    def _tell_visible_rows(self) -> None:
        first = self.rowAt(0)
        last = self.rowAt(self.viewport().height() - 1)
        self._model.set_visible_rows(first, last if last >= 0 else self._model.total - 1)

    def visible_rows(self) -> tuple[int, int]:
        """First and last position in sight, from 1, for 1–14，共 102 份; (0, 0) when empty."""
        if not self._model.total:
            return (0, 0)
        last = self.rowAt(self.viewport().height() - 1)
        return (self.rowAt(0) + 1, self._model.total if last < 0 else last + 1)

    def _on_sort_requested(self, section: int) -> None:
        column = self._model.column(section)
        if column is None or not column.is_sortable:
            return
        sorting = self._model.sorting
        is_descending = sorting.key == column.key and not sorting.is_descending
        self._model.sort_by(column.key, is_descending=is_descending)
        self._header.set_sorted(section, is_descending=is_descending)

    def _on_selection_changed(self) -> None:
        self.viewport().update()

    def _on_reset(self) -> None:
        self._anchor = 0
        self._tell_visible_rows()
        self._mark_current()

    def _on_theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._rows.row_height)
        self.viewport().update()
