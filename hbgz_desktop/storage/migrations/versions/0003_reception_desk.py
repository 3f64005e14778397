"""Hebei's reception desk: tokens, authorizations, launches of the shared page, forms handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hbgz_desktop.storage import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; nothing moves."""
    _create_hebei_tokens()
    _create_authorizations()
    _create_sharing_launches()
    _create_sharing_forms()


def _create_hebei_tokens() -> None:
    op.create_table(
        "hebei_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("org_code", sa.Text(), nullable=False),
        sa.Column("his_org_code", sa.Text(), server_default="", nullable=False),
        sa.Column("his_dept_code", sa.Text(), server_default="", nullable=False),
        sa.Column("his_user_code", sa.Text(), server_default="", nullable=False),
        sa.Column("issuer", sa.Text(), server_default="", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("obtained_at", columns.UtcDateTime(), nullable=True),
        sa.Column("renew_at", columns.UtcDateTime(), nullable=True),
        sa.Column("expires_at", columns.UtcDateTime(), nullable=True),
        sa.Column("lease_owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", columns.UtcDateTime(), nullable=True),
        sa.Column("fence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("blocked_until", columns.UtcDateTime(), nullable=True),
        sa.Column("error_code", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hebei_tokens")),
        sa.UniqueConstraint(
            "org_code",
            "his_org_code",
            "his_dept_code",
            "his_user_code",
            name="uq_hebei_tokens_user",
        ),
    )


def _create_authorizations() -> None:
    op.create_table(
        "authorizations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_key", sa.Text(), nullable=True),
        sa.Column("patient_id", sa.Text(), server_default="", nullable=False),
        sa.Column("patient_name", sa.Text(), server_default="", nullable=False),
        sa.Column("search_key", sa.Text(), server_default="", nullable=False),
        sa.Column("id_type", sa.Text(), server_default="", nullable=False),
        sa.Column("id_no", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_no", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_time", sa.Text(), server_default="", nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("his_dept_code", sa.Text(), server_default="", nullable=False),
        sa.Column("his_user_code", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", columns.UtcDateTime(), nullable=True),
        sa.Column("lease_owner", sa.Text(), server_default="", nullable=False),
        sa.Column("lease_until", columns.UtcDateTime(), nullable=True),
        sa.Column("token", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("error_code", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", columns.UtcDateTime(), nullable=False),
        sa.Column("sent_at", columns.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", columns.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorizations")),
        sa.UniqueConstraint("visit_key", name=op.f("uq_authorizations_visit_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_authorizations_created_at"), "authorizations", ["created_at"], unique=False
    )
    op.create_index(op.f("ix_authorizations_id_no"), "authorizations", ["id_no"], unique=False)
    op.create_index(
        "ix_authorizations_state_next", "authorizations", ["state", "next_try_at"], unique=False
    )


def _create_sharing_launches() -> None:
    op.create_table(
        "sharing_launches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authorization_id", sa.Integer(), nullable=True),
        sa.Column("patient_id", sa.Text(), server_default="", nullable=False),
        sa.Column("patient_name", sa.Text(), server_default="", nullable=False),
        sa.Column("search_key", sa.Text(), server_default="", nullable=False),
        sa.Column("id_type", sa.Text(), server_default="", nullable=False),
        sa.Column("id_no", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_no", sa.Text(), server_default="", nullable=False),
        sa.Column("visit_time", sa.Text(), server_default="", nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("his_dept_code", sa.Text(), server_default="", nullable=False),
        sa.Column("his_user_code", sa.Text(), server_default="", nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("study_items", sa.Text(), server_default="", nullable=False),
        sa.Column("lab_items", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("study_count", sa.Integer(), nullable=True),
        sa.Column("lab_count", sa.Integer(), nullable=True),
        sa.Column("error_code", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", columns.UtcDateTime(), nullable=False),
        sa.Column("opened_at", columns.UtcDateTime(), nullable=True),
        sa.Column("orders_at", columns.UtcDateTime(), nullable=True),
        sa.Column("results_at", columns.UtcDateTime(), nullable=True),
        sa.Column("orders", sa.LargeBinary(), nullable=True),
        sa.Column("results", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authorization_id"],
            ["authorizations.id"],
            name=op.f("fk_sharing_launches_authorization_id_authorizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_launches")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_sharing_launches_authorization_id"),
        "sharing_launches",
        ["authorization_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sharing_launches_created_at"), "sharing_launches", ["created_at"], unique=False
    )
    op.create_index(op.f("ix_sharing_launches_id_no"), "sharing_launches", ["id_no"], unique=False)


def _create_sharing_forms() -> None:
    op.create_table(
        "sharing_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_at", columns.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_forms")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop them with all they hold."""
    for name in ("sharing_forms", "sharing_launches", "authorizations", "hebei_tokens"):
        op.drop_table(name)
