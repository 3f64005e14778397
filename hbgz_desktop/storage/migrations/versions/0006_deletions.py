"""Deletions on the platform, what was sent last, and what an index code was built from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hbgz_desktop.storage import columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; an index of before knows neither what it was built from nor a deletion."""
    _create_deletions()
    _create_sent_records()
    op.add_column("index_codes", sa.Column("deleted_at", columns.UtcDateTime(), nullable=True))
    op.add_column("index_codes", sa.Column("basis", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "index_codes", sa.Column("kept_for", sa.Text(), server_default="", nullable=False)
    )


def _create_deletions() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("study_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("requested_at", columns.UtcDateTime(), nullable=False),
        sa.Column("finished_at", columns.UtcDateTime(), nullable=True),
        sa.Column("answer_code", sa.Text(), server_default="", nullable=False),
        sa.Column("message", sa.Text(), server_default="", nullable=False),
        sa.Column("undone_at", columns.UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["index_id"], ["index_codes.id"], name=op.f("fk_deletions_index_id_index_codes")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_deletions_examination_id_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["study_id"], ["studies.id"], name=op.f("fk_deletions_study_id_studies")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["examinations.id"], name=op.f("fk_deletions_target_id_examinations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deletions_index_id"), "deletions", ["index_id"], unique=False)
    op.create_index(
        "ix_deletions_examination",
        "deletions",
        ["examination_id", "platform", "finished_at"],
        unique=False,
    )


def _create_sent_records() -> None:
    op.create_table(
        "sent_records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", columns.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_sent_records_examination_id_examinations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_records")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_sent_records_examination", "sent_records", ["examination_id", "platform"], unique=False
    )


def downgrade() -> None:
    """Drop them with all they hold."""
    for name in ("kept_for", "basis", "deleted_at"):
        op.drop_column("index_codes", name)
    op.drop_table("sent_records")
    op.drop_table("deletions")
