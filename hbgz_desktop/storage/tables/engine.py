"""The engine and its surroundings: events, commands, associations, devices, platforms, secrets."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table, Text, text

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import flag_column, int_column, metadata, text_column

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("level", String(8), nullable=False, server_default="info"),
    Column("study_id", Integer, index=True),
    Column("examination_id", Integer, index=True),
    Column("delivery_id", Integer),
    Column("facts", Text, nullable=False, server_default="{}"),
    sqlite_autoincrement=True,
)

commands = Table(
    "commands",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("arguments", Text, nullable=False, server_default="{}"),
    Column("requested_by", Text, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("deadline_at", UtcDateTime, nullable=False),
    Column("state", String(8), nullable=False, server_default="open"),
    text_column("result"),
    Column("finished_at", UtcDateTime),
    Index("ix_commands_state", "state", "id"),
    sqlite_autoincrement=True,
)

engine_state = Table(
    "engine_state",
    metadata,
    Column("id", Integer, primary_key=True),
    int_column("pid"),
    text_column("program_version"),
    Column("started_at", UtcDateTime),
    Column("heartbeat_at", UtcDateTime),
    Column("stopped_at", UtcDateTime),
    text_column("receiver_state"),
    text_column("receiver_detail"),
    int_column("dicom_port"),
    Column("disk_free_bytes", Float),
    int_column("recovered_receives"),
    int_column("recovered_sends"),
    int_column("lost"),
    int_column("rejected_associations"),
)

associations = Table(
    "associations",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("calling_ae"),
    text_column("called_ae"),
    text_column("address"),
    Column("opened_at", UtcDateTime, nullable=False, index=True),
    Column("last_activity_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    text_column("outcome"),
    text_column("detail"),
    int_column("instances"),
    Column("bytes", Integer, nullable=False, server_default=text("0")),
)

peers = Table(
    "peers",
    metadata,
    Column("ae_title", String(16), primary_key=True),
    text_column("policy"),
    text_column("fallback_charset"),
    text_column("address"),
    Column("first_seen_at", UtcDateTime),
    Column("last_seen_at", UtcDateTime),
    Column("last_image_at", UtcDateTime),
    int_column("refused_count"),
)

platform_state = Table(
    "platform_state",
    metadata,
    Column("platform", String(16), primary_key=True),
    int_column("failures"),
    Column("opened_at", UtcDateTime),
    Column("next_probe_at", UtcDateTime),
    Column("last_answer_at", UtcDateTime),
    Column("last_answer_ms", Float),
    text_column("cause"),
    int_column("last_failed_delivery"),
    flag_column("is_paused"),
    text_column("paused_by"),
    Column("msgid_time", UtcDateTime),
    int_column("msgid_sequence"),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
