"""What was cleared from the disk, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hbgz_desktop.storage import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_HAS_FILES = sa.text("file_count > 0")
_FILE_IS_OPEN = sa.text("file_state IN ('lost', 'clearing')")


def upgrade() -> None:
    """Where a file is becomes a column of its own; a study knows how much of it lies on the disk."""
    _widen_instances()
    _widen_studies()
    op.add_column("quarantine", sa.Column("cleared_at", columns.UtcDateTime(), nullable=True))
    _create_clearing_runs()
    _create_disk_forecast()


def _widen_instances() -> None:
    """``lost`` was a lane before, in the place of what else the lane said."""
    for column in (
        sa.Column("file_state", sa.String(length=8), server_default="", nullable=False),
        sa.Column("file_meta", sa.Text(), server_default="", nullable=False),
        sa.Column("cleared_at", columns.UtcDateTime(), nullable=True),
    ):
        op.add_column("instances", column)
    op.execute("UPDATE instances SET file_state = 'lost', lane = '' WHERE lane = 'lost'")
    op.create_index(
        "ix_instances_file_state",
        "instances",
        ["file_state", "id"],
        unique=False,
        sqlite_where=_FILE_IS_OPEN,
        postgresql_where=_FILE_IS_OPEN,
    )


def _widen_studies() -> None:
    for name in ("file_count", "file_bytes", "cleared_bytes"):
        number = sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)
        op.add_column("studies", number)
    op.add_column("studies", sa.Column("cleared_at", columns.UtcDateTime(), nullable=True))
    op.execute(
        "UPDATE studies SET file_count ="
        " (SELECT count(*) FROM instances WHERE instances.study_id = studies.id),"
        " file_bytes = (SELECT coalesce(sum(size_bytes), 0) FROM instances"
        " WHERE instances.study_id = studies.id)"
    )
    op.create_index(
        "ix_studies_files",
        "studies",
        ["completed_at", "file_count", "file_bytes"],
        unique=False,
        sqlite_where=_HAS_FILES,
        postgresql_where=_HAS_FILES,
    )


def _create_clearing_runs() -> None:
    op.create_table(
        "clearing_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=8), nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("began_at", columns.UtcDateTime(), nullable=False),
        sa.Column("ended_at", columns.UtcDateTime(), nullable=True),
        sa.Column("studies", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("files", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("bytes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearing_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_clearing_runs_began_at"), "clearing_runs", ["began_at"], unique=False)


def _create_disk_forecast() -> None:
    op.create_table(
        "disk_forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", columns.UtcDateTime(), nullable=False),
        sa.Column("free_bytes", sa.Float(), nullable=False),
        sa.Column("daily_bytes", sa.Float(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=True),
        sa.Column("studies", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("files", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("bytes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("clearable_studies", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("clearable_bytes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("pending", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("warned_at", columns.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disk_forecast")),
    )
