from __future__ import annotations

from itertools import product
from typing import TypeAlias

import pytest

from hbgz_desktop.model.delivery import (
    ALLOWED,
    AT_REST,
    CANCELLABLE,
    CLAIMABLE,
    RETRYABLE_BY_HAND,
    UNWANTED,
    BlockedReason,
    DeliveryKind,
    DeliveryState,
    PlannedDelivery,
    may_change,
    replan,
)

S: TypeAlias = DeliveryState
R: TypeAlias = BlockedReason


def planned(blocked: R | None = None, digest: str = "new") -> PlannedDelivery:
    return PlannedDelivery(DeliveryKind.RECORD, 0, blocked, digest)


def replanned(
    state: S, reason: R | None, plan: PlannedDelivery, *, row: str = "old", sent: str = "old"
) -> tuple[S, R | None] | None:
    return replan(state, reason, row_digest=row, sent_digest=sent, planned=plan)


def test_every_replanning_is_an_allowed_transition() -> None:
    reasons = (None, *R)
    digests = ("", "old", "new")
    for state, reason, wanted, row, sent in product(S, reasons, reasons, digests, digests):
        change = replanned(state, reason, planned(wanted), row=row, sent=sent)
        if change is None:
            continue
        assert change[0] is state or may_change(state, change[0]), (state, change)
        assert (change[0] is S.BLOCKED) == (change[1] is not None)
        assert change != (state, reason), "no change is None"


def test_actions_are_allowed_transitions() -> None:
    assert all(may_change(state, S.RUNNING) for state in CLAIMABLE)
    assert all(may_change(state, S.CANCELLED) for state in CANCELLABLE)
    assert all(may_change(state, S.NOT_REQUIRED) for state in UNWANTED)
    assert all(may_change(state, S.READY) for state in RETRYABLE_BY_HAND)
    assert not CLAIMABLE & AT_REST
    assert set(ALLOWED) == set(S)


@pytest.mark.parametrize("state", [S.RUNNING, S.CANCELLED])
def test_running_and_cancelled_rows_are_left_alone(state: S) -> None:
    assert replanned(state, None, planned()) is None


@pytest.mark.parametrize("state", [S.DELIVERED, S.FAILED])
def test_settled_rows_go_again_only_with_other_content(state: S) -> None:
    assert replanned(state, None, planned(digest="old")) is None
    assert replanned(state, None, planned(R.NEEDS_FIX, "old")) is None
    assert replanned(state, None, planned(digest="new")) == (S.READY, None)
    assert replanned(state, None, planned(R.INCOMPLETE)) == (S.BLOCKED, R.INCOMPLETE)


def test_what_the_platform_refused_waits_for_other_content() -> None:
    assert replanned(S.BLOCKED, R.NEEDS_FIX, planned(digest="old")) is None
    assert replanned(S.BLOCKED, R.NEEDS_FIX, planned(digest="new")) == (S.READY, None)


def test_what_the_checker_held_back_goes_when_it_is_put_right() -> None:
    """Never sent: nothing was refused, whatever the digests say."""
    assert replanned(S.BLOCKED, R.NEEDS_FIX, planned(digest="new"), row="new", sent="") == (
        S.READY,
        None,
    )


def test_a_correction_that_is_taken_back_is_sent_again() -> None:
    """Delivered "old", then a broken correction was held back, then "old" came again."""
    assert replanned(S.BLOCKED, R.NEEDS_FIX, planned(digest="old"), row="broken", sent="old") == (
        S.READY,
        None,
    )


def test_a_retry_keeps_its_time_unless_something_holds_it_back() -> None:
    assert replanned(S.RETRYING, None, planned()) is None
    assert replanned(S.RETRYING, None, planned(R.ORDER)) == (S.BLOCKED, R.ORDER)


def test_what_is_so_already_is_no_change() -> None:
    assert replanned(S.READY, None, planned()) is None
    assert replanned(S.BLOCKED, R.REPORT, planned(R.REPORT)) is None
    assert replanned(S.BLOCKED, R.REPORT, planned(R.ORDER)) == (S.BLOCKED, R.ORDER)


def test_what_was_not_required_is_wanted_again() -> None:
    assert replanned(S.NOT_REQUIRED, None, planned()) == (S.READY, None)
