"""The upload queue, its requests, and the list that is kept in step with it."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import flag_column, int_column, metadata, text_column

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("examination_id", ForeignKey("examinations.id"), nullable=False),
    Column("platform", String(16), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("part", Integer, nullable=False, server_default=text("0")),
    Column("state", String(16), nullable=False),
    text_column("blocked_reason"),
    flag_column("is_paused"),
    text_column("paused_by"),
    flag_column("cancel_requested"),
    int_column("attempts"),
    Column("next_attempt_at", UtcDateTime),
    int_column("token"),
    text_column("lease_owner"),
    Column("lease_until", UtcDateTime),
    text_column("cause"),
    Column("http_status", Integer),
    text_column("answer_code"),
    text_column("message"),
    text_column("content_digest"),
    text_column("sent_digest"),
    text_column("interrupted_digest"),
    int_column("items_total"),
    int_column("items_confirmed"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("examination_id", "platform", "kind", "part"),
    Index(
        "ix_deliveries_claim",
        *("platform", "state", "is_paused", "examination_id", "next_attempt_at", "created_at"),
    ),
    Index("ix_deliveries_updated", "updated_at", "state"),
    Index(
        "ix_deliveries_groups",
        *("state", "blocked_reason", "cause", "is_paused", "platform"),
        *("created_at", "next_attempt_at"),
    ),
)

worklist = Table(
    "worklist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("study_id", ForeignKey("studies.id"), unique=True),
    Column("examination_id", ForeignKey("examinations.id"), index=True),
    Column("lane", String(20), nullable=False),
    text_column("detail"),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("changed_at", UtcDateTime, nullable=False),
    text_column("name_key"),
    text_column("accession_number"),
    text_column("patient_id"),
    text_column("modality"),
    text_column("search_key"),
    Index("ix_worklist_lane_at", "lane", "at"),
    Index("ix_worklist_modality", "modality", "lane", "at"),
    Index("ix_worklist_name", "name_key", "at"),
    Index("ix_worklist_accession", "accession_number", "at"),
    Index("ix_worklist_search", "search_key", "lane", "at"),
    Index("ix_worklist_lane_changed", "lane", "changed_at"),
)

delivery_items = Table(
    "delivery_items",
    metadata,
    Column("delivery_id", ForeignKey("deliveries.id"), primary_key=True),
    Column("instance_id", ForeignKey("instances.id"), primary_key=True),
    Column("sent_md5", String(32)),
    Column("sent_at", UtcDateTime),
    Column("confirmed_at", UtcDateTime),
    Column("dimse_status", Integer),
    text_column("refusal"),
    Index("ix_delivery_items_open", "delivery_id", "confirmed_at"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery_id", ForeignKey("deliveries.id"), nullable=False, index=True),
    Column("instance_id", Integer),
    Column("token", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=False, index=True),
    text_column("service"),
    text_column("msgid"),
    Column("http_status", Integer),
    text_column("answer_code"),
    text_column("message"),
    text_column("content_digest"),
    Column("outcome", String(12), nullable=False),
    text_column("cause"),
    Column("answer", LargeBinary),
    int_column("size_bytes"),
)
