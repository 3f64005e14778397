"""From what is known of an examination to its rows in the queue (DESIGN 5.3–5.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, PlannedDelivery
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.services.platform_adapter import CheckResult, ExaminationView, PlatformAdapter
from hbgz_desktop.storage.deletion_effects import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.examinations import ExaminationStore
    from hbgz_desktop.storage.records import RecordStore


ROUNDS = 5
"""So often one examination is looked at again while somebody else goes on changing it."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one look at an examination asks for."""

    problems: tuple[Problem, ...]
    content_digest: str
    planned: tuple[PlannedDelivery, ...]


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
        skips: Callable[[ExaminationView, str], str] = lambda _view, _platform: "",
    ) -> None:
        """Wire the parts.

        ``on_ready`` wakes the uploaders of this process; ``skips`` gives the rule by which an
        examination need not go to a platform, "" when it has to (G012).
        """
        self._settings = settings
        self._examinations = examinations
        self._records = records
        self._queue = queue
        self._adapters = adapters
        self._on_ready = on_ready
        self._skips = skips

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
        """Check and plan one examination for every enabled platform.

        Of several threads or processes that do this at the same time the last to write looks once
        more: what it wrote may rest on what was so before another one's change.
        """
        changed = 0
        for platform in self._settings().enabled_platforms():
            adapter = self._adapters.get(platform)
            if adapter is not None:
                changed += self._advance(examination_id, adapter)
        if changed:
            self._on_ready()

    def _advance(self, examination_id: int, adapter: PlatformAdapter) -> int:
        changed = 0
        written: _Wanted | None = None
        for _ in range(ROUNDS):
            wanted = self._look(examination_id, adapter)
            if wanted is None or wanted == written:
                break
            changed += self._write(examination_id, adapter.platform, wanted)
            written = wanted
        return changed

    def _look(self, examination_id: int, adapter: PlatformAdapter) -> _Wanted | None:
        view = self.view(examination_id)
        if view is None:
            return None
        skipped = self._skips(view, adapter.platform)
        if skipped and not self._queue.has_reached(examination_id, adapter.platform):
            return _Wanted((), skipped, tuple(_not_required(view, skipped)))
        if self._queue.is_held(examination_id, adapter.platform):
            return _Wanted((), HELD, tuple(_not_required(view, HELD)))
        result = adapter.check(view)
        problems = [*result.problems, *_lost(view), *self._cleared(view, adapter.platform)]
        planned = self._planned(view, result, self._blocked(view, problems, result))
        return _Wanted(tuple(problems), result.content_digest, tuple(planned))

    def _cleared(self, view: ExaminationView, platform: str) -> list[Problem]:
        """Images this platform needs and has not got, whose files were cleared by rule (DESIGN 5.7)."""
        return [
            Problem("images", "图像", "file_cleared", study.study_instance_uid, limit=str(count))
            for study in view.studies
            if study.has_cleared
            and (count := self._examinations.cleared_unsent(study.id, platform))
        ]

    def _write(self, examination_id: int, platform: str, wanted: _Wanted) -> int:
        refused = self._queue.refused_digest(examination_id, platform)
        self._examinations.set_problems(
            examination_id,
            platform,
            wanted.problems,
            keep_platform=refused == wanted.content_digest,
        )
        order = self._adapters[platform].sending_order
        return self._queue.apply_plan(examination_id, platform, wanted.planned, order)

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
        if not view.image_total:
            return BlockedReason.NO_IMAGES
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
            if study.items:
                digest = view.images_digest(result.index_code, study)
                waiting = blocked or (BlockedReason.CHANGED if study.is_undecided else None)
                planned.append(
                    PlannedDelivery(DeliveryKind.IMAGES, study.id, waiting, digest, study.items)
                )
        for report in view.reports:
            waiting = blocked or (None if report.path else BlockedReason.REPORT)
            digest = view.report_digest(result.index_code, report)
            planned.append(PlannedDelivery(DeliveryKind.REPORT, report.id, waiting, digest))
        return planned


def _not_required(view: ExaminationView, rule: str) -> list[PlannedDelivery]:
    """Nothing of it is checked, has an index or goes; each row says by which rule."""
    parts = [
        PlannedDelivery(DeliveryKind.RECORD, 0, None, ""),
        *(
            PlannedDelivery(DeliveryKind.IMAGES, one.id, None, "", one.items)
            for one in view.studies
            if one.items
        ),
        *(PlannedDelivery(DeliveryKind.REPORT, one.id, None, "") for one in view.reports),
    ]
    return [replace(one, skipped=rule) for one in parts]


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
