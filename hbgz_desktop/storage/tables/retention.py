"""What was cleared from the disk, and how long the disk lasts."""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import int_column, metadata, text_column

clearing_runs = Table(
    "clearing_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reason", String(8), nullable=False),
    text_column("actor"),
    Column("began_at", UtcDateTime, nullable=False, index=True),
    Column("ended_at", UtcDateTime),
    int_column("studies"),
    int_column("files"),
    int_column("bytes"),
    sqlite_autoincrement=True,
)

disk_forecast = Table(
    "disk_forecast",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("free_bytes", Float, nullable=False),
    Column("daily_bytes", Float, nullable=False),
    Column("days_left", Integer),
    int_column("studies"),
    int_column("files"),
    int_column("bytes"),
    int_column("clearable_studies"),
    int_column("clearable_bytes"),
    int_column("pending"),
    Column("warned_at", UtcDateTime),
)
"""One row: the engine's last look; ``warned_at`` is when the log said so last."""
