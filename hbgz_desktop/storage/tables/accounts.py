"""Who acts, and what they did: operators, the audit trail, and how far it may be cut.

``audit_entries`` is append-only: triggers refuse every UPDATE, and every DELETE of a row
that is not older than ``audit_retention.before_at``. That one row is there only inside the transaction of
``AuditLog.trim``.
"""

from __future__ import annotations

from sqlalchemy import DDL, Boolean, Column, Index, Integer, String, Table, Text, event, true

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import int_column, metadata, text_column

operators = Table(
    "operators",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("system_account", Text, unique=True),
    Column("role", String(8), nullable=False, server_default="clerk"),
    text_column("pin"),
    text_column("his_dept_code"),
    text_column("his_user_code"),
    Column("is_active", Boolean, nullable=False, server_default=true()),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime),
    int_column("failed_attempts"),
    Column("locked_until", UtcDateTime),
    sqlite_autoincrement=True,
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("actor", Text, nullable=False),
    text_column("system_account"),
    text_column("host"),
    Column("action", String(40), nullable=False, index=True),
    text_column("kind"),
    text_column("key"),
    Column("study_id", Integer, index=True),
    Column("examination_id", Integer, index=True),
    Column("authorization_id", Integer, index=True),
    Column("facts", Text, nullable=False, server_default="{}"),
    Column("outcome", String(12), nullable=False, server_default="ok"),
    Index("ix_audit_entries_actor", "actor", "id"),
    sqlite_autoincrement=True,
)

audit_retention = Table(
    "audit_retention",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("before_at", UtcDateTime, nullable=False),
)

_NO_UPDATE = """
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END
"""
_NO_DELETE = """
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
WHEN NOT EXISTS (SELECT 1 FROM audit_retention WHERE before_at > OLD.at)
BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END
"""
for _trigger in (_NO_UPDATE, _NO_DELETE):
    _made = DDL(_trigger)  # type: ignore[no-untyped-call]  # SQLAlchemy forgot its annotation
    event.listen(audit_entries, "after_create", _made.execute_if(dialect="sqlite"))
