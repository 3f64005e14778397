"""Lists: what they find, in which order, and that an index serves them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, insert, update

from hbgz_desktop.model.delivery import BlockedReason, DeliveryState, Outcome
from hbgz_desktop.model.problem import Problem
from hbgz_desktop.model.views import QueueFilter, StudyFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.queue_views import QueueViews
from hbgz_desktop.storage.search_keys import name_key, search_key
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    instances,
    records,
    studies,
    worklist,
)
from hbgz_desktop.storage.thumbnail_index import ThumbnailIndex
from tests.unit.storage.hospital_rows import AT, PLATFORM

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.storage.database import Database
    from tests.unit.storage.hospital_rows import HospitalRows

MANY = 2000


@pytest.fixture
def studies_view(database: Database) -> StudyViews:
    return StudyViews(database)


@pytest.fixture
def queue_view(database: Database) -> QueueViews:
    return QueueViews(database)


def test_names_are_found_by_character_pinyin_and_initials() -> None:
    assert name_key("欧阳娜") == "欧阳娜 ouyangna oyn"
    assert name_key("LI^Lei") == "lilei"
    assert name_key(" ") == ""
    assert search_key("王 wang w", "CT 01", "p1") == "王 wang w ct01 p1"
    assert search_key("", "", "P1") == "p1"


@pytest.mark.parametrize(
    "text", ["王小", "小丽", "wangxiao", "WXL", "wxl", "A-1.2.3", "a-1.2", "P-1.2.3", " 王 小 "]
)
def test_a_study_is_found_by_what_a_person_types(
    rows: HospitalRows, studies_view: StudyViews, text: str
) -> None:
    rows.receive("1.2.3")
    assert studies_view.count(StudyFilter(text=text)) == 1
    assert len(studies_view.page(StudyFilter(text=text))) == 1
    assert studies_view.lane_counts(StudyFilter(text=text))[Lane.RECEIVING] == 1


@pytest.mark.parametrize("text", ["李", "%", "_", "wangxiaoliwxl", "\\", "/"])
def test_a_study_is_not_found_by_anything_else(
    rows: HospitalRows, studies_view: StudyViews, text: str
) -> None:
    rows.receive("1.2.3")
    assert studies_view.count(StudyFilter(text=text)) == 0


def test_pages_follow_one_another(rows: HospitalRows, studies_view: StudyViews) -> None:
    for number in range(9):
        rows.receive(f"1.2.{number}", images=1)
    whole = studies_view.page(StudyFilter())
    assert [row.at for row in whole] == sorted((row.at for row in whole), reverse=True)
    for sort in ("at", "lane", "name", "accession", "modality", "received"):
        up = studies_view.page(StudyFilter(), sort=sort, descending=False)
        assert up == tuple(reversed(studies_view.page(StudyFilter(), sort=sort)))
        parts = [studies_view.page(StudyFilter(), sort=sort, offset=i, limit=4) for i in (0, 4, 8)]
        assert tuple(row for part in parts for row in part) == tuple(reversed(up))
    assert studies_view.rows(tuple(row.id for row in whole[:2])) is not None


def test_filters_narrow_list_and_counts_alike(rows: HospitalRows, studies_view: StudyViews) -> None:
    joined = rows.joined("1.1")
    rows.receive("1.2")
    assert studies_view.count(StudyFilter(modality="CT")) == 2
    assert studies_view.count(StudyFilter(modality="MR")) == 0
    assert studies_view.count(StudyFilter(since=AT + timedelta(hours=1))) == 0
    assert studies_view.count(StudyFilter(until=AT)) == 0
    assert studies_view.modalities() == ("CT",)
    row = studies_view.of_study(joined.study_id)
    assert row is not None
    assert row == studies_view.by_uid("1.1") == studies_view.of_examination(joined.examination_id)


def test_the_ledger_says_where_every_instance_stands(
    rows: HospitalRows, studies_view: StudyViews
) -> None:
    joined = rows.joined(images=4)
    rows.plan(joined)
    rows.queue.finish(rows.claimed(), Outcome.DELIVERED)
    rows.plan(joined)
    rows.send_images(rows.claimed(), how_many=1)
    rows.reception.mark_lost(rows.paths()[1:2])
    with rows.database.write() as connection:
        third = instances.c.id == joined.instance_ids[2]
        connection.execute(update(instances).where(third).values(is_sendable=False))
    found = [row.state for row in studies_view.instances_of(joined.study_id)]
    assert found == ["confirmed", "lost", "not_sent", "received"]
    line = studies_view.series_of(joined.study_id)[0]
    assert (line.instance_count, line.confirmed_count) == (4, 1)


def test_throughput_counts_each_study_once(rows: HospitalRows, studies_view: StudyViews) -> None:
    joined = rows.joined("1.1")
    rows.plan(joined)
    rows.deliver(joined)
    rows.receive("1.2")
    received = studies_view.throughput(AT - timedelta(hours=1), AT + timedelta(hours=1), 4)
    assert [slot.received for slot in received] == [0, 0, 2, 0]
    now = datetime.now(UTC)
    confirmed = studies_view.throughput(now - timedelta(hours=1), now + timedelta(hours=1), 2)
    assert sum(slot.confirmed for slot in confirmed) == 1
    assert confirmed[1].start == now


def test_groups_open_exactly_their_rows(rows: HospitalRows, queue_view: QueueViews) -> None:
    for number in range(6):
        rows.plan(rows.joined(f"1.{number}"))
    for cause in ("x", "x", "y"):
        rows.queue.finish(rows.claimed(), Outcome.FAILED, cause=cause)
    rows.actions.pause([rows.claimed().id], "王工")
    groups = queue_view.groups(QueueFilter())
    assert groups[0].state == "blocked"
    assert {(one.state, one.cause, one.count) for one in groups} == {
        ("blocked", "order", 6),
        ("failed", "x", 2),
        ("failed", "y", 1),
        ("ready", "", 2),
        ("paused", "", 1),
    }
    for one in groups:
        assert len(queue_view.page(one.filter)) == one.count
    assert queue_view.groups(QueueFilter(states=("delivered",))) == ()
    assert queue_view.paused_count() == 1


def test_a_queue_line_says_whose_it_is(rows: HospitalRows, queue_view: QueueViews) -> None:
    rows.plan(rows.joined("1.1"))
    line = queue_view.page(QueueFilter(text="wxl"))[0]
    assert (line.patient_name, line.accession_number, line.modality) == ("王小丽", "A-1.1", "CT")
    assert queue_view.page(QueueFilter(text="nobody")) == ()
    assert queue_view.count(QueueFilter(platform=PLATFORM)) == 2
    assert queue_view.count(QueueFilter(platform="hebei")) == 0


def test_problems_are_grouped_by_what_puts_them_right(
    rows: HospitalRows, queue_view: QueueViews
) -> None:
    unknown = Problem("examPart", "部位", "code_unknown", "胸", code_set="exam_part")
    missing = Problem("gend", "性别", "required", "")
    for number in range(3):
        joined = rows.joined(f"1.{number}")
        found = [unknown, missing] if number else [missing]
        rows.examinations.set_problems(joined.examination_id, PLATFORM, found)
        rows.examinations.set_problems(joined.examination_id, "hebei", found)
        rows.plan(joined, blocked=BlockedReason.NEEDS_FIX)
    groups = queue_view.problem_groups()
    assert [(one.rule, one.value, one.examinations) for one in groups] == [
        ("required", "", 3),
        ("code_unknown", "胸", 2),
    ]
    assert list(groups[0].sample_ids) == sorted(groups[0].sample_ids, reverse=True)


def test_thumbnails_are_wanted_once_a_series(rows: HospitalRows, database: Database) -> None:
    index = ThumbnailIndex(database)
    joined = rows.joined(images=3)
    assert [one for one, _ in index.wanted()] == [joined.instance_ids[1]]
    assert len(index.of_study(joined.study_id)) == 3
    index.set_state(joined.instance_ids[1], "broken")
    assert index.wanted() == ()
    assert len(index.of_study(joined.study_id)) == 2


def test_series_without_a_file_do_not_keep_others_from_their_thumbnail(
    rows: HospitalRows, database: Database
) -> None:
    first = rows.joined("1.1", images=1)
    for number in range(10):
        rows.joined(f"1.2.{number}", images=1)
    rows.reception.mark_lost(rows.paths()[1:])
    assert [one for one, _ in ThumbnailIndex(database).wanted()] == list(first.instance_ids)


def fill(database: Database) -> None:
    """Enough rows for SQLite to prefer its indexes."""
    at = AT
    span = range(1, MANY + 1)
    key = "王 wang w ct p"
    with database.write() as connection:
        connection.execute(
            insert(records),
            [
                {"id": i, "source": "", "source_key": str(i), "fields": "{}", "digest": ""}
                | {"imported_at": at, "updated_at": at}
                for i in span
            ],
        )
        stamps = {"created_at": at, "updated_at": at}
        connection.execute(
            insert(examinations), [{"id": i, "record_id": i, **stamps} for i in span]
        )
        connection.execute(
            insert(studies),
            [
                {"id": i, "study_instance_uid": str(i), "state": "complete", "examination_id": i}
                | {"first_received_at": at, "last_received_at": at}
                for i in span
            ],
        )
        connection.execute(
            insert(worklist),
            [
                {"study_id": i, "examination_id": i, "lane": "queued", "at": at, "changed_at": at}
                | {"name_key": "王", "search_key": key}
                for i in span
            ],
        )
        row = {"platform": PLATFORM, "kind": "record", "state": "blocked", **stamps}
        connection.execute(
            insert(deliveries),
            [{"examination_id": i, "blocked_reason": "no_images", **row} for i in span],
        )


class Statements:
    """Collects what is sent to SQLite, and how SQLite would do it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.seen: list[tuple[str, Any]] = []

    def note(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            self.seen.append((statement, parameters))

    def plan(self) -> str:
        steps: list[str] = []
        with self.database.read() as connection:
            for statement, parameters in list(self.seen):
                explain = f"EXPLAIN QUERY PLAN {statement}"
                steps += [row[3] for row in connection.exec_driver_sql(explain, parameters)]
        return "\n".join(steps)


def test_indexes_serve_lists_and_claims(
    rows: HospitalRows, database: Database, studies_view: StudyViews, queue_view: QueueViews
) -> None:
    """They stay quick with a hundred thousand rows."""
    fill(database)
    by_text, every = StudyFilter(text="王"), QueueFilter()
    expected: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: studies_view.page(StudyFilter()), "ix_worklist_at"),
        (lambda: studies_view.page(StudyFilter(), sort="lane"), "ix_worklist_lane_at"),
        (lambda: studies_view.page(StudyFilter(), sort="name"), "ix_worklist_name"),
        (lambda: studies_view.page(StudyFilter(), sort="accession"), "ix_worklist_accession"),
        (lambda: studies_view.page(by_text), "COVERING INDEX ix_worklist_search"),
        (lambda: studies_view.lane_counts(by_text), "COVERING INDEX ix_worklist_search"),
        (lambda: studies_view.lane_counts(StudyFilter()), "COVERING INDEX ix_worklist_lane"),
        (
            lambda: studies_view.lane_counts(StudyFilter(modality="CT")),
            "COVERING INDEX ix_worklist_modality",
        ),
        (lambda: queue_view.groups(every), "COVERING INDEX ix_deliveries_groups"),
        (
            lambda: queue_view.groups(QueueFilter(platform=PLATFORM)),
            "COVERING INDEX ix_deliveries_groups",
        ),
        (lambda: queue_view.state_counts(every), "COVERING INDEX"),
        (lambda: queue_view.page(every, sort="updated"), "ix_deliveries_updated"),
        (rows.claim, "ix_deliveries_claim"),
    )
    for ask, index in expected:
        statements = Statements(database)
        event.listen(database.engine, "before_cursor_execute", statements.note)
        ask()
        event.remove(database.engine, "before_cursor_execute", statements.note)
        plan = statements.plan()
        assert index in plan, plan
        assert not {"SCAN deliveries", "SCAN worklist"} & set(plan.split("\n")), plan


def test_states_are_counted_with_zeros(queue_view: QueueViews) -> None:
    assert queue_view.state_counts(QueueFilter()) == dict.fromkeys(DeliveryState, 0)
