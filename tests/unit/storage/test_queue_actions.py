from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from hbgz_desktop.model.delivery import (
    BlockedReason,
    BulkReport,
    DeliveryKind,
    DeliveryState,
    Outcome,
    PlannedDelivery,
)
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.storage.tables import audit_entries, deliveries, events
from tests.unit.storage.hospital_rows import PLATFORM

if TYPE_CHECKING:
    from tests.unit.storage.hospital_rows import HospitalRows, Joined

S = DeliveryState
IT = "王工"


@pytest.fixture
def joined(rows: HospitalRows) -> Joined:
    found = rows.joined()
    rows.plan(found)
    return found


def lane(rows: HospitalRows, joined: Joined) -> Lane | None:
    row = StudyViews(rows.database).of_examination(joined.examination_id)
    return None if row is None else row.lane


def cancel_requested(rows: HospitalRows, joined: Joined) -> bool:
    return rows.queue.is_cancelled(rows.delivery(joined).id)


def test_cancelling_waits_for_nobody(rows: HospitalRows, joined: Joined) -> None:
    row = rows.delivery(joined)
    assert rows.actions.cancel([row.id], IT) == BulkReport(1, 0)
    assert rows.state(joined) is S.CANCELLED
    assert lane(rows, joined) is Lane.CANCELLED
    assert rows.actions.cancel([row.id], IT) == BulkReport(0, 1)
    assert rows.plan(joined, digest="d2") == 0
    assert rows.state(joined) is S.CANCELLED


def test_a_running_one_is_asked_to_stop(rows: HospitalRows, joined: Joined) -> None:
    running = rows.claimed()
    assert rows.actions.cancel([running.id], IT) == BulkReport(1, 0)
    assert rows.actions.cancel([running.id], IT) == BulkReport(0, 1)
    assert not rows.queue.renew(running.id, running.token, lease_s=60)
    assert rows.queue.is_cancelled(running.id)
    assert rows.queue.finish(running, Outcome.STOPPED, counts=False)
    assert rows.state(joined) is S.CANCELLED


@pytest.mark.parametrize("outcome", [Outcome.TRANSIENT, Outcome.FAILED, Outcome.REFUSED])
def test_a_request_to_cancel_survives_a_failure(
    rows: HospitalRows, joined: Joined, outcome: Outcome
) -> None:
    """It used to come back as a retry, and the next claim forgot the request."""
    running = rows.claimed()
    rows.actions.cancel([running.id], IT)
    rows.queue.finish(running, outcome, cause="platform_timeout_read")
    row = rows.delivery(joined)
    assert (row.state, row.blocked_reason, row.cause) == (
        S.CANCELLED,
        None,
        "platform_timeout_read",
    )
    assert rows.claim() is None


def test_what_was_delivered_before_the_request_was_seen_stays_delivered(
    rows: HospitalRows, joined: Joined
) -> None:
    running = rows.claimed()
    rows.actions.cancel([running.id], IT)
    rows.queue.finish(running, Outcome.DELIVERED)
    assert rows.state(joined) is S.DELIVERED
    rows.plan(joined, digest="d2")
    assert rows.claimed().id == running.id
    assert not cancel_requested(rows, joined)


def test_a_request_to_cancel_survives_a_crash(rows: HospitalRows, joined: Joined) -> None:
    running = rows.claimed()
    rows.actions.cancel([running.id], IT)
    assert rows.queue.recover("engine") == 1
    assert rows.state(joined) is S.CANCELLED


def test_a_request_to_cancel_survives_a_lapsed_lease(rows: HospitalRows, joined: Joined) -> None:
    running = rows.claimed()
    rows.actions.cancel([running.id], IT)
    assert rows.claim("engine-2", now=datetime.now(UTC) + timedelta(hours=1)) is None
    assert rows.state(joined) is S.CANCELLED


def test_a_paused_one_whose_worker_is_gone_is_not_shown_as_running(
    rows: HospitalRows, joined: Joined
) -> None:
    running = rows.claimed()
    rows.actions.pause([running.id], IT)
    assert rows.claim("engine-2", now=datetime.now(UTC) + timedelta(hours=1)) is None
    row = rows.delivery(joined)
    assert (row.state, row.is_paused) == (S.READY, True)
    assert lane(rows, joined) is Lane.PAUSED


def test_pause_and_resume(rows: HospitalRows, joined: Joined) -> None:
    row = rows.delivery(joined)
    assert rows.actions.pause([row.id], IT) == BulkReport(1, 0)
    assert rows.actions.pause([row.id], IT) == BulkReport(0, 1)
    assert (rows.claim(), rows.delivery(joined).paused_by) == (None, IT)
    assert rows.actions.resume([row.id], IT) == BulkReport(1, 0)
    assert rows.claimed().id == row.id


def test_a_paused_running_one_stops_and_stays(rows: HospitalRows, joined: Joined) -> None:
    running = rows.claimed()
    rows.actions.pause([running.id], IT)
    assert not rows.queue.renew(running.id, running.token, lease_s=60)
    rows.queue.finish(running, Outcome.STOPPED, counts=False)
    assert rows.claim() is None
    assert rows.delivery(joined).attempts == 0


def test_no_pause_is_left_on_what_is_done(rows: HospitalRows, joined: Joined) -> None:
    running = rows.claimed()
    rows.actions.pause([running.id], IT)
    rows.queue.finish(running, Outcome.DELIVERED)
    assert not rows.delivery(joined).is_paused
    assert rows.actions.pause([running.id], IT) == BulkReport(0, 1)


def test_a_cancelled_pause_does_not_hold_the_retry(rows: HospitalRows, joined: Joined) -> None:
    row = rows.delivery(joined)
    rows.actions.pause([row.id], IT)
    rows.actions.cancel([row.id], IT)
    rows.actions.retry([row.id], IT)
    rows.plan(joined)
    assert rows.claimed().id == row.id


def test_retry_gives_a_fresh_budget(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.FAILED, cause="x")
    row = rows.delivery(joined)
    assert rows.actions.retry([row.id], IT) == BulkReport(1, 0)
    row = rows.delivery(joined)
    assert (row.state, row.attempts, row.next_attempt_at) == (S.READY, 0, None)


def test_retry_does_not_wait_for_the_back_off(rows: HospitalRows, joined: Joined) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    rows.queue.finish(rows.claimed(), Outcome.TRANSIENT, next_attempt_at=later)
    assert rows.claim() is None
    rows.actions.retry([rows.delivery(joined).id], IT)
    assert rows.claimed().state is S.RUNNING


def test_a_cancelled_one_takes_its_place_in_the_order_again(
    rows: HospitalRows, joined: Joined
) -> None:
    images = rows.delivery(joined, DeliveryKind.IMAGES)
    rows.actions.cancel([images.id], IT)
    assert rows.actions.retry([images.id], IT) == BulkReport(1, 0)
    row = rows.delivery(joined, DeliveryKind.IMAGES)
    assert (row.state, row.blocked_reason) == (S.BLOCKED, BlockedReason.ORDER)
    rows.plan(joined)
    assert rows.state(joined, DeliveryKind.IMAGES) is S.BLOCKED, "the record has not gone yet"
    rows.deliver(joined)
    assert rows.state(joined, DeliveryKind.IMAGES) is S.DELIVERED
    assert lane(rows, joined) is Lane.CONFIRMED


def test_what_cannot_be_retried_is_skipped_and_counted(rows: HospitalRows, joined: Joined) -> None:
    ready = rows.delivery(joined)
    assert rows.actions.retry([ready.id, 999], IT) == BulkReport(0, 2)


def test_bulk_actions_are_exact_over_many_batches(rows: HospitalRows) -> None:
    for number in range(120):
        _, examination_id, _ = rows.record(f"A{number}")
        plan = PlannedDelivery(DeliveryKind.RECORD, 0, None, "d")
        rows.queue.apply_plan(examination_id, PLATFORM, [plan])
    frozen = rows.actions.ids(states=[S.READY], platform=PLATFORM)
    assert len(frozen) == 120
    late = rows.joined()
    rows.plan(late)
    assert rows.actions.cancel(frozen, IT) == BulkReport(120, 0)
    assert rows.state(late) is S.READY, "only what was frozen"
    assert len(rows.actions.examinations_of(frozen)) == 120
    with rows.database.read() as connection:
        noted = connection.execute(
            select(events.c.delivery_id).where(events.c.kind == "delivery_cancelled")
        ).scalars()
        assert sorted(noted) == sorted(frozen)
        audited = connection.execute(select(audit_entries.c.actor, audit_entries.c.action)).all()
        assert {tuple(row) for row in audited} == {(IT, "delivery_cancelled")}
        left = connection.execute(
            select(deliveries.c.id).where(deliveries.c.state == "ready")
        ).all()
        assert len(left) == 1
