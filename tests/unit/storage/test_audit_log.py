"""The audit trail: append-only by the database itself, filtered, cut by one rule only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import IntegrityError

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.workstation import host_name, system_account
from hbgz_desktop.storage import schema
from hbgz_desktop.storage.audit_log import AuditLog, add_audit
from hbgz_desktop.storage.columns import microseconds
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.tables import audit_entries, audit_retention

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.now(UTC)


@pytest.fixture
def log(database: Database) -> AuditLog:
    return AuditLog(database)


def write_at(database: Database, at: datetime, actor: str = "王工") -> None:
    with database.write() as connection:
        row = {"at": at, "actor": actor, "action": "setting_set", "key": "dicom.port"}
        connection.execute(insert(audit_entries), row)


def test_a_row_says_who_what_where_and_how_it_ended(log: AuditLog) -> None:
    log.add("王工", "study_assigned", kind="study", key=7, study=7, examination=9, reason="seen")
    (row,) = log.rows(log.ids(AuditFilter()))
    assert (row.actor, row.action, row.kind, row.key) == ("王工", "study_assigned", "study", "7")
    assert (row.study_id, row.examination_id, row.authorization_id) == (7, 9, None)
    assert (row.facts, row.outcome) == ({"reason": "seen"}, "ok")
    assert (row.system_account, row.host) == (system_account(), host_name())
    assert row.at.utcoffset() == timedelta(0)


def test_an_action_that_is_not_in_the_table_is_a_bug(log: AuditLog) -> None:
    with pytest.raises(KeyError):
        log.add("王工", "something_else")


def test_what_is_undone_leaves_no_row(database: Database, log: AuditLog) -> None:
    def fail() -> None:
        with database.write() as connection:
            add_audit(connection, "王工", "setting_set")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert log.count(AuditFilter()) == 0


def test_the_database_refuses_to_change_a_row(database: Database, log: AuditLog) -> None:
    log.add("王工", "setting_set", key="dicom.port")
    with pytest.raises(IntegrityError, match="audit_append_only"), database.write() as connection:
        connection.execute(update(audit_entries).values(actor="somebody"))
    with pytest.raises(IntegrityError, match="audit_append_only"), database.write() as connection:
        connection.execute(delete(audit_entries))
    assert [row.actor for row in log.rows(log.ids(AuditFilter()))] == ["王工"]


def test_only_what_is_older_than_the_rule_can_go(database: Database, log: AuditLog) -> None:
    write_at(database, NOW - timedelta(days=400))
    write_at(database, NOW)
    everything = delete(audit_entries)
    with database.write() as connection:
        connection.execute(insert(audit_retention), {"before_at": NOW - timedelta(days=365)})
        with pytest.raises(IntegrityError, match="audit_append_only"):
            connection.execute(everything)
        connection.execute(delete(audit_retention))
    assert log.trim(NOW - timedelta(days=365), "program") == 1
    assert log.trim(NOW - timedelta(days=365), "program") == 0
    rows = log.rows(log.ids(AuditFilter()))
    assert sorted(row.action for row in rows) == ["audit_trimmed", "setting_set"]
    with database.read() as connection:
        assert connection.execute(audit_retention.select()).all() == []


def test_rows_are_found_by_time_person_action_and_words(database: Database, log: AuditLog) -> None:
    write_at(database, NOW - timedelta(days=3))
    log.add("李敏", "delivery_retried", kind="delivery", key=12, deliveries=[12])
    log.add("李敏", "mapping_set", kind="mapping", key="exam_item", outcome="failed")
    count = log.count
    assert count(AuditFilter(since=NOW - timedelta(days=1))) == 2
    assert count(AuditFilter(until=NOW - timedelta(days=1))) == 1
    assert count(AuditFilter(actor="王工")) == 1
    assert count(AuditFilter(actions=("mapping_set", "setting_set"))) == 2
    assert count(AuditFilter(outcome="failed")) == 1
    assert count(AuditFilter(text="exam_i")) == 1
    assert count(AuditFilter(text="%")) == 0
    assert count(AuditFilter(text="重试", actions_said=("delivery_retried",))) == 1
    newest_first = log.ids(AuditFilter())
    assert list(newest_first) == sorted(newest_first, reverse=True)
    assert log.ids(AuditFilter(), sort="actor", descending=False)[-1] == newest_first[-1]
    assert log.actors() == ("李敏", "王工")
    assert log.actions() == ("delivery_retried", "mapping_set", "setting_set")


def test_what_the_first_table_held_moves_over(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    database = Database(path)
    config = schema._config(schema.MIGRATIONS)
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = {"at": microseconds(NOW), "facts": '{"study": 4, "examination": 5}'}
        sql = "insert into audit (id, at, actor, action, facts) values (8, :at, 'a', 'study_assigned', :facts)"
        connection.execute(text(sql), row)
    schema.upgrade(database)
    (row_now,) = AuditLog(database).rows((8,))
    assert (row_now.at, row_now.actor, row_now.system_account) == (NOW, "a", "a")
    assert (row_now.study_id, row_now.examination_id) == (4, 5)
    AuditLog(database).add("b", "setting_set")
    assert AuditLog(database).ids(AuditFilter()) == (9, 8)
    database.close()
    with (
        closing(sqlite3.connect(path)) as plain,
        pytest.raises(sqlite3.IntegrityError, match="audit_append_only"),
    ):
        plain.execute("delete from audit_entries")
