"""The engine's thread: nothing unless it may, by age, by space, what is left over, and one warning a day."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.services.doctor import Doctor
from hbgz_desktop.services.retention_watch import LOOK_EVERY_S, RetentionWatch
from hbgz_desktop.storage.fix_rows import FixRows
from tests.unit.services.keeping import confirmed, file_states, grow_old

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.services.uploading import Uploaders
    from hbgz_desktop.services.workplace import Workplace
    from tests.unit.services.clinic import Clinic

import pytest

ALWAYS_SHORT = {"storage.clear_below_mb": 10_000_000, "storage.clear_until_mb": 10_000_000}


@pytest.fixture
def watch(clinic: Clinic) -> Iterator[RetentionWatch]:
    """Driven by the test."""
    made = RetentionWatch(clinic.work)
    yield made
    made.close()


def run(watch: RetentionWatch) -> int:
    """Step until it wants to wait; how many steps there were."""
    steps = 1
    while watch.step() == 0.0:
        steps += 1
        assert steps < 50
    return steps


def test_nothing_goes_unless_somebody_chose_it(
    clinic: Clinic, uploaders: Uploaders, watch: RetentionWatch
) -> None:
    confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic)
    assert watch.step() == LOOK_EVERY_S
    assert file_states(clinic) == ["", ""]
    assert clinic.work.clearing.store.last_run() is None
    forecast = clinic.work.disk_outlook.latest()
    assert forecast is not None
    assert (forecast.files, forecast.clearable_studies) == (2, 1)


def test_by_age_one_study_a_step(
    clinic: Clinic, uploaders: Uploaders, watch: RetentionWatch
) -> None:
    for spec in clinic.specs[:2]:
        confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    clinic.configure(**{"storage.auto_clear": True})
    assert watch.step() == 0.0
    assert sorted(file_states(clinic)) == ["", "", "cleared", "cleared"]
    run(watch)
    assert file_states(clinic) == ["cleared"] * 4
    (found,) = clinic.query("select reason, studies, files, ended_at from clearing_runs")
    assert tuple(found[:3]) == ("age", 2, 4)
    assert found[3] is not None


def test_by_space_nothing_younger_than_a_day(
    clinic: Clinic, uploaders: Uploaders, watch: RetentionWatch
) -> None:
    for spec in clinic.specs[:2]:
        confirmed(clinic, uploaders, spec)
    clinic.configure(**{"storage.auto_clear": True, **ALWAYS_SHORT})
    run(watch)
    assert file_states(clinic) == [""] * 4
    grow_old(clinic, 3)
    watch.close()
    run(RetentionWatch(clinic.work))
    assert file_states(clinic) == ["cleared"] * 4
    assert clinic.query("select reason, studies from clearing_runs") == [("space", 2)]


def test_with_room_enough_nothing_goes_before_its_days(
    clinic: Clinic, uploaders: Uploaders, watch: RetentionWatch
) -> None:
    confirmed(clinic, uploaders, clinic.specs[0])
    grow_old(clinic, 30)
    clinic.configure(**{"storage.auto_clear": True, "storage.clear_below_mb": 0})
    run(watch)
    assert file_states(clinic) == ["", ""]


def test_an_end_in_the_middle_ends_the_run(
    clinic: Clinic, uploaders: Uploaders, watch: RetentionWatch
) -> None:
    for spec in clinic.specs[:2]:
        confirmed(clinic, uploaders, spec)
    grow_old(clinic)
    clinic.configure(**{"storage.auto_clear": True})
    assert watch.step() == 0.0
    watch.close()
    assert clinic.scalar("select count(*) from clearing_runs where ended_at is null") == 0


def make_old(path: Path) -> None:
    then = time.time() - 3 * 86_400
    os.utime(path, (then, then))


def refused(work: Workplace) -> int:
    """An object in quarantine; returns its row."""
    kept = work.quarantine.write(b"refused")
    return work.reception.quarantine(
        {
            "path": kept.path,
            "size_bytes": 7,
            "reason": "uid_missing",
            "received_at": datetime.now(UTC),
        }
    )


def test_what_nothing_names_goes_when_it_is_old(clinic: Clinic, watch: RetentionWatch) -> None:
    work = clinic.work
    replaced, fresh = (work.reports.write(b"%PDF-1 x") for _ in range(2))
    scratch = work.reports.root / ".fetch-abc"
    scratch.mkdir()
    (scratch / "report.pdf").write_bytes(b"half")
    make_old(work.reports.absolute(replaced.path))
    make_old(scratch)
    long_ago = datetime.now(UTC) - timedelta(days=31)
    ids = [refused(work) for _ in range(3)]
    desk = FixRows(work.database)
    desk.settle("quarantine", ids[:2], long_ago)
    desk.settle("quarantine", ids[1:2], None)  # a person took it back
    watch.step()
    assert set(work.reports.files()) == {fresh.path}
    assert not scratch.exists()
    gone = clinic.query("select cleared_at is not null, path from quarantine order by id")
    assert [row[0] for row in gone] == [1, 0, 0]
    assert set(work.quarantine.files()) == {row[1] for row in gone[1:]}


def test_a_report_a_row_names_stays_however_old(clinic: Clinic, watch: RetentionWatch) -> None:
    clinic.ready(clinic.specs[0])
    file = clinic.work.reports.write(b"%PDF-1 x")
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql(
            "insert into reports (record_id, rpot_no, path, updated_at)"
            " select id, 'R-old', ?, 1 from records",
            (file.path,),
        )
    make_old(clinic.work.reports.absolute(file.path))
    watch.step()
    assert file.path in set(clinic.work.reports.files())


def test_a_short_disk_is_said_once_a_day(clinic: Clinic) -> None:
    """Nothing is free above a reserve of ten million megabytes."""
    clinic.configure(**{"storage.reserve_mb": 10_000_000})
    outlook = clinic.work.disk_outlook
    found = outlook.look()
    for _ in range(3):
        outlook.keep(found)
    assert found.days_left == 0
    events = clinic.work.events.page(levels=("warning",))
    assert [(one.kind, one.facts) for one in events] == [("disk_short", {"days": 0})]
    with clinic.work.database.write() as connection:
        connection.exec_driver_sql("update disk_forecast set warned_at = 1")
    outlook.keep(found)
    assert len(clinic.work.events.page(levels=("warning",))) == 2
    (check,) = [one for one in Doctor(clinic.work).run() if one.name == "forecast"]
    assert (check.state, check.facts["days"]) == ("warning", 0)
    clinic.configure(**{"storage.forecast_days": 0})
    assert not found.is_short(0)
