"""What 待处理 needs beside problems: lines of the list, rows to settle, what was handled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, desc, func, select, update

from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import audit_entries, import_rows, quarantine, worklist

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

HANDLED = "problems_released"
CORRECTED = "record_corrected"
_LOOKED_AT = 20_000
"""Newest audit rows that are looked through."""
_TABLES: dict[str, Table] = {"import": import_rows, "quarantine": quarantine}


class FixRows(Repository):
    """Reads and settles. Safe from any thread."""

    def lines(self, examination_ids: Sequence[int]) -> dict[int, int]:
        """Id of one line of the list by examination."""
        query = (
            select(worklist.c.examination_id, worklist.c.id)
            .where(worklist.c.examination_id.in_(examination_ids))
            .order_by(desc(worklist.c.id))
        )
        with self._database.read() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def settle(self, kind: str, ids: Iterable[int], at: datetime | None) -> int:
        """A person has looked at these rows; ``at`` None takes that back.

        Args:
            kind: ``import`` or ``quarantine``.
            ids: Of the rows.
            at: When, or None.
        """
        table = _TABLES[kind]
        with self._database.write() as connection:
            return connection.execute(
                update(table).where(table.c.id.in_(list(ids))).values(settled_at=at)
            ).rowcount

    def handled_since(self, since: datetime) -> frozenset[int]:
        """Examinations that a person put right since then."""
        newest = select(func.coalesce(func.max(audit_entries.c.id), 0)).scalar_subquery()
        query = select(audit_entries.c.facts, audit_entries.c.examination_id).where(
            audit_entries.c.id > newest - _LOOKED_AT,
            audit_entries.c.at >= since,
            audit_entries.c.action.in_((HANDLED, CORRECTED)),
        )
        found: set[int] = set()
        with self._database.read() as connection:
            for text, examination_id in connection.execute(query):
                facts: dict[str, Any] = json.loads(text)
                found.update(facts.get("examinations", ()))
                if examination_id is not None:
                    found.add(examination_id)
        return frozenset(found)
