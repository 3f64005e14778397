"""Other hospitals' images (2.6–2.8): who looked at what and why, and what of it is cached.

No key leads from here into the tables of what is received and uploaded, nor from there to here. What an
answer says of a patient is sealed; ``person_key`` and ``exam_key`` are keyed digests.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import flag_column, int_column, metadata, text_column

outside_looks = Table(
    "outside_looks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False, index=True),
    Column("operator", Text, nullable=False),
    Column("reason", Text, nullable=False),
    text_column("person_key", index=True),
    Column("sealed", LargeBinary),
    Column("answered_at", UtcDateTime),
    Column("found", Integer),
    text_column("error_code"),
    sqlite_autoincrement=True,
)

outside_examinations = Table(
    "outside_examinations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("exam_key", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("serials", LargeBinary),
    Column("listed_at", UtcDateTime),
    Column("image_total", Integer),
    Column("used_at", UtcDateTime, nullable=False, index=True),
    Column("held_until", UtcDateTime),
    sqlite_autoincrement=True,
)

outside_finds = Table(
    "outside_finds",
    metadata,
    Column("look_id", ForeignKey("outside_looks.id"), primary_key=True),
    Column("examination_id", ForeignKey("outside_examinations.id"), primary_key=True, index=True),
    int_column("position"),
)

outside_images = Table(
    "outside_images",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", ForeignKey("outside_examinations.id"), nullable=False),
    int_column("position"),
    int_column("series"),
    flag_column("is_cached"),
    int_column("size_bytes"),
    text_column("sha256"),
    text_column("error_code"),
    text_column("modality"),
    text_column("series_title"),
    Column("instance_number", Integer),
    Column("fetched_at", UtcDateTime),
    UniqueConstraint("examination_id", "position"),
    sqlite_autoincrement=True,
)
