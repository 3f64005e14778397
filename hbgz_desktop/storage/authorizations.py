"""Authorizations of patients: the history, and the queue of those that wait to be sent (V1.5, 2.2.3.3).

saveAuthUser is no read: one that may have reached the platform is not sent again by itself (H006).
It waits with ``ANSWER_UNKNOWN``, which neither ``claim`` for the engine nor ``make_due`` touches.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, desc, insert, or_, select, update

from hbgz_desktop.model.authorization import (
    ANSWER_UNKNOWN,
    LIVE,
    Authorization,
    AuthorizationState,
)
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.authorization_views import (
    AuthorizationViews,
    one_authorization,
    to_authorization,
)
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.tables import authorizations
from hbgz_desktop.storage.visit_rows import (
    is_same_visit,
    visit_key,
    visit_values,
)

if TYPE_CHECKING:
    from hbgz_desktop.model.operator import Operator
    from hbgz_desktop.model.visit import HospitalUser, Visit

_WAITING, _SENDING = AuthorizationState.WAITING.value, AuthorizationState.SENDING.value
_WITHDRAWN, _REFUSED = AuthorizationState.WITHDRAWN.value, AuthorizationState.REFUSED.value
_LIVE = tuple(one.value for one in LIVE)
_MESSAGE_LIMIT = 1000


class AuthorizationStore(AuthorizationViews):
    """Repository of authorizations; safe from any thread and process."""

    def add(
        self, visit: Visit, user: HospitalUser, operator: Operator
    ) -> tuple[Authorization, bool]:
        """Keep a new one in state waiting, due at once, unless this visit has one that stands.

        One that was refused makes room for another try with other values; it stays in the history.

        Returns:
            (the row, True when it had been there before).
        """
        table = authorizations.c
        now = datetime.now(UTC)
        with self._database.write() as connection:
            same = is_same_visit(authorizations, visit)
            known = connection.execute(
                select(authorizations).where(same, table.state.in_(_LIVE)).order_by(desc(table.id))
            ).first()
            if known is not None:
                return to_authorization(known), True
            connection.execute(
                update(authorizations).where(same, table.state == _REFUSED).values(visit_key=None)
            )
            values = user.values()
            row_id = inserted_id(
                connection.execute(
                    insert(authorizations),
                    {
                        "visit_key": visit_key(visit),
                        **visit_values(visit),
                        "operator": operator.name,
                        "his_dept_code": values["hisDeptCode"],
                        "his_user_code": values["hisUserCode"],
                        "state": _WAITING,
                        "next_try_at": now,
                        "created_at": now,
                    },
                )
            )
            add_audit(
                connection,
                operator.name,
                "authorization_entered",
                kind="authorization",
                key=row_id,
                authorization=row_id,
            )
            return one_authorization(connection, row_id), False

    def claim(
        self, owner: str, *, lease_s: float, authorization_id: int | None = None
    ) -> Authorization | None:
        """Reserve one that is due, the oldest first.

        One whose lease ran out may have been sent: it is left to a person (H006), as is all that
        waits with ``ANSWER_UNKNOWN``.

        Args:
            owner: Name of the claimer, unique among threads and processes.
            lease_s: Seconds until the claim lapses.
            authorization_id: This one, due or not, for a person; None = any that is due.

        Returns:
            The claimed row with its new fencing token, None when there is none.
        """
        now = datetime.now(UTC)
        table = authorizations.c
        wanted = table.id == authorization_id
        if authorization_id is None:
            is_due = or_(table.next_try_at.is_(None), table.next_try_at <= now)
            wanted = is_due & (table.error_code != ANSWER_UNKNOWN)
        due = select(table.id).where(table.state == _WAITING, wanted).order_by(table.id).limit(1)
        lapsed = (table.state == _SENDING) & (table.lease_until < now)
        either = select(table.id).where(or_(table.id == due.scalar_subquery(), lapsed)).limit(1)
        with self._database.read() as connection:
            if connection.execute(either).first() is None:
                return None
        with self._database.write() as connection:
            _leave_to_a_person(connection, lapsed)
            row = connection.execute(
                update(authorizations)
                .where(table.id == due.scalar_subquery())
                .values(
                    state=_SENDING,
                    token=table.token + 1,
                    lease_owner=owner,
                    lease_until=now + timedelta(seconds=lease_s),
                    next_try_at=None,
                )
                .returning(*table)
            ).first()
        return None if row is None else to_authorization(row)

    def finish(
        self,
        claimed: Authorization,
        state: AuthorizationState,
        *,
        error_code: str = "",
        message: str = "",
        next_try_at: datetime | None = None,
        is_attempt: bool = True,
    ) -> Authorization:
        """End a claim; a result that comes too late changes nothing but what it proves.

        Args:
            claimed: As ``claim`` returned it.
            state: Authorized, refused, or waiting again.
            error_code: Why not.
            message: The platform's words, masked.
            next_try_at: When it is tried again, for waiting.
            is_attempt: False when the platform was not reached and the try does not count.

        Returns:
            The row as it is now.
        """
        table = authorizations.c
        now = datetime.now(UTC)
        accepted = state is AuthorizationState.AUTHORIZED
        values: dict[str, object] = {
            "state": state.value,
            "error_code": error_code,
            "message": message[:_MESSAGE_LIMIT],
            "next_try_at": next_try_at,
            "attempts": table.attempts + int(is_attempt),
            "sent_at": now if accepted else None,
            "lease_owner": "",
            "lease_until": None,
        }
        with self._database.write() as connection:
            is_ours = connection.execute(
                update(authorizations)
                .where(
                    table.id == claimed.id,
                    table.state == _SENDING,
                    table.token == claimed.token,
                )
                .values(values)
            ).rowcount
            if is_ours:
                add_event(connection, f"authorization_{state.value}", authorization=claimed.id)
            elif accepted:  # withdrawn or given up on its way: the platform has it all the same
                connection.execute(
                    update(authorizations)
                    .where(
                        table.id == claimed.id,
                        table.state == _WAITING,
                        table.error_code == ANSWER_UNKNOWN,
                    )
                    .values(state=state.value, error_code="", next_try_at=None)
                )
                connection.execute(
                    update(authorizations)
                    .where(table.id == claimed.id, table.sent_at.is_(None))
                    .values(sent_at=now)
                )
            return one_authorization(connection, claimed.id)

    def withdraw(self, authorization_id: int, operator: Operator, reason: str) -> Authorization:
        """The patient took it back: it is not sent any more, and nothing is asked for it.

        Raises:
            UsageError: ``authorization_unknown``.
        """
        table = authorizations.c
        with self._database.write() as connection:
            changed = connection.execute(
                update(authorizations)
                .where(table.id == authorization_id, table.state != _WITHDRAWN)
                .values(
                    state=_WITHDRAWN,
                    visit_key=None,
                    token=table.token + 1,
                    next_try_at=None,
                    lease_owner="",
                    lease_until=None,
                    withdrawn_at=datetime.now(UTC),
                    withdrawn_by=operator.name,
                    reason=reason.strip(),
                )
            ).rowcount
            if changed:
                add_event(connection, "authorization_withdrawn", authorization=authorization_id)
                add_audit(
                    connection,
                    operator.name,
                    "authorization_withdrawn",
                    kind="authorization",
                    key=authorization_id,
                    authorization=authorization_id,
                )
            return one_authorization(connection, authorization_id)

    def send_again(self, authorization_id: int, operator: Operator) -> Authorization:
        """One that was refused, or waits for its time or for a person (H006), may be sent now.

        Raises:
            UsageError: ``authorization_unknown``.
        """
        table = authorizations.c
        now = datetime.now(UTC)
        lapsed = (table.state == _SENDING) & (table.lease_until < now)
        with self._database.write() as connection:
            _leave_to_a_person(connection, lapsed & (table.id == authorization_id))
            changed = connection.execute(
                update(authorizations)
                .where(
                    table.id == authorization_id,
                    table.visit_key.is_not(None),
                    table.state.in_((_REFUSED, _WAITING)),
                )
                .values(state=_WAITING, next_try_at=now)
            ).rowcount
            if changed:
                add_audit(
                    connection,
                    operator.name,
                    "authorization_sent_again",
                    kind="authorization",
                    key=authorization_id,
                    authorization=authorization_id,
                )
            return one_authorization(connection, authorization_id)

    def make_due(self) -> int:
        """The platform is back: all that wait for it, not for a person, are due; returns how many."""
        table = authorizations.c
        now = datetime.now(UTC)
        with self._database.write() as connection:
            return connection.execute(
                update(authorizations)
                .where(
                    table.state == _WAITING,
                    table.next_try_at > now,
                    table.error_code != ANSWER_UNKNOWN,
                )
                .values(next_try_at=now)
            ).rowcount

    def recover(self, owner_prefix: str) -> int:
        """At start: claims of this engine's earlier life are left to a person (H006); returns how many."""
        table = authorizations.c
        is_ours = table.lease_owner.startswith(owner_prefix, autoescape=True)
        with self._database.write() as connection:
            return _leave_to_a_person(connection, (table.state == _SENDING) & is_ours)


def _leave_to_a_person(connection: Connection, given_up: ColumnElement[bool]) -> int:
    """Nobody knows how these claims ended: they wait until a person sends them again (H006)."""
    table = authorizations.c
    ids = connection.scalars(
        update(authorizations)
        .where(given_up)
        .values(
            state=_WAITING,
            error_code=ANSWER_UNKNOWN,
            message="",
            next_try_at=None,
            attempts=table.attempts + 1,
            token=table.token + 1,
            lease_owner="",
            lease_until=None,
        )
        .returning(table.id)
    ).all()
    for authorization_id in ids:
        add_event(connection, "authorization_waiting", authorization=authorization_id)
    return len(ids)
