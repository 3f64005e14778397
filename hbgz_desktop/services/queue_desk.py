"""What 上传队列 asks for and does. Every method blocks on the database; pages call them through ``run_task``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.services.queue_jobs import BulkAction, BulkDone, BulkJob
from hbgz_desktop.services.retry_preview import RetryPreview, preview
from hbgz_desktop.storage.cancel_requests import CancelRequests
from hbgz_desktop.storage.queue_lanes import QueueLanes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hbgz_desktop.model.deletion import CorrectionView, Deletion
    from hbgz_desktop.model.delivery import Attempt, Delivery
    from hbgz_desktop.model.queue_lane import ItemProgress, QueueGroup, QueueLane, QueueQuery
    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.model.views import QueueRow, StudyRow
    from hbgz_desktop.services.console import ConsoleServices

EXPORT_BATCH = 400


@dataclass(frozen=True, slots=True)
class QueueLook:
    """Chips and groups of one moment, from the same query.

    Attributes:
        counts: By lane, of everything the text and platform of the filter say.
        groups: Of the lane that is shown; biggest first.
        at: The moment.
    """

    counts: Mapping[QueueLane, int]
    groups: tuple[QueueGroup, ...]
    platforms: tuple[PlatformHealth, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class SelectionLook:
    """What stands behind a selection: the preview, and how many examinations it touches."""

    ids: tuple[int, ...]
    preview: RetryPreview
    examinations: int


@dataclass(frozen=True, slots=True)
class ShownDelivery:
    """Everything the drawer shows of one delivery, of one moment."""

    row: QueueRow
    study: StudyRow | None
    attempts: tuple[Attempt, ...]
    progress: ItemProgress
    health: PlatformHealth
    at: datetime
    deletion: Deletion | None = None
    correction: CorrectionView | None = None


class QueueDesk:
    """Built on the console's services; safe from any thread."""

    def __init__(self, services: ConsoleServices) -> None:
        """Ask ``services``."""
        self._services = services
        self._work = services.work
        self.lanes = QueueLanes(services.work.database)
        self._requests = CancelRequests(services.work.database)

    def platforms(self) -> dict[str, PlatformHealth]:
        """Health of the platforms that are switched on and uploaded to."""
        enabled = self._work.settings().delivery_platforms()
        return {one: self._work.platform_states.health(one) for one in enabled}

    def look(self, wanted: QueueQuery, *, with_groups: bool) -> QueueLook:
        """Chips, and the groups of what is shown; confirmed ones are those of today."""
        query = replace(wanted, since=self._services.today())
        return QueueLook(
            counts=self.lanes.counts(query),
            groups=self.lanes.groups(query) if with_groups else (),
            platforms=tuple(self.platforms().values()),
            at=datetime.now(UTC),
        )

    def ids(
        self, wanted: QueueQuery, *, sort: str = "", descending: bool = True
    ) -> tuple[int, ...]:
        """Every id the query means now; confirmed ones are those of today."""
        query = replace(wanted, since=self._services.today())
        return self.lanes.ids(query, sort=sort, descending=descending)

    def rows(self, ids: Sequence[int]) -> tuple[QueueRow, ...]:
        """Rows of these ids, in any order."""
        return self._services.browsing.queue.rows(tuple(ids))

    def batches(self, ids: Sequence[int]) -> Iterator[tuple[QueueRow, ...]]:
        """Rows of these ids in their order, some hundred at a time; for export."""
        for start in range(0, len(ids), EXPORT_BATCH):
            some = tuple(ids[start : start + EXPORT_BATCH])
            found = {row.delivery.id: row for row in self.rows(some)}
            yield tuple(found[one] for one in some if one in found)

    def selection(self, ids: Iterable[int]) -> SelectionLook:
        """What a retry, a pause or a cancel of these would bring."""
        frozen = tuple(ids)
        tally = self.lanes.tally(frozen)
        return SelectionLook(
            frozen, preview(tally, self.platforms()), self.lanes.examinations(frozen)
        )

    def shown(self, delivery_id: int, *, with_attempts: bool) -> ShownDelivery | None:
        """Everything about one delivery; None when it is gone."""
        rows = self.rows((delivery_id,))
        if not rows:
            return None
        delivery = rows[0].delivery
        is_seen = with_attempts and self._services.accounts.may("raw_answers")
        attempts = self._work.attempts.of_deliveries((delivery_id,)) if is_seen else ()
        return ShownDelivery(
            row=rows[0],
            study=self._services.browsing.studies.of_examination(delivery.examination_id),
            attempts=attempts,
            progress=self.lanes.progress(delivery_id),
            health=self._work.platform_states.health(delivery.platform),
            at=datetime.now(UTC),
            deletion=self._deletion(delivery),
            correction=self._correction(rows[0]),
        )

    def _deletion(self, delivery: Delivery) -> Deletion | None:
        is_one = delivery.kind is DeliveryKind.DELETION
        return self._work.deletion.of_delivery(delivery.id) if is_one else None

    def _correction(self, row: QueueRow) -> CorrectionView | None:
        if not row.is_correction:
            return None
        return self._work.corrections.of_examination(row.delivery.examination_id)

    def job(
        self, action: BulkAction, ids: Sequence[int], *, pause_again: Sequence[int] = ()
    ) -> BulkJob:
        """A bulk action on a frozen list; call its ``run`` on a pool thread."""
        return BulkJob(
            action,
            ids,
            actor=self._services.actor,
            control=self._work.queue_control,
            lanes=self.lanes,
            requests=self._requests,
            unavailable=self._unavailable,
            pause_again=pause_again,
        )

    def undo_job(self, done: BulkDone) -> BulkJob | None:
        """What takes a finished action back; None when nothing does."""
        if done.undo_action is None:
            return None
        return self.job(done.undo_action, done.undo_ids, pause_again=done.paused_ids)

    def _unavailable(self) -> frozenset[str]:
        return frozenset(
            name
            for name, health in self.platforms().items()
            if health.is_paused or health.opened_at is not None
        )

    def set_platforms_paused(self, names: Iterable[str], *, is_paused: bool) -> tuple[str, ...]:
        """Hold back, or let go, everything for these platforms.

        Returns:
            Those that were not so already; an undo works on them.
        """
        health = self.platforms()
        changed = tuple(one for one in names if health[one].is_paused is not is_paused)
        control, actor = self._work.queue_control, self._services.actor
        for one in changed:
            if is_paused:
                control.pause_platform(one, actor)
            else:
                control.resume_platform(one, actor)
        return changed
