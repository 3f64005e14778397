"""Where a study stands, in one word: the lanes that lists, chips and the day bar count."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from hbgz_desktop.model.delivery import BlockedReason, DeliveryState


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
    ),
    "needs_fix": (Lane.NEEDS_FIX,),
    "failed": (Lane.FAILED,),
    "missing": (Lane.NO_RECORD, Lane.NO_IMAGES),
    "receiving": (Lane.RECEIVING,),
    "at_rest": (Lane.CANCELLED, Lane.NOT_REQUIRED),
}
"""Segments of the day bar; every lane stands in exactly one, so that the parts add up (LOOK section 3)."""

_BY_STATE = (
    (DeliveryState.FAILED, Lane.FAILED),
    (DeliveryState.RUNNING, Lane.UPLOADING),
    (DeliveryState.RETRYING, Lane.RETRYING),
)
_BY_REASON = {
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
) -> Lane:
    """The lane of one study.

    Args:
        is_receiving: More images are expected.
        has_record: It is joined to an examination record.
        deliveries: (state, blocked reason, is paused) of its examination, all platforms.
    """
    if is_receiving:
        return Lane.RECEIVING
    if not has_record:
        return Lane.NO_RECORD
    rows = list(deliveries)
    states = {state for state, _, _ in rows}
    reasons = {reason for state, reason, _ in rows if state is DeliveryState.BLOCKED}
    if BlockedReason.NEEDS_FIX in reasons:
        return Lane.NEEDS_FIX
    for state, lane in _BY_STATE:
        if state in states:
            return lane
    if any(paused for state, _, paused in rows if state is not DeliveryState.DELIVERED):
        return Lane.PAUSED
    for reason, lane in _BY_REASON.items():
        if reason in reasons:
            return lane
    if DeliveryState.CANCELLED in states:
        return Lane.CANCELLED
    if states & {DeliveryState.READY, DeliveryState.BLOCKED}:
        return Lane.QUEUED
    return Lane.CONFIRMED if DeliveryState.DELIVERED in states else Lane.NOT_REQUIRED
