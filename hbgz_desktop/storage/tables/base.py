"""What every table module shares: the metadata with its naming rule, and the common columns."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, MetaData, Text, false, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_column(name: str, *, index: bool = False) -> Column[str]:
    """Text that is never null, "" by default."""
    return Column(name, Text, nullable=False, server_default="", index=index)


def int_column(name: str, default: int = 0) -> Column[int]:
    """Whole number that is never null."""
    return Column(name, Integer, nullable=False, server_default=text(str(default)))


def flag_column(name: str) -> Column[bool]:
    """Boolean that is never null, false by default."""
    return Column(name, Boolean, nullable=False, server_default=false())
