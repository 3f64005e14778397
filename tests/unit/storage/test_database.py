from __future__ import annotations

import errno
import multiprocessing
import multiprocessing.synchronize
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from hbgz_desktop.model.errors import DatabaseBusyError, DiskFullError, StorageError
from hbgz_desktop.storage import schema
from hbgz_desktop.storage.database import Database, translate
from hbgz_desktop.storage.tables import platform_state, records, series
from tests.operating_system import SLOWNESS

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "王小丽"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30_000)],
)
def test_every_connection_is_durable(
    durable_database: Database, pragma: str, value: object
) -> None:
    with durable_database.read() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    with durable_database.write() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_no_update_is_lost(database: Database) -> None:
    """STYLE 2, fact 5: SQLAlchemy's own begin lost 260 of 320."""
    with database.write() as connection:
        connection.execute(insert(platform_state), {"platform": "guizhou"})

    def count_up() -> None:
        for _ in range(40):
            with database.write() as connection:
                seen = connection.execute(select(platform_state.c.failures)).scalar_one()
                connection.execute(update(platform_state).values(failures=seen + 1))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(count_up) for _ in range(8)]:
            done.result()
    with database.read() as connection:
        assert connection.execute(select(platform_state.c.failures)).scalar_one() == 320


def test_a_reader_sees_one_moment_and_blocks_nobody(database: Database) -> None:
    with database.write() as connection:
        connection.execute(insert(platform_state), {"platform": "guizhou"})
    with database.read() as reader:
        assert reader.execute(select(platform_state.c.failures)).scalar_one() == 0
        with database.write() as writer:
            writer.execute(update(platform_state).values(failures=7))
        assert reader.execute(select(platform_state.c.failures)).scalar_one() == 0


def test_an_error_undoes_the_whole_unit(database: Database) -> None:
    def break_off() -> None:
        with database.write() as connection:
            connection.execute(insert(platform_state), {"platform": "guizhou"})
            raise RuntimeError("bug")

    with pytest.raises(RuntimeError, match="bug"):
        break_off()
    with database.read() as connection:
        assert connection.execute(select(platform_state)).all() == []


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as connection:
        connection.execute(insert(series), {"study_id": 99, "series_instance_uid": "1.2"})


def test_a_broken_constraint_says_nothing_of_the_values(database: Database) -> None:
    row = {"source": SECRET, "source_key": SECRET, "fields": SECRET, "digest": SECRET}
    with pytest.raises(IntegrityError) as caught, database.write() as connection:
        connection.execute(insert(records), row)
    assert SECRET not in str(caught.value)
    assert "hide_parameters" in str(caught.value)


def test_a_locked_database_is_busy(database: Database, data_dir: Path) -> None:
    impatient = Database(data_dir / "hbgz.sqlite", busy_timeout_s=0.05)
    with database.write(), pytest.raises(DatabaseBusyError) as caught, impatient.write():
        pass
    impatient.close()
    assert caught.value.code == "database_busy"
    assert caught.value.retryable


def fill_the_disk(database: Database) -> None:
    """A limit on the file's pages makes SQLite say SQLITE_FULL, as ENOSPC does."""
    blob = {"name": SECRET, "sealed": b"x" * 1_000_000, "at": 0}
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        connection.execute(text("insert into secrets values (:name, :sealed, :at)"), blob)


def test_a_full_disk_is_told_apart(database: Database) -> None:
    with pytest.raises(DiskFullError) as caught:
        fill_the_disk(database)
    assert caught.value.code == "disk_full"
    assert SECRET not in repr(caught.value)
    assert caught.value.__cause__ is None


def test_after_a_full_disk_the_next_unit_works(database: Database) -> None:
    with pytest.raises(DiskFullError):
        fill_the_disk(database)
    database.close()
    with database.write() as connection:
        connection.execute(insert(platform_state), {"platform": "guizhou"})
    assert database.quick_check() == "ok"


def test_what_is_no_database_is_damaged(data_dir: Path) -> None:
    path = data_dir / "hbgz.sqlite"
    path.write_bytes(b"not a database at all, " * 100)
    database = Database(path)
    with pytest.raises(StorageError) as caught:
        schema.upgrade(database)
    database.close()
    assert caught.value.code == "database_damaged"
    assert not caught.value.retryable


def test_a_folder_that_is_not_there_is_an_error_of_ours(data_dir: Path) -> None:
    database = Database(data_dir / "nowhere" / "hbgz.sqlite")
    with pytest.raises(StorageError) as caught, database.read():
        pass
    assert caught.value.code == "database_failed"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_the_system_says_the_disk_is_full(number: int) -> None:
    assert isinstance(translate(OSError(number, "no space", SECRET)), DiskFullError)


def test_no_path_gets_into_the_error() -> None:
    error = translate(OSError(errno.EIO, "input/output error", SECRET))
    assert (error.code, error.facts) == ("storage_io", {"errno": errno.EIO})
    assert SECRET not in str(error)


def test_an_exhausted_pool_is_busy() -> None:
    """More threads than connections wait for one another, and say so instead of crashing."""
    assert isinstance(translate(PoolTimeoutError("QueuePool limit")), DatabaseBusyError)


def test_a_copy_holds_what_is_still_in_the_log(database: Database, data_dir: Path) -> None:
    with database.write() as connection:
        connection.execute(insert(platform_state), {"platform": "guizhou"})
    target = data_dir / "copy.sqlite"
    database.copy_to(target)
    copy = sqlite3.connect(target)
    assert copy.execute("select platform from platform_state").fetchall() == [("guizhou",)]
    copy.close()
    assert sorted(one.name for one in data_dir.glob("*copy*")) == ["copy.sqlite"]


def test_a_copy_that_cannot_be_written_leaves_nothing(database: Database, data_dir: Path) -> None:
    with pytest.raises(StorageError):
        database.copy_to(data_dir / "nowhere" / "copy.sqlite")


def _open_and_upgrade(path: Path, start: multiprocessing.synchronize.Barrier) -> None:
    database = Database(path)
    start.wait(20)
    schema.upgrade(database)
    database.close()


def test_two_programs_may_make_the_same_new_database(data_dir: Path) -> None:
    """Console and engine start together on an empty folder."""
    path = data_dir / "hbgz.sqlite"
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(2)
    both = [spawn.Process(target=_open_and_upgrade, args=(path, start)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join(30 * SLOWNESS)
    assert [process.exitcode for process in both] == [0, 0]
    database = Database(path)
    assert schema.schema_version(database) == schema.HEAD
    database.close()
