"""The append-only audit trail: rows in, rows out, and the one way to cut it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, or_, select

from hbgz_desktop.model.audit import OK, AuditEntry, AuditFilter
from hbgz_desktop.model.permissions import ACTIONS
from hbgz_desktop.model.workstation import host_name, system_account
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import audit_entries, audit_retention

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_LISTED = 50_000
_BATCH = 5000
_COLUMNS = ("study", "examination", "authorization")
"""Facts that are columns of their own, so that a study's rows can be asked for."""


@cache
def _where() -> tuple[str, str]:
    """Account and machine of this process; neither changes while it runs."""
    return system_account(), host_name()


def add_audit(
    connection: Connection,
    actor: str,
    action: str,
    *,
    kind: str = "",
    key: object = "",
    outcome: str = OK,
    **facts: object,
) -> None:
    """Append who did what, inside the transaction that does it.

    Args:
        connection: The caller's.
        actor: Name of the operator.
        action: A key of ``model.permissions.ACTIONS``.
        kind: What it was done to.
        key: Which one.
        outcome: One of ``model.audit.OUTCOMES``.
        facts: ``study``, ``examination`` and ``authorization`` are ids of ours; the rest is free, without
            patient data.

    Raises:
        KeyError: The action is not in the table.
    """
    ACTIONS[action]
    account, host = _where()
    connection.execute(
        insert(audit_entries),
        {
            "at": datetime.now(UTC),
            "actor": actor,
            "system_account": account,
            "host": host,
            "action": action,
            "kind": kind,
            "key": str(key),
            **{f"{name}_id": facts.pop(name, None) for name in _COLUMNS},
            "facts": json.dumps(facts, ensure_ascii=False),
            "outcome": outcome,
        },
    )


class AuditLog(Repository):
    """Appends in a transaction of its own, lists, and cuts what is older than the rule allows."""

    def add(self, actor: str, action: str, **values: Any) -> None:
        """Append one row; arguments as ``add_audit``."""
        with self._database.write() as connection:
            add_audit(connection, actor, action, **values)

    def ids(
        self, wanted: AuditFilter, *, sort: str = "at", descending: bool = True
    ) -> tuple[int, ...]:
        """Ids that match now, newest first unless told otherwise; at most ``MOST_LISTED``."""
        column = {"actor": audit_entries.c.actor, "action": audit_entries.c.action}.get(
            sort, audit_entries.c.id
        )
        order = (column, audit_entries.c.id)
        query = _narrow(select(audit_entries.c.id), wanted).limit(MOST_LISTED)
        query = query.order_by(*(one.desc() for one in order) if descending else order)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[AuditEntry, ...]:
        """Rows of these ids, in any order."""
        query = select(audit_entries).where(audit_entries.c.id.in_(list(ids)))
        with self._database.read() as connection:
            return tuple(_entry(row) for row in connection.execute(query))

    def count(self, wanted: AuditFilter) -> int:
        """How many match."""
        query = _narrow(select(func.count()).select_from(audit_entries), wanted)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar() or 0)

    def actors(self) -> tuple[str, ...]:
        """Names that stand in the trail, in order."""
        query = select(audit_entries.c.actor).distinct().order_by(audit_entries.c.actor)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def actions(self) -> tuple[str, ...]:
        """Actions that stand in the trail, in order."""
        query = select(audit_entries.c.action).distinct().order_by(audit_entries.c.action)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def trim(self, before: datetime, actor: str) -> int:
        """Delete rows older than ``before``, at most some thousand at a time; the only way there is.

        The triggers let a row go only while ``audit_retention`` names a later moment, and that row lives
        and dies in this transaction. What was cut is itself written down.

        Returns:
            How many were deleted.
        """
        old = select(audit_entries.c.id).where(audit_entries.c.at < before).limit(_BATCH)
        with self._database.write() as connection:
            if connection.execute(old.limit(1)).first() is None:
                return 0
            connection.execute(insert(audit_retention), {"before_at": before})
            gone = connection.execute(
                delete(audit_entries).where(audit_entries.c.id.in_(old))
            ).rowcount
            connection.execute(delete(audit_retention))
            add_audit(connection, actor, "audit_trimmed", before=before.isoformat(), rows=gone)
        return gone


def _narrow(query: Select[Any], wanted: AuditFilter) -> Select[Any]:
    table = audit_entries.c
    if wanted.since is not None:
        query = query.where(table.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.at < wanted.until)
    if wanted.actor:
        query = query.where(table.actor == wanted.actor)
    if wanted.actions:
        query = query.where(table.action.in_(wanted.actions))
    if wanted.outcome:
        query = query.where(table.outcome == wanted.outcome)
    text = wanted.text.strip()
    if text:
        held = (table.actor, table.kind, table.key, table.facts, table.system_account, table.host)
        query = query.where(
            or_(
                table.action.in_(wanted.actions_said),
                *(one.contains(text, autoescape=True) for one in held),
            )
        )
    return query


def _entry(row: Row[Any]) -> AuditEntry:
    values = dict(row._mapping)
    values["facts"] = json.loads(values["facts"])
    return AuditEntry(**values)
