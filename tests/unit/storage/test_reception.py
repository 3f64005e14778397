from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.storage.tables import instances, series, studies

if TYPE_CHECKING:
    from tests.unit.storage.hospital_rows import HospitalRows


def study_row(rows: HospitalRows) -> Any:
    with rows.database.read() as connection:
        return connection.execute(select(studies)).one()


def versions(rows: HospitalRows) -> list[tuple[int, bool]]:
    query = select(instances.c.version, instances.c.is_current).order_by(instances.c.version)
    with rows.database.read() as connection:
        return [(row[0], row[1]) for row in connection.execute(query)]


def test_a_batch_makes_study_series_and_instances(rows: HospitalRows) -> None:
    batch = [rows.instance("1.2.3", series=f"1.2.3.{one}") for one in (1, 1, 2)]
    done = rows.reception.commit(batch)
    assert len({one.study_id for one in done}) == 1
    assert [one.known for one in done] == [None] * 3
    row = study_row(rows)
    assert (row.instance_count, row.sendable_count, row.state) == (3, 3, "receiving")
    assert (row.name_key.split()[1], row.calling_ae) == ("wangxiaoli", "CT1")
    with rows.database.read() as connection:
        query = select(series.c.instance_count).order_by(series.c.id)
        assert list(connection.execute(query).scalars()) == [2, 1]


def test_the_same_image_again_writes_nothing(rows: HospitalRows) -> None:
    first = rows.reception.commit([rows.instance(sop="1.5")])[0]
    rows.digest()
    again = rows.reception.commit([rows.instance(sop="1.5")])[0]
    assert again.known is not None
    assert again.known.instance_id == first.instance_id
    assert again.known.sha256 == f"{first.instance_id:064x}"
    assert study_row(rows).instance_count == 1


def test_the_same_image_twice_in_one_batch_is_seen(rows: HospitalRows) -> None:
    one, other = rows.reception.commit([rows.instance(sop="1.5"), rows.instance(sop="1.5")])
    assert other.known is not None
    assert (one.known, other.known.instance_id) == (None, one.instance_id)
    assert study_row(rows).instance_count == 1


def test_two_series_may_hold_the_same_instance_uid(rows: HospitalRows) -> None:
    """FIELD 2, no. 12: the key is study + series + instance, nothing is overwritten."""
    batch = [rows.instance(sop="1.5", series=one) for one in ("1.8", "1.9")]
    assert [one.known for one in rows.reception.commit(batch)] == [None, None]
    assert study_row(rows).instance_count == 2


def test_a_changed_image_takes_over(rows: HospitalRows) -> None:
    study_id = rows.reception.commit([rows.instance(sop="1.5")])[0].study_id
    changed = rows.reception.commit([replace(rows.instance(sop="1.5"), version=2)])[0]
    assert versions(rows) == [(1, False), (2, True)]
    assert rows.current(study_id) == (changed.instance_id,)
    row = study_row(rows)
    assert (row.instance_count, row.sendable_count, row.has_changed) == (1, 1, True)


def test_a_changed_image_does_not_replace_a_confirmed_one(rows: HospitalRows) -> None:
    """Also when the confirmation came between the two looks of the receiver."""
    joined = rows.joined(images=1)
    rows.plan(joined)
    rows.deliver(joined)
    first = rows.paths()
    sop = "1.2.3.1.1"
    rows.reception.commit([replace(rows.instance(sop=sop), version=2, takes_over=True)])
    assert versions(rows) == [(1, True), (2, False)]
    assert rows.current(joined.study_id) == joined.instance_ids
    row = study_row(rows)
    assert (row.sendable_count, row.confirmed_count, row.has_changed) == (1, 1, True)
    assert len(rows.paths()) == len(first) + 1, "both files are kept"


def test_versions_are_numbered_by_the_database(rows: HospitalRows) -> None:
    for version in (1, 2, 2, 2):
        rows.reception.commit([replace(rows.instance(sop="1.5"), version=version)])
    assert versions(rows) == [(1, False), (2, False), (3, False), (4, True)]


def test_a_replaced_image_is_counted_as_sent_no_more(rows: HospitalRows) -> None:
    rows.reception.commit([rows.instance(sop="1.5")])
    with rows.database.write() as connection:
        connection.execute(update(instances).values(sent_at=datetime.now(UTC)))
        connection.execute(update(studies).values(sent_count=1))
    rows.reception.commit([replace(rows.instance(sop="1.5"), version=2, is_sendable=False)])
    row = study_row(rows)
    assert (row.instance_count, row.sendable_count, row.sent_count) == (1, 0, 0)


def test_late_images_open_the_study_again(rows: HospitalRows) -> None:
    joined = rows.joined()
    views = StudyViews(rows.database)
    rows.receive()
    row = study_row(rows)
    assert (row.state, row.completed_at) == ("receiving", None)
    line = views.of_examination(joined.examination_id)
    assert line is not None
    assert line.lane is Lane.RECEIVING


def test_a_repeat_does_not_open_it(rows: HospitalRows) -> None:
    joined = rows.joined(images=1)
    rows.reception.commit([rows.instance(sop="1.2.3.1.1")])
    assert rows.examinations.study(joined.study_id).is_complete  # type: ignore[union-attr]  # it is there


def test_the_time_of_the_last_image_never_goes_back(rows: HospitalRows) -> None:
    newest = rows.instance()
    rows.reception.commit([newest, rows.instance(age_s=60)])
    rows.reception.commit([rows.instance(age_s=600)])
    assert study_row(rows).last_received_at == newest.received_at


def test_nothing_of_a_batch_that_fails_is_kept(rows: HospitalRows) -> None:
    good = rows.instance("1.7")
    same_path = replace(rows.instance("1.7"), path=good.path)
    with pytest.raises(sqlite3.IntegrityError):
        rows.reception.commit([good, same_path])
    done = rows.reception.commit([good])[0]
    assert (study_row(rows).id, study_row(rows).instance_count) == (done.study_id, 1)


def test_unsendable_images_are_received_but_not_sent(rows: HospitalRows) -> None:
    study_id = rows.reception.commit([replace(rows.instance(), is_sendable=False)])[0].study_id
    row = study_row(rows)
    assert (row.instance_count, row.sendable_count) == (1, 0)
    assert rows.current(study_id) == ()


def test_digests_are_asked_for_oldest_first(rows: HospitalRows) -> None:
    rows.reception.commit([rows.instance() for _ in range(3)])
    waiting = rows.reception.without_digest(2)
    assert [path for _, path in waiting] == rows.paths()[:2]
    rows.reception.set_digests([(waiting[0][0], "A" * 32, "b" * 64)])
    assert rows.reception.without_digest(1)[0] == waiting[1]
    rows.reception.mark_lost(rows.paths())
    assert rows.reception.without_digest() == ()
    rows.reception.set_digests([])


def test_missing_digests_are_found_by_an_index(rows: HospitalRows) -> None:
    """It is asked every two seconds, also with a million instances."""
    with rows.database.read() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT id, path FROM instances "
            "WHERE md5 IS NULL AND file_state = '' ORDER BY id LIMIT 50"
        ).all()
    assert "ix_instances_no_digest" in str(plan)


def test_commitment_knows_what_is_stored(rows: HospitalRows) -> None:
    rows.reception.commit([rows.instance(sop="1.5"), rows.instance(sop="1.6")])
    rows.reception.mark_lost(rows.paths()[1:])
    asked = [("1.2.840.10008.5.1.4.1.1.2", uid) for uid in ("1.5", "1.6", "1.7")] * 200
    assert rows.reception.stored(asked) == {"1.5": "1.2.840.10008.5.1.4.1.1.2"}


def test_quarantine_keeps_what_was_refused(rows: HospitalRows) -> None:
    values: dict[str, object] = {
        "path": "20261120/ab/q.dcm",
        "size_bytes": 10,
        "reason": "uid_missing",
        "calling_ae": "CT1",
        "received_at": datetime.now(UTC),
    }
    rows.reception.quarantine(values)
    assert rows.reception.quarantined_paths() == {"20261120/ab/q.dcm"}
    assert [one.reason for one in StudyViews(rows.database).quarantined()] == ["uid_missing"]


def test_every_path_is_known(rows: HospitalRows) -> None:
    rows.receive(images=3)
    assert rows.reception.paths() == set(rows.paths())
    with rows.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(instances)).scalar_one() == 3
    assert rows.examinations.receiving()[0][3] >= datetime.now(UTC) - timedelta(days=36500)
