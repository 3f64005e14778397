"""How far a long service call is: read from the window while a pool thread works."""

from __future__ import annotations

from threading import Event


class WorkWatch:
    """Given to what lets thousands of examinations go, or reads a file of records.

    Attributes:
        total: Steps; 0 until that is known.
        done: Those that are behind it.
    """

    def __init__(self) -> None:
        """Nothing is done yet."""
        self.total = 0
        self.done = 0
        self._stop = Event()

    def stop(self) -> None:
        """End after the step at hand; what that leaves is said by whoever takes the watch."""
        self._stop.set()

    @property
    def is_stopped(self) -> bool:
        """True after ``stop``."""
        return self._stop.is_set()
