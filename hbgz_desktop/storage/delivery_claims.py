"""Claims on deliveries: lease and fencing token (DESIGN 5.5). Fencing decides, the lease only hints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, desc, or_, select, update

from hbgz_desktop.model.delivery import CLAIMABLE, Delivery, DeliveryState
from hbgz_desktop.storage.delivery_rows import is_ours, to_delivery
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deliveries, platform_state
from hbgz_desktop.storage.worklist import refresh_examination

AGEING = timedelta(hours=1)
"""Younger work goes first; what has waited longer than this goes before it."""
_RUNNING = DeliveryState.RUNNING.value
_CLAIMABLE = tuple(sorted(state.value for state in CLAIMABLE))


class DeliveryClaims(Repository):
    """Reserves due deliveries for workers."""

    def claim(
        self, owner: str, *, lease_s: float, platforms: Iterable[str], now: datetime | None = None
    ) -> Delivery | None:
        """Reserve one due delivery; a lease that ran out is taken over.

        One UPDATE guarded by state and token decides; a look that finds nothing due takes no write lock.

        Args:
            owner: Name of the claiming worker, unique among processes.
            lease_s: Seconds until the claim lapses unless renewed.
            platforms: Only these.
            now: Aware UTC time, None = the clock.

        Returns:
            The claimed delivery with its new fencing token, None when nothing is due.
        """
        moment = now or datetime.now(UTC)
        wanted = tuple(platforms)
        with self._database.read() as connection:
            if _pick(connection, wanted, moment) is None and not _has_lapsed(connection, moment):
                return None
        with self._database.write() as connection:
            _release(connection, _lapsed(moment), moment)
            due = _pick(connection, wanted, moment)
            if due is None:
                return None
            row = connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.id == due.id,
                    deliveries.c.token == due.token,
                    deliveries.c.state.in_(_CLAIMABLE),
                )
                .values(
                    state=_RUNNING,
                    blocked_reason="",
                    cancel_requested=False,
                    token=due.token + 1,
                    lease_owner=owner,
                    lease_until=moment + timedelta(seconds=lease_s),
                    updated_at=moment,
                )
                .returning(*deliveries.c)
            ).first()
            if row is None:
                return None
            refresh_examination(connection, row.examination_id)
        return to_delivery(row)

    def renew(self, delivery_id: int, token: int, *, lease_s: float) -> bool:
        """Heartbeat of a claim; False when it is not ours any more or a person asked to cancel or pause."""
        with self._database.write() as connection:
            row = connection.execute(
                update(deliveries)
                .where(is_ours(delivery_id, token))
                .values(lease_until=datetime.now(UTC) + timedelta(seconds=lease_s))
                .returning(deliveries.c.cancel_requested, deliveries.c.is_paused)
            ).first()
        return row is not None and not row.cancel_requested and not row.is_paused

    def is_cancelled(self, delivery_id: int) -> bool:
        """True when a person asked to cancel it while it was running."""
        query = select(deliveries.c.cancel_requested).where(deliveries.c.id == delivery_id)
        with self._database.read() as connection:
            return bool(connection.execute(query).scalar())

    def recover(self, owner_prefix: str) -> int:
        """At start: claims of this engine's earlier life are released at once; returns how many."""
        held = deliveries.c.lease_owner.startswith(owner_prefix, autoescape=True)
        with self._database.write() as connection:
            return len(_release(connection, held, datetime.now(UTC)))


def _lapsed(moment: datetime) -> ColumnElement[bool]:
    return deliveries.c.lease_until < moment


def _has_lapsed(connection: Connection, moment: datetime) -> bool:
    query = select(deliveries.c.id).where(deliveries.c.state == _RUNNING, _lapsed(moment)).limit(1)
    return connection.execute(query).first() is not None


def _release(connection: Connection, which: ColumnElement[bool], moment: datetime) -> Sequence[Any]:
    """End running claims whose worker is gone: cancelled when a person had asked for it, else ready.

    What they were sending may have arrived: ``interrupted_digest`` remembers it.
    """
    cancel = deliveries.c.cancel_requested
    rows = connection.execute(
        update(deliveries)
        .where(deliveries.c.state == _RUNNING, which)
        .values(
            state=case((cancel, DeliveryState.CANCELLED.value), else_=DeliveryState.READY.value),
            is_paused=case((cancel, False), else_=deliveries.c.is_paused),
            cancel_requested=False,
            next_attempt_at=None,
            interrupted_digest=deliveries.c.content_digest,
            lease_owner="",
            lease_until=None,
            updated_at=moment,
        )
        .returning(deliveries.c.examination_id)
    ).all()
    for examination_id in {row.examination_id for row in rows}:
        refresh_examination(connection, examination_id)
    return rows


def _pick(connection: Connection, platforms: Sequence[str], moment: datetime) -> Any:
    """Row (id, token, examination_id) to go next: what waits too long, else the newest; None = nothing."""
    closed = select(platform_state.c.platform).where(
        or_(platform_state.c.opened_at.is_not(None), platform_state.c.is_paused)
    )
    shut = set(connection.execute(closed).scalars())
    usable = [one for one in platforms if one not in shut]
    for limit in (moment - AGEING, None):
        found = [
            row
            for platform in usable
            for state in _CLAIMABLE
            if (row := _first_due(connection, platform, state, moment, limit)) is not None
        ]
        if found:
            return max(found, key=_examination)
    return None


def _examination(row: Any) -> int:
    return int(row.examination_id)


def _first_due(
    connection: Connection, platform: str, state: str, moment: datetime, created: datetime | None
) -> Any:
    """Row of the newest examination due at one platform in one state, by the order of its index."""
    query = select(deliveries.c.id, deliveries.c.token, deliveries.c.examination_id).where(
        deliveries.c.platform == platform,
        deliveries.c.state == state,
        ~deliveries.c.is_paused,
        or_(deliveries.c.next_attempt_at.is_(None), deliveries.c.next_attempt_at <= moment),
    )
    if created is not None:
        query = query.where(deliveries.c.created_at < created)
    return connection.execute(query.order_by(desc(deliveries.c.examination_id)).limit(1)).first()
