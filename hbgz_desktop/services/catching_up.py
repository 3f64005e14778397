"""Work that was begun and not followed through: by a crash, a locked database, another process (DESIGN 5)."""

from __future__ import annotations

import threading
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.services.matching import Matching
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.storage.examinations import ExaminationStore

LOOK_EVERY_S = 5.0
SETTLED_AFTER = timedelta(seconds=5)
"""Whoever changed an examination plans it at once; only what stayed unplanned so long is taken here."""
MATCH_EVERY = timedelta(seconds=60)
MATCH_LIMIT = 50
BATCH = 20


class CatchUp:
    """First everything an earlier life left, then, again and again, what has stayed unplanned."""

    def __init__(
        self,
        *,
        examinations: ExaminationStore,
        matching: Matching,
        planner: Planner,
        settings: Callable[[], Settings],
        rescoped: Callable[[], tuple[int, ...]] = tuple,
    ) -> None:
        """Wire the parts; ``rescoped`` names examinations that need not go any more, or do now."""
        self._examinations = examinations
        self._matching = matching
        self._planner = planner
        self._settings = settings
        self._rescoped = rescoped
        self._left: deque[int] = deque()
        self._lock = threading.Lock()
        self._matched_at: datetime | None = None
        self.worker = Worker("catch-up", self.step)

    def take(self, examination_ids: Iterable[int]) -> None:
        """Plan these next; safe from any thread."""
        with self._lock:
            fresh = [one for one in examination_ids if one not in self._left]
            self._left.extendleft(fresh)
        if fresh:
            self.worker.wake()

    def step(self) -> float:
        """One batch; returns the seconds until the next."""
        if not self._left:
            found = self._find(datetime.now(UTC))
            with self._lock:
                self._left.extend(found)
        for _ in range(BATCH):
            if not self._advance_next():
                return LOOK_EVERY_S
        return 0.0

    def _advance_next(self) -> bool:
        with self._lock:
            if not self._left:
                return False
            examination_id = self._left.popleft()
        try:
            self._planner.advance(examination_id)
        except HbgzError:
            with self._lock:
                self._left.append(examination_id)  # behind the others, which shall not wait for it
            raise
        return True

    def _find(self, now: datetime) -> tuple[int, ...]:
        is_first = self._matched_at is None
        if self._matched_at is None or now - self._matched_at >= MATCH_EVERY:
            for study_id in self._examinations.unmatched(500 if is_first else MATCH_LIMIT):
                self._matching.match_study(study_id)
            found = (*self._unplanned(is_first=is_first, now=now), *self._rescoped())
            self._matched_at = now  # only now: what failed half way is begun again
            return found
        return (*self._unplanned(is_first=False, now=now), *self._rescoped())

    def _unplanned(self, *, is_first: bool, now: datetime) -> tuple[int, ...]:
        if is_first:
            return self._examinations.unplanned(self._settings().delivery_platforms())
        return self._examinations.stale(before=now - SETTLED_AFTER)
