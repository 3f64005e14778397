"""The append-only ``events`` table."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, desc, func, insert, select

from hbgz_desktop.model.events import Event
from hbgz_desktop.storage.tables import events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.storage.database import Database

KEPT = timedelta(days=30)


def add_event(
    connection: Connection,
    kind: str,
    *,
    level: str = "info",
    study_id: int | None = None,
    examination_id: int | None = None,
    delivery_id: int | None = None,
    **facts: object,
) -> None:
    """Append one fact inside the caller's transaction; ``facts`` never hold patient data."""
    connection.execute(
        insert(events),
        {
            "at": datetime.now(UTC),
            "kind": kind,
            "level": level,
            "study_id": study_id,
            "examination_id": examination_id,
            "delivery_id": delivery_id,
            "facts": json.dumps(facts, ensure_ascii=False),
        },
    )


def add_events(
    connection: Connection,
    kind: str,
    whose: Sequence[tuple[int, int]],
    **facts: object,
) -> None:
    """Append the same fact for many (examination id, delivery id), in one statement."""
    now, text = datetime.now(UTC), json.dumps(facts, ensure_ascii=False)
    if whose:
        connection.execute(
            insert(events),
            [
                {
                    "at": now,
                    "kind": kind,
                    "examination_id": examination_id,
                    "delivery_id": delivery_id,
                    "facts": text,
                }
                for examination_id, delivery_id in whose
            ],
        )


def _event(row: Row[Any]) -> Event:
    values = row._mapping
    return Event(
        id=values["id"],
        at=values["at"],
        kind=values["kind"],
        level=values["level"],
        study_id=values["study_id"],
        examination_id=values["examination_id"],
        delivery_id=values["delivery_id"],
        facts=json.loads(values["facts"]),
    )


class EventLog:
    """Reads and trims the events."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def newest_id(self) -> int:
        """Highest id so far, 0 when there is none."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.max(events.c.id))).scalar() or 0)

    def since(self, last_id: int, limit: int = 500) -> tuple[Event, ...]:
        """Events above ``last_id``, oldest first."""
        query = select(events).where(events.c.id > last_id).order_by(events.c.id).limit(limit)
        with self._database.read() as connection:
            return tuple(_event(row) for row in connection.execute(query))

    def page(
        self,
        *,
        before_id: int | None = None,
        limit: int = 200,
        levels: tuple[str, ...] = (),
        study_id: int | None = None,
        examination_id: int | None = None,
    ) -> tuple[Event, ...]:
        """Newest first; ``study_id`` and ``examination_id`` together mean either."""
        query = select(events).order_by(desc(events.c.id)).limit(limit)
        if before_id is not None:
            query = query.where(events.c.id < before_id)
        if levels:
            query = query.where(events.c.level.in_(levels))
        whose = [
            column == value
            for column, value in (
                (events.c.study_id, study_id),
                (events.c.examination_id, examination_id),
            )
            if value is not None
        ]
        if whose:
            query = query.where(whose[0] if len(whose) == 1 else whose[0] | whose[1])
        with self._database.read() as connection:
            return tuple(_event(row) for row in connection.execute(query))

    def add(self, kind: str, **values: Any) -> None:
        """Append one event in a transaction of its own; arguments as ``add_event``."""
        with self._database.write() as connection:
            add_event(connection, kind, **values)

    def trim(self) -> int:
        """Delete events older than ``KEPT``, at most 5,000 at a time; returns how many."""
        old = select(events.c.id).where(events.c.at < datetime.now(UTC) - KEPT).limit(5000)
        with self._database.write() as connection:
            return connection.execute(delete(events).where(events.c.id.in_(old))).rowcount
