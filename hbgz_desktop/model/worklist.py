"""Where a study stands, in one word: the lanes that lists, chips and the day bar count."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from hbgz_desktop.model.delivery import AT_REST, BlockedReason, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Iterable


class Lane(Enum):
    """One word for a study, or for an examination whose images have not come."""

    RECEIVING = "receiving"
    NO_RECORD = "no_record"
    NO_IMAGES = "no_images"
    NEEDS_FIX = "needs_fix"
    FAILED = "failed"
    WAITING_SETTLEMENT = "waiting_settlement"
    WAITING_REPORT = "waiting_report"
    QUEUED = "queued"
    UPLOADING = "uploading"
    RETRYING = "retrying"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DELETING = "deleting"
    CHANGED = "changed"
    COUNT_DIFFERS = "count_differs"
    CONFIRMED = "confirmed"
    NOT_REQUIRED = "not_required"


DAY_BAR: dict[str, tuple[Lane, ...]] = {
    "confirmed": (Lane.CONFIRMED,),
    "uploading": (
        Lane.UPLOADING,
        Lane.QUEUED,
        Lane.RETRYING,
        Lane.PAUSED,
        Lane.WAITING_SETTLEMENT,
        Lane.WAITING_REPORT,
        Lane.DELETING,
    ),
    "needs_fix": (Lane.NEEDS_FIX, Lane.CHANGED),
    "failed": (Lane.FAILED,),
    "missing": (Lane.NO_RECORD, Lane.NO_IMAGES, Lane.COUNT_DIFFERS),
    "receiving": (Lane.RECEIVING,),
    "cancelled": (Lane.CANCELLED,),
    "not_required": (Lane.NOT_REQUIRED,),
}
"""Segments of the day bar; every lane stands in exactly one, so that the parts add up (LOOK section 3)."""

_BY_REASON = {
    BlockedReason.CHANGED: Lane.CHANGED,
    BlockedReason.NO_IMAGES: Lane.NO_IMAGES,
    BlockedReason.INCOMPLETE: Lane.RECEIVING,
    BlockedReason.SETTLEMENT: Lane.WAITING_SETTLEMENT,
    BlockedReason.REPORT: Lane.WAITING_REPORT,
}


def lane_of(
    *,
    is_receiving: bool,
    has_record: bool,
    deliveries: Iterable[tuple[DeliveryState, BlockedReason | None, bool]],
    is_undecided: bool = False,
    is_uneven: bool = False,
    is_deleting: bool = False,
) -> Lane:
    """The lane of one study.

    Args:
        is_receiving: More images are expected.
        has_record: It is joined to an examination record.
        deliveries: (state, blocked reason, is paused) of its examination, all platforms.
        is_undecided: Images came again with other content after they were confirmed; a person decides.
        is_uneven: Other than the expected number of images was received; confirmed is what agrees
            four times (DESIGN 5.6).
        is_deleting: The platform is being asked to delete it, and nobody holds that back.
    """
    if is_receiving:
        return Lane.RECEIVING
    if not has_record:
        return Lane.NO_RECORD
    if is_deleting:
        return Lane.DELETING
    rows = list(deliveries)
    states = {state for state, _, _ in rows}
    free = {state for state, _, is_paused in rows if not is_paused}
    reasons = {reason for state, reason, _ in rows if state is DeliveryState.BLOCKED}
    is_held = any(is_paused for state, _, is_paused in rows if state not in AT_REST)
    ranked = (
        (BlockedReason.NEEDS_FIX in reasons, Lane.NEEDS_FIX),
        (DeliveryState.FAILED in states, Lane.FAILED),
        (DeliveryState.RUNNING in states, Lane.UPLOADING),
        (DeliveryState.RETRYING in free, Lane.RETRYING),
        (is_held, Lane.PAUSED),
        *((reason in reasons, lane) for reason, lane in _BY_REASON.items()),
        (DeliveryState.CANCELLED in states, Lane.CANCELLED),
        (bool(states & {DeliveryState.READY, DeliveryState.BLOCKED}), Lane.QUEUED),
        (DeliveryState.DELIVERED in states and is_undecided, Lane.CHANGED),
        (DeliveryState.DELIVERED in states and is_uneven, Lane.COUNT_DIFFERS),
        (DeliveryState.DELIVERED in states, Lane.CONFIRMED),
    )
    return next((lane for holds, lane in ranked if holds), Lane.NOT_REQUIRED)


def lane_without_images(
    deliveries: Iterable[tuple[DeliveryState, BlockedReason | None, bool]],
) -> Lane:
    """The lane of an examination that no study has been joined to; arguments as ``lane_of``.

    It waits for its images until a person cancels it, unless a rule says that it need not go.
    """
    states = {state for state, _, _ in deliveries}
    if states == {DeliveryState.NOT_REQUIRED}:
        return Lane.NOT_REQUIRED
    return Lane.CANCELLED if DeliveryState.CANCELLED in states else Lane.NO_IMAGES
