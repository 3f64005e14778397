"""Files that are to go and that another program still holds open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hbgz_desktop.storage import columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The list; nothing was on one before."""
    op.create_table(
        "held_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("held_at", columns.UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_files")),
        sa.UniqueConstraint("place", "path", name=op.f("uq_held_files_place_path")),
        sqlite_autoincrement=True,
    )
