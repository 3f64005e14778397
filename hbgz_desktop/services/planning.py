"""From what is known of an examination to its rows in the queue (DESIGN 5.3–5.5)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, PlannedDelivery
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView, PlatformAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.records import RecordStore


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


class Planner:
    """Looks at one examination and brings its deliveries to what they should be.

    Safe from any thread and any process on the same data folder; does nothing twice.
    """

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        examinations: ExaminationStore,
        records: RecordStore,
        queue: DeliveryQueue,
        adapters: Mapping[str, PlatformAdapter],
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Wire the parts; ``on_ready`` wakes the uploaders of this process."""
        self._settings = settings
        self._examinations = examinations
        self._records = records
        self._queue = queue
        self._adapters = adapters
        self._on_ready = on_ready

    def view(self, examination_id: int) -> ExaminationView | None:
        """All that is known now."""
        record = self._records.of_examination(examination_id)
        if record is None:
            return None
        return ExaminationView(
            examination_id,
            record,
            self._examinations.studies_of(examination_id),
            self._records.reports_of(record.id),
        )

    def advance(self, examination_id: int) -> None:
        """Check and plan one examination for every enabled platform."""
        view = self.view(examination_id)
        if view is None:
            return
        changed = 0
        for platform in self._settings().enabled_platforms():
            adapter = self._adapters.get(platform)
            if adapter is not None:
                changed += self._advance(view, adapter)
        if changed:
            self._on_ready()

    def _advance(self, view: ExaminationView, adapter: PlatformAdapter) -> int:
        result = adapter.check(view)
        problems = [*result.problems, *_lost(view)]
        refused = self._queue.refused_digest(view.id, adapter.platform)
        self._examinations.set_problems(
            view.id,
            adapter.platform,
            problems,
            keep_platform=refused == result.content_digest,
        )
        blocked = self._blocked(view, problems, result)
        return self._queue.apply_plan(
            view.id, adapter.platform, self._planned(view, result, blocked)
        )

    @staticmethod
    def _blocked(
        view: ExaminationView, problems: list[Problem], result: CheckResult
    ) -> BlockedReason | None:
        """The first reason why nothing may go yet."""
        if not view.studies or _missing_accessions(view):
            return BlockedReason.NO_IMAGES
        if not all(study.is_complete for study in view.studies):
            return BlockedReason.INCOMPLETE
        if any(one.severity is Severity.ERROR for one in problems):
            return BlockedReason.NEEDS_FIX
        if result.waiting is not None:
            return result.waiting
        if not all(study.has_digests for study in view.studies):
            return BlockedReason.DIGEST
        return None

    @staticmethod
    def _planned(
        view: ExaminationView, result: CheckResult, blocked: BlockedReason | None
    ) -> list[PlannedDelivery]:
        planned = [PlannedDelivery(DeliveryKind.RECORD, 0, blocked, result.content_digest)]
        for study in view.studies:
            digest = _digest(result.index_code, view.image_total, *study.items)
            if study.items:
                planned.append(
                    PlannedDelivery(DeliveryKind.IMAGES, study.id, blocked, digest, study.items)
                )
        for report in view.reports:
            waiting = blocked or (None if report.path else BlockedReason.REPORT)
            digest = _digest(result.index_code, report.rpot_no, report.md5)
            planned.append(PlannedDelivery(DeliveryKind.REPORT, report.id, waiting, digest))
        return planned


def _missing_accessions(view: ExaminationView) -> bool:
    """True while a study the record lists has not come (accession lists, G031)."""
    wanted = set(view.record.keys.accessions)
    if len(wanted) < 2:
        return False
    return bool(wanted - {study.accession_number for study in view.studies})


def _lost(view: ExaminationView) -> list[Problem]:
    return [
        Problem("images", "图像", "file_lost", study.study_instance_uid)
        for study in view.studies
        if study.has_lost
    ]
