"""Bring a data folder's database to this program's schema, or say why it cannot be used."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0001"
"""Newest revision; a test holds it against the scripts."""


def schema_version(database: Database) -> str | None:
    """Revision the file is at, None for an empty file."""
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version = connection.execute(text("select version_num from alembic_version")).scalar()
    return None if version is None else str(version)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def known_revisions() -> tuple[str, ...]:
    """All revisions this program has, oldest first."""
    scripts = ScriptDirectory.from_config(_config())
    return tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def upgrade(database: Database) -> None:
    """Create or upgrade the schema; a populated older file is copied beside itself first.

    Raises:
        StorageError: ``schema_newer`` when a newer program has already upgraded the file.
    """
    current = schema_version(database)
    if current == HEAD:
        return
    if current is not None:
        if current not in known_revisions():
            raise StorageError("schema_newer", retryable=False, found=current, known=HEAD)
        database.checkpoint()
        shutil.copy2(database.path, database.path.with_suffix(f".before-{HEAD}.sqlite"))
    config = _config()
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
