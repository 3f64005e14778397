"""Statements of the receive path, compiled once: SQLAlchemy's execution costs ten times the statement."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Dialect
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.expression import ClauseElement


class Prepared:
    """One statement with named parameters, run by the driver inside SQLAlchemy's transaction.

    Only for the few statements that run for every image: no column types and no Python defaults, so
    a time is given as ``columns.microseconds``. The driver's own errors come out; ``Database.write``
    translates them.
    """

    def __init__(
        self, statement: ClauseElement, dialect: Dialect, columns: Sequence[str] | None = None
    ) -> None:
        """Compile for ``dialect``; ``columns`` are those an INSERT sets."""
        compiled = cast("SQLCompiler", statement.compile(dialect=dialect, column_keys=columns))
        self._text = str(compiled)
        self._constants = compiled.params
        self._order = compiled.positiontup

    def first(self, connection: Connection, values: Mapping[str, object]) -> tuple[Any, ...] | None:
        """Execute; return the first row."""
        with closing(self._run(connection, values)) as cursor:
            return cast("tuple[Any, ...] | None", cursor.fetchone())

    def count(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Execute; return how many rows it changed."""
        with closing(self._run(connection, values)) as cursor:
            return cursor.rowcount

    def _run(self, connection: Connection, values: Mapping[str, object]) -> DBAPICursor:
        merged = {**self._constants, **values}
        ordered = merged if self._order is None else [merged[name] for name in self._order]
        cursor = connection.connection.cursor()
        cursor.execute(self._text, ordered)
        return cursor
