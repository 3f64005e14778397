"""Bring a data folder's database to this program's schema, or say why it cannot be used."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

    from hbgz_desktop.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0008"
"""Newest revision; a test holds it against the scripts."""
_VERSION = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def schema_version(database: Database) -> str | None:
    """Revision the file is at, None for an empty file."""
    with database.read() as connection:
        if not inspect(connection).has_table(_VERSION.name):
            return None
        version = connection.execute(text("select version_num from alembic_version")).scalar()
    return None if version is None else str(version)


def _config(scripts: Path) -> Config:
    from alembic.config import Config  # alembic is needed once a version, its import at every start

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def known_revisions(scripts: Path = MIGRATIONS) -> tuple[str, ...]:
    """All revisions this program has, oldest first."""
    from alembic.script import ScriptDirectory  # as above

    directory = ScriptDirectory.from_config(_config(scripts))
    return tuple(reversed([script.revision for script in directory.walk_revisions()]))


def backup_path(path: Path, revision: str) -> Path:
    """Where the copy of a database at ``revision`` is kept when the program upgrades it."""
    return path.with_name(f"{path.stem}.at-{revision}{path.suffix}")


def upgrade(database: Database) -> None:
    """Create or upgrade the schema in one transaction; an older file is copied beside itself first.

    Raises:
        StorageError: ``schema_newer`` when a newer program has already upgraded the file.
    """
    _make_file(database.path)
    if schema_version(database) is None:
        _create(database)
    else:
        migrate(database, MIGRATIONS, HEAD)


def _make_file(path: Path) -> None:
    """Make it as the mask of this process says: SQLite's own is never writable for a group."""
    with contextlib.suppress(OSError):  # SQLite meets the same, and its words are translated
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o666))


def _create(database: Database) -> None:
    """Make a new file at once; the revisions, one after another, lead to the same (a test compares)."""
    with database.write() as connection:
        if inspect(connection).has_table(_VERSION.name):  # another process was faster
            return
        metadata.create_all(connection, checkfirst=False)
        _VERSION.create(connection, checkfirst=False)
        connection.execute(_VERSION.insert(), {"version_num": HEAD})


def migrate(database: Database, scripts: Path, head: str) -> None:
    """Run the revisions of any folder, from whatever the file is at."""
    current = schema_version(database)
    if current == head:
        return
    if current is not None:
        if current not in known_revisions(scripts):
            raise StorageError("schema_newer", retryable=False, found=current, known=head)
        database.copy_to(backup_path(database.path, current))
    from alembic import command  # as above

    config = _config(scripts)
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
