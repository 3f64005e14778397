"""What a person asked a platform to delete, and what was sent last (G052, G071)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import metadata, text_column

deletions = Table(
    "deletions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("index_id", ForeignKey("index_codes.id"), nullable=False, index=True),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("after", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    Column("study_id", ForeignKey("studies.id")),
    Column("target_id", ForeignKey("examinations.id")),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    text_column("answer_code"),
    text_column("message"),
    Column("undone_at", UtcDateTime),
    text_column("undone_by"),
    Index("ix_deletions_examination", "examination_id", "platform", "finished_at"),
    sqlite_autoincrement=True,
)

sent_records = Table(
    "sent_records",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
    Index("ix_sent_records_examination", "examination_id", "platform"),
    sqlite_autoincrement=True,
)
