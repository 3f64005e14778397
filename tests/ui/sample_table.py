"""A table source over plain Python rows, which counts what it is asked."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hbgz_desktop.ui.cells import BadgeCell, Number, TwoLines
from hbgz_desktop.ui.models.table_source import Column, Sorting, TableSource
from hbgz_desktop.ui.states import Badge, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.models.table_source import RowId


@dataclass(frozen=True)
class Item:
    """A row."""

    number: int
    name: str
    state: State = State.WAITING


COLUMNS: Sequence[Column[Item]] = (
    Column("状态", "state", lambda item: BadgeCell(Badge.of(item.state)), 120),
    Column("名称", "name", lambda item: TwoLines(item.name, str(item.number)), 0, tooltip=str),
    Column("次数", "number", lambda item: Number(f"{item.number:,}"), 90),
)


class Items:
    """Rows in memory, behind a lock; newest (largest number) first."""

    def __init__(self, count: int) -> None:
        self._lock = threading.Lock()
        self._items = {n: Item(n, f"检查 {n}") for n in range(count)}
        self.asked: list[tuple[RowId, ...]] = []
        self.sortings: list[Sorting] = []
        self.gate: threading.Event | None = None
        self.fail_with: Exception | None = None

    @property
    def source(self) -> TableSource[Item]:
        return TableSource(self.ids, self.rows, lambda item: item.number)

    def ids(self, sorting: Sorting) -> Sequence[RowId]:
        self.sortings.append(sorting)
        with self._lock:
            is_descending = sorting.is_descending if sorting.key else True
            return sorted(self._items, reverse=is_descending)

    def rows(self, ids: Sequence[RowId]) -> Sequence[Item]:
        if self.gate is not None:
            self.gate.wait(5)
        if self.fail_with is not None:
            raise self.fail_with
        self.asked.append(tuple(ids))
        with self._lock:
            return [self._items[n] for n in ids if isinstance(n, int) and n in self._items]

    def change(self, number: int, state: State) -> None:
        with self._lock:
            self._items[number] = replace(self._items[number], state=state)

    def add(self, number: int) -> None:
        with self._lock:
            self._items[number] = Item(number, f"检查 {number}")

    def remove(self, number: int) -> None:
        with self._lock:
            del self._items[number]
