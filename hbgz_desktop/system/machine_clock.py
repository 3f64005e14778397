"""Whether the computer slept, or somebody set its clock, since we looked last.

A wait of a thread does not count the time asleep, on Windows and on Linux; the clock on the wall does, and a
clock that is set moves by itself. So three clocks are compared.
"""

from __future__ import annotations

import ctypes
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NOTED_FROM_S = 5.0
"""Less than that is no sleep but a busy computer, and no clock set but a clock being kept right."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """One look at the three clocks, in seconds from any beginning.

    Attributes:
        wall: As a person sees it, UTC.
        elapsed: All the time that has passed.
        awake: The same without the time asleep.
    """

    wall: float
    elapsed: float
    awake: float


@dataclass(frozen=True, slots=True)
class Jump:
    """What happened between two looks.

    Attributes:
        slept_s: Time asleep, 0 when that is not worth a word.
        moved_s: How far the clock was set on; negative: back; 0 when it was not.
    """

    slept_s: float
    moved_s: float


def jump_between(before: Clocks, after: Clocks) -> Jump | None:
    """None when time went on as it should."""
    elapsed = after.elapsed - before.elapsed
    slept = elapsed - (after.awake - before.awake)
    moved = (after.wall - before.wall) - elapsed
    if slept < NOTED_FROM_S and abs(moved) < NOTED_FROM_S:
        return None
    return Jump(
        slept if slept >= NOTED_FROM_S else 0.0, moved if abs(moved) >= NOTED_FROM_S else 0.0
    )


if sys.platform == "win32":
    _KERNEL = ctypes.WinDLL("kernel32")
    _HUNDRED_NS = 1e-7

    def read_clocks() -> Clocks:
        """Look at them now."""
        unbiased = ctypes.c_uint64()
        _KERNEL.QueryUnbiasedInterruptTime(ctypes.byref(unbiased))
        return Clocks(time.time(), time.monotonic(), unbiased.value * _HUNDRED_NS)

elif sys.platform == "linux":

    def read_clocks() -> Clocks:
        """Look at them now."""
        return Clocks(time.time(), time.clock_gettime(time.CLOCK_BOOTTIME), time.monotonic())

else:

    def read_clocks() -> Clocks:
        """Look at them now; here sleep shows as a clock that was set."""
        return Clocks(time.time(), time.monotonic(), time.monotonic())


class ClockWatch:
    """Compares each look with the one before; for one thread."""

    def __init__(self, read: Callable[[], Clocks] = read_clocks) -> None:
        """Take the first look."""
        self._read = read
        self._last = read()

    def look(self) -> Jump | None:
        """What happened since the last look; None when nothing did."""
        now = self._read()
        jump = jump_between(self._last, now)
        self._last = now
        return jump
