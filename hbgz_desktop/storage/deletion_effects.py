"""What changes here when a platform has deleted an index, in the transaction that notes its answer (G010, G052)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, desc, func, select, update

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.examinations import give_study
from hbgz_desktop.storage.tables import (
    attempts,
    deletions,
    deliveries,
    delivery_items,
    examinations,
    index_codes,
    instances,
    reports,
    sent_records,
    studies,
)
from hbgz_desktop.storage.worklist import mark_stale

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Delivery

HELD = "deleted_from_platform"
"""Cause of rows that are not required because a person had them deleted; key of its words."""
_NOTHING_SENT: dict[str, object] = {
    "sent_digest": "",
    "interrupted_digest": "",
    "items_confirmed": 0,
    "attempts": 0,
    "next_attempt_at": None,
    "http_status": None,
    "answer_code": "",
    "message": "",
    "is_paused": False,
    "paused_by": "",
}


def settle_deletion(connection: Connection, delivery: Delivery) -> None:
    """The platform has deleted the index ``delivery.part``: nothing of its examination counts as sent there.

    The index is never used again, a study of another patient goes to its own record, and what happens
    next is what the person decided.
    """
    now = datetime.now(UTC)
    order = connection.execute(
        select(deletions)
        .where(deletions.c.index_id == delivery.part, deletions.c.finished_at.is_(None))
        .order_by(desc(deletions.c.id))
        .limit(1)
    ).first()
    connection.execute(
        update(index_codes).where(index_codes.c.id == delivery.part).values(deleted_at=now)
    )
    is_held = order is not None and order.after == AfterDeletion.HOLD
    _forget_deliveries(connection, delivery, is_held=is_held)
    _forget_images(connection, delivery.examination_id)
    _forget_reports(connection, delivery.examination_id)
    connection.execute(
        delete(sent_records).where(
            sent_records.c.examination_id == delivery.examination_id,
            sent_records.c.platform == delivery.platform,
        )
    )
    mark_stale(connection, delivery.examination_id)
    if order is not None:
        _end(connection, delivery, order, now)


def _forget_deliveries(connection: Connection, delivery: Delivery, *, is_held: bool) -> None:
    others = (
        deliveries.c.examination_id == delivery.examination_id,
        deliveries.c.platform == delivery.platform,
        deliveries.c.kind != DeliveryKind.DELETION.value,
    )
    ids = select(deliveries.c.id).where(*others)
    connection.execute(
        update(delivery_items)
        .where(delivery_items.c.delivery_id.in_(ids))
        .values(sent_md5=None, sent_at=None, confirmed_at=None, dimse_status=None, refusal="")
    )
    after = DeliveryState.NOT_REQUIRED if is_held else DeliveryState.BLOCKED
    reason = "" if is_held else BlockedReason.ORDER.value
    again = (
        deliveries.c.state != DeliveryState.CANCELLED.value,
        deliveries.c.state != DeliveryState.NOT_REQUIRED.value,
    )
    connection.execute(update(deliveries).where(*others).values(**_NOTHING_SENT))
    connection.execute(
        update(deliveries)
        .where(*others, *again)
        .values(
            state=after.value,
            blocked_reason=reason,
            cause=HELD if is_held else "",
            updated_at=datetime.now(UTC),
        )
    )


def _forget_images(connection: Connection, examination_id: int) -> None:
    """What another platform has confirmed stays confirmed."""
    own = select(studies.c.id).where(studies.c.examination_id == examination_id)
    elsewhere = select(delivery_items.c.instance_id).where(
        delivery_items.c.instance_id == instances.c.id, delivery_items.c.confirmed_at.is_not(None)
    )
    connection.execute(
        update(instances)
        .where(instances.c.study_id.in_(own), ~elsewhere.exists())
        .values(sent_at=None, confirmed_at=None, dimse_status=None)
    )
    current = (
        select(func.count())
        .where(
            instances.c.study_id == studies.c.id, instances.c.is_current, instances.c.is_sendable
        )
        .correlate(studies)
    )
    is_confirmed = instances.c.confirmed_at.is_not(None)
    connection.execute(
        update(studies)
        .where(studies.c.examination_id == examination_id)
        .values(
            sent_count=current.where(instances.c.sent_at.is_not(None)).scalar_subquery(),
            confirmed_count=current.where(is_confirmed).scalar_subquery(),
            warned_count=current.where(
                is_confirmed, instances.c.dimse_status > 0
            ).scalar_subquery(),
        )
    )


def _forget_reports(connection: Connection, examination_id: int) -> None:
    record = select(examinations.c.record_id).where(examinations.c.id == examination_id)
    connection.execute(
        update(reports)
        .where(reports.c.record_id.in_(record.scalar_subquery()))
        .values(confirmed_at=None)
    )


def _end(connection: Connection, delivery: Delivery, order: Row[Any], now: datetime) -> None:
    """Note the answer of this index, and what the decision says comes next."""
    answer = connection.execute(
        select(attempts.c.answer_code, attempts.c.message)
        .where(attempts.c.delivery_id == delivery.id)
        .order_by(desc(attempts.c.id))
        .limit(1)
    ).first()
    connection.execute(
        update(deletions)
        .where(deletions.c.id == order.id)
        .values(
            finished_at=now,
            answer_code=answer.answer_code if answer is not None else "",
            message=answer.message if answer is not None else "",
        )
    )
    add_event(
        connection,
        "index_deleted",
        examination_id=delivery.examination_id,
        delivery_id=delivery.id,
        platform=delivery.platform,
        after=order.after,
    )
    add_audit(
        connection,
        order.requested_by,
        "index_deleted",
        kind="index",
        key=delivery.part,
        study=order.study_id,
        examination=delivery.examination_id,
        platform=delivery.platform,
        then=order.after,
    )
    if order.study_id is not None and order.target_id is not None:
        give_study(connection, order.study_id, order.target_id, "person", actor=order.requested_by)
