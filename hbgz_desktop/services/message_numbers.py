"""Message numbers for one platform: unique for ever, a database write a second at most (G021, DESIGN 5.5)."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.storage.platform_state import PlatformStates

BLOCK = 100
FRESH = timedelta(seconds=1)


class MessageNumbers:
    """Gives out numbers of reserved blocks (``MsgidStore``). Safe from any thread."""

    def __init__(self, states: PlatformStates, platform: str) -> None:
        """Reserve in ``states``."""
        self._states = states
        self._platform = platform
        self._lock = threading.Lock()
        self._second: datetime | None = None
        self._next = 0
        self._last = -1

    def next(self, now_local: datetime) -> tuple[datetime, int]:
        """The next (second, sequence 1…9999).

        Raises:
            StorageError: The high-water mark could not be written.
        """
        with self._lock:
            second = self._second
            if second is None or self._next > self._last or now_local - second > FRESH:
                second, self._next, self._last = self._states.reserve_msgids(
                    self._platform, now_local, BLOCK
                )
                self._second = second
            number = self._next
            self._next += 1
            return second.astimezone(now_local.tzinfo), number
