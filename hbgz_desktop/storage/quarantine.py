"""Refused objects that a person has settled, and whose bytes may go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import quarantine

if TYPE_CHECKING:
    from collections.abc import Sequence


class QuarantineStore(Repository):
    """Repository of what was refused; ``reception`` adds to it."""

    def settled(self, *, before: datetime, limit: int = 500) -> tuple[tuple[int, str], ...]:
        """(row id, path) of objects that were settled before then and whose file was not cleared yet."""
        query = (
            select(quarantine.c.id, quarantine.c.path)
            .where(quarantine.c.settled_at < before, quarantine.c.cleared_at.is_(None))
            .order_by(quarantine.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple((row.id, row.path) for row in connection.execute(query))

    def mark_cleared(self, ids: Sequence[int]) -> None:
        """Their files are gone."""
        if not ids:
            return
        with self._database.write() as connection:
            connection.execute(
                update(quarantine)
                .where(quarantine.c.id.in_(ids))
                .values(cleared_at=datetime.now(UTC))
            )
