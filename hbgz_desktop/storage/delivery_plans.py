"""From what an examination wants to its rows in the queue (DESIGN 5.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from hbgz_desktop.model.deletion import Standing
from hbgz_desktop.model.delivery import (
    UNWANTED,
    BlockedReason,
    DeliveryKind,
    DeliveryState,
    PlannedDelivery,
    replan,
)
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.deletion_effects import HELD
from hbgz_desktop.storage.deletions import order_deletions, standing_of
from hbgz_desktop.storage.delivery_rows import to_reason
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import (
    deliveries,
    delivery_items,
    examinations,
    sent_records,
)
from hbgz_desktop.storage.worklist import refresh_examination

if TYPE_CHECKING:
    from collections.abc import Sequence

_DONE = (DeliveryState.DELIVERED.value, DeliveryState.NOT_REQUIRED.value)
_FRESH: dict[str, object] = {
    "next_attempt_at": None,
    "attempts": 0,
    "cause": "",
    "http_status": None,
    "answer_code": "",
    "message": "",
}


class DeliveryPlans(Repository):
    """Brings the rows of one examination to what is wanted."""

    def apply_plan(
        self,
        examination_id: int,
        platform: str,
        planned: Sequence[PlannedDelivery],
        order: Sequence[DeliveryKind] = tuple(DeliveryKind),
    ) -> int:
        """Insert, change or retire rows in one transaction; returns how many changed their state.

        A kind goes only when everything of the kinds before it in ``order`` is delivered (G046, G071). A row that
        no plan names any more (its study went to another examination) is not required. While a deletion
        is not over everything else waits for it (G052).
        """
        with self._database.write() as connection:
            changed = order_deletions(connection, examination_id, platform)
            standing = standing_of(connection, examination_id, platform)
            if standing is Standing.HELD:
                planned = [replace(one, blocked=None, skipped=HELD) for one in planned]
            rows = connection.execute(
                select(deliveries).where(
                    deliveries.c.examination_id == examination_id,
                    deliveries.c.platform == platform,
                    deliveries.c.kind != DeliveryKind.DELETION.value,
                )
            ).all()
            existing = {(row.kind, row.part): row for row in rows}
            wanted = {(one.kind.value, one.part) for one in planned}
            changed += _retire(connection, [existing[key] for key in existing.keys() - wanted])
            is_open = standing is not Standing.OPEN
            for kind in order:
                of_kind = [one for one in planned if one.kind is kind]
                is_done = True
                for one in of_kind:
                    ordered = one if is_open else _behind(one)
                    row = existing.get((kind.value, one.part))
                    state, has_changed = _apply(connection, examination_id, platform, ordered, row)
                    changed += has_changed
                    is_done = is_done and state in _DONE
                is_open = is_open and is_done
            connection.execute(
                update(examinations)
                .where(examinations.c.id == examination_id, examinations.c.is_stale)
                .values(is_stale=False)
            )
            refresh_examination(connection, examination_id)
        return changed

    def has_reached(self, examination_id: int, platform: str) -> bool:
        """True when the platform has anything of it: no rule takes the rest back then."""
        delivered = select(deliveries.c.id).where(
            deliveries.c.examination_id == examination_id,
            deliveries.c.platform == platform,
            deliveries.c.kind != DeliveryKind.DELETION.value,
            deliveries.c.state == DeliveryState.DELIVERED.value,
        )
        taken = select(sent_records.c.id).where(
            sent_records.c.examination_id == examination_id, sent_records.c.platform == platform
        )
        images = (
            select(delivery_items.c.instance_id)
            .join(deliveries, deliveries.c.id == delivery_items.c.delivery_id)
            .where(
                deliveries.c.examination_id == examination_id,
                deliveries.c.platform == platform,
                delivery_items.c.confirmed_at.is_not(None),
            )
        )
        with self._database.read() as connection:
            return any(
                connection.execute(one.limit(1)).first() for one in (delivered, taken, images)
            )

    def is_held(self, examination_id: int, platform: str) -> bool:
        """True when a person had it deleted and does not want it sent again (G052)."""
        with self._database.read() as connection:
            return standing_of(connection, examination_id, platform) is Standing.HELD

    def refused_digest(self, examination_id: int, platform: str) -> str:
        """Content the platform refused last, "" when its record is not refused."""
        query = select(deliveries.c.sent_digest).where(
            deliveries.c.examination_id == examination_id,
            deliveries.c.platform == platform,
            deliveries.c.kind == DeliveryKind.RECORD.value,
            deliveries.c.state == DeliveryState.BLOCKED.value,
            deliveries.c.blocked_reason == BlockedReason.NEEDS_FIX.value,
            deliveries.c.content_digest == deliveries.c.sent_digest,
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar() or ""


def _retire(connection: Connection, rows: Sequence[Row[Any]]) -> int:
    gone = [row.id for row in rows if DeliveryState(row.state) in UNWANTED]
    if gone:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.id.in_(gone))
            .values(
                state=DeliveryState.NOT_REQUIRED.value,
                blocked_reason="",
                is_paused=False,
                paused_by="",
                updated_at=datetime.now(UTC),
                **_FRESH,
            )
        )
    return len(gone)


def _apply(
    connection: Connection,
    examination_id: int,
    platform: str,
    planned: PlannedDelivery,
    row: Row[Any] | None,
) -> tuple[str, bool]:
    """State of the row afterwards, and whether it is another one than before."""
    if row is None:
        return _insert(connection, examination_id, platform, planned), True
    if row.state == DeliveryState.RUNNING.value:
        return row.state, False
    _set_items(connection, row.id, planned)
    change = replan(
        DeliveryState(row.state),
        to_reason(row.blocked_reason),
        row_digest=row.content_digest,
        sent_digest=row.sent_digest,
        planned=planned,
    )
    values: dict[str, object] = {}
    if row.content_digest != planned.content_digest:
        values["content_digest"] = planned.content_digest
    state = row.state
    if change is not None:
        state, reason = change[0].value, change[1]
        values |= {"state": state, "blocked_reason": reason.value if reason else "", **_FRESH}
        values["updated_at"] = datetime.now(UTC)
    if planned.skipped and state == DeliveryState.NOT_REQUIRED.value:
        values |= _skipped(planned, row)
    if values:
        connection.execute(update(deliveries).where(deliveries.c.id == row.id).values(values))
    return state, state != row.state


def _skipped(planned: PlannedDelivery, row: Row[Any]) -> dict[str, object]:
    """Which rule says so; nobody holds back what need not go."""
    if row.cause == planned.skipped and not row.is_paused:
        return {}
    return {"cause": planned.skipped, "is_paused": False, "paused_by": ""}


def _insert(
    connection: Connection, examination_id: int, platform: str, planned: PlannedDelivery
) -> str:
    now = datetime.now(UTC)
    state = DeliveryState.BLOCKED if planned.blocked else DeliveryState.READY
    if planned.skipped:
        state = DeliveryState.NOT_REQUIRED
    result = connection.execute(
        insert(deliveries),
        {
            "examination_id": examination_id,
            "platform": platform,
            "kind": planned.kind.value,
            "part": planned.part,
            "state": state.value,
            "blocked_reason": planned.blocked.value if planned.blocked else "",
            "cause": planned.skipped,
            "content_digest": planned.content_digest,
            "created_at": now,
            "updated_at": now,
        },
    )
    _set_items(connection, inserted_id(result), planned)
    return state.value


def _set_items(connection: Connection, delivery_id: int, planned: PlannedDelivery) -> None:
    """Make the instances of an image delivery those of the plan; confirmed ones stay confirmed."""
    if planned.kind is not DeliveryKind.IMAGES:
        return
    query = select(delivery_items.c.instance_id, delivery_items.c.confirmed_at)
    have = {
        row.instance_id: row.confirmed_at is not None
        for row in connection.execute(query.where(delivery_items.c.delivery_id == delivery_id))
    }
    wanted = {instance_id for instance_id, _ in planned.items}
    gone = [{"item": one} for one in have.keys() - wanted]
    if gone:
        connection.execute(
            delete(delivery_items).where(
                delivery_items.c.delivery_id == delivery_id,
                delivery_items.c.instance_id == bindparam("item"),
            ),
            gone,
        )
    new = [{"delivery_id": delivery_id, "instance_id": one} for one in sorted(wanted - have.keys())]
    if new:
        connection.execute(insert(delivery_items), new)
    total, confirmed = len(wanted), sum(have[one] for one in wanted & have.keys())
    differs = (deliveries.c.items_total != total) | (deliveries.c.items_confirmed != confirmed)
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, differs)
        .values(items_total=total, items_confirmed=confirmed)
    )


def _behind(planned: PlannedDelivery) -> PlannedDelivery:
    """The same, waiting for its turn."""
    is_held = planned.blocked or planned.skipped
    return planned if is_held else replace(planned, blocked=BlockedReason.ORDER)
