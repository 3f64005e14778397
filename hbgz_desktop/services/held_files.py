"""Removes what must go, now or as soon as nobody holds it (DESIGN 5.7).

For files that no row names any more. Images that are cleared and settled quarantine have rows of their own,
which say that the file is still here; what lies in the cache of other hospitals' images without a row is
found by its folder.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.system.removal import discard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hbgz_desktop.model.held_file import HeldFile, HeldNow, HeldPlace
    from hbgz_desktop.storage.held_files import HeldFileStore

LOG = logging.getLogger(__name__)


class HeldFiles:
    """Files and the list together. Safe from any thread and any process on the same data folder."""

    def __init__(self, store: HeldFileStore, roots: Mapping[HeldPlace, Path]) -> None:
        """Keep the list in ``store``; ``roots`` are the folders themselves."""
        self._store = store
        self._roots = roots

    def remove(self, place: HeldPlace, path: str) -> bool:
        """Remove a file; one that somebody holds goes on the list.

        Returns:
            False when it is on the list.
        """
        if discard(self._roots[place] / path):
            return True
        self.note(place, path)
        return False

    def note(self, place: HeldPlace, path: str) -> None:
        """Put a file that could not be removed on the list; a database that cannot be written is only logged."""
        try:
            self._store.add(place, path)
        except StorageError as error:
            LOG.warning("held_file_not_noted place=%s code=%s", place.value, error.code)

    def waiting(self, place: HeldPlace) -> frozenset[str]:
        """What of one folder is on the list."""
        return self._store.paths(place)

    def now(self) -> HeldNow:
        """How many there are, and since when."""
        return self._store.now()

    def sweep(self, is_stopped: Callable[[], bool] = lambda: False) -> int:
        """Try every file once more; returns how many are off the list."""
        count, after = 0, 0
        while not is_stopped() and (files := self._store.waiting(after=after)):
            done = [one.id for one in files if self._is_settled(one)]
            self._store.settle(done, [one.id for one in files if one.id not in set(done)])
            count += len(done)
            after = files[-1].id
        if count:
            LOG.info("held_files_gone files=%d", count)
        return count

    def _is_settled(self, file: HeldFile) -> bool:
        """True when the file has gone, or is needed again."""
        if self._store.is_named(file):
            return True
        return discard(self._roots[file.place] / file.path, patience_s=0)
