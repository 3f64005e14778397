"""The files of one viewer: which frame stands where, which one is looked at, what is wanted next."""

from __future__ import annotations

from itertools import accumulate, chain, islice
from math import inf
from typing import TYPE_CHECKING, Protocol

from hbgz_desktop.model.view_frame import FrameFailure, ViewFrame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from threading import RLock

Spot = tuple[int, int]
"""Number of a file and of a frame in it, both from 0."""

AHEAD_OF_ONE_BEHIND = 3
GUESSED_FRAME_BYTES = 512 * 1024


class SeriesKeeper(Protocol):
    """Who has frames decoded for open series.

    Attributes:
        lock: Held by whoever changes an open series.
    """

    lock: RLock

    def wake(self) -> None:
        """Something else is wanted."""

    def forget(self, series: OpenSeries) -> None:
        """A series is no longer shown."""

    def is_under_way(self, series: OpenSeries, spot: Spot) -> bool:
        """Whether a process is at it."""


class OpenSeries:
    """Positions 0 to ``count`` - 1; a file of several frames takes as many, once it has told how many.

    Safe from any thread. ``Viewing.open_series`` makes it; ``close`` it when it is no longer shown.
    """

    def __init__(
        self,
        keeper: SeriesKeeper,
        paths: Sequence[Path],
        on_arrival: Callable[[], None],
        *,
        only_first: bool = False,
    ) -> None:
        """Hold ``paths``.

        Args:
            keeper: Has frames decoded.
            paths: In the order they are shown.
            on_arrival: Called from other threads, never after ``close``.
            only_first: Show the first frame of each file and no more.
        """
        self._keeper = keeper
        self._lock = keeper.lock
        self._paths = list(paths)
        self._frames = [1] * len(self._paths)
        self._starts = list(range(len(self._paths)))
        self._known: set[int] = set()
        self._spot: Spot = (0, 0)
        self._side_px = 0
        self._is_looked_at = False  # until then nobody knows how fine a frame has to be
        self._direction = 1
        self._loaded: dict[Spot, ViewFrame | FrameFailure] = {}
        self._asked_px: dict[Spot, float] = {}
        self._frame_bytes = GUESSED_FRAME_BYTES
        self._on_arrival = on_arrival
        self._only_first = only_first
        self.is_open = True

    # What the viewer asks

    @property
    def count(self) -> int:
        """Frames of all files, as far as they are known."""
        with self._lock:
            return self._count()

    @property
    def position(self) -> int:
        """The frame that is looked at; it stays the same when files before it turn out longer."""
        with self._lock:
            return self._starts[self._spot[0]] + self._spot[1] if self._paths else 0

    def look_at(self, position: int, side_px: int = 0) -> None:
        """Want one frame now and its neighbours soon; what was wanted before is forgotten.

        Args:
            position: From 0; taken into the range.
            side_px: How long the picture is on the screen; 0 = every pixel.
        """
        with self._lock:
            self._side_px = side_px
            self._is_looked_at = True
            if not self._paths:
                return
            position = max(0, min(position, self._count() - 1))
            before = self._starts[self._spot[0]] + self._spot[1]
            if position != before:
                self._direction = 1 if position > before else -1
            self._spot = self._spot_of(position)
            self._keeper.wake()

    def frame_at(self, position: int) -> ViewFrame | FrameFailure | None:
        """What there is of a frame, perhaps coarser than wanted; None while it is decoded."""
        with self._lock:
            if not 0 <= position < self._count():
                return None
            return self._loaded.get(self._spot_of(position))

    def append(self, paths: Sequence[Path]) -> None:
        """More files of the same series have come."""
        with self._lock:
            self._paths += paths
            self._frames += [1] * len(paths)
            self._count_again()
            self._keeper.wake()

    def close(self) -> None:
        """Let everything go; does not wait."""
        with self._lock:
            if self.is_open:
                self.is_open = False
                self._loaded.clear()
                self._keeper.forget(self)

    # What the processes are given; the caller holds the lock

    def urgent(self) -> Iterator[Spot]:
        """The frame that is looked at, if it is still wanted."""
        if self._paths and self._is_looked_at and self._is_wanted(self._spot):
            yield self._spot

    def soon(self, room_bytes: int) -> Iterator[Spot]:
        """Neighbours that are still wanted, three in the direction of the last step for one behind."""
        if not (self._paths and self._is_looked_at):
            return iter(())
        most = max(4, room_bytes // self._frame_bytes)
        return (spot for spot in self._around(most) if self._is_wanted(spot))

    def order(self, spot: Spot) -> tuple[Path, int, int]:
        """Path, frame and side to ask a process for."""
        self._asked_px[spot] = self._side_px or inf
        return self._paths[spot[0]], spot[1], self._side_px

    def take(self, spot: Spot, answer: ViewFrame | FrameFailure) -> None:
        """A frame is there, or will never be."""
        held = self._loaded.get(spot)
        if not (isinstance(held, ViewFrame) and _is_poorer(answer, held)):
            self._loaded[spot] = answer
        if isinstance(answer, ViewFrame):
            self._frame_bytes = (3 * self._frame_bytes + answer.size_bytes) // 4 or 1
            if spot[0] not in self._known and not self._only_first:
                self._frames[spot[0]] = max(1, answer.frames)
                self._count_again()
        self._known.add(spot[0])
        self._on_arrival()

    def drop_far(self, most_bytes: int) -> None:
        """Give up the frames that are farthest from the one that is looked at, down to ``most_bytes``."""
        sizes = {
            spot: answer.size_bytes
            for spot, answer in self._loaded.items()
            if isinstance(answer, ViewFrame)
        }
        held = sum(sizes.values())
        if held <= most_bytes:
            return
        here = self._starts[self._spot[0]] + self._spot[1]
        for spot in sorted(sizes, key=lambda one: -abs(self._starts[one[0]] + one[1] - here)):
            if held <= most_bytes or spot == self._spot:
                return
            held -= sizes[spot]
            del self._loaded[spot]

    def _is_wanted(self, spot: Spot) -> bool:
        if self._keeper.is_under_way(self, spot):
            return False
        held = self._loaded.get(spot)
        if isinstance(held, ViewFrame):
            wanted_px = self._side_px or inf
            return not held.serves(wanted_px) and self._asked_px.get(spot, 0) < wanted_px
        return held is None

    def _around(self, most: int) -> Iterator[Spot]:
        """Nearest first, up to ``most`` altogether."""
        here, last = self._starts[self._spot[0]] + self._spot[1], self._count() - 1
        ahead = range(here + 1, last + 1) if self._direction > 0 else range(here - 1, -1, -1)
        behind = range(here - 1, -1, -1) if self._direction > 0 else range(here + 1, last + 1)
        front, back = iter(ahead), iter(behind)
        turns = max(len(ahead) // AHEAD_OF_ONE_BEHIND, len(behind)) + 1
        mixed = chain.from_iterable(
            (*islice(front, AHEAD_OF_ONE_BEHIND), *islice(back, 1)) for _ in range(turns)
        )
        return (self._spot_of(position) for position in islice(mixed, most))

    def _count(self) -> int:
        return self._starts[-1] + self._frames[-1] if self._paths else 0

    def _count_again(self) -> None:
        self._starts = [0, *accumulate(self._frames)][: len(self._frames)]

    def _spot_of(self, position: int) -> Spot:
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._starts[middle] <= position:
                low = middle
            else:
                high = middle - 1
        return low, position - self._starts[low]


def _is_poorer(answer: ViewFrame | FrameFailure, held: ViewFrame) -> bool:
    return isinstance(answer, FrameFailure) or answer.width < held.width
