"""Codes that were picked and not yet saved."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.mapping_views import MappingEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

Key = tuple[str, str]


@dataclass(frozen=True)
class Draft:
    """A code picked for one local value; ``name`` is the standard's."""

    code: str
    name: str


class MappingDrafts(QObject):
    """Drafts by (code set, local value). What ``view`` gives never changes: threads may read it.

    Signals:
        changed: A draft came, changed or went.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: Mapping[Key, Draft] = MappingProxyType({})

    @property
    def view(self) -> Mapping[Key, Draft]:
        """The drafts of now, a value of its own."""
        return self._view

    def __len__(self) -> int:
        return len(self._view)

    def put(self, key: Key, draft: Draft) -> None:
        """Remember a code; a later one for the same value replaces it."""
        self._become({**self._view, key: draft})

    def drop(self, *keys: Key) -> None:
        """Forget these."""
        self._become({key: draft for key, draft in self._view.items() if key not in keys})

    def entries(self) -> tuple[MappingEntry, ...]:
        """What is to be saved."""
        return tuple(MappingEntry(*key, draft.code) for key, draft in self._view.items())

    def _become(self, drafts: dict[Key, Draft]) -> None:
        if drafts != dict(self._view):
            self._view = MappingProxyType(drafts)
            self.changed.emit()
