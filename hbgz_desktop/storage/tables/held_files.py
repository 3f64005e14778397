"""Files that are to go and that another program still holds open; nothing else names them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text, UniqueConstraint

from hbgz_desktop.storage.columns import UtcDateTime
from hbgz_desktop.storage.tables.base import int_column, metadata

held_files = Table(
    "held_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", String(16), nullable=False),
    Column("path", Text, nullable=False),
    Column("held_at", UtcDateTime, nullable=False),
    int_column("tries"),
    UniqueConstraint("place", "path"),
    sqlite_autoincrement=True,
)
