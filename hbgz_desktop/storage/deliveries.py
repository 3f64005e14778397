"""The upload queue: planned, claimed with lease and fencing token, finished (DESIGN 5.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, case, delete, desc, insert, or_, select, update

from hbgz_desktop.model.delivery import (
    CLAIMABLE,
    BlockedReason,
    Delivery,
    DeliveryItem,
    DeliveryKind,
    DeliveryState,
    Outcome,
    PlannedDelivery,
    replan,
)
from hbgz_desktop.storage.attempts import AttemptLog, NewAttempt
from hbgz_desktop.storage.database import Database, inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.tables import (
    deliveries,
    delivery_items,
    instances,
    platform_state,
    problems,
    reports,
    studies,
)
from hbgz_desktop.storage.worklist import refresh_examination

AGEING = timedelta(hours=1)
"""Younger work goes first; what has waited longer than this goes before it."""
_DONE = (DeliveryState.DELIVERED.value, DeliveryState.NOT_REQUIRED.value)


def to_delivery(row: Row[Any]) -> Delivery:
    """A row of ``deliveries`` as the model's dataclass."""
    return Delivery(
        id=row.id,
        examination_id=row.examination_id,
        platform=row.platform,
        kind=DeliveryKind(row.kind),
        part=row.part,
        state=DeliveryState(row.state),
        blocked_reason=BlockedReason(row.blocked_reason) if row.blocked_reason else None,
        is_paused=row.is_paused,
        paused_by=row.paused_by,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        token=row.token,
        lease_owner=row.lease_owner,
        lease_until=row.lease_until,
        cause=row.cause,
        http_status=row.http_status,
        answer_code=row.answer_code,
        message=row.message,
        content_digest=row.content_digest,
        items_total=row.items_total,
        items_confirmed=row.items_confirmed,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


class DeliveryQueue:
    """Repository of the queue's engine side. Safe from any thread and any process on the same file."""

    def __init__(self, database: Database, attempts: AttemptLog) -> None:
        """Work on ``database``; requests are kept in ``attempts``."""
        self._database = database
        self._attempts = attempts

    def apply_plan(
        self, examination_id: int, platform: str, planned: Sequence[PlannedDelivery]
    ) -> int:
        """Bring the rows of one examination to what is wanted, in one transaction; returns how many changed."""
        changed = 0
        with self._database.write() as connection:
            rows = connection.execute(
                select(deliveries).where(
                    deliveries.c.examination_id == examination_id,
                    deliveries.c.platform == platform,
                )
            ).all()
            existing = {(row.kind, row.part): row for row in rows}
            is_open = True
            for kind in DeliveryKind:
                wanted = [one for one in planned if one.kind is kind]
                for one in wanted:
                    ordered = one if is_open else _behind(one)
                    row = existing.get((kind.value, one.part))
                    changed += self._apply(connection, examination_id, platform, ordered, row)
                is_open = is_open and self._is_done(connection, examination_id, platform, kind)
            refresh_examination(connection, examination_id)
        return changed

    @staticmethod
    def _is_done(
        connection: Connection, examination_id: int, platform: str, kind: DeliveryKind
    ) -> bool:
        left = connection.execute(
            select(deliveries.c.id)
            .where(
                deliveries.c.examination_id == examination_id,
                deliveries.c.platform == platform,
                deliveries.c.kind == kind.value,
                deliveries.c.state.not_in(_DONE),
            )
            .limit(1)
        ).first()
        return left is None

    def _apply(
        self,
        connection: Connection,
        examination_id: int,
        platform: str,
        planned: PlannedDelivery,
        row: Row[Any] | None,
    ) -> int:
        now = datetime.now(UTC)
        if row is None:
            state = DeliveryState.BLOCKED if planned.blocked else DeliveryState.READY
            result = connection.execute(
                insert(deliveries),
                {
                    "examination_id": examination_id,
                    "platform": platform,
                    "kind": planned.kind.value,
                    "part": planned.part,
                    "state": state.value,
                    "blocked_reason": planned.blocked.value if planned.blocked else "",
                    "content_digest": planned.content_digest,
                    "created_at": now,
                    "updated_at": now,
                },
            )
            self._set_items(connection, inserted_id(result), planned)
            return 1
        if row.state == DeliveryState.RUNNING.value:
            return 0
        self._set_items(connection, row.id, planned)
        reason = BlockedReason(row.blocked_reason) if row.blocked_reason else None
        change = replan(DeliveryState(row.state), reason, row.sent_digest, planned)
        if change is None and row.content_digest == planned.content_digest:
            return 0
        values: dict[str, object] = {"content_digest": planned.content_digest}
        if change is not None:
            state, reason = change
            values |= {"state": state.value, "blocked_reason": reason.value if reason else ""}
            if row.state != state.value:
                values |= {"next_attempt_at": None, "updated_at": now}
                if state is DeliveryState.READY:
                    values |= {"cause": "", "message": "", "attempts": 0}
        connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(values))
        return int(change is not None and row.state != change[0].value)

    @staticmethod
    def _set_items(connection: Connection, delivery_id: int, planned: PlannedDelivery) -> None:
        if planned.kind is not DeliveryKind.IMAGES:
            return
        have = {
            row.instance_id: row
            for row in connection.execute(
                select(delivery_items).where(delivery_items.c.delivery_id == delivery_id)
            )
        }
        wanted = dict(planned.items)
        gone = [instance for instance in have if instance not in wanted]
        if gone:
            connection.execute(
                delete(delivery_items).where(
                    delivery_items.c.delivery_id == delivery_id,
                    delivery_items.c.instance_id.in_(gone),
                )
            )
        new = [
            {"delivery_id": delivery_id, "instance_id": instance}
            for instance in wanted
            if instance not in have
        ]
        if new:
            connection.execute(insert(delivery_items), new)
        confirmed = sum(
            1 for i, row in have.items() if i in wanted and row.confirmed_at is not None
        )
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id)
            .values(items_total=len(wanted), items_confirmed=confirmed)
        )

    def claim(
        self, owner: str, *, lease_s: float, platforms: Iterable[str], now: datetime | None = None
    ) -> Delivery | None:
        """Reserve one due delivery in a single UPDATE; also takes over a lease that ran out.

        Args:
            owner: Name of the claiming worker, unique among processes.
            lease_s: Seconds until the claim lapses unless renewed.
            platforms: Only these.
            now: Aware UTC time, None = the clock.

        Returns:
            The claimed delivery with its new fencing token, None when nothing is due.
        """
        moment = now or datetime.now(UTC)
        claimable = [state.value for state in CLAIMABLE]
        due = or_(
            and_(
                deliveries.c.state.in_(claimable),
                or_(
                    deliveries.c.next_attempt_at.is_(None),
                    deliveries.c.next_attempt_at <= moment,
                ),
            ),
            and_(
                deliveries.c.state == DeliveryState.RUNNING.value,
                deliveries.c.lease_until < moment,
            ),
        )
        blocked = select(platform_state.c.platform).where(
            or_(platform_state.c.opened_at.is_not(None), platform_state.c.is_paused)
        )
        pick = (
            select(deliveries.c.id)
            .where(
                due,
                ~deliveries.c.is_paused,
                deliveries.c.platform.in_(list(platforms)),
                deliveries.c.platform.not_in(blocked),
            )
            .order_by(
                case((deliveries.c.created_at < moment - AGEING, 0), else_=1),
                desc(deliveries.c.examination_id),
            )
            .limit(1)
            .scalar_subquery()
        )
        statement = (
            update(deliveries)
            .where(deliveries.c.id == pick)
            .values(
                state=DeliveryState.RUNNING.value,
                blocked_reason="",
                cancel_requested=False,
                token=deliveries.c.token + 1,
                lease_owner=owner,
                lease_until=moment + timedelta(seconds=lease_s),
                updated_at=moment,
            )
            .returning(*deliveries.c)
        )
        with self._database.write() as connection:
            row = connection.execute(statement).first()
            if row is not None:
                refresh_examination(connection, row.examination_id)
        return None if row is None else to_delivery(row)

    def renew(self, delivery_id: int, token: int, *, lease_s: float) -> bool:
        """Heartbeat of a claim; False when it is no longer ours or a person asked to cancel or pause."""
        with self._database.write() as connection:
            row = connection.execute(
                update(deliveries)
                .where(_ours(delivery_id, token))
                .values(lease_until=datetime.now(UTC) + timedelta(seconds=lease_s))
                .returning(deliveries.c.cancel_requested, deliveries.c.is_paused)
            ).first()
        return row is not None and not row.cancel_requested and not row.is_paused

    def is_cancelled(self, delivery_id: int) -> bool:
        """True when a person asked to cancel it while it was running."""
        query = select(deliveries.c.cancel_requested).where(deliveries.c.id == delivery_id)
        with self._database.read() as connection:
            return bool(connection.execute(query).scalar())

    def open_items(self, delivery_id: int) -> tuple[DeliveryItem, ...]:
        """What an image delivery still has to send, in series and instance order."""
        query = (
            select(instances.c.id, instances.c.path, instances.c.size_bytes, instances.c.md5)
            .join(delivery_items, delivery_items.c.instance_id == instances.c.id)
            .where(
                delivery_items.c.delivery_id == delivery_id,
                delivery_items.c.confirmed_at.is_(None),
            )
            .order_by(instances.c.series_id, instances.c.instance_number, instances.c.id)
        )
        with self._database.read() as connection:
            return tuple(
                DeliveryItem(delivery_id, row.id, row.path, row.size_bytes, row.md5 or "", False)
                for row in connection.execute(query)
            )

    def record_exchange(
        self, delivery: Delivery, attempt: NewAttempt, *, confirmed_md5: str = ""
    ) -> bool:
        """Keep one request and its answer; for an image also that it was sent, and confirmed.

        Args:
            delivery: As claimed.
            attempt: The exchange, masked; its ``instance_id`` names the image.
            confirmed_md5: MD5 of the bytes the platform answered code 0 to (DESIGN 5.6), "" when it did not.

        Returns:
            False when the claim is lost: the row is kept as ``dropped`` and nothing else changes.
        """
        with self._database.write() as connection:
            ours = connection.execute(
                select(deliveries.c.id).where(_ours(delivery.id, delivery.token))
            ).first()
            if ours is None:
                self._attempts.insert(connection, replace(attempt, outcome="dropped"))
                return False
            self._attempts.insert(connection, attempt)
            if attempt.instance_id is not None:
                self._mark(connection, delivery.id, attempt.instance_id, confirmed_md5)
        return True

    @classmethod
    def _mark(
        cls, connection: Connection, delivery_id: int, instance_id: int, confirmed_md5: str
    ) -> None:
        now = datetime.now(UTC)
        values: dict[str, object] = {"sent_at": now}
        if confirmed_md5:
            values |= {"confirmed_at": now, "sent_md5": confirmed_md5}
        connection.execute(
            update(delivery_items)
            .where(
                delivery_items.c.delivery_id == delivery_id,
                delivery_items.c.instance_id == instance_id,
            )
            .values(values)
        )
        cls._mark_instance(connection, delivery_id, instance_id, now, confirmed=bool(confirmed_md5))

    @staticmethod
    def _mark_instance(
        connection: Connection,
        delivery_id: int,
        instance_id: int,
        now: datetime,
        *,
        confirmed: bool,
    ) -> None:
        old = connection.execute(
            select(instances.c.study_id, instances.c.sent_at, instances.c.confirmed_at).where(
                instances.c.id == instance_id
            )
        ).one()
        sent = int(old.sent_at is None)
        new = int(confirmed and old.confirmed_at is None)
        values: dict[str, object] = {"sent_at": now} if sent else {}
        if new:
            values["confirmed_at"] = now
        if values:
            connection.execute(
                update(instances).where(instances.c.id == instance_id).values(values)
            )
            connection.execute(
                update(studies)
                .where(studies.c.id == old.study_id)
                .values(
                    sent_count=studies.c.sent_count + sent,
                    confirmed_count=studies.c.confirmed_count + new,
                )
            )
        if confirmed:
            connection.execute(
                update(deliveries)
                .where(deliveries.c.id == delivery_id)
                .values(items_confirmed=deliveries.c.items_confirmed + 1)
            )

    def finish(
        self,
        delivery: Delivery,
        outcome: Outcome,
        *,
        cause: str = "",
        http_status: int | None = None,
        answer_code: str = "",
        message: str = "",
        next_attempt_at: datetime | None = None,
        counts: bool = True,
    ) -> bool:
        """Record how a claim ended; nothing changes when the token is old (fencing decides).

        Args:
            delivery: As claimed.
            outcome: What happened.
            cause: Error code of the texts, "" on success.
            http_status: Status of the last answer.
            answer_code: The platform's own code.
            message: The platform's text, masked.
            next_attempt_at: When to try again (``TRANSIENT``); None = as soon as the platform is back.
            counts: False when the try does not use up the budget (outage, stop).

        Returns:
            False when the result came too late and was dropped.
        """
        state = {
            Outcome.DELIVERED: DeliveryState.DELIVERED,
            Outcome.TRANSIENT: DeliveryState.RETRYING,
            Outcome.REFUSED: DeliveryState.BLOCKED,
            Outcome.FAILED: DeliveryState.FAILED,
            Outcome.STOPPED: DeliveryState.READY,
            Outcome.CANCELLED: DeliveryState.CANCELLED,
        }[outcome]
        values: dict[str, object] = {
            "state": state.value,
            "blocked_reason": BlockedReason.NEEDS_FIX.value if outcome is Outcome.REFUSED else "",
            "cause": cause,
            "http_status": http_status,
            "answer_code": answer_code,
            "message": message[:500],
            "next_attempt_at": next_attempt_at,
            "lease_owner": "",
            "lease_until": None,
            "updated_at": datetime.now(UTC),
        }
        if outcome in (Outcome.DELIVERED, Outcome.REFUSED, Outcome.FAILED):
            values["sent_digest"] = delivery.content_digest
        if counts and outcome in (Outcome.TRANSIENT, Outcome.FAILED):
            values["attempts"] = deliveries.c.attempts + 1
        with self._database.write() as connection:
            done = connection.execute(
                update(deliveries).where(_ours(delivery.id, delivery.token)).values(values)
            ).rowcount
            if done:
                self._note(connection, delivery, outcome, cause)
        return bool(done)

    @staticmethod
    def _note(connection: Connection, delivery: Delivery, outcome: Outcome, cause: str) -> None:
        level = {Outcome.REFUSED: "warning", Outcome.FAILED: "error"}.get(outcome, "info")
        add_event(
            connection,
            f"delivery_{outcome.value}",
            level=level,
            examination_id=delivery.examination_id,
            delivery_id=delivery.id,
            platform=delivery.platform,
            what=delivery.kind.value,
            cause=cause,
        )
        refresh_examination(connection, delivery.examination_id)
        if outcome is Outcome.DELIVERED and delivery.kind is DeliveryKind.REPORT:
            connection.execute(
                update(reports)
                .where(reports.c.id == delivery.part)
                .values(confirmed_at=datetime.now(UTC))
            )
        if outcome is Outcome.DELIVERED and delivery.kind is DeliveryKind.RECORD:
            connection.execute(
                delete(problems).where(
                    problems.c.examination_id == delivery.examination_id,
                    problems.c.platform == delivery.platform,
                    problems.c.origin == "platform",
                )
            )

    def recover(self, owner_prefix: str) -> int:
        """At start: claims of this engine's earlier life go back to ready at once; returns how many."""
        with self._database.write() as connection:
            rows = connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.state == DeliveryState.RUNNING.value,
                    deliveries.c.lease_owner.startswith(owner_prefix),
                )
                .values(
                    state=DeliveryState.READY.value,
                    lease_owner="",
                    lease_until=None,
                    updated_at=datetime.now(UTC),
                )
                .returning(deliveries.c.examination_id)
            ).all()
            for row in rows:
                refresh_examination(connection, row.examination_id)
        return len(rows)

    def refused_digest(self, examination_id: int, platform: str) -> str:
        """Content the platform refused last, "" when its record is not refused."""
        query = select(deliveries.c.sent_digest).where(
            deliveries.c.examination_id == examination_id,
            deliveries.c.platform == platform,
            deliveries.c.kind == DeliveryKind.RECORD.value,
            deliveries.c.state == DeliveryState.BLOCKED.value,
            deliveries.c.blocked_reason == BlockedReason.NEEDS_FIX.value,
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar() or ""

    def get(self, delivery_id: int) -> Delivery | None:
        """One row."""
        with self._database.read() as connection:
            row = connection.execute(
                select(deliveries).where(deliveries.c.id == delivery_id)
            ).first()
        return None if row is None else to_delivery(row)

    def of_examination(self, examination_id: int) -> tuple[Delivery, ...]:
        """Rows of one examination in sending order."""
        query = (
            select(deliveries)
            .where(deliveries.c.examination_id == examination_id)
            .order_by(deliveries.c.id)
        )
        with self._database.read() as connection:
            return tuple(to_delivery(row) for row in connection.execute(query))


def _ours(delivery_id: int, token: int) -> Any:
    return and_(
        deliveries.c.id == delivery_id,
        deliveries.c.token == token,
        deliveries.c.state == DeliveryState.RUNNING.value,
    )


def _behind(planned: PlannedDelivery) -> PlannedDelivery:
    if planned.blocked is not None:
        return planned
    return PlannedDelivery(
        planned.kind, planned.part, BlockedReason.ORDER, planned.content_digest, planned.items
    )
