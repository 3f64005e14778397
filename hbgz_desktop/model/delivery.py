"""Deliveries: the rows of the upload queue and the transitions they may make (DESIGN 5.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class DeliveryState(Enum):
    """Where a delivery stands. Pause is a flag beside it, not a state."""

    BLOCKED = "blocked"
    READY = "ready"
    RUNNING = "running"
    RETRYING = "retrying"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"
    NOT_REQUIRED = "not_required"


class BlockedReason(Enum):
    """Why a blocked delivery waits."""

    NEEDS_FIX = "needs_fix"
    NO_IMAGES = "no_images"
    INCOMPLETE = "incomplete"
    SETTLEMENT = "settlement"
    REPORT = "report"
    ORDER = "order"
    DIGEST = "digest"
    CHANGED = "changed"


class DeliveryKind(Enum):
    """What is delivered; the order of the members is the order of sending unless a setting says another (G046, G071).

    A deletion (2.5, G052) has the id of its row in the register of index codes as part, and goes before
    everything else of its examination.
    """

    DELETION = "deletion"
    RECORD = "record"
    IMAGES = "images"
    REPORT = "report"


def sending_order(setting: str) -> tuple[DeliveryKind, ...]:
    """The kinds in the order of ``guizhou.send_order``, ``record_images_report``; deletions go first."""
    return (DeliveryKind.DELETION, *(DeliveryKind(name) for name in setting.split("_")))


_S = DeliveryState
ALLOWED: dict[DeliveryState, frozenset[DeliveryState]] = {
    _S.BLOCKED: frozenset({_S.READY, _S.CANCELLED, _S.NOT_REQUIRED}),
    _S.READY: frozenset({_S.RUNNING, _S.BLOCKED, _S.CANCELLED, _S.NOT_REQUIRED}),
    _S.RUNNING: frozenset(
        {_S.DELIVERED, _S.RETRYING, _S.FAILED, _S.BLOCKED, _S.READY, _S.CANCELLED}
    ),
    _S.RETRYING: frozenset(
        {_S.RUNNING, _S.READY, _S.BLOCKED, _S.FAILED, _S.CANCELLED, _S.NOT_REQUIRED}
    ),
    _S.DELIVERED: frozenset({_S.READY, _S.BLOCKED, _S.NOT_REQUIRED}),
    _S.FAILED: frozenset({_S.READY, _S.BLOCKED, _S.CANCELLED, _S.NOT_REQUIRED}),
    _S.CANCELLED: frozenset({_S.READY, _S.BLOCKED}),
    _S.NOT_REQUIRED: frozenset({_S.BLOCKED, _S.READY}),
}
"""From → to. Delivered goes back only for a correction (2.1 again, G071), late images, or a deletion (G052)."""

GONE = "platform_already_gone"
"""Cause of a deletion the platform refused because it has no such index (G052)."""
AT_REST = frozenset({DeliveryState.DELIVERED, DeliveryState.CANCELLED, DeliveryState.NOT_REQUIRED})
"""Nothing more happens to these by itself; they cannot be paused."""
CLAIMABLE = frozenset({DeliveryState.READY, DeliveryState.RETRYING})
RETRYABLE_BY_HAND = frozenset(
    {DeliveryState.FAILED, DeliveryState.CANCELLED, DeliveryState.RETRYING}
)
CANCELLABLE = frozenset(
    {
        DeliveryState.BLOCKED,
        DeliveryState.READY,
        DeliveryState.RUNNING,
        DeliveryState.RETRYING,
        DeliveryState.FAILED,
    }
)


def may_change(old: DeliveryState, new: DeliveryState) -> bool:
    """True when the transition is one of ``ALLOWED``."""
    return new in ALLOWED[old]


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the queue.

    Attributes:
        part: Study id for images, report id for reports, id of the index code for a deletion, 0 for the record.
        blocked_reason: Set only while blocked.
        is_paused: A person stopped it; ``paused_by`` says who.
        attempts: Automatic attempts that used up the budget; an outage and a retry by hand do not count.
        next_attempt_at: Not claimed before; None = at once.
        token: Fencing token of the newest claim.
        lease_until: End of the current claim unless renewed.
        cause: Error code of the last failure, or the rule by which it need not go; key of the error
            texts, "" when none.
    """

    id: int
    examination_id: int
    platform: str
    kind: DeliveryKind
    part: int
    state: DeliveryState
    blocked_reason: BlockedReason | None
    is_paused: bool
    paused_by: str
    attempts: int
    next_attempt_at: datetime | None
    token: int
    lease_owner: str
    lease_until: datetime | None
    cause: str
    http_status: int | None
    answer_code: str
    message: str
    content_digest: str
    items_total: int
    items_confirmed: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class DeliveryItem:
    """One instance of an image delivery.

    Attributes:
        is_confirmed: The platform answered code 0 to the bytes with this MD5 (DESIGN 5.6).
    """

    delivery_id: int
    instance_id: int
    path: str
    size_bytes: int
    md5: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request and its answer, masked.

    Attributes:
        outcome: ``accepted``, ``transient``, ``refused``, ``unauthorised``, ``dropped`` (late result of an old token).
        answer: The platform's answer, masked, unsealed for reading.
        series_number: Of the image it was about; ``instance_number`` likewise.
    """

    id: int
    delivery_id: int
    instance_id: int | None
    token: int
    started_at: datetime
    finished_at: datetime
    service: str
    msgid: str
    http_status: int | None
    answer_code: str
    message: str
    outcome: str
    cause: str
    answer: str
    series_number: int | None = None
    instance_number: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedDelivery:
    """What one examination wants of the queue, before what is already there is looked at.

    Attributes:
        blocked: Why it may not go yet, None when it may; order is added by ``storage``.
        content_digest: Digest of what would be sent; a delivered row with another one is sent again.
        items: (instance id, MD5) of an image delivery, in sending order.
        skipped: Rule by which it need not go (``SkipReason``), "" when it has to.
    """

    kind: DeliveryKind
    part: int
    blocked: BlockedReason | None
    content_digest: str
    items: tuple[tuple[int, str], ...] = ()
    skipped: str = ""


def replan(
    state: DeliveryState,
    reason: BlockedReason | None,
    *,
    row_digest: str,
    sent_digest: str,
    planned: PlannedDelivery,
) -> tuple[DeliveryState, BlockedReason | None] | None:
    """What becomes of an existing row when its examination is looked at again.

    Args:
        state: Of the row.
        reason: Of the row, None unless blocked.
        row_digest: Content the row stands for now.
        sent_digest: Content that was delivered, refused or failed last; "" before.
        planned: What is wanted.

    Returns:
        New state and reason, or None to leave the row alone: it is so already, it is running, a person
        cancelled it, or it is delivered, failed or refused by the platform with exactly this content.
    """
    if state in (DeliveryState.RUNNING, DeliveryState.CANCELLED):
        return None
    if planned.skipped:
        return (DeliveryState.NOT_REQUIRED, None) if state in UNWANTED else None
    is_needs_fix = state is DeliveryState.BLOCKED and reason is BlockedReason.NEEDS_FIX
    was_refused = is_needs_fix and bool(sent_digest) and row_digest == sent_digest
    is_settled = was_refused or state in (DeliveryState.DELIVERED, DeliveryState.FAILED)
    if is_settled and planned.content_digest == sent_digest:
        return None
    if state is DeliveryState.RETRYING and planned.blocked is None:
        return None
    target = DeliveryState.READY if planned.blocked is None else DeliveryState.BLOCKED
    return None if (target, planned.blocked) == (state, reason) else (target, planned.blocked)


UNWANTED = frozenset(
    {DeliveryState.BLOCKED, DeliveryState.READY, DeliveryState.RETRYING, DeliveryState.FAILED}
)
"""States in which a row that no plan names any more, or a rule skips, becomes ``NOT_REQUIRED``."""


class Outcome(Enum):
    """How one try of a delivery ended."""

    DELIVERED = "delivered"
    TRANSIENT = "transient"
    REFUSED = "refused"
    FAILED = "failed"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What a bulk action did, for the sentence after it: "11 成、3 排队、0 跳过"."""

    changed: int
    skipped: int
