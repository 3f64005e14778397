"""The engine's thread that clears by rule, one study a step, and looks how long the disk lasts (DESIGN 5.7)."""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.retention import ClearingPolicy, ClearingReason, why_kept
from hbgz_desktop.services.leftovers import Leftovers
from hbgz_desktop.services.worker import Worker
from hbgz_desktop.storage.quarantine import QuarantineStore

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.services.workplace import Workplace

LOOK_EVERY_S = 30.0
"""So often the room is looked at."""
PASS_EVERY_S = 600.0
"""So often every study's age is."""
HELD_EVERY_S = 60.0
FORECAST_EVERY_S = 1800.0
LEFTOVERS_EVERY_S = 86_400.0
_MEGABYTE = 1024 * 1024


class RetentionWatch:
    """First what an earlier life left half done; then by age; then, while room is short, by space."""

    def __init__(self, work: Workplace) -> None:
        """Keep the disk of one workplace."""
        self._settings = work.settings
        self._clearing = work.clearing
        self._outlook = work.disk_outlook
        self._spool = work.spool
        self._accounts = work.accounts
        self._held_files = work.held_files
        self._leftovers = Leftovers(
            reports=work.reports,
            records=work.records,
            quarantine=work.quarantine,
            refused=QuarantineStore(work.database),
        )
        self._due: dict[str, float] = defaultdict(float)
        self._steps: Generator[bool] | None = None
        self.worker = Worker("retention", self.step)

    def step(self) -> float:
        """One study, or one look; returns the seconds until the next."""
        if self._is_due("held", HELD_EVERY_S):
            self._clearing.resume(self._is_stopped)
            self._held_files.sweep(self._is_stopped)
        if self._steps is None and self._settings().storage.auto_clear:
            self._steps = self._next_pass()
        if self._steps is not None:
            if not next(self._steps, False):
                self._steps = None  # and look at once whether the room is short all the same
            return 0.0
        if self._is_due("forecast", FORECAST_EVERY_S):
            self._outlook.keep(self._outlook.look())
        if self._is_due("leftovers", LEFTOVERS_EVERY_S):
            self._leftovers.sweep()
            if self._leftovers.held:
                self._due["leftovers"] = time.monotonic() + PASS_EVERY_S
        return LOOK_EVERY_S

    def _is_stopped(self) -> bool:
        return self.worker.stopping.is_set()

    def _is_due(self, what: str, every_s: float) -> bool:
        now = time.monotonic()
        if now < self._due[what]:
            return False
        self._due[what] = now + every_s
        return True

    def close(self) -> None:
        """End the pass at hand; call it when the thread has ended."""
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def _next_pass(self) -> Generator[bool] | None:
        """What is to be done now, study by study; None when nothing is."""
        settings = self._settings()
        if self._is_due("pass", PASS_EVERY_S):
            return self._by_age(settings)
        is_short = self._room_bytes() < settings.storage.clear_below_mb * _MEGABYTE
        return (
            self._by_space(settings) if is_short and self._is_due("space", PASS_EVERY_S) else None
        )

    def _room_bytes(self) -> int:
        """Free bytes above the reserve."""
        reserve = self._settings().storage.reserve_mb * _MEGABYTE
        return self._spool.free_bytes() - reserve

    def _by_age(self, settings: Settings) -> Generator[bool]:
        yield from self._clear_all(ClearingPolicy.by_age(settings), ClearingReason.AGE)

    def _by_space(self, settings: Settings) -> Generator[bool]:
        """The oldest first, until the upper mark is reached."""
        storage = settings.storage
        enough = max(storage.clear_until_mb, storage.clear_below_mb) * _MEGABYTE
        steps = self._clear_all(ClearingPolicy.by_space(settings), ClearingReason.SPACE)
        for _ in steps:
            yield True
            if self._room_bytes() >= enough:
                steps.close()
                self._due["space"] = 0.0
                return

    def _clear_all(self, policy: ClearingPolicy, reason: ClearingReason) -> Generator[bool]:
        """Clears, and yields after every study that was cleared; a setting turned off ends it."""
        run_id: int | None = None
        try:
            for study_id in self._clearable(policy):
                if not self._settings().storage.auto_clear:
                    return
                if run_id is None:
                    run_id = self._clearing.store.begin_run(reason, "")
                self._clearing.clear(
                    study_id,
                    policy,
                    reason=reason,
                    actor=self._accounts.current().name,
                    run_id=run_id,
                    is_stopped=self._is_stopped,
                )
                yield True
        finally:
            if run_id is not None:
                self._clearing.store.end_run(run_id)

    def _clearable(self, policy: ClearingPolicy) -> Iterator[int]:
        for page in self._clearing.studies():
            now = datetime.now(UTC)
            for study in page:
                if self._is_stopped():
                    return
                is_due = why_kept(study, policy, now) is None
                if is_due and self._clearing.store.volume_of(study, policy, now)[0]:
                    yield study.id
