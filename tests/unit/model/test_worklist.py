from __future__ import annotations

from typing import TypeAlias

import pytest

from hbgz_desktop.model.delivery import BlockedReason, DeliveryState
from hbgz_desktop.model.worklist import DAY_BAR, Lane, lane_of, lane_without_images

S: TypeAlias = DeliveryState
R: TypeAlias = BlockedReason
Row: TypeAlias = tuple[DeliveryState, BlockedReason | None, bool]


def row(state: S, reason: R | None = None, *, paused: bool = False) -> Row:
    return state, reason, paused


def lane(*rows: Row) -> Lane:
    return lane_of(is_receiving=False, has_record=True, deliveries=rows)


def test_every_lane_stands_in_exactly_one_segment_of_the_day_bar() -> None:
    assert sorted(one.value for lanes in DAY_BAR.values() for one in lanes) == sorted(
        one.value for one in Lane
    )


def test_images_come_first_then_the_record() -> None:
    assert lane_of(is_receiving=True, has_record=True, deliveries=()) is Lane.RECEIVING
    assert lane_of(is_receiving=False, has_record=False, deliveries=()) is Lane.NO_RECORD


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), Lane.NOT_REQUIRED),
        ((row(S.DELIVERED), row(S.DELIVERED)), Lane.CONFIRMED),
        ((row(S.DELIVERED), row(S.NOT_REQUIRED)), Lane.CONFIRMED),
        ((row(S.DELIVERED), row(S.READY)), Lane.QUEUED),
        ((row(S.RUNNING), row(S.BLOCKED, R.ORDER)), Lane.UPLOADING),
        ((row(S.RETRYING), row(S.BLOCKED, R.ORDER)), Lane.RETRYING),
        ((row(S.FAILED), row(S.RUNNING)), Lane.FAILED),
        ((row(S.BLOCKED, R.NEEDS_FIX), row(S.FAILED)), Lane.NEEDS_FIX),
        ((row(S.BLOCKED, R.SETTLEMENT),), Lane.WAITING_SETTLEMENT),
        ((row(S.BLOCKED, R.REPORT), row(S.DELIVERED)), Lane.WAITING_REPORT),
        ((row(S.BLOCKED, R.NO_IMAGES),), Lane.NO_IMAGES),
        ((row(S.BLOCKED, R.DIGEST),), Lane.QUEUED),
        ((row(S.DELIVERED), row(S.BLOCKED, R.CHANGED)), Lane.CHANGED),
        ((row(S.CANCELLED), row(S.BLOCKED, R.ORDER)), Lane.CANCELLED),
        ((row(S.READY, paused=True), row(S.BLOCKED, R.ORDER)), Lane.PAUSED),
        ((row(S.RETRYING, paused=True),), Lane.PAUSED),
        ((row(S.RETRYING, paused=True), row(S.RETRYING)), Lane.RETRYING),
        ((row(S.RUNNING, paused=True),), Lane.UPLOADING),
        ((row(S.DELIVERED, paused=True),), Lane.CONFIRMED),
        ((row(S.NOT_REQUIRED, paused=True),), Lane.NOT_REQUIRED),
    ],
)
def test_the_most_pressing_delivery_decides(rows: tuple[Row, ...], expected: Lane) -> None:
    assert lane(*rows) is expected
    assert lane(*reversed(rows)) is expected


def test_an_examination_without_images_waits_until_it_is_cancelled() -> None:
    assert lane_without_images([]) is Lane.NO_IMAGES
    assert lane_without_images([row(S.BLOCKED, R.NO_IMAGES)]) is Lane.NO_IMAGES
    assert lane_without_images([row(S.CANCELLED)]) is Lane.CANCELLED


@pytest.mark.parametrize(
    ("states", "undecided", "uneven", "expected"),
    [
        ((S.DELIVERED,), True, True, Lane.CHANGED),
        ((S.DELIVERED,), False, True, Lane.COUNT_DIFFERS),
        ((S.DELIVERED,), False, False, Lane.CONFIRMED),
        ((S.DELIVERED, S.READY), True, True, Lane.QUEUED),
        ((S.DELIVERED, S.FAILED), True, True, Lane.FAILED),
    ],
)
def test_confirmed_is_only_what_agrees_and_waits_for_nobody(
    states: tuple[S, ...], *, undecided: bool, uneven: bool, expected: Lane
) -> None:
    """DESIGN 5.6: what is still being sent says so first."""
    found = lane_of(
        is_receiving=False,
        has_record=True,
        deliveries=[row(one) for one in states],
        is_undecided=undecided,
        is_uneven=uneven,
    )
    assert found is expected
