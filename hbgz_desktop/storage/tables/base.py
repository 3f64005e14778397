"""What every table module shares: the metadata with its naming rule, and the common columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Text, event, false, text

if TYPE_CHECKING:
    from sqlalchemy import Connection, TextClause

_WHERE = "where"

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


def partial_index(name: str, *columns: str, where: TextClause) -> Index:
    """An index of the rows that meet a condition.

    PostgreSQL is told when tables are made there: naming its option here would import its drivers' dialects
    at every start of every process (90 ms).
    """
    return Index(name, *columns, sqlite_where=where, info={_WHERE: where})


@event.listens_for(metadata, "before_create")
def _tell_postgresql(_metadata: MetaData, connection: Connection, **_options: object) -> None:
    if connection.dialect.name == "postgresql":
        for table in metadata.tables.values():
            for index in table.indexes:
                if _WHERE in index.info:
                    index.dialect_kwargs["postgresql_where"] = index.info[_WHERE]
