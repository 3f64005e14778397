"""Rows of ``deliveries`` as dataclasses, and the fence that keeps late results out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, and_

from hbgz_desktop.model.delivery import BlockedReason, Delivery, DeliveryKind, DeliveryState
from hbgz_desktop.storage.tables import deliveries


def to_reason(text: str) -> BlockedReason | None:
    """``blocked_reason`` of a row."""
    return BlockedReason(text) if text else None


def to_delivery(row: Row[Any]) -> Delivery:
    """A row of ``deliveries`` as the model's dataclass."""
    return Delivery(
        id=row.id,
        examination_id=row.examination_id,
        platform=row.platform,
        kind=DeliveryKind(row.kind),
        part=row.part,
        state=DeliveryState(row.state),
        blocked_reason=to_reason(row.blocked_reason),
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


def is_ours(delivery_id: int, token: int) -> ColumnElement[bool]:
    """Condition that holds while a claim is the newest one and still runs: fencing decides."""
    return and_(
        deliveries.c.id == delivery_id,
        deliveries.c.token == token,
        deliveries.c.state == DeliveryState.RUNNING.value,
    )
