"""What the bridge polls: new events and a fresh snapshot, read on a pool thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.services.console import ConsoleServices

SNAPSHOT_EVERY_S = 2.0


class Feed:
    """Remembers the highest event id it has handed on. Called by one poll at a time."""

    def __init__(self, services: ConsoleServices) -> None:
        """Follow the events of one data folder from now on."""
        self._services = services
        self._last_id: int | None = None
        self._snapshot_at = 0.0

    def poll(self) -> tuple[object, ...]:
        """New events, oldest first, and a snapshot when something changed or two seconds have passed."""
        if self._last_id is None:
            snapshot = self._services.snapshot()
            self._last_id = snapshot.event_id
            self._snapshot_at = time.monotonic()
            return (snapshot,)
        events = self._services.events_since(self._last_id)
        if events:
            self._last_id = events[-1].id
        is_due = time.monotonic() - self._snapshot_at >= SNAPSHOT_EVERY_S
        if not events and not is_due:
            return ()
        self._snapshot_at = time.monotonic()
        return (*events, self._services.snapshot())
