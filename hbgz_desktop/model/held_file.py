"""Files that are to go and that another program still holds open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONG_HELD = timedelta(hours=1)
"""A virus scanner is done by then; who still holds a file then, holds it for good."""


class HeldPlace(StrEnum):
    """Which of our folders a path is relative to."""

    SPOOL = "spool"
    QUARANTINE = "quarantine"
    REPORTS = "reports"
    THUMBNAILS = "thumbnails"


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file on the list.

    Attributes:
        id: Of its row.
        place: Its folder.
        path: Relative to the folder, with forward slashes; built from our own ids.
    """

    id: int
    place: HeldPlace
    path: str


@dataclass(frozen=True, slots=True)
class HeldNow:
    """How many are on the list.

    Attributes:
        count: Files.
        oldest_at: Since when the first of them is; None when there is none.
    """

    count: int
    oldest_at: datetime | None
