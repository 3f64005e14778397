"""Where a delivery stands for a person, in one word: what chips, groups and badges of the queue count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState

if TYPE_CHECKING:
    from datetime import datetime


class QueueLane(StrEnum):
    """One word for a delivery; pause comes before everything that is not over."""

    WAITING = "waiting"
    RUNNING = "running"
    RETRYING = "retrying"
    NEEDS_FIX = "needs_fix"
    FAILED = "failed"
    PAUSED = "paused"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    NOT_REQUIRED = "not_required"


OPEN_LANES = (
    QueueLane.WAITING,
    QueueLane.RUNNING,
    QueueLane.RETRYING,
    QueueLane.NEEDS_FIX,
    QueueLane.FAILED,
    QueueLane.PAUSED,
)
"""Not over yet: they add up to 没传完的."""

_BY_STATE = {
    DeliveryState.BLOCKED: QueueLane.WAITING,
    DeliveryState.READY: QueueLane.WAITING,
    DeliveryState.RUNNING: QueueLane.RUNNING,
    DeliveryState.RETRYING: QueueLane.RETRYING,
    DeliveryState.FAILED: QueueLane.FAILED,
    DeliveryState.DELIVERED: QueueLane.CONFIRMED,
    DeliveryState.CANCELLED: QueueLane.CANCELLED,
    DeliveryState.NOT_REQUIRED: QueueLane.NOT_REQUIRED,
}


def queue_lane(state: DeliveryState, reason: BlockedReason | None, *, is_paused: bool) -> QueueLane:
    """The lane of one delivery."""
    lane = _BY_STATE[state]
    if is_paused and lane in OPEN_LANES:
        return QueueLane.PAUSED
    if state is DeliveryState.BLOCKED and reason is BlockedReason.NEEDS_FIX:
        return QueueLane.NEEDS_FIX
    return lane


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What the page shows; chips, groups and rows all come from it. Empty means no limit.

    Attributes:
        text: Part of name, pinyin, initials or accession number.
        lane: One lane; None for all that is not over.
        cause: Exactly these: reason while blocked, else error code; None for any.
        state: Of a group, "" for any.
        paused_by: Of a group of paused ones, None for any.
        since: Confirmed ones are shown from then on.
    """

    text: str = ""
    platform: str = ""
    lane: QueueLane | None = None
    cause: str | None = None
    state: str = ""
    paused_by: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """Deliveries that wait for the same thing.

    Attributes:
        cause: Reason while blocked, else error code; "" for none. Of paused ones always "".
        paused_by: Who paused them, "" when they are not.
        oldest_at: When the first of them entered the queue.
        paused_at: When the first of them was paused, None when they are not.
        next_attempt_at: Earliest automatic retry.
    """

    lane: QueueLane
    state: DeliveryState
    cause: str
    paused_by: str
    count: int
    oldest_at: datetime
    paused_at: datetime | None
    next_attempt_at: datetime | None

    @property
    def key(self) -> str:
        """Stable name, the same at every look."""
        return "|".join((self.lane, self.state.value, self.cause, self.paused_by))

    def narrow(self, wanted: QueueQuery) -> QueueQuery:
        """The query of exactly these rows, inside a wider one."""
        if self.lane is QueueLane.PAUSED:
            return QueueQuery(wanted.text, wanted.platform, self.lane, paused_by=self.paused_by)
        return QueueQuery(wanted.text, wanted.platform, self.lane, self.cause, self.state.value)


@dataclass(frozen=True, slots=True)
class DeliveryFact:
    """All that decides what a retry would bring; deliveries with the same facts are counted together."""

    platform: str
    kind: DeliveryKind
    state: DeliveryState
    reason: BlockedReason | None
    is_paused: bool
    cause: str


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """Images of one delivery.

    Attributes:
        sent: Went out at least once and are not confirmed.
        open: Were not sent yet.
    """

    confirmed: int
    sent: int
    open: int

    @property
    def total(self) -> int:
        """All that the delivery holds."""
        return self.confirmed + self.sent + self.open
