"""How long the disk lasts at the present rate, with clearing as it is set (DESIGN 5.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

HORIZON_DAYS = 365
"""Further ahead nothing is said."""
RATE_DAYS = 7
"""So many days back the rate is taken from."""


@dataclass(frozen=True, slots=True)
class DiskUse:
    """What a forecast is made of.

    Attributes:
        room_bytes: Free bytes above the reserve.
        daily_bytes: Received a day, lately.
        by_age: Whole days since it was settled → bytes that may be cleared at the age that is set.
        confirmed_share: Part of what lies here that may ever be cleared; new images are taken to be alike.
    """

    room_bytes: float
    daily_bytes: float
    by_age: Mapping[int, float]
    confirmed_share: float


def days_left(
    use: DiskUse, *, clears: bool, keep_days: int, pressure_days: int | None
) -> int | None:
    """Whole days until the reserve is reached; None when it is not within ``HORIZON_DAYS``.

    Args:
        use: What lies here, and how fast it grows.
        clears: Automatic clearing is on.
        keep_days: Age at which confirmed images go.
        pressure_days: Age at which they go when room is short; None when room does not matter.
    """
    if use.room_bytes <= 0:
        return 0
    oldest_allowed = keep_days if pressure_days is None else min(keep_days, pressure_days)
    stock = dict(use.by_age)
    room = use.room_bytes
    for day in range(1, HORIZON_DAYS + 1):
        room -= use.daily_bytes
        stock[-day] = use.daily_bytes * use.confirmed_share
        if clears:
            room += _take(stock, day, keep_days)
            if room <= 0:
                room += _take(stock, day, oldest_allowed)
        if room <= 0:
            return day
    return None


def _take(stock: dict[int, float], day: int, age_days: int) -> float:
    """Bytes whose age has reached ``age_days`` by that day; they leave the stock."""
    due = [age for age in stock if age + day >= age_days]
    return sum(stock.pop(age) for age in due)


@dataclass(frozen=True, slots=True)
class DiskForecast:
    """What was found at one moment.

    Attributes:
        free_bytes: Of the volume.
        daily_bytes: Received a day, over the last ``RATE_DAYS``.
        days_left: Until the reserve is reached; None when not within ``HORIZON_DAYS``.
        files: Images that lie here.
        clearable_studies: That may be cleared by the settings, now.
        pending: Files whose clearing was begun and that somebody held.
    """

    at: datetime
    free_bytes: float
    daily_bytes: float
    days_left: int | None
    studies: int
    files: int
    size_bytes: int
    clearable_studies: int
    clearable_bytes: int
    pending: int

    def is_short(self, warn_days: int) -> bool:
        """True when somebody should be told."""
        return bool(warn_days) and self.days_left is not None and self.days_left <= warn_days
