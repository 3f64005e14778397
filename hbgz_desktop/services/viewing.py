"""Looking at images: two processes decode what is looked at, then what will be looked at next.

There is no queue of requests that could grow stale: whenever a process is free, the next frame is
chosen anew from where the person is now. The console itself never decodes (DESIGN 2).
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.view_client import ViewProcess
from hbgz_desktop.model.view_frame import FrameFailure
from hbgz_desktop.services.open_series import OpenSeries
from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hbgz_desktop.services.open_series import Spot

PROCESSES = 2
CACHE_BYTES = 256 * 1024 * 1024
PREFETCH_SHARE = 0.6
FRAME_LIMIT_S = 20.0
LINGER_S = 30.0
LOOK_AGAIN_S = 1.0
SLOW_S = 0.15

Task = tuple[OpenSeries, "Spot"]


class Viewing:
    """All viewers of one console share it; processes exist only while something is shown.

    Attributes:
        lock: Held by whoever changes an open series.
        frame_limit_s: A frame that takes longer is given up, and its process killed.
    """

    def __init__(
        self,
        *,
        cache_bytes: int = CACHE_BYTES,
        frame_limit_s: float = FRAME_LIMIT_S,
        linger_s: float = LINGER_S,
    ) -> None:
        """Start nothing yet.

        Args:
            cache_bytes: Decoded frames kept, of all series together.
            frame_limit_s: A frame that takes longer is given up, and its process killed.
            linger_s: How long idle processes wait for the next series before they end.
        """
        self.lock = threading.RLock()
        self._cache_bytes = cache_bytes
        self.frame_limit_s = frame_limit_s
        self._linger_s = linger_s
        self._series: list[OpenSeries] = []
        self._under_way: set[Task] = set()
        self._crashed: set[Task] = set()
        self._lanes: list[_Lane] = []
        self._usual_s = 1.0  # until the first answers: one process starts at a time
        self._is_closed = False

    def open_series(
        self, paths: Sequence[Path], on_arrival: Callable[[], None], *, only_first: bool = False
    ) -> OpenSeries:
        """Begin to show files.

        Args:
            paths: In the order they are shown.
            on_arrival: Called from other threads when a frame has come; must return at once.
            only_first: The first frame of each file and no more.
        """
        with self.lock:
            series = OpenSeries(self, paths, on_arrival, only_first=only_first)
            self._series.insert(0, series)
            if not self._is_closed:
                self._start()
            self.wake()
            return series

    def prepare(self) -> None:
        """Somebody will look soon: start the processes now; they end when nobody does."""
        with self.lock:
            if not self._is_closed:
                self._start()
                for lane in self._lanes:
                    lane.prepare()

    def close(self) -> None:
        """End everything, also what is being decoded; blocks for a moment."""
        with self.lock:
            self._is_closed = True
            for series in list(self._series):
                series.close()
            lanes, self._lanes = self._lanes, []
        for lane in lanes:
            lane.stop()
        for lane in lanes:
            lane.join()

    @property
    def is_idle(self) -> bool:
        """True when no process and no thread is left."""
        with self.lock:
            return not any(lane.is_alive for lane in self._lanes)

    # For open series; the caller holds the lock

    def wake(self) -> None:
        """Something else is wanted."""
        for lane in self._lanes:
            lane.wake()

    def forget(self, series: OpenSeries) -> None:
        """A series is no longer shown."""
        self._series.remove(series)
        self._crashed = {task for task in self._crashed if task[0] is not series}

    def is_under_way(self, series: OpenSeries, spot: Spot) -> bool:
        """Whether a process is at it."""
        return (series, spot) in self._under_way

    # For the lanes

    def _start(self) -> None:
        self._lanes = [lane for lane in self._lanes if not lane.is_ending]
        while len(self._lanes) < PROCESSES:
            lane = _Lane(self, f"viewing-{len(self._lanes) + 1}", self._linger_s)
            self._lanes.append(lane)
            lane.start()

    def next_task(self) -> tuple[Task, Path, int, int] | None:
        """Choose a frame and mark it as under way; None when there is nothing to do."""
        with self.lock:
            for series, spot in self._wanted():
                task = series, spot
                self._under_way.add(task)
                return (task, *series.order(spot))
        return None

    def _wanted(self) -> Iterator[Task]:
        """What is looked at, of every series, before what may be looked at next."""
        for series in self._series:
            for spot in series.urgent():
                yield series, spot
        if self._usual_s > SLOW_S and self._under_way:
            return  # one process stays free for what a person jumps to
        room = int(self._cache_bytes * PREFETCH_SHARE / max(1, len(self._series)))
        for series in self._series:
            for spot in series.soon(room):
                yield series, spot

    def work_off(self, process: ViewProcess, work: tuple[Task, Path, int, int]) -> None:
        """Decode one frame and hand it over; one that broke its process has a second chance."""
        task, path, frame, side_px = work
        begun = time.monotonic()
        answer = process.read(path, frame, side_px, self.frame_limit_s)
        with self.lock:
            self._usual_s += (time.monotonic() - begun - self._usual_s) / 4
            self._under_way.discard(task)
            series, spot = task
            if not series.is_open:
                return
            if answer == FrameFailure("crashed") and task not in self._crashed:
                self._crashed.add(task)
                return
            series.take(spot, answer)
            series.drop_far(self._cache_bytes // len(self._series))

    def has_series(self) -> bool:
        """Whether anything is shown."""
        with self.lock:
            return bool(self._series)


class _Lane:
    """A thread and its process; ends by itself when nothing has been shown for a while."""

    def __init__(self, viewing: Viewing, name: str, linger_s: float) -> None:
        self._viewing = viewing
        self._linger_s = linger_s
        self._idle_s = 0.0
        self._is_to_start = False
        self._process = ViewProcess()
        self._worker = Worker(name, self._step)
        self.is_ending = False

    def start(self) -> None:
        self._worker.start()

    def prepare(self) -> None:
        self._idle_s = 0.0
        self._is_to_start = True
        self._worker.wake()

    def wake(self) -> None:
        self._worker.wake()

    def stop(self) -> None:
        self.is_ending = True
        self._worker.stop()
        self._process.close()

    def join(self) -> None:
        self._worker.join()

    @property
    def is_alive(self) -> bool:
        return not self._worker.join(0)

    def _step(self) -> float:
        if self._is_to_start:
            self._is_to_start = False
            self._process.start()
        work = self._viewing.next_task()
        if work is not None:
            self._idle_s = 0.0
            self._viewing.work_off(self._process, work)
            return 0.0
        if self._viewing.has_series():
            self._idle_s = 0.0
            return LOOK_AGAIN_S
        return self._rest()

    def _rest(self) -> float:
        with self._viewing.lock:
            if self._viewing.has_series():  # since it was asked last
                return 0.0
            if self._idle_s < self._linger_s:
                pause = min(LOOK_AGAIN_S, self._linger_s - self._idle_s)
                self._idle_s += pause
                return pause
            self.is_ending = True
            self._worker.stop()
        self._process.close()
        return 0.0
