"""Selected rows as a set of ids, frozen against whatever the list does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.ui.models.table_source import RowId


class RowSelection(QObject):
    """What an action works on. New rows never join by themselves.

    Signals:
        changed: The set is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: frozenset[RowId] = frozenset()

    @property
    def ids(self) -> frozenset[RowId]:
        """The selected ids; a value of its own, so an action keeps what it was given."""
        return self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._ids

    def replace(self, ids: Iterable[RowId]) -> None:
        """Select exactly these."""
        wanted = frozenset(ids)
        if wanted != self._ids:
            self._ids = wanted
            self.changed.emit()

    def toggle(self, row_id: RowId) -> None:
        """Select or deselect one."""
        self.replace(self._ids ^ {row_id})

    def add(self, ids: Iterable[RowId]) -> None:
        """Select these as well."""
        self.replace(self._ids | frozenset(ids))

    def clear(self) -> None:
        """Select nothing."""
        self.replace(())
