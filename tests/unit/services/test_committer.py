"""Rows are written in groups; every waiting thread gets its own answer, whatever happens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DatabaseBusyError, StorageError
from hbgz_desktop.model.instance import InstanceHeader, StoredInstance
from hbgz_desktop.services.committer import Committer
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.reception import Reception
from tests.unit.services.clinic import running, wait_until

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic

WAITING = 20


def instance(number: int, name: str = "测试") -> StoredInstance:
    header = InstanceHeader("1.2", "1.2.3", f"1.2.3.{number}", "1.2.840", "1.2", patient_name=name)
    return StoredInstance(header, f"20260301/{number}.dcm", 100, "CT1", datetime.now(UTC))


def study(number: int, name: str) -> StoredInstance:
    header = InstanceHeader(f"1.9.{number}", "1.2.3", "1.2.3.4", "1.2.840", "1.2", name)
    return StoredInstance(header, f"20260302/{number}.dcm", 100, "CT1", datetime.now(UTC))


def test_what_waits_goes_in_one_transaction(clinic: Clinic) -> None:
    """While the database is locked threads gather; then all of them are answered at once."""
    with ThreadPoolExecutor(WAITING) as pool:
        with clinic.locked_database():
            first = [pool.submit(clinic.committer.commit, instance(n)) for n in range(WAITING)]
            wait_until("the others gather", lambda: clinic.committer.waiting_count() > WAITING // 2)
            assert not any(one.done() for one in first)
        ids = sorted(one.result(20).instance_id for one in first)
    assert ids == list(range(ids[0], ids[0] + WAITING))
    assert clinic.scalar("select instance_count from studies") == WAITING


def test_a_failure_reaches_every_waiter_and_the_next_goes_through(clinic: Clinic) -> None:
    database = Database(clinic.work.folder.database, busy_timeout_s=0.05)
    with running(Committer(Reception(database))) as committer, ThreadPoolExecutor(WAITING) as pool:
        with clinic.locked_database():
            waiting = [pool.submit(committer.commit, instance(n)) for n in range(WAITING)]
            errors = [one.exception(20) for one in waiting]
        assert {type(one) for one in errors} == {DatabaseBusyError}
        assert committer.commit(instance(0)).instance_id
    database.close()
    assert clinic.scalar("select count(*) from instances") == 1


def test_one_row_that_cannot_be_written_leaves_the_others_alone(clinic: Clinic) -> None:
    """A lone surrogate is no text for the database; nobody else's image may be refused for it."""
    bad = study(0, "\ud800")
    with ThreadPoolExecutor(WAITING) as pool:
        with clinic.locked_database():
            good = [pool.submit(clinic.committer.commit, instance(n)) for n in range(WAITING - 1)]
            broken = pool.submit(clinic.committer.commit, bad)
        assert all(one.result(20).instance_id for one in good)
        assert isinstance(broken.exception(20), UnicodeEncodeError)
    assert clinic.scalar("select count(*) from studies") == 1


def test_stop_finishes_what_waits_and_refuses_what_comes_later(clinic: Clinic) -> None:
    committer = Committer(clinic.work.reception)
    with ThreadPoolExecutor(WAITING + 1) as pool:
        waiting = [pool.submit(committer.commit, instance(n)) for n in range(WAITING)]
        wait_until("all wait", lambda: committer.waiting_count() == WAITING)
        committer.start()
        committer.stop()
        assert all(one.result(20).instance_id for one in waiting)
    with pytest.raises(StorageError, match="engine_stopping"):
        committer.commit(instance(99))


def test_threads_that_come_while_it_stops_are_answered_one_way_or_the_other(
    clinic: Clinic,
) -> None:
    for attempt in range(10):
        committer = Committer(clinic.work.reception)
        committer.start()
        with ThreadPoolExecutor(4) as pool:
            tries = [pool.submit(committer.commit, instance(attempt * 10 + n)) for n in range(4)]
            committer.stop()
            for one in tries:
                error = one.exception(20)
                assert error is None or str(error) == "engine_stopping"


def test_a_committer_that_never_ran_stops_at_once(clinic: Clinic) -> None:
    committer = Committer(clinic.work.reception)
    committer.stop()
    with pytest.raises(StorageError):
        committer.commit(instance(1))
