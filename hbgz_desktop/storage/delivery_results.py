"""What came of a claim: exchanges, confirmed instances, the end (DESIGN 5.5, 5.6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from hbgz_desktop.storage.deletion_effects import settle_deletion
from hbgz_desktop.storage.delivery_rows import is_ours
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.sent_records import is_correction, keep_sent_record, seal_record
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
    from collections.abc import Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class ImageResult:
    """What came of one image that was sent.

    Attributes:
        attempt: The exchange, masked; its ``instance_id`` names the image.
        confirmed_md5: MD5 of the bytes the platform has (DESIGN 5.6), "" when it does not.
        dimse_status: Final status of a C-STORE, None when there was no answer, or none of DICOM.
        refusal: Error code when sending the same again will not help, else "".
    """

    attempt: NewAttempt
    confirmed_md5: str = ""
    dimse_status: int | None = None
    refusal: str = ""

    @property
    def is_warned(self) -> bool:
        """True when it was stored, but not without a remark (B000, B006, B007)."""
        return bool(self.confirmed_md5) and bool(self.dimse_status)


class DeliveryResults(Repository):
    """Writes results; one that comes with an old token changes nothing (fencing decides)."""

    _attempts: AttemptLog

    def record_exchange(
        self,
        delivery: Delivery,
        attempt: NewAttempt,
        *,
        confirmed_md5: str = "",
        accepted: Mapping[str, object] | None = None,
    ) -> bool:
        """Keep one request and its answer; for an image also that it was sent, and confirmed.

        Args:
            delivery: As claimed.
            attempt: The exchange, masked; its ``instance_id`` names the image.
            confirmed_md5: MD5 of the bytes the platform answered code 0 to (DESIGN 5.6), "" when it did not.
            accepted: The record the platform has taken: what a later correction is held against (G071).

        Returns:
            False when the claim is lost: the row is kept as ``dropped`` and nothing else changes.
        """
        if accepted is None:
            return self.record_images(delivery, [ImageResult(attempt, confirmed_md5)])
        sealed = seal_record(self._attempts.sealer, accepted)
        with self._database.write() as connection:
            ours = self._keep_results(connection, delivery, [ImageResult(attempt, confirmed_md5)])
            if ours:
                keep_sent_record(connection, delivery, sealed)
        return ours

    def record_images(self, delivery: Delivery, results: Sequence[ImageResult]) -> bool:
        """Keep several exchanges in one transaction, each as ``record_exchange`` does.

        Returns:
            False when the claim is lost: all rows are kept as ``dropped`` and nothing else changes.
        """
        with self._database.write() as connection:
            return self._keep_results(connection, delivery, results)

    def _keep_results(
        self, connection: Connection, delivery: Delivery, results: Sequence[ImageResult]
    ) -> bool:
        digest = delivery.content_digest
        ours = connection.execute(
            select(deliveries.c.id).where(is_ours(delivery.id, delivery.token))
        ).first()
        for one in results:
            kept = one.attempt if ours else replace(one.attempt, outcome="dropped")
            self._attempts.insert(connection, kept, content_digest=digest)
            if ours and kept.instance_id is not None:
                _mark_item(connection, delivery.id, kept.instance_id, one)
                _mark_instance(connection, kept.instance_id, one)
        return ours is not None

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
    connection: Connection, delivery_id: int, instance_id: int, result: ImageResult
) -> None:
    """An image was sent for this delivery, and confirmed when an MD5 is given."""
    now = datetime.now(UTC)
    own = (
        delivery_items.c.delivery_id == delivery_id,
        delivery_items.c.instance_id == instance_id,
    )
    connection.execute(
        update(delivery_items)
        .where(*own)
        .values(sent_at=now, dimse_status=result.dimse_status, refusal=result.refusal)
    )
    if not result.confirmed_md5:
        return
    is_new = connection.execute(
        update(delivery_items)
        .where(*own, delivery_items.c.confirmed_at.is_(None))
        .values(confirmed_at=now, sent_md5=result.confirmed_md5)
    ).rowcount
    if is_new:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id == delivery_id)
            .values(items_confirmed=deliveries.c.items_confirmed + 1)
        )


def _mark_instance(connection: Connection, instance_id: int, result: ImageResult) -> None:
    """Ledger of the instance and counts of its study; the study counts current, sendable ones only."""
    now = datetime.now(UTC)
    old = connection.execute(select(instances).where(instances.c.id == instance_id)).one()
    values: dict[str, object] = {}
    if old.sent_at is None:
        values["sent_at"] = now
    if result.confirmed_md5 and old.confirmed_at is None:
        values["confirmed_at"] = now
    if result.dimse_status is not None and old.dimse_status != result.dimse_status:
        values["dimse_status"] = result.dimse_status
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
                warned_count=studies.c.warned_count
                + int("confirmed_at" in values and result.is_warned),
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
        what="correction" if is_correction(connection, delivery) else delivery.kind.value,
        cause=cause,
    )
    if outcome is Outcome.DELIVERED and delivery.kind is DeliveryKind.DELETION:
        settle_deletion(connection, delivery)
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
