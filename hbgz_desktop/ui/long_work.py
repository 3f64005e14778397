"""Long actions that a person set going: they go on when their page is left, and every page shows them (LOOK 4)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

SHOW_AFTER_S = 0.3
LOOK_EVERY_MS = 250


class LongJob(Protocol):
    """What runs on a pool thread and is looked at from the GUI thread."""

    @property
    def done(self) -> int:
        """Steps finished."""

    @property
    def total(self) -> int:
        """All steps; 0 while that is not known."""

    def stop(self) -> None:
        """End after the step at hand; what is done stays done."""


@dataclass(frozen=True, eq=False, slots=True)
class RunningJob:
    """A long action on its way.

    Attributes:
        page: Key of the page it was begun on.
        title: Its name with the count (重试 3,000 项); no patient data.
        on_stop: What 停下 does; None for what must not end half-way.
        begun: Monotonic seconds.
    """

    page: str
    title: str
    job: LongJob
    on_stop: Callable[[], None] | None
    begun: float

    @property
    def elapsed_s(self) -> float:
        """Since it was begun."""
        return time.monotonic() - self.begun

    @property
    def remaining_s(self) -> int | None:
        """Seconds left at the pace so far; None while nothing can be said."""
        done, total = self.job.done, self.job.total
        if not 0 < done < total:
            return None
        return max(1, round(self.elapsed_s / done * (total - done)))


class LongWork(QObject):
    """Keeps what is on its way, for the page's strip and the status bar. GUI thread only.

    Signals:
        changed: Something began, went on or ended; look at ``shown``. At most 4 times a second.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing is on its way."""
        super().__init__(parent)
        self._jobs: list[RunningJob] = []
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self.changed)

    def begin(
        self, page: str, title: str, job: LongJob, on_stop: Callable[[], None] | None
    ) -> RunningJob:
        """Take a job in that a pool thread is given now."""
        running = RunningJob(page, title, job, on_stop, time.monotonic())
        self._jobs.append(running)
        self._watch.start()
        return running

    def end(self, running: RunningJob) -> None:
        """It is over, one way or the other."""
        self._jobs = [one for one in self._jobs if one is not running]
        if not self._jobs:
            self._watch.stop()
        self.changed.emit()

    @property
    def shown(self) -> tuple[RunningJob, ...]:
        """What takes longer than a moment, in the order it was begun."""
        return tuple(one for one in self._jobs if one.elapsed_s >= SHOW_AFTER_S)
