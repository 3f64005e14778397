"""Windows: its timers tick every 15.6 ms unless a program asks for more; ours asks only while it must.

pynetdicom has an option of its own (``_config.WINDOWS_TIMER_RESOLUTION``), which stays off: each association
puts back what it found, so of two that overlap the first to end slows the other down, and the second leaves
the fine timer on for ever. Here requests are counted.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TICK_MS = 1


class FineTimer:
    """Asks for the fine timer when the first user comes and gives it back when the last one leaves."""

    def __init__(self, begin: Callable[[int], object], end: Callable[[int], object]) -> None:
        """Take the two calls of the system; each gets the length of a tick in milliseconds."""
        self._begin = begin
        self._end = end
        self._lock = threading.Lock()
        self._users = 0

    @property
    def users(self) -> int:
        """How many need it now."""
        return self._users

    @contextmanager
    def needed(self) -> Iterator[None]:
        """Keep timers fine within the block; from any thread, within another block too."""
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._begin(TICK_MS)
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if self._users == 0:
                    self._end(TICK_MS)


def _fine_anyway(_tick_ms: int) -> None:
    """Elsewhere timers are fine without being asked to be."""


if sys.platform == "win32":
    _WINMM = ctypes.WinDLL("winmm")
    _OURS = FineTimer(_WINMM.timeBeginPeriod, _WINMM.timeEndPeriod)
else:
    _OURS = FineTimer(_fine_anyway, _fine_anyway)


def fine_timer() -> FineTimer:
    """The one of this process."""
    return _OURS
