"""A study closes after a quiet time, or with all its expected images, once no association holds it (DESIGN 5.2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.services.worker import Worker
from hbgz_desktop.system.machine_clock import ClockWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.settings import DicomSettings, Settings
    from hbgz_desktop.services.association_book import AssociationBook
    from hbgz_desktop.storage.examinations import ExaminationStore


def quiet_time(settings: DicomSettings, modality: str) -> timedelta:
    """Quiet time of a modality."""
    seconds = settings.quiet_time_by_modality.get(modality, settings.quiet_time_s)
    return timedelta(seconds=seconds)


class Completion:
    """Closes studies and tells ``on_complete`` their ids."""

    def __init__(
        self,
        examinations: ExaminationStore,
        book: AssociationBook,
        settings: Callable[[], Settings],
        on_complete: Callable[[int], None],
        clocks: ClockWatch | None = None,
    ) -> None:
        """Wire the parts; ``clocks`` tell the time asleep, in which no device could send."""
        self._examinations = examinations
        self._book = book
        self._settings = settings
        self._on_complete = on_complete
        self._clocks = clocks or ClockWatch()
        self._awake_since = datetime.min.replace(tzinfo=UTC)
        self.worker = Worker("completion", self.step)

    def step(self) -> float:
        """Close what has been quiet long enough or is whole; returns the seconds until the next look."""
        settings = self._settings().dicom
        now = datetime.now(UTC)
        if self._clocks.look() is not None:
            self._awake_since = now
        held = self._book.held_studies()
        soonest = timedelta(seconds=1)
        for study_id, uid, modality, last_at, is_whole in self._examinations.receiving():
            left = max(last_at, self._awake_since) + quiet_time(settings, modality) - now
            if uid in held or (left > timedelta(0) and not is_whole):
                soonest = min(soonest, max(left, timedelta(milliseconds=100)))
                continue
            how = "count" if is_whole else "quiet"
            if self._examinations.complete(study_id, how, seen_last_at=last_at):
                self._on_complete(study_id)
        return soonest.total_seconds()

    def complete_by_hand(self, study_id: int) -> bool:
        """A person says so."""
        closed = self._examinations.complete(study_id, "person")
        if closed:
            self._on_complete(study_id)
        return closed
