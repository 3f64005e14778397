"""What a person does to deliveries: retry, cancel, pause; always on a frozen list of ids."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Update, and_, func, not_, or_, select, update

from hbgz_desktop.model.delivery import (
    AT_REST,
    CANCELLABLE,
    GONE,
    RETRYABLE_BY_HAND,
    BlockedReason,
    BulkReport,
    DeliveryKind,
    DeliveryState,
)
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_events
from hbgz_desktop.storage.tables import attempts, deliveries
from hbgz_desktop.storage.worklist import refresh_examinations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hbgz_desktop.storage.database import Database

BATCH = 100
_DELETION = DeliveryKind.DELETION.value
_NEVER_LEFT = (
    "platform_dns",
    "platform_no_route",
    "platform_refused_connection",
    "platform_timeout_connect",
    "platform_tls",
)
"""Failures before a request has left this machine."""
_TRIED = attempts.c.delivery_id == deliveries.c.id
_NEWEST = select(func.max(attempts.c.id)).where(_TRIED).correlate(deliveries).scalar_subquery()
_DID_NOTHING = or_(
    attempts.c.outcome.in_(("refused", "unauthorised")), attempts.c.cause.in_(_NEVER_LEFT)
)
_SAID_NO = select(attempts.c.id).where(
    attempts.c.id == _NEWEST,
    attempts.c.outcome == "refused",
    attempts.c.cause != GONE,
    attempts.c.token == deliveries.c.token,
)
_MAY_HAVE_DONE_IT = select(attempts.c.id).where(
    _TRIED, or_(attempts.c.cause == GONE, not_(_DID_NOTHING))
)
_NOT_SENT = or_(
    _SAID_NO.correlate(deliveries).exists(),
    and_(
        deliveries.c.interrupted_digest == "",
        ~_MAY_HAVE_DONE_IT.correlate(deliveries).exists(),
    ),
)
"""Of a deletion: no try can have carried it out, or the last one was refused by a platform that has the index.

What speaks of the key or the line alone says nothing of an earlier try that was not answered; and an index
the platform says it has not must not go on as if it were there.
"""


class QueueActions:
    """Each action is exact: it reports how many rows it changed and how many it skipped."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def ids(self, *, states: Sequence[DeliveryState] = (), platform: str = "") -> tuple[int, ...]:
        """Freeze the ids that match now, newest first."""
        query = select(deliveries.c.id).order_by(deliveries.c.id.desc())
        if states:
            query = query.where(deliveries.c.state.in_([state.value for state in states]))
        if platform:
            query = query.where(deliveries.c.platform == platform)
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def retry(
        self, ids: Iterable[int], actor: str, *, revives_deletions: bool = False
    ) -> BulkReport:
        """Try again now, with a fresh budget of attempts.

        A cancelled one first takes its place in the order again: the caller lets the planner look at its
        examination.

        A delivery the platform refused is retried only when its content has changed: its row says needs-fix
        and is skipped here, for sending the same again will not help. A cancelled deletion is a decision
        taken back: it is skipped unless its cancelling is what is taken back (G052).
        """
        fresh = {
            "next_attempt_at": None,
            "attempts": 0,
            "cancel_requested": False,
            "updated_at": datetime.now(UTC),
        }
        frozen = list(ids)
        again_kinds = set(DeliveryKind) - (
            {DeliveryKind.DELETION} if not revives_deletions else set()
        )
        waiting = [one.value for one in RETRYABLE_BY_HAND if one is not DeliveryState.CANCELLED]
        again = self._apply(
            frozen,
            actor,
            "delivery_retried",
            update(deliveries)
            .where(deliveries.c.state.in_(waiting))
            .values(state=DeliveryState.READY.value, blocked_reason="", **fresh),
        )
        reopened = self._apply(
            frozen,
            actor,
            "delivery_retried",
            update(deliveries)
            .where(
                deliveries.c.state == DeliveryState.CANCELLED.value,
                deliveries.c.kind.in_([one.value for one in again_kinds]),
            )
            .values(
                state=DeliveryState.BLOCKED.value, blocked_reason=BlockedReason.ORDER.value, **fresh
            ),
        )
        changed = again.changed + reopened.changed
        return BulkReport(changed, len(frozen) - changed)

    def examinations_of(
        self, ids: Iterable[int], states: Sequence[DeliveryState] = ()
    ) -> tuple[int, ...]:
        """Examinations behind deliveries; with ``states`` only of those that are in one of them."""
        frozen = list(ids)
        found: set[int] = set()
        with self._database.read() as connection:
            for start in range(0, len(frozen), BATCH):
                query = select(deliveries.c.examination_id).where(
                    deliveries.c.id.in_(frozen[start : start + BATCH])
                )
                if states:
                    query = query.where(deliveries.c.state.in_([one.value for one in states]))
                found.update(connection.execute(query).scalars())
        return tuple(sorted(found))

    def deletions_among(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Examinations of those that are deletions: cancelling one lets everything else of it go."""
        frozen = list(ids)
        found: set[int] = set()
        with self._database.read() as connection:
            for start in range(0, len(frozen), BATCH):
                query = select(deliveries.c.examination_id).where(
                    deliveries.c.id.in_(frozen[start : start + BATCH]),
                    deliveries.c.kind == _DELETION,
                )
                found.update(connection.execute(query).scalars())
        return tuple(sorted(found))

    def cancel(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Stop for good until a person retries; a running one stops after the current file.

        A deletion of which nobody knows whether the platform has carried it out is skipped: it has to come
        to an end (G052).
        """
        now = datetime.now(UTC)
        still = [state.value for state in CANCELLABLE if state is not DeliveryState.RUNNING]
        frozen = list(ids)
        waiting = self._apply(
            frozen,
            actor,
            "delivery_cancelled",
            update(deliveries)
            .where(deliveries.c.state.in_(still), or_(deliveries.c.kind != _DELETION, _NOT_SENT))
            .values(
                state=DeliveryState.CANCELLED.value,
                blocked_reason="",
                is_paused=False,
                paused_by="",
                next_attempt_at=None,
                updated_at=now,
            ),
        )
        running = self._apply(
            frozen,
            actor,
            "delivery_cancel_requested",
            update(deliveries)
            .where(
                deliveries.c.state == DeliveryState.RUNNING.value,
                deliveries.c.kind != _DELETION,
                ~deliveries.c.cancel_requested,
            )
            .values(cancel_requested=True),
        )
        changed = waiting.changed + running.changed
        return BulkReport(changed, len(frozen) - changed)

    def pause(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Hold back; a running one stops after the current file."""
        return self._apply(
            ids,
            actor,
            "delivery_paused",
            update(deliveries)
            .where(
                ~deliveries.c.is_paused,
                deliveries.c.state.not_in([state.value for state in AT_REST]),
            )
            .values(is_paused=True, paused_by=actor, updated_at=datetime.now(UTC)),
        )

    def resume(self, ids: Iterable[int], actor: str) -> BulkReport:
        """Let go again."""
        return self._apply(
            ids,
            actor,
            "delivery_resumed",
            update(deliveries)
            .where(deliveries.c.is_paused)
            .values(is_paused=False, paused_by="", updated_at=datetime.now(UTC)),
        )

    def _apply(self, ids: Iterable[int], actor: str, kind: str, statement: Update) -> BulkReport:
        frozen = list(ids)
        changed = 0
        for start in range(0, len(frozen), BATCH):
            with self._database.write() as connection:
                changed += self._batch(
                    connection, frozen[start : start + BATCH], actor, kind, statement
                )
        return BulkReport(changed, len(frozen) - changed)

    @staticmethod
    def _batch(
        connection: Connection, ids: list[int], actor: str, kind: str, statement: Update
    ) -> int:
        rows = connection.execute(
            statement.where(deliveries.c.id.in_(ids)).returning(
                deliveries.c.id, deliveries.c.examination_id
            )
        ).all()
        add_events(
            connection,
            kind,
            [(row.examination_id, row.id) for row in rows],
            actor=actor,
        )
        refresh_examinations(connection, {row.examination_id for row in rows})
        if rows:
            changed = [row.id for row in rows]
            key = changed[0] if len(changed) == 1 else ""
            add_audit(connection, actor, kind, kind="delivery", key=key, deliveries=changed)
        return len(rows)
