"""Bulk work on the queue: a frozen list of ids, in slices, with progress, a stop, an exact report and an undo."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import AT_REST, CANCELLABLE, RETRYABLE_BY_HAND, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hbgz_desktop.model.delivery import BulkReport
    from hbgz_desktop.services.queue_control import QueueControl
    from hbgz_desktop.storage.cancel_requests import CancelRequests
    from hbgz_desktop.storage.queue_lanes import QueueLanes

SLICE = 200
_OPEN = frozenset(DeliveryState) - AT_REST


class BulkAction(StrEnum):
    """What is done to many deliveries."""

    RETRY = "retry"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    UNCANCEL = "uncancel"


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What a job did; ``changed`` and ``skipped`` add up to ``total`` unless it was stopped.

    Attributes:
        total: Ids it was given.
        changed: Rows it changed.
        skipped: Rows it left alone because the action does not apply to them.
        queued: Of the changed, those that cannot go at once: platform down, held back, not their turn.
        undo_ids: What an undo works on.
        paused_ids: Of those, the ones that were paused before.
        is_stopped: A person stopped it; the rest was not looked at.
    """

    action: BulkAction
    total: int
    changed: int
    skipped: int
    queued: int
    undo_ids: tuple[int, ...]
    paused_ids: tuple[int, ...]
    is_stopped: bool

    @property
    def undo_action(self) -> BulkAction | None:
        """What takes it back; None when nothing does."""
        return _UNDO.get(self.action) if self.undo_ids else None


_UNDO = {
    BulkAction.PAUSE: BulkAction.RESUME,
    BulkAction.RESUME: BulkAction.PAUSE,
    BulkAction.CANCEL: BulkAction.UNCANCEL,
}
_APPLIES = {
    BulkAction.RETRY: (RETRYABLE_BY_HAND, None),
    BulkAction.PAUSE: (_OPEN, False),
    BulkAction.RESUME: (_OPEN, True),
    BulkAction.CANCEL: (CANCELLABLE, None),
    BulkAction.UNCANCEL: (frozenset({DeliveryState.CANCELLED}), None),
}


class BulkJob:
    """One action on its way; read from the GUI thread while a pool thread runs it.

    Attributes:
        action: What is done.
        total: Ids it was given.
        done: Ids looked at so far.
    """

    def __init__(
        self,
        action: BulkAction,
        ids: Sequence[int],
        *,
        actor: str,
        control: QueueControl,
        lanes: QueueLanes,
        requests: CancelRequests,
        unavailable: Callable[[], frozenset[str]],
        pause_again: Sequence[int] = (),
    ) -> None:
        """Prepare; nothing is changed before ``run``.

        Args:
            action: What to do.
            ids: Frozen before the person was asked.
            actor: For events and audit.
            control: Does it.
            lanes: Says what applies to what.
            requests: Takes back what running ones were asked.
            unavailable: Platforms that would not take anything now.
            pause_again: After an undone cancel, those that were paused before.
        """
        self.action = action
        self.total = len(ids)
        self.done = 0
        self._ids = tuple(ids)
        self._actor = actor
        self._control = control
        self._lanes = lanes
        self._requests = requests
        self._unavailable = unavailable
        self._pause_again = tuple(pause_again)
        self._stop = Event()

    def stop(self) -> None:
        """End after the slice at hand; what was done stays done."""
        self._stop.set()

    def run(self) -> BulkDone:
        """Do it; blocks on the database."""
        states, is_paused = _APPLIES[self.action]
        touched: list[int] = []
        paused: list[int] = []
        changed = 0
        for some in self._slices():
            if self.action is BulkAction.UNCANCEL:
                changed += self._requests.withdraw(some, self._actor)
            fit = self._lanes.among(some, states, is_paused=is_paused)
            if self.action is BulkAction.CANCEL:
                paused += self._lanes.among(fit, states, is_paused=True)
            changed += self._apply(fit).changed if fit else 0
            touched += fit
            self.done += len(some)
        if self._pause_again:
            self._control.pause(self._pause_again, self._actor)
        queued = self._queued(touched) if self.action is BulkAction.RETRY else 0
        return BulkDone(
            self.action,
            self.total,
            changed,
            self.done - changed,
            min(queued, changed),
            tuple(touched),
            tuple(paused),
            self._stop.is_set() and self.done < self.total,
        )

    def _slices(self) -> Iterator[tuple[int, ...]]:
        for start in range(0, self.total, SLICE):
            if self._stop.is_set():
                return
            yield self._ids[start : start + SLICE]

    def _apply(self, ids: Sequence[int]) -> BulkReport:
        doing = {
            BulkAction.RETRY: self._control.retry,
            BulkAction.PAUSE: self._control.pause,
            BulkAction.RESUME: self._control.resume,
            BulkAction.CANCEL: self._control.cancel,
            BulkAction.UNCANCEL: self._control.uncancel,
        }
        return doing[self.action](ids, self._actor)

    def _queued(self, ids: Sequence[int]) -> int:
        """Those that stand in line although they were retried."""
        closed = self._unavailable()
        return sum(
            number
            for fact, number in self._lanes.tally(ids).items()
            if fact.state is DeliveryState.BLOCKED or fact.is_paused or fact.platform in closed
        )
