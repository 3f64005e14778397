"""The one place where the database is opened, and the two ways to talk to it: ``write()`` and ``read()``."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import URL, Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from hbgz_desktop.model.errors import DatabaseBusyError, DiskFullError, StorageError
from hbgz_desktop.system.durable_files import durable_rename, sync_folder
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.removal import discard
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_TIMEOUT_S = 30.0
WAL_PATIENCE_S = 5.0
_WAL_PAUSE_S = 0.02
_WRITE = "hbgz_write"


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Switch a new file to WAL; two programs that do it at once are refused without the busy timeout."""
    limit = time.monotonic() + WAL_PATIENCE_S
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > limit:
                raise
            time.sleep(_WAL_PAUSE_S)
        else:
            return


def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN DEFERRED")


def translate(error: Exception) -> StorageError:
    """SQLAlchemy's, SQLite's or the system's error as one of ours; the text of the statement is never kept."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, OSError):
        return translate_os_error(origin)
    name = getattr(origin, "sqlite_errorname", "")
    if name.startswith("SQLITE_FULL"):
        return DiskFullError("disk_full")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or isinstance(origin, PoolTimeoutError):
        return DatabaseBusyError("database_busy")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StorageError("database_damaged", retryable=False, detail=name)
    if name.startswith("SQLITE_READONLY"):  # WAL: even a reader writes beside the file
        return StorageError("data_folder_read_only", retryable=False)
    return StorageError("database_failed", detail=name or type(origin).__name__)


_TRANSLATED = (
    "SQLITE_BUSY",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CORRUPT",
    "SQLITE_NOTADB",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_LOCKED",
    "SQLITE_PROTOCOL",
    "SQLITE_NOMEM",
)


def _is_operational(error: SQLAlchemyError | sqlite3.Error) -> bool:
    """A condition of the machine; a broken constraint or a wrong statement is a bug and passes as it is."""
    if isinstance(error, PoolTimeoutError):
        return True
    name = getattr(getattr(error, "orig", error), "sqlite_errorname", "")
    return bool(name) and name.startswith(_TRANSLATED)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        if _is_operational(error):
            raise translate(error) from None
        raise


def inserted_id(result: CursorResult[Any]) -> int:
    """Primary key of the row that was just inserted."""
    key = result.inserted_primary_key
    return int(key[0]) if key is not None else 0


class Database:
    """A pool of connections to one SQLite file (WAL, synchronous=FULL, foreign keys).

    A unit of work is short and lives in the calling thread; no network inside. Safe from any thread.

    Attributes:
        path: The database file.
    """

    def __init__(self, path: Path, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Prepare the pool; the file is opened at first use."""
        self.path = path
        self._engine: Engine = create_engine(
            URL.create("sqlite", database=str(path)),
            hide_parameters=True,
            pool_size=12,
            max_overflow=40,
            connect_args={"check_same_thread": False, "timeout": busy_timeout_s},
        )
        event.listen(self._engine, "connect", _on_connect)
        event.listen(self._engine, "begin", _on_begin)
        self._writing = self._engine.execution_options(**{_WRITE: True})

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for migrations and ``storage`` only."""
        return self._engine

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One IMMEDIATE transaction; commits at the end, rolls back on any error.

        Raises:
            DatabaseBusyError: Another process held the write lock longer than the busy timeout.
            DiskFullError: No space for the transaction.
            StorageError: The file cannot be read or written.
        """
        with self._unit(self._writing) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One DEFERRED read transaction that ends with the block; errors as ``write``."""
        with self._unit(self._engine) as connection:
            yield connection

    @contextmanager
    def _unit(self, engine: Engine) -> Iterator[Connection]:
        with _translated(), engine.begin() as connection:
            yield connection

    def quick_check(self) -> str:
        """``PRAGMA quick_check``: "ok" or SQLite's first complaint."""
        with self.read() as connection:
            row: Any = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        return str(row)

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy, with what is still in the WAL, while others go on writing.

        Raises:
            StorageError: The copy could not be written; no part of it is left.
        """
        target = reachable(target)
        part = reachable(target.with_name(f".{target.name}.part"))
        discard(part)
        try:
            with _translated(), self._engine.connect() as connection:
                source = connection.connection.driver_connection
                with closing(sqlite3.connect(part)) as copy:
                    cast("sqlite3.Connection", source).backup(copy)
            durable_rename(part, target)
            sync_folder(target.parent)
        except sqlite3.Error as error:
            discard(part)
            raise translate(error) from None
        except OSError as error:
            discard(part)
            raise translate_os_error(error) from error

    def close(self) -> None:
        """Close pooled connections; the object may be used again and reopens."""
        self._engine.dispose()
