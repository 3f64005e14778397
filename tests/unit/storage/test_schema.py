from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_mock_engine, insert, make_url, text
from sqlalchemy.exc import OperationalError, StatementError

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.storage import schema
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.tables import metadata, platform_state

if TYPE_CHECKING:
    from pathlib import Path

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("platform_state", sa.Column("note", sa.Text, server_default="new"))
    {then}


def downgrade() -> None:
    pass
"""


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Our own revisions and a folder to put a later one in."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def add_revision(scripts: Path, then: str = "pass") -> None:
    script = NEXT.format(head=schema.HEAD, then=then)
    (scripts / "versions" / "9999_next.py").write_text(script, encoding="utf-8")


def facts_of(path: Path) -> dict[str, object]:
    """Everything a schema says, whatever the order in which it was said; and that no table has a row."""
    found: dict[str, object] = {}
    with closing(sqlite3.connect(path)) as plain:
        things = "SELECT type, name, sql FROM sqlite_master"
        for kind, name, sql in plain.execute(things).fetchall():
            words = re.split(r"[\s,]+", (sql or "").replace('"', ""))
            found[f"{kind} {name}"] = sorted(filter(None, words))
            if kind == "table":
                columns = plain.execute(f"PRAGMA table_info({name})").fetchall()
                found[f"columns of {name}"] = sorted(column[1:] for column in columns)
            if kind == "table" and name not in ("sqlite_sequence", "alembic_version"):
                count = plain.execute(f"SELECT count(*) FROM {name}")  # noqa: S608  # its own names
                assert count.fetchone() == (0,)
    return found


def test_the_revisions_lead_to_what_a_new_file_has(database: Database, tmp_path: Path) -> None:
    old = Database(tmp_path / "old.sqlite")
    schema.migrate(old, schema.MIGRATIONS, schema.HEAD)
    with old.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    old.close()
    database.close()
    expected = facts_of(old.path)
    assert "trigger audit_entries_no_delete" in expected
    assert facts_of(database.path) == expected


def test_partial_indexes_are_partial_in_postgresql_too() -> None:
    said: list[str] = []
    dialect = make_url("postgresql://").get_dialect()()
    other = create_mock_engine(
        "postgresql://", lambda sql, *_words: said.append(str(sql.compile(dialect=dialect)))
    )
    metadata.create_all(other, checkfirst=False)
    partial = {one.split()[2]: one.partition(" WHERE ")[2] for one in said if " WHERE " in one}
    assert partial == {
        "ix_studies_files": "file_count > 0",
        "ix_instances_no_digest": "md5 IS NULL",
        "ix_instances_file_state": "file_state IN ('lost', 'clearing')",
    }


def test_a_start_needs_no_other_database() -> None:
    words = "import json, sys, hbgz_desktop.storage.tables; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", words], stdout=subprocess.PIPE, check=True)
    dialects = {one for one in json.loads(done.stdout) if one.startswith("sqlalchemy.dialects.")}
    assert {one.split(".")[2] for one in dialects} == {"_typing", "sqlite"}


def test_head_is_the_newest_revision() -> None:
    assert schema.known_revisions()[-1] == schema.HEAD


def test_a_database_of_today_is_left_alone(database: Database, data_dir: Path) -> None:
    schema.upgrade(database)
    assert [one.name for one in data_dir.glob("*.sqlite")] == ["hbgz.sqlite"]


def test_a_newer_database_is_refused(database: Database) -> None:
    with database.write() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(StorageError) as caught:
        schema.upgrade(database)
    assert caught.value.code == "schema_newer"
    assert caught.value.facts == {"found": "9999", "known": schema.HEAD}
    assert not caught.value.retryable


def test_an_older_database_is_copied_before_it_is_upgraded(
    database: Database, scripts: Path
) -> None:
    with database.write() as connection:
        connection.execute(insert(platform_state), {"platform": "guizhou", "failures": 3})
    add_revision(scripts)
    schema.migrate(database, scripts, "9999")
    with database.read() as connection:
        row = connection.execute(text("select failures, note from platform_state")).one()
    assert tuple(row) == (3, "new")
    copy = sqlite3.connect(schema.backup_path(database.path, schema.HEAD))
    assert copy.execute("select failures from platform_state").fetchall() == [(3,)]
    assert copy.execute("select version_num from alembic_version").fetchall() == [(schema.HEAD,)]
    copy.close()


def test_an_upgrade_that_breaks_changes_nothing(database: Database, scripts: Path) -> None:
    add_revision(scripts, then='op.drop_table("no_such_table")')
    with pytest.raises(OperationalError):
        schema.migrate(database, scripts, "9999")
    assert schema.schema_version(database) == schema.HEAD
    with database.read() as connection:
        columns = connection.exec_driver_sql("PRAGMA table_info(platform_state)").all()
    assert "note" not in [column[1] for column in columns]


def test_times_are_aware_and_exact(database: Database) -> None:
    at = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
    with database.write() as connection:
        connection.execute(insert(platform_state), {"platform": "guizhou", "opened_at": at})
        assert connection.execute(platform_state.select()).one().opened_at == at
    naive = {"platform": "x", "opened_at": at.replace(tzinfo=None)}
    with pytest.raises(StatementError, match="naive time"), database.write() as connection:
        connection.execute(insert(platform_state), naive)
