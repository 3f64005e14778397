"""After any sequence of operations the work list and the counters equal a recomputation from scratch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from hbgz_desktop.model.delivery import (
    BlockedReason,
    Delivery,
    DeliveryState,
    Outcome,
    may_change,
)
from hbgz_desktop.model.problem import Problem
from hbgz_desktop.model.views import QueueFilter, StudyFilter
from hbgz_desktop.model.worklist import Lane, lane_of, lane_without_images
from hbgz_desktop.storage.queue_views import QueueViews
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.storage.tables import (
    deliveries,
    delivery_items,
    examinations,
    instances,
    problems,
    records,
    series,
    studies,
    worklist,
)
from tests.unit.storage.hospital_rows import PLATFORM, HospitalRows, Joined

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from sqlalchemy import Connection

STUDIES = tuple(f"1.2.{number}" for number in range(1, 6))
STEPS = 100
REASONS = (*[None] * 12, *BlockedReason)


class Hospital:
    """Random but valid operations, the same again for the same seed."""

    def __init__(self, rows: HospitalRows, rng: random.Random) -> None:
        self.rows, self.rng = rows, rng
        self.clock = datetime.now(UTC)
        self.claimed: list[Delivery] = []
        for study in STUDIES[:3]:
            rows.joined(study)
        self.operations: tuple[Callable[[], object], ...] = (
            self.receive,
            self.change_image,
            self.save_record,
            self.join,
            self.complete,
            self.expect,
            self.decide,
            self.plan,
            self.plan,
            self.check,
            self.claim,
            self.claim,
            self.finish,
            self.finish,
            self.act,
            self.crash,
            self.wait,
        )

    def step(self) -> None:
        self.rng.choice(self.operations)()

    def _ids(self, column: Any) -> list[int]:
        with self.rows.database.read() as connection:
            return list(connection.execute(select(column).order_by(column)).scalars())

    def receive(self) -> None:
        self.rows.receive(self.rng.choice(STUDIES), images=self.rng.randint(1, 3))

    def change_image(self) -> None:
        study = self.rng.choice(STUDIES)
        sop = f"{study}.1.{self.rng.randint(1, 9)}"
        sendable = self.rng.random() < 0.8
        changed = replace(self.rows.instance(study, sop), version=2, is_sendable=sendable)
        self.rows.reception.commit([changed])
        self.rows.digest()

    def save_record(self) -> None:
        name = self.rng.choice(("王小丽", "李雷", "单雄信"))
        self.rows.record(f"A-{self.rng.choice(STUDIES)}", name=name)

    def join(self) -> None:
        study_ids, exam_ids = self._ids(studies.c.id), self._ids(examinations.c.id)
        if study_ids and exam_ids:
            how = self.rng.choice(("uid", "person"))
            self.rows.examinations.join(self.rng.choice(study_ids), self.rng.choice(exam_ids), how)

    def complete(self) -> None:
        if study_ids := self._ids(studies.c.id):
            self.rows.examinations.complete(self.rng.choice(study_ids), "quiet")

    def expect(self) -> None:
        if study_ids := self._ids(studies.c.id):
            count = self.rng.choice((None, 1, 2, 3, 4, 5, 6))
            study_id = self.rng.choice(study_ids)
            self.rows.examinations.set_expected(study_id, count, "person", "王工")

    def decide(self) -> None:
        """A person decides on everything that waits in one study."""
        for study_id in self.rng.sample(self._ids(studies.c.id), 1):
            found = [one.newer_id for one in self.rows.changed.undecided(study_id)]
            if found:
                decide = self.rng.choice(
                    (self.rows.changed.send_newer, self.rows.changed.keep_sent)
                )
                decide(study_id, found, "王工")
                assert self.rows.changed.undecided(study_id) == ()

    def plan(self) -> None:
        for examination_id in self._ids(examinations.c.id):
            found = self.rows.examinations.studies_of(examination_id)
            if not found:
                self.rows.queue.apply_plan(examination_id, PLATFORM, [])
                continue
            joined = Joined(examination_id, 0, found[0].id, ())
            blocked, digest = self.rng.choice(REASONS), self.rng.choice("aaaab")
            self.rows.plan(joined, blocked=blocked, digest=digest)

    def check(self) -> None:
        if exam_ids := self._ids(examinations.c.id):
            rules = self.rng.sample(("required", "length", "type"), self.rng.randint(0, 3))
            found = [Problem("gend", "性别", rule, "") for rule in rules]
            self.rows.examinations.set_problems(self.rng.choice(exam_ids), PLATFORM, found)

    def claim(self) -> None:
        if (claimed := self.rows.claim(now=self.clock)) is not None:
            self.claimed.append(claimed)

    def finish(self) -> None:
        """A worker comes back, perhaps long after its lease was taken over, or for the second time."""
        if not self.claimed:
            return
        claimed = self.rng.choice(self.claimed)
        for item in self.rows.queue.open_items(claimed.id)[: self.rng.randint(0, 3)]:
            attempt = self.rows.attempt(claimed, instance_id=item.instance_id)
            md5 = self.rng.choice(("", item.md5, item.md5))
            self.rows.queue.record_exchange(claimed, attempt, confirmed_md5=md5)
        outcome = self.rng.choice((Outcome.DELIVERED, Outcome.DELIVERED, *Outcome))
        later = self.clock + timedelta(minutes=self.rng.randint(0, 5))
        cause = "" if outcome is Outcome.DELIVERED else self.rng.choice(("x", "y"))
        self.rows.queue.finish(claimed, outcome, cause=cause, next_attempt_at=later)

    def act(self) -> None:
        ids = self._ids(deliveries.c.id)
        some = self.rng.sample(ids, min(len(ids), self.rng.randint(0, 4)))
        actions = self.rows.actions
        action = self.rng.choice(
            (actions.retry, actions.retry, actions.cancel, actions.pause, actions.resume)
        )
        action(some, "王工")

    def crash(self) -> None:
        if self.rng.random() < 0.3:
            self.rows.queue.recover("engine")

    def wait(self) -> None:
        self.clock += timedelta(seconds=self.rng.randint(1, 90))


def expected_lines(connection: Connection) -> dict[tuple[int | None, int | None], tuple[Any, ...]]:
    """(study id, examination id) → lane, detail and keys, worked out from the other tables alone."""
    queue: dict[int, list[Any]] = {}
    for row in connection.execute(select(deliveries).order_by(deliveries.c.id)):
        queue.setdefault(row.examination_id, []).append(row)
    lines: dict[tuple[int | None, int | None], tuple[Any, ...]] = {}
    waiting = undecided_studies(connection)
    for study in connection.execute(select(studies)):
        own = queue.get(study.examination_id, [])
        lane = lane_of(
            is_receiving=study.state == "receiving",
            has_record=study.examination_id is not None,
            deliveries=facts(own),
            is_undecided=study.id in waiting,
            is_uneven=study.expected_count not in (None, study.instance_count),
        )
        detail = expected_detail(connection, lane, own, study.examination_id)
        lines[study.id, study.examination_id] = (lane.value, detail, study.name_key)
    joined = {examination_id for _, examination_id in lines}
    query = select(examinations.c.id, records.c.name_key).join(records)
    for row in connection.execute(query):
        if row.id not in joined:
            lane = lane_without_images(facts(queue.get(row.id, [])))
            lines[None, row.id] = (lane.value, "", row.name_key)
    return lines


def undecided_studies(connection: Connection) -> set[int]:
    """Changed studies with a version, neither sent nor declined, that is newer than the one that is sent."""
    changed = {row.id for row in connection.execute(select(studies)) if row.has_changed}
    rows = connection.execute(select(instances)).all()
    sent = {(one.series_id, one.sop_instance_uid): one.version for one in rows if one.is_current}
    return {
        one.study_id
        for one in rows
        if one.study_id in changed
        and not one.lane
        and one.version > sent[one.series_id, one.sop_instance_uid]
    }


def facts(rows: list[Any]) -> list[tuple[DeliveryState, BlockedReason | None, bool]]:
    return [
        (
            DeliveryState(row.state),
            BlockedReason(row.blocked_reason) if row.blocked_reason else None,
            row.is_paused,
        )
        for row in rows
    ]


def expected_detail(
    connection: Connection, lane: Lane, rows: list[Any], examination_id: int | None
) -> str:
    if lane is Lane.NEEDS_FIX:
        query = select(problems).where(problems.c.examination_id == examination_id)
        first = connection.execute(query.order_by(problems.c.id)).first()
        return "" if first is None else f"{first.rule}:{first.field}"
    if lane in (Lane.FAILED, Lane.RETRYING):
        return next((row.cause for row in rows if row.state == lane.value and row.cause), "")
    return ""


def assert_in_step(rows: HospitalRows) -> None:
    with rows.database.read() as connection:
        lines = {
            (row.study_id, row.examination_id): (row.lane, row.detail, row.name_key)
            for row in connection.execute(select(worklist))
        }
        assert lines == expected_lines(connection)
        assert_counters(connection)


def assert_counters(connection: Connection) -> None:
    current = (
        select(
            instances.c.study_id,
            func.count(),
            func.count().filter(instances.c.is_sendable),
            func.count(instances.c.sent_at).filter(instances.c.is_sendable),
            func.count(instances.c.confirmed_at).filter(instances.c.is_sendable),
        )
        .where(instances.c.is_current)
        .group_by(instances.c.study_id)
    )
    found = {row.study_id: tuple(row)[1:] for row in connection.execute(current)}
    counters = select(
        studies.c.id,
        studies.c.instance_count,
        studies.c.sendable_count,
        studies.c.sent_count,
        studies.c.confirmed_count,
    )
    kept = {row.id: tuple(row)[1:] for row in connection.execute(counters)}
    assert kept == found
    in_series = dict(
        tuple(row)
        for row in connection.execute(
            select(instances.c.series_id, func.count())
            .where(instances.c.is_current)
            .group_by(instances.c.series_id)
        )
    )
    query = select(series.c.id, series.c.instance_count)
    assert {row.id: row.instance_count for row in connection.execute(query)} == in_series
    totals = (
        select(
            deliveries.c.items_total,
            deliveries.c.items_confirmed,
            func.count(delivery_items.c.instance_id),
            func.count(delivery_items.c.confirmed_at),
        )
        .join(delivery_items, delivery_items.c.delivery_id == deliveries.c.id)
        .group_by(deliveries.c.id)
    )
    for total, confirmed, items, done in connection.execute(totals):
        assert (total, confirmed) == (items, done)


def assert_counts_open_what_they_count(rows: HospitalRows) -> None:
    """Every number of the screens is the number of rows behind it (FIELD 2, no. 18)."""
    studies_, queue = StudyViews(rows.database), QueueViews(rows.database)
    lanes = studies_.lane_counts(StudyFilter())
    for lane, number in lanes.items():
        assert number == studies_.count(StudyFilter(lanes=(lane,)))
        assert number == len(studies_.page(StudyFilter(lanes=(lane,))))
    for group in queue.groups(QueueFilter()):
        assert group.count == queue.count(group.filter) == len(queue.page(group.filter))
    states = queue.state_counts(QueueFilter())
    assert sum(states.values()) == queue.count(QueueFilter()) == len(queue.ids(QueueFilter()))


def states_of(rows: HospitalRows) -> dict[int, DeliveryState]:
    with rows.database.read() as connection:
        query = select(deliveries.c.id, deliveries.c.state)
        return {row.id: DeliveryState(row.state) for row in connection.execute(query)}


@pytest.mark.parametrize("run", range(3))
def test_lists_and_counters_stay_in_step(rows: HospitalRows, rng: random.Random, run: int) -> None:
    hospital = Hospital(rows, rng)
    for number in range(STEPS):
        before = states_of(rows)
        hospital.step()
        after = states_of(rows)
        # one operation may take a row two steps on: released, then claimed
        odd = [
            (before[one], state)
            for one, state in after.items()
            if one in before and before[one] is not state and not may_change(before[one], state)
        ]
        assert odd == []
        if number % 4 == 3:
            assert_in_step(rows)
    assert_counts_open_what_they_count(rows)
