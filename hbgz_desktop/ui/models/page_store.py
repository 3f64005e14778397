"""Pages of rows that were read, pages on their way, pages that failed."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Generic

from hbgz_desktop.ui.models.table_source import Column, RowId, RowT, TableSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hbgz_desktop.ui.cells import Cell

PAGE = 200
PAGES_KEPT = 50


class ReadyRow(Generic[RowT]):
    """A row as it was read, with its cells ready to paint."""

    __slots__ = ("cells", "row", "tooltips")

    def __init__(self, row: RowT, columns: Sequence[Column[RowT]]) -> None:
        self.row = row
        self.cells: tuple[Cell, ...] = tuple(column.cell(row) for column in columns)
        self.tooltips = tuple(c.tooltip(row) if c.tooltip else None for c in columns)

    def looks_like(self, other: ReadyRow[RowT]) -> bool:
        """True when nothing on the screen would differ."""
        return self.cells == other.cells and self.tooltips == other.tooltips


Page = list[ReadyRow[RowT] | None]
Answer = tuple[int, int, Page[RowT]]


class PageStore(Generic[RowT]):
    """The least recently read of more than 50 pages are dropped. GUI thread only.

    Attributes:
        generation: Grows with every new order; answers to an older one are void.
    """

    def __init__(self) -> None:
        self.generation = 0
        self._pages: OrderedDict[int, Page[RowT]] = OrderedDict()
        self._in_flight: set[int] = set()
        self._failed: set[int] = set()

    @property
    def is_busy(self) -> bool:
        """True while a page is on its way."""
        return bool(self._in_flight)

    def renew(self) -> None:
        """Forget everything: another order of ids begins."""
        self.generation += 1
        self._pages.clear()
        self._in_flight.clear()
        self._failed.clear()

    def row(self, number: int) -> ReadyRow[RowT] | None:
        """The row at a position, or None while it is not here."""
        page, at = divmod(number, PAGE)
        rows = self._pages.get(page)
        return None if rows is None or at >= len(rows) else rows[at]

    def needs(self, page: int) -> bool:
        """True when a page is neither here nor on its way, and did not just fail."""
        return not (page in self._pages or page in self._in_flight or page in self._failed)

    def begin(self, page: int) -> bool:
        """Note that a page is being asked for; False when it already is."""
        if page in self._in_flight:
            return False
        self._in_flight.add(page)
        return True

    def accept(self, answer: Answer[RowT]) -> list[int]:
        """Keep a page that arrived.

        A row that is gone keeps its last look until the next order.

        Returns:
            Positions of the rows that look different now; empty for a void answer.
        """
        generation, page, rows = answer
        if generation != self.generation:
            return []
        self._in_flight.discard(page)
        old = self._pages.get(page, [None] * len(rows))
        kept: Page[RowT] = [new or was for new, was in zip(rows, old, strict=True)]
        self._pages[page] = kept
        self._pages.move_to_end(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        pairs = enumerate(zip(kept, old, strict=True))
        return [page * PAGE + at for at, (new, was) in pairs if _differs(new, was)]

    def fail(self) -> None:
        """A question failed: do not ask for the same pages at every repaint."""
        self._failed |= self._in_flight
        self._in_flight.clear()

    def keep_only(self, pages: Iterable[int]) -> list[int]:
        """Drop all other pages, allow failed ones again; the pages that are still here."""
        self._failed.clear()
        near = set(pages)
        for page in [page for page in self._pages if page not in near]:
            del self._pages[page]
        return sorted(self._pages)


def _differs(new: ReadyRow[RowT] | None, old: ReadyRow[RowT] | None) -> bool:
    if new is None or old is None:
        return new is not old
    return not new.looks_like(old)


def page_question(
    source: TableSource[RowT],
    columns: Sequence[Column[RowT]],
    generation: int,
    page: int,
    ids: Sequence[RowId],
) -> Callable[[], Answer[RowT]]:
    """The work a pool thread does for one page: read the rows, make their cells."""
    return partial(_read_page, source, columns, generation, page, ids)


def _read_page(
    source: TableSource[RowT],
    columns: Sequence[Column[RowT]],
    generation: int,
    page: int,
    ids: Sequence[RowId],
) -> Answer[RowT]:
    found = {source.row_id(row): ReadyRow(row, columns) for row in source.rows(ids)}
    return generation, page, [found.get(row_id) for row_id in ids]
