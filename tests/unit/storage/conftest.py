"""A database of today's schema for each test, copied from one that was made once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from hbgz_desktop.storage import schema
from hbgz_desktop.storage.database import Database
from tests.unit.storage.hospital_rows import HospitalRows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "empty.sqlite"
    database = Database(path)
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture
def durable_database(empty_file: Path, data_dir: Path) -> Iterator[Database]:
    """As the program opens it."""
    path = data_dir / "hbgz.sqlite"
    shutil.copyfile(empty_file, path)
    database = Database(path)
    yield database
    database.close()


@pytest.fixture
def database(durable_database: Database) -> Database:
    """The same, but no test waits for the disk: only a power cut could tell the difference."""
    event.listen(durable_database.engine, "connect", _do_not_wait_for_the_disk)
    return durable_database


def _do_not_wait_for_the_disk(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture
def rows(database: Database, data_dir: Path) -> HospitalRows:
    return HospitalRows(database, data_dir)
