"""Planning, claims, results: one delivery from its plan to its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState, Outcome
from hbgz_desktop.storage.delivery_claims import OLDEST_EVERY
from hbgz_desktop.storage.tables import attempts, deliveries, instances, studies
from tests.unit.storage.hospital_rows import PLATFORM

if TYPE_CHECKING:
    from tests.unit.storage.hospital_rows import HospitalRows, Joined

K, S = DeliveryKind, DeliveryState
LATER = timedelta(minutes=5)


@pytest.fixture
def joined(rows: HospitalRows) -> Joined:
    found = rows.joined()
    rows.plan(found)
    return found


def counts(rows: HospitalRows, joined: Joined) -> tuple[int, int, int]:
    with rows.database.read() as connection:
        row = connection.execute(select(studies).where(studies.c.id == joined.study_id)).one()
    return row.sendable_count, row.sent_count, row.confirmed_count


def test_the_record_goes_first_then_images_then_reports(rows: HospitalRows) -> None:
    joined = rows.joined()
    rows.record("A-1.2.3", study_uid="1.2.3", reports={"R1": "r1.pdf"})
    report = rows.records.reports_of(joined.record_id)[0]
    order = []
    rows.plan(joined, reports=[report.id])
    while (delivery := rows.claim()) is not None:
        order.append(delivery.kind)
        assert rows.claim("engine-2") is None, "nothing of the same examination overtakes"
        rows.send_images(delivery)
        rows.queue.finish(delivery, Outcome.DELIVERED)
        rows.plan(joined, reports=[report.id])
    assert order == [K.RECORD, K.IMAGES, K.REPORT]
    assert rows.records.reports_of(joined.record_id)[0].is_confirmed


def test_planning_the_same_again_changes_nothing(rows: HospitalRows, joined: Joined) -> None:
    before = rows.queue.of_examination(joined.examination_id)
    assert rows.plan(joined) == 0
    assert rows.queue.of_examination(joined.examination_id) == before


def test_a_blocked_plan_says_why(rows: HospitalRows, joined: Joined) -> None:
    assert rows.plan(joined, blocked=BlockedReason.SETTLEMENT) == 1
    assert rows.delivery(joined).blocked_reason is BlockedReason.SETTLEMENT
    assert rows.claim() is None
    assert rows.plan(joined) == 1
    assert rows.state(joined) is S.READY


def test_what_no_plan_names_any_more_is_not_sent(rows: HospitalRows, joined: Joined) -> None:
    """Its study went to another examination; it used to be claimed and stopped for ever."""
    rows.queue.apply_plan(joined.examination_id, PLATFORM, [])
    assert rows.state(joined) is S.NOT_REQUIRED
    assert rows.state(joined, K.IMAGES) is S.NOT_REQUIRED
    assert rows.claim() is None
    rows.plan(joined)
    assert rows.state(joined) is S.READY


def test_a_correction_goes_again_and_holds_back_what_follows(
    rows: HospitalRows, joined: Joined
) -> None:
    rows.deliver(joined)
    assert rows.plan(joined, digest="d2") == 1
    assert rows.state(joined) is S.READY
    assert rows.state(joined, K.IMAGES) is S.DELIVERED


def test_late_images_send_only_what_is_new(rows: HospitalRows, joined: Joined) -> None:
    rows.deliver(joined)
    rows.receive("1.2.3", images=3)
    rows.examinations.complete(joined.study_id, "quiet")
    rows.plan(joined)
    images = rows.delivery(joined, K.IMAGES)
    assert (images.state, images.items_total, images.items_confirmed) == (S.READY, 5, 2)
    assert len(rows.queue.open_items(images.id)) == 3


def test_a_claim_moves_the_token_and_sets_the_lease(rows: HospitalRows, joined: Joined) -> None:
    now = datetime.now(UTC)
    claimed = rows.claimed("engine-1", now=now)
    assert (claimed.state, claimed.token, claimed.lease_owner) == (S.RUNNING, 1, "engine-1")
    assert claimed.lease_until == now + timedelta(seconds=60)
    assert rows.queue.get(claimed.id) == claimed


def test_new_examinations_go_before_old_ones_and_none_starves(rows: HospitalRows) -> None:
    """After an outage new before old (DESIGN 5.5), however long the old ones have waited; one turn is theirs."""
    joined = [rows.joined(f"1.{number}") for number in range(OLDEST_EVERY + 2)]
    for one in joined:
        rows.plan(one)
    long_ago = datetime.now(UTC) - timedelta(hours=30)
    with rows.database.write() as connection:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.examination_id <= joined[1].examination_id)
            .values(created_at=long_ago)
        )
    order = [rows.claimed().examination_id for _ in joined]
    newest_first = [one.examination_id for one in reversed(joined)]
    oldest = newest_first.pop()
    newest_first.insert(OLDEST_EVERY - 1, oldest)
    assert order == newest_first
    assert rows.claim() is None


def test_a_retry_is_not_due_before_its_time(rows: HospitalRows, joined: Joined) -> None:
    now = datetime.now(UTC)
    claimed = rows.claimed()
    rows.queue.finish(claimed, Outcome.TRANSIENT, cause="x", next_attempt_at=now + LATER)
    assert rows.claim(now=now + LATER / 2) is None
    assert rows.claimed(now=now + LATER).attempts == 1


def test_a_lapsed_lease_is_taken_over_and_the_late_result_dropped(
    rows: HospitalRows, joined: Joined
) -> None:
    now = datetime.now(UTC)
    slow = rows.claimed("engine-1", now=now)
    assert rows.claim("engine-2", now=now + timedelta(seconds=59)) is None
    quick = rows.claimed("engine-2", now=now + timedelta(seconds=61))
    assert (quick.id, quick.token) == (slow.id, slow.token + 1)
    assert not rows.queue.renew(slow.id, slow.token, lease_s=60)
    assert not rows.queue.record_exchange(slow, rows.attempt(slow))
    assert not rows.queue.finish(slow, Outcome.DELIVERED)
    assert rows.state(joined) is S.RUNNING
    assert [one.outcome for one in rows.attempts.of_deliveries((slow.id,))] == ["dropped"]
    assert rows.queue.finish(quick, Outcome.DELIVERED)
    assert not rows.queue.finish(quick, Outcome.FAILED), "a claim ends once"
    assert rows.state(joined) is S.DELIVERED


def test_a_dropped_image_is_not_confirmed(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.DELIVERED)
    rows.plan(joined)
    now = datetime.now(UTC)
    slow = rows.claimed(now=now)
    rows.claimed("engine-2", now=now + LATER)
    item = rows.queue.open_items(slow.id)[0]
    late = rows.attempt(slow, instance_id=item.instance_id)
    assert not rows.queue.record_exchange(slow, late, confirmed_md5=item.md5)
    assert counts(rows, joined) == (2, 0, 0)
    assert rows.delivery(joined, K.IMAGES).items_confirmed == 0


def test_a_renewed_lease_is_not_taken_over(rows: HospitalRows, joined: Joined) -> None:
    claimed = rows.claimed()
    assert rows.queue.renew(claimed.id, claimed.token, lease_s=600)
    assert rows.claim("engine-2", now=datetime.now(UTC) + LATER) is None


def test_after_a_crash_the_engines_own_claims_are_free_at_once(
    rows: HospitalRows, joined: Joined
) -> None:
    claimed = rows.claimed("engine-77-abc")
    assert rows.queue.recover("other") == 0
    assert rows.queue.recover("engine") == 1
    assert rows.state(joined) is S.READY
    assert rows.claimed().token == claimed.token + 1


def test_what_was_on_its_way_may_have_arrived(rows: HospitalRows, joined: Joined) -> None:
    """Killed between the platform's storing and our row: "already there" is then success."""
    claimed = rows.claimed()
    assert not rows.attempts.had_silence(claimed.id)
    rows.queue.recover("engine")
    assert rows.attempts.had_silence(claimed.id)
    rows.queue.finish(rows.claimed(), Outcome.DELIVERED)
    rows.plan(joined, digest="d2")
    assert not rows.attempts.had_silence(claimed.id), "it says nothing of other content"


def test_silence_counts_for_its_own_content_only(rows: HospitalRows, joined: Joined) -> None:
    claimed = rows.claimed()
    rows.queue.record_exchange(claimed, rows.attempt(claimed, outcome="transient"))
    assert rows.attempts.had_silence(claimed.id)
    rows.queue.finish(claimed, Outcome.TRANSIENT)
    rows.plan(joined, digest="d2")
    assert not rows.attempts.had_silence(claimed.id)


def test_images_are_counted_once(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.DELIVERED)
    rows.plan(joined)
    claimed = rows.claimed()
    rows.send_images(claimed, how_many=1)
    again = rows.attempt(claimed, instance_id=joined.instance_ids[0])
    for _ in range(2):
        rows.queue.record_exchange(claimed, again, confirmed_md5="A" * 32)
    assert counts(rows, joined) == (2, 1, 1)
    assert rows.delivery(joined, K.IMAGES).items_confirmed == 1
    assert [one.instance_id for one in rows.queue.open_items(claimed.id)] == [
        joined.instance_ids[1]
    ]


def test_sent_is_not_confirmed(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.DELIVERED)
    rows.plan(joined)
    claimed = rows.claimed()
    refused = rows.attempt(claimed, instance_id=joined.instance_ids[0], outcome="transient")
    rows.queue.record_exchange(claimed, refused)
    assert counts(rows, joined) == (2, 1, 0)


def test_a_superseded_image_is_counted_out(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.DELIVERED)
    rows.plan(joined)
    claimed = rows.claimed()
    first = joined.instance_ids[0]
    rows.queue.record_exchange(claimed, rows.attempt(claimed, instance_id=first))
    with rows.database.write() as connection:
        connection.execute(
            update(instances).where(instances.c.id == first).values(is_current=False)
        )
    rows.queue.record_exchange(
        claimed, rows.attempt(claimed, instance_id=first), confirmed_md5="A" * 32
    )
    assert counts(rows, joined)[2] == 0


def test_a_refusal_waits_for_other_content(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.REFUSED, cause="platform_rejected", message="退回")
    row = rows.delivery(joined)
    assert (row.state, row.blocked_reason) == (S.BLOCKED, BlockedReason.NEEDS_FIX)
    assert rows.queue.refused_digest(joined.examination_id, PLATFORM) == "d1"
    assert rows.plan(joined) == 0
    assert rows.actions.retry([row.id], "it").changed == 0
    assert rows.plan(joined, digest="d2") == 1
    assert rows.delivery(joined).cause == ""
    assert rows.queue.refused_digest(joined.examination_id, PLATFORM) == ""


def test_an_outage_uses_up_no_attempt(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.TRANSIENT, cause="x", counts=False)
    assert rows.delivery(joined).attempts == 0


def test_new_content_gets_a_fresh_budget(rows: HospitalRows, joined: Joined) -> None:
    rows.queue.finish(rows.claimed(), Outcome.FAILED, cause="platform_timeout_read")
    assert rows.delivery(joined).attempts == 1
    rows.plan(joined, digest="d2")
    row = rows.delivery(joined)
    assert (row.state, row.attempts, row.cause) == (S.READY, 0, "")


def test_answers_are_sealed_and_cut_short(rows: HospitalRows, joined: Joined) -> None:
    claimed = rows.claimed()
    rows.queue.record_exchange(claimed, rows.attempt(claimed))
    with rows.database.read() as connection:
        sealed = connection.execute(select(attempts.c.answer)).scalar_one()
    assert sealed is not None
    assert b"code" not in sealed
    assert rows.attempts.of_deliveries((claimed.id,))[0].answer == '{"code":0}'
    rows.queue.finish(claimed, Outcome.FAILED, message="长" * 5000)
    assert len(rows.delivery(joined).message) == 500


def test_a_report_that_changed_while_it_was_sent_is_not_confirmed(rows: HospitalRows) -> None:
    joined = rows.joined()
    rows.record("A-1.2.3", study_uid="1.2.3", reports={"R1": "r1.pdf"})
    report = rows.records.reports_of(joined.record_id)[0]
    rows.plan(joined, reports=[report.id])
    for _ in range(2):
        done = rows.claimed()
        rows.send_images(done)
        rows.queue.finish(done, Outcome.DELIVERED)
        rows.plan(joined, reports=[report.id])
    sending = rows.claimed()
    rows.records.set_report_file(report.id, path="a/new.pdf", size_bytes=9, md5="B" * 32)
    rows.queue.finish(sending, Outcome.DELIVERED)
    assert not rows.records.reports_of(joined.record_id)[0].is_confirmed


@pytest.mark.parametrize("stop", ["pause", "breaker", "other platform"])
def test_nothing_is_claimed_where_it_may_not(rows: HospitalRows, joined: Joined, stop: str) -> None:
    if stop == "pause":
        rows.states.set_paused(PLATFORM, paused=True, actor="it")
    if stop == "breaker":
        wide = {"delivery_id": 1, "threshold": 1, "probe_delay_s": 9, "is_platform_wide": True}
        assert rows.states.failed(PLATFORM, "x", **wide)  # type: ignore[arg-type]  # of one dict
    platforms = ["hebei"] if stop == "other platform" else [PLATFORM]
    assert rows.queue.claim("engine-1", lease_s=60, platforms=platforms) is None
    assert rows.queue.claim("engine-1", lease_s=60, platforms=[]) is None


def test_attempts_are_trimmed_by_age(rows: HospitalRows, joined: Joined) -> None:
    claimed = rows.claimed()
    rows.queue.record_exchange(claimed, rows.attempt(claimed))
    assert rows.attempts.trim(36500) == 0
    with rows.database.write() as connection:
        connection.execute(
            update(attempts).values(finished_at=datetime.now(UTC) - timedelta(days=91))
        )
    assert rows.attempts.trim(90) == 1
