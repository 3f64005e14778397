"""The history of authorizations: lists, counts, and one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, desc, func, select

from hbgz_desktop.model.authorization import (
    Authorization,
    AuthorizationFilter,
    AuthorizationState,
)
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import authorizations
from hbgz_desktop.storage.visit_rows import is_found, is_same_visit, to_visit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.model.visit import Visit

_SORTED_BY = {
    "created_at": authorizations.c.created_at,
    "name": authorizations.c.search_key,
    "state": authorizations.c.state,
    "visit_time": authorizations.c.visit_time,
    "operator": authorizations.c.operator,
}


class AuthorizationViews(Repository):
    """Reads only; every method is one short transaction."""

    def get(self, authorization_id: int) -> Authorization:
        """One row.

        Raises:
            UsageError: ``authorization_unknown``.
        """
        with self._database.read() as connection:
            return one_authorization(connection, authorization_id)

    def of_visit(self, visit: Visit) -> Authorization | None:
        """The newest of one visit, whatever its state."""
        query = (
            select(authorizations)
            .where(is_same_visit(authorizations, visit))
            .order_by(desc(authorizations.c.id))
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else to_authorization(row)

    def ids(
        self, wanted: AuthorizationFilter, *, sort: str = "created_at", descending: bool = True
    ) -> tuple[int, ...]:
        """Ids that match now, in order."""
        column = _SORTED_BY[sort]
        order = (column, authorizations.c.id)
        query = _narrow(select(authorizations.c.id), wanted)
        query = query.order_by(*(desc(one) for one in order) if descending else order)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def rows(self, ids: Sequence[int]) -> tuple[Authorization, ...]:
        """Rows of these ids, in their order; those that are gone are left out."""
        query = select(authorizations).where(authorizations.c.id.in_(list(ids)))
        with self._database.read() as connection:
            found = {row.id: to_authorization(row) for row in connection.execute(query)}
        return tuple(found[one] for one in ids if one in found)

    def page(
        self,
        wanted: AuthorizationFilter,
        *,
        limit: int,
        offset: int,
        sort: str = "created_at",
        descending: bool = True,
    ) -> tuple[Authorization, ...]:
        """One page of the history."""
        order = (_SORTED_BY[sort], authorizations.c.id)
        query = _narrow(select(authorizations), wanted).limit(limit).offset(offset)
        query = query.order_by(*(desc(one) for one in order) if descending else order)
        with self._database.read() as connection:
            return tuple(to_authorization(row) for row in connection.execute(query))

    def count(self, wanted: AuthorizationFilter) -> int:
        """How many match."""
        query = _narrow(select(func.count()).select_from(authorizations), wanted)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def counts(self, wanted: AuthorizationFilter) -> Mapping[AuthorizationState, int]:
        """How many of each state match; every state has a number."""
        query = _narrow(
            select(authorizations.c.state, func.count()).select_from(authorizations), wanted
        ).group_by(authorizations.c.state)
        with self._database.read() as connection:
            found = {str(state): int(count) for state, count in connection.execute(query)}
        return {one: found.get(one.value, 0) for one in AuthorizationState}


def _narrow(query: Select[Any], wanted: AuthorizationFilter) -> Select[Any]:
    table = authorizations.c
    if wanted.since is not None:
        query = query.where(table.created_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(table.created_at < wanted.until)
    if wanted.states:
        query = query.where(table.state.in_([one.value for one in wanted.states]))
    if wanted.text.strip():
        query = query.where(is_found(authorizations, wanted.text))
    return query


def one_authorization(connection: Connection, authorization_id: int) -> Authorization:
    """The row of an id; raises ``UsageError`` ``authorization_unknown``."""
    row = connection.execute(
        select(authorizations).where(authorizations.c.id == authorization_id)
    ).first()
    if row is None:
        raise UsageError("authorization_unknown", authorization=authorization_id)
    return to_authorization(row)


def to_authorization(row: Row[Any]) -> Authorization:
    """A row as everyone else sees it."""
    return Authorization(
        id=row.id,
        visit=to_visit(row),
        operator=row.operator,
        his_dept_code=row.his_dept_code,
        his_user_code=row.his_user_code,
        state=AuthorizationState(row.state),
        attempts=row.attempts,
        created_at=row.created_at,
        next_try_at=row.next_try_at,
        error_code=row.error_code,
        message=row.message,
        sent_at=row.sent_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by,
        reason=row.reason,
        token=row.token,
    )
