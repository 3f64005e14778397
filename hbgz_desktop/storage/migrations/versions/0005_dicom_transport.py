"""What a peer answered to each image pushed by DICOM."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nothing was pushed before."""
    op.add_column("instances", sa.Column("dimse_status", sa.Integer(), nullable=True))
    op.add_column("delivery_items", sa.Column("dimse_status", sa.Integer(), nullable=True))
    op.add_column(
        "delivery_items", sa.Column("refusal", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "studies",
        sa.Column("warned_count", sa.Integer(), server_default=sa.text("0"), nullable=False),
    )
