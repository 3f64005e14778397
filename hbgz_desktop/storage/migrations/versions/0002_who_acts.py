"""Operators, and the audit trail with object, account and machine; what ``audit`` held moves over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hbgz_desktop.storage import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NO_UPDATE = """
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END
"""
_NO_DELETE = """
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
WHEN NOT EXISTS (SELECT 1 FROM audit_retention WHERE before_at > OLD.at)
BEGIN SELECT RAISE(ABORT, 'audit_append_only'); END
"""
_MOVED = """
INSERT INTO audit_entries (id, at, actor, system_account, action, facts, study_id, examination_id)
SELECT id, at, actor, actor, action, facts, json_extract(facts, '$.study'),
       json_extract(facts, '$.examination')
FROM audit ORDER BY id
"""
_INDEXED = ("at", "action", "study_id", "examination_id", "authorization_id")


def upgrade() -> None:
    """Create the tables, move the rows of ``audit``, then make the trail append-only."""
    _create_operators()
    _create_audit_entries()
    op.create_table(
        "audit_retention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("before_at", columns.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_retention")),
    )
    op.execute(_MOVED)
    op.drop_table("audit")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_NO_UPDATE)
        op.execute(_NO_DELETE)


def _create_operators() -> None:
    op.create_table(
        "operators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("system_account", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=8), server_default="clerk", nullable=False),
        sa.Column("pin", sa.Text(), server_default="", nullable=False),
        sa.Column("his_dept_code", sa.Text(), server_default="", nullable=False),
        sa.Column("his_user_code", sa.Text(), server_default="", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", columns.UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", columns.UtcDateTime(), nullable=True),
        sa.Column("failed_attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("locked_until", columns.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operators")),
        sa.UniqueConstraint("name", name=op.f("uq_operators_name")),
        sa.UniqueConstraint("system_account", name=op.f("uq_operators_system_account")),
        sqlite_autoincrement=True,
    )


def _create_audit_entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", columns.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("system_account", sa.Text(), server_default="", nullable=False),
        sa.Column("host", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=True),
        sa.Column("examination_id", sa.Integer(), nullable=True),
        sa.Column("authorization_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), server_default="{}", nullable=False),
        sa.Column("outcome", sa.String(length=12), server_default="ok", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
        sqlite_autoincrement=True,
    )
    for name in _INDEXED:
        op.create_index(op.f(f"ix_audit_entries_{name}"), "audit_entries", [name], unique=False)
    op.create_index("ix_audit_entries_actor", "audit_entries", ["actor", "id"], unique=False)


def downgrade() -> None:
    """Back to the plain ``audit`` table; operators are lost."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", columns.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO audit (id, at, actor, action, facts) "
        "SELECT id, at, actor, action, facts FROM audit_entries ORDER BY id"
    )
    op.drop_table("audit_entries")
    op.drop_table("audit_retention")
    op.drop_table("operators")
