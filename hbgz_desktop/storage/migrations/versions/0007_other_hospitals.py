"""Looks at other hospitals' images and what is cached of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from hbgz_desktop.storage import columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; nothing moves."""
    _create_looks()
    _create_examinations()
    _create_finds()
    _create_images()


def _create_looks() -> None:
    op.create_table(
        "outside_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_at", columns.UtcDateTime(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_key", sa.Text(), server_default="", nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", columns.UtcDateTime(), nullable=True),
        sa.Column("found", sa.Integer(), nullable=True),
        sa.Column("error_code", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_looks")),
        sqlite_autoincrement=True,
    )
    for name in ("asked_at", "person_key"):
        op.create_index(op.f(f"ix_outside_looks_{name}"), "outside_looks", [name], unique=False)


def _create_examinations() -> None:
    op.create_table(
        "outside_examinations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_key", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("serials", sa.LargeBinary(), nullable=True),
        sa.Column("listed_at", columns.UtcDateTime(), nullable=True),
        sa.Column("image_total", sa.Integer(), nullable=True),
        sa.Column("used_at", columns.UtcDateTime(), nullable=False),
        sa.Column("held_until", columns.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_examinations")),
        sa.UniqueConstraint("exam_key", name=op.f("uq_outside_examinations_exam_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_outside_examinations_used_at"), "outside_examinations", ["used_at"], unique=False
    )


def _create_finds() -> None:
    op.create_table(
        "outside_finds",
        sa.Column("look_id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["outside_examinations.id"],
            name=op.f("fk_outside_finds_examination_id_outside_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["look_id"], ["outside_looks.id"], name=op.f("fk_outside_finds_look_id_outside_looks")
        ),
        sa.PrimaryKeyConstraint("look_id", "examination_id", name=op.f("pk_outside_finds")),
    )
    op.create_index(
        op.f("ix_outside_finds_examination_id"), "outside_finds", ["examination_id"], unique=False
    )


def _create_images() -> None:
    op.create_table(
        "outside_images",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("examination_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("series", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_cached", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("error_code", sa.Text(), server_default="", nullable=False),
        sa.Column("modality", sa.Text(), server_default="", nullable=False),
        sa.Column("series_title", sa.Text(), server_default="", nullable=False),
        sa.Column("instance_number", sa.Integer(), nullable=True),
        sa.Column("fetched_at", columns.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["outside_examinations.id"],
            name=op.f("fk_outside_images_examination_id_outside_examinations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_images")),
        sa.UniqueConstraint(
            "examination_id", "position", name=op.f("uq_outside_images_examination_id_position")
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop them with all they hold."""
    for name in ("outside_images", "outside_finds", "outside_examinations", "outside_looks"):
        op.drop_table(name)
