"""The event log as a list: filtered by level, counted, read page by page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from hbgz_desktop.model.events import Event
from hbgz_desktop.storage.tables import events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.storage.database import Database

MOST_LISTED = 50_000
LEVELS = ("info", "warning", "error")


class EventViews:
    """Read side of 运行日志. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def ids(self, levels: Sequence[str] = (), *, up_to: int | None = None) -> tuple[int, ...]:
        """Ids of these levels (all when empty), newest first; ``up_to`` freezes the list in time."""
        query = select(events.c.id).order_by(events.c.id.desc()).limit(MOST_LISTED)
        if levels:
            query = query.where(events.c.level.in_(levels))
        if up_to is not None:
            query = query.where(events.c.id <= up_to)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[Event, ...]:
        """Named events; those that were trimmed meanwhile are left out."""
        query = select(events).where(events.c.id.in_(ids))
        with self._database.read() as connection:
            return tuple(
                Event(
                    row.id,
                    row.at,
                    row.kind,
                    row.level,
                    row.study_id,
                    row.examination_id,
                    row.delivery_id,
                    json.loads(row.facts),
                )
                for row in connection.execute(query)
            )

    def counts(self) -> dict[str, int]:
        """Events by level."""
        query = select(events.c.level, func.count()).group_by(events.c.level)
        with self._database.read() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {level: found.get(level, 0) for level in LEVELS}
