"""Message numbers: institution (12) + time (14) + sequence (4), never repeated (G021)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from hbgz_desktop.model.errors import SettingsError, StorageError
from hbgz_desktop.platforms.local_time import SHANGHAI, format_local_time

if TYPE_CHECKING:
    from collections.abc import Callable

PREFIX_LENGTH = 12
LAST_SEQUENCE = 9999
_PREFIX = re.compile(r"[0-9A-Za-z]{12}")
_TIME = "yyyyMMddHHmmss"


class MsgidStore(Protocol):
    """Keeps the high-water mark where a restart cannot lose it."""

    def next(self, now_local: datetime) -> tuple[datetime, int]:
        """Reserve the next (second, sequence 1…9999) after every one reserved before.

        The mark is durable before this returns. When the clock went back, or the second is used
        up, the answer lies in a later second than ``now_local``; it never goes back.

        Args:
            now_local: Aware, Asia/Shanghai.
        """


def utc_now() -> datetime:
    """The system's clock, aware."""
    return datetime.now(UTC)


class MsgidFactory:
    """Makes the message numbers of one institution; as safe for threads as its store is."""

    def __init__(
        self, prefix12: str, store: MsgidStore, clock: Callable[[], datetime] = utc_now
    ) -> None:
        """Take the prefix: the institution's code, or the setting for codes of another length.

        Args:
            prefix12: Exactly 12 letters and digits.
            store: Where the high-water mark is.
            clock: Aware time.

        Raises:
            SettingsError: ``msgid_prefix_length``.
        """
        if not _PREFIX.fullmatch(prefix12):
            raise SettingsError("msgid_prefix_length", length=len(prefix12), needed=PREFIX_LENGTH)
        self._prefix = prefix12
        self._store = store
        self._clock = clock

    def __call__(self) -> str:
        """Make the next number, 30 characters.

        Raises:
            StorageError: The mark could not be kept.
        """
        second, sequence = self._store.next(self._clock().astimezone(SHANGHAI))
        if not 1 <= sequence <= LAST_SEQUENCE:
            raise StorageError("msgid_sequence", retryable=True, sequence=sequence)
        return f"{self._prefix}{format_local_time(second, _TIME)}{sequence:04d}"
