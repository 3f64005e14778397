"""A table over rows that are read page by page, off the GUI thread."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any, Generic

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from typing_extensions import override

from hbgz_desktop.ui.cells import CELL_ROLE
from hbgz_desktop.ui.models.page_store import PAGE, Answer, PageStore, ReadyRow, page_question
from hbgz_desktop.ui.models.row_selection import RowSelection
from hbgz_desktop.ui.models.table_source import Column, RowId, RowT, Sorting, TableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.ui.tasks import CancelToken, TaskPool

REPAINT_MS = 250
ARRIVALS_S = 2.0

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICK_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsUserCheckable
_CELL_ROLES = (
    CELL_ROLE,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


class PagedTableModel(QAbstractTableModel, Generic[RowT]):
    """Rows in a frozen order of ids; pages of 200 are read when they are looked at.

    * ``open`` asks for the ids, then the view's look at a row asks for its page, each once.
    * Fifty pages are kept. A row that is still being read has no cells: the delegate paints a
      placeholder.
    * ``refresh`` reads the shown pages again in place, at most four times a second; order,
      selection and scroll stay. Rows that came meanwhile are counted: ``arrivals_changed``.
    * ``selection`` is a set of ids, not of positions.

    GUI thread only; the source's functions run on pool threads.

    Signals:
        opened: (total) The ids arrived and the order is frozen.
        arrivals_changed: (count) So many rows match now that are not in the table; show them
            with ``open``.
        page_loaded: Some rows arrived.
        load_failed: (error) A question to the source ended in an exception.

    Attributes:
        selection: The selected ids.
    """

    opened = Signal(int)
    arrivals_changed = Signal(int)
    page_loaded = Signal()
    load_failed = Signal(object)

    def __init__(
        self,
        tasks: TaskPool,
        columns: Sequence[Column[RowT]],
        *,
        has_ticks: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Make an empty table; nothing is asked before ``set_source``.

        Args:
            tasks: Where questions run.
            columns: From left to right.
            has_ticks: Put a tick column before them, over the selected ids.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._tasks = tasks
        self._columns = tuple(columns)
        self._ticks = 1 if has_ticks else 0
        self._source: TableSource[RowT] | None = None
        self._sorting = Sorting()
        self._ids: Sequence[RowId] = ()
        self._store: PageStore[RowT] = PageStore()
        self._wanted: set[int] = set()
        self._opening: CancelToken | None = None
        self._is_open = False
        self._shown = (0, 0)
        self._arrivals = _Arrivals()
        self._refresh_timer = self._single_shot(REPAINT_MS, self._refresh_now)
        self._fetch_timer = self._single_shot(0, self._fetch_wanted)
        self.selection = RowSelection(self)
        self.selection.changed.connect(self._on_selection_changed)

    def _single_shot(self, interval_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(slot)
        return timer

    # What a page asks for

    def set_source(self, source: TableSource[RowT], sorting: Sorting | None = None) -> None:
        """Show another set of rows (another filter): open it and select nothing."""
        self._source = source
        self._sorting = sorting or self._sorting
        self.selection.clear()
        self.open()

    def open(self) -> None:
        """Ask for the ids again and freeze the new order: F5, a filter, 显示新的."""
        if self._source is None:
            return
        if self._opening is not None:
            self._opening.cancel()
        ask = partial(self._source.ids, self._sorting)
        self._opening = self._tasks.run_task(ask, self._on_opened, self._on_open_failed)

    def sort_by(self, key: str, *, is_descending: bool) -> None:
        """Ask for another order; the source sorts, never loaded rows alone."""
        self._sorting = Sorting(key, is_descending)
        self.open()

    def refresh(self) -> None:
        """Read shown rows again in place; calls within 250 ms become one."""
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()

    @property
    def sorting(self) -> Sorting:
        """The order that is asked for."""
        return self._sorting

    @property
    def total(self) -> int:
        """How many rows match."""
        return len(self._ids)

    @property
    def is_open(self) -> bool:
        """True once the first order arrived; until then it is not known to be empty."""
        return self._is_open

    @property
    def is_loading(self) -> bool:
        """True while ids or pages are on their way."""
        return self._opening is not None or self._store.is_busy

    @property
    def arrivals(self) -> int:
        """Rows that match now but are not in the frozen order."""
        return self._arrivals.count

    @property
    def has_ticks(self) -> bool:
        """True when the first column is ticks."""
        return bool(self._ticks)

    def column(self, section: int) -> Column[RowT] | None:
        """The column of a header section; None for the tick column."""
        at = section - self._ticks
        return self._columns[at] if 0 <= at < len(self._columns) else None

    def row_at(self, number: int) -> RowT | None:
        """A row as it was last read; None while it is on its way."""
        ready = self._store.row(number)
        return None if ready is None else ready.row

    def ids_between(self, first: int, last: int) -> Sequence[RowId]:
        """Ids of the positions from ``first`` to ``last``, both included."""
        low, high = sorted((first, last))
        return self._ids[max(low, 0) : high + 1]

    def number_of(self, row_id: RowId) -> int | None:
        """The position of an id, or None; a linear look, for a person's single click."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return None

    def set_visible_rows(self, first: int, last: int) -> None:
        """The view says what it shows, so that a refresh reads no more than that."""
        self._shown = (max(first, 0), max(last, 0))

    def select_all(self) -> None:
        """Select all that match the filter, not only what is loaded (Ctrl+A)."""
        self.selection.replace(self._ids)

    def is_selected(self, number: int) -> bool:
        """True when the row at a position is selected."""
        return 0 <= number < len(self._ids) and self._ids[number] in self.selection

    def _on_selection_changed(self) -> None:
        if self._ticks and self._ids:
            last = self.index(len(self._ids) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.CheckStateRole])

    # Qt's questions

    @override
    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns) + self._ticks

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = index.column() - self._ticks
        if at < 0:
            return self._tick(index) if role == Qt.ItemDataRole.CheckStateRole else None
        if role not in _CELL_ROLES:
            return None
        ready = self._row(index.row())
        return None if ready is None else _answer(ready, at, role)

    def _tick(self, index: _Index) -> int | None:
        if not index.isValid():
            return None
        chosen = Qt.CheckState.Checked if self.is_selected(index.row()) else None
        return int((chosen or Qt.CheckState.Unchecked).value)

    def _row(self, number: int) -> ReadyRow[RowT] | None:
        ready = self._store.row(number)
        if ready is None:
            self._want(number)
        return ready

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        column = self.column(section)
        if orientation is not Qt.Orientation.Horizontal or column is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        return None

    @override
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _TICK_FLAGS if index.column() < self._ticks else _FLAGS

    # Pages

    def _want(self, number: int) -> None:
        """Ask for a row's page once, after the paint that looked at it."""
        page = number // PAGE
        if number < len(self._ids) and self._store.needs(page):
            self._wanted.add(page)
            if not self._fetch_timer.isActive():
                self._fetch_timer.start()

    def _fetch_wanted(self) -> None:
        wanted, self._wanted = self._wanted, set()
        for page in sorted(wanted):
            self._fetch(page)

    def _fetch(self, page: int) -> None:
        ids = self._ids[page * PAGE : (page + 1) * PAGE]
        if self._source is None or not ids or not self._store.begin(page):
            return
        ask = page_question(self._source, self._columns, self._store.generation, page, ids)
        self._tasks.run_task(ask, self._on_page, self._on_page_failed)

    def _on_page(self, answer: Answer[RowT]) -> None:
        changed = self._store.accept(answer)
        if changed:
            end = self.columnCount() - 1
            self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], end))
        self.page_loaded.emit()

    def _on_page_failed(self, error: Exception) -> None:
        self._store.fail()
        self.load_failed.emit(error)

    # Opening

    def _on_opened(self, ids: Sequence[RowId]) -> None:
        self._opening = None
        if self._is_open and list(ids) == list(self._ids):
            self._reread()
        else:
            self.beginResetModel()
            self._store.renew()
            self._wanted.clear()
            self._ids = ids
            self.endResetModel()
        self._is_open = True
        self._arrivals.restart()
        self.arrivals_changed.emit(0)
        self.opened.emit(len(self._ids))

    def _on_open_failed(self, error: Exception) -> None:
        self._opening = None
        self.load_failed.emit(error)

    # Refreshing in place

    def _refresh_now(self) -> None:
        if self._ids:
            self._reread()
        self._ask_arrivals()

    def _reread(self) -> None:
        first, last = self._shown
        for page in self._store.keep_only(range(first // PAGE, last // PAGE + 1)):
            self._fetch(page)

    def _ask_arrivals(self) -> None:
        if self._source is None or not self._is_open or not self._arrivals.begin():
            return
        ask = partial(_count_new, self._source, self._sorting, self._store.generation, self._ids)
        self._tasks.run_task(ask, self._on_arrivals, self._on_arrivals_failed)

    def _on_arrivals(self, answer: tuple[int, int, float]) -> None:
        generation, count, took_s = answer
        before = self._arrivals.count
        is_valid = generation == self._store.generation
        self._arrivals.end(count if is_valid else before, took_s)
        if self._arrivals.count != before:
            self.arrivals_changed.emit(self._arrivals.count)

    def _on_arrivals_failed(self, error: Exception) -> None:
        self._arrivals.end(self._arrivals.count, 0.0)
        self.load_failed.emit(error)


class _Arrivals:
    """When to ask again for rows that came; a large table is asked less often."""

    def __init__(self) -> None:
        self.count = 0
        self._is_asking = False
        self._gap_s = ARRIVALS_S
        self._last = 0.0

    def restart(self) -> None:
        self.count = 0
        self._last = time.monotonic()

    def begin(self) -> bool:
        if self._is_asking or time.monotonic() - self._last < self._gap_s:
            return False
        self._is_asking = True
        return True

    def end(self, count: int, took_s: float) -> None:
        # The question may take a twentieth of the time, no more.
        self.count = count
        self._is_asking = False
        self._last = time.monotonic()
        self._gap_s = max(ARRIVALS_S, took_s * 20)


def _answer(ready: ReadyRow[RowT], at: int, role: int) -> object:
    if role == CELL_ROLE:
        return ready.cells[at]
    return ready.tooltips[at] if role == Qt.ItemDataRole.ToolTipRole else str(ready.cells[at])


def _count_new(
    source: TableSource[RowT], sorting: Sorting, generation: int, known: Sequence[RowId]
) -> tuple[int, int, float]:
    begun = time.monotonic()
    count = len(set(source.ids(sorting)) - set(known))
    return generation, count, time.monotonic() - begun
