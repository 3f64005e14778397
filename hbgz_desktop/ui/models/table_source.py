"""Where a paged table gets its rows: two plain functions, called on pool threads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from hbgz_desktop.ui.cells import Cell

RowT = TypeVar("RowT")
RowId = Hashable


@dataclass(frozen=True)
class Sorting:
    """What a header click asked for.

    Attributes:
        key: ``Column.key``; "" for the source's own order (newest first).
        is_descending: Largest first.
    """

    key: str = ""
    is_descending: bool = False


@dataclass(frozen=True)
class Column(Generic[RowT]):
    """One column of a table.

    Attributes:
        title: Header text, already translated.
        key: Name to sort by.
        cell: Makes the cell from a row. Runs on a pool thread: no widgets, no ``tr``.
        width: Pixels at 100 %; 0 takes what is left.
        is_sortable: A click on the header sorts by it.
        tooltip: Text shown over the cell, such as a shortened name in full; None for none.
    """

    title: str
    key: str
    cell: Callable[[RowT], Cell]
    width: int = 0
    is_sortable: bool = True
    tooltip: Callable[[RowT], str] | None = None


@dataclass(frozen=True)
class TableSource(Generic[RowT]):
    """The two questions a table asks; both run on pool threads and must not touch Qt.

    The order is frozen when the table opens, as a list of ids: rows never jump because others
    came or went. Values are read again by id.

    Attributes:
        ids: All ids that match the filter, in the order asked for. One indexed query.
        rows: The rows of some ids, in any order; ids that are gone are left out.
        row_id: The id of a row.
    """

    ids: Callable[[Sorting], Sequence[RowId]]
    rows: Callable[[Sequence[RowId]], Sequence[RowT]]
    row_id: Callable[[RowT], RowId]


class Numbered(Protocol):
    """A row whose id is its number in the database."""

    @property
    def id(self) -> int:
        """Its number."""
        ...


NumberedT = TypeVar("NumberedT", bound=Numbered)


def numbered_source(
    ids: Callable[[Sorting], Sequence[int]], rows: Callable[[Sequence[int]], Sequence[NumberedT]]
) -> TableSource[NumberedT]:
    """A source of rows that are known by their number."""

    def rows_of(wanted: Sequence[RowId]) -> Sequence[NumberedT]:
        return rows([one for one in wanted if isinstance(one, int)])

    def number(row: NumberedT) -> RowId:
        return row.id

    return TableSource(ids, rows_of, number)
