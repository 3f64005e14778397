"""What came of a claim: exchanges, confirmed instances, the end (DESIGN 5.5, 5.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, case, delete, select, update

from hbgz_desktop.model.delivery import (
    BlockedReason,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Outcome,
)
from hbgz_desktop.storage.delivery_rows import is_ours
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import (
    deliveries,
    delivery_items,
    instances,
    problems,
    reports,
    studies,
)
from hbgz_desktop.storage.worklist import mark_stale, refresh_examination

if TYPE_CHECKING:
    from hbgz_desktop.storage.attempts import AttemptLog, NewAttempt

_STATES = {
    Outcome.DELIVERED: DeliveryState.DELIVERED,
    Outcome.TRANSIENT: DeliveryState.RETRYING,
    Outcome.REFUSED: DeliveryState.BLOCKED,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.STOPPED: DeliveryState.READY,
    Outcome.CANCELLED: DeliveryState.CANCELLED,
}
_MESSAGE_LIMIT = 500


class DeliveryResults(Repository):
    """Writes results; one that comes with an old token changes nothing (fencing decides)."""

    _attempts: AttemptLog

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
        digest = delivery.content_digest
        with self._database.write() as connection:
            ours = connection.execute(
                select(deliveries.c.id).where(is_ours(delivery.id, delivery.token))
            ).first()
            if ours is None:
                dropped = replace(attempt, outcome="dropped")
                self._attempts.insert(connection, dropped, content_digest=digest)
                return False
            self._attempts.insert(connection, attempt, content_digest=digest)
            if attempt.instance_id is not None:
                _mark_item(connection, delivery.id, attempt.instance_id, confirmed_md5)
                _mark_instance(connection, attempt.instance_id, is_confirmed=bool(confirmed_md5))
        return True

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
        """Record how a claim ended; cancelled instead when a person asked for that and it did not succeed.

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
        values: dict[str, object] = {
            "cause": cause,
            "http_status": http_status,
            "answer_code": answer_code,
            "message": message[:_MESSAGE_LIMIT],
            "next_attempt_at": next_attempt_at,
            "lease_owner": "",
            "lease_until": None,
            "updated_at": datetime.now(UTC),
            **_next_state(outcome),
        }
        if outcome in (Outcome.DELIVERED, Outcome.REFUSED, Outcome.FAILED):
            values["sent_digest"] = delivery.content_digest
        if counts and outcome in (Outcome.TRANSIENT, Outcome.FAILED):
            values["attempts"] = deliveries.c.attempts + 1
        with self._database.write() as connection:
            row = connection.execute(
                update(deliveries)
                .where(is_ours(delivery.id, delivery.token))
                .values(values)
                .returning(deliveries.c.state)
            ).first()
            if row is None:
                return False
            is_cancelled = row.state == DeliveryState.CANCELLED.value
            _note(connection, delivery, Outcome.CANCELLED if is_cancelled else outcome, cause)
        return True


def _next_state(outcome: Outcome) -> dict[str, object]:
    """State, reason and pause after an outcome, with a request to cancel honoured."""
    reason = BlockedReason.NEEDS_FIX.value if outcome is Outcome.REFUSED else ""
    if outcome in (Outcome.DELIVERED, Outcome.CANCELLED):
        return {
            "state": _STATES[outcome].value,
            "blocked_reason": "",
            "cancel_requested": False,
            "is_paused": False,
            "paused_by": "",
        }
    cancel = deliveries.c.cancel_requested
    return {
        "state": case((cancel, DeliveryState.CANCELLED.value), else_=_STATES[outcome].value),
        "blocked_reason": case((cancel, ""), else_=reason),
        "is_paused": case((cancel, False), else_=deliveries.c.is_paused),
        "cancel_requested": False,
    }


def _mark_item(
    connection: Connection, delivery_id: int, instance_id: int, confirmed_md5: str
) -> None:
    """An image was sent for this delivery, and confirmed when an MD5 is given."""
    now = datetime.now(UTC)
    own = (
        delivery_items.c.delivery_id == delivery_id,
        delivery_items.c.instance_id == instance_id,
    )
    connection.execute(update(delivery_items).where(*own).values(sent_at=now))
    if not confirmed_md5:
        return
    is_new = connection.execute(
        update(delivery_items)
        .where(*own, delivery_items.c.confirmed_at.is_(None))
        .values(confirmed_at=now, sent_md5=confirmed_md5)
    ).rowcount
    if is_new:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id)
            .values(items_confirmed=deliveries.c.items_confirmed + 1)
        )


def _mark_instance(connection: Connection, instance_id: int, *, is_confirmed: bool) -> None:
    """Ledger of the instance and counts of its study; the study counts current, sendable ones only."""
    now = datetime.now(UTC)
    old = connection.execute(select(instances).where(instances.c.id == instance_id)).one()
    values: dict[str, object] = {}
    if old.sent_at is None:
        values["sent_at"] = now
    if is_confirmed and old.confirmed_at is None:
        values["confirmed_at"] = now
    if not values:
        return
    connection.execute(update(instances).where(instances.c.id == instance_id).values(values))
    if old.is_current and old.is_sendable:
        connection.execute(
            update(studies)
            .where(studies.c.id == old.study_id)
            .values(
                sent_count=studies.c.sent_count + int("sent_at" in values),
                confirmed_count=studies.c.confirmed_count + int("confirmed_at" in values),
            )
        )


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
    if outcome is Outcome.DELIVERED and delivery.kind is DeliveryKind.REPORT:
        _confirm_report(connection, delivery)
    if outcome is Outcome.DELIVERED and delivery.kind is DeliveryKind.RECORD:
        connection.execute(
            delete(problems).where(
                problems.c.examination_id == delivery.examination_id,
                problems.c.platform == delivery.platform,
                problems.c.origin == "platform",
            )
        )
    if outcome is Outcome.DELIVERED:
        mark_stale(connection, delivery.examination_id)  # what waited for its turn goes now
    refresh_examination(connection, delivery.examination_id)


def _confirm_report(connection: Connection, delivery: Delivery) -> None:
    """Confirmed unless a new file has taken its place since the claim."""
    connection.execute(
        update(reports)
        .where(reports.c.id == delivery.part, reports.c.updated_at <= delivery.updated_at)
        .values(confirmed_at=datetime.now(UTC))
    )
