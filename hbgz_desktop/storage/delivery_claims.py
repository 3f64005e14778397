"""Claims on deliveries: lease and fencing token (DESIGN 5.5). Fencing decides, the lease only hints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Select,
    Update,
    bindparam,
    case,
    desc,
    literal,
    or_,
    select,
    union_all,
    update,
)

from hbgz_desktop.model.delivery import CLAIMABLE, Delivery, DeliveryState
from hbgz_desktop.storage.delivery_rows import is_ours, to_delivery
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deliveries, platform_state
from hbgz_desktop.storage.worklist import refresh_examination, refresh_examinations

if TYPE_CHECKING:
    from collections.abc import Iterable

AGEING = timedelta(hours=1)
"""Younger work goes first; what has waited longer than this goes before it."""
_RUNNING = DeliveryState.RUNNING.value
_CLAIMABLE = tuple(sorted(state.value for state in CLAIMABLE))


def _first_due(state: str, *, is_aged: bool) -> Select[Any]:
    """The newest examination's due delivery of one platform and state, found by ``ix_deliveries_claim``."""
    query = select(
        deliveries.c.id,
        deliveries.c.token,
        deliveries.c.examination_id,
        literal(is_aged).label("is_aged"),
    ).where(
        deliveries.c.platform == bindparam("platform"),
        deliveries.c.state == state,
        ~deliveries.c.is_paused,
        or_(
            deliveries.c.next_attempt_at.is_(None),
            deliveries.c.next_attempt_at <= bindparam("moment"),
        ),
    )
    if is_aged:
        query = query.where(deliveries.c.created_at < bindparam("aged_before"))
    first = query.order_by(desc(deliveries.c.examination_id)).limit(1).subquery()
    return select(first)


_PICK = union_all(
    *(_first_due(state, is_aged=aged) for state in _CLAIMABLE for aged in (True, False))
)
_SHUT = select(platform_state.c.platform).where(
    or_(platform_state.c.opened_at.is_not(None), platform_state.c.is_paused)
)
_CLAIM = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("due_id"),
        deliveries.c.token == bindparam("due_token"),
        deliveries.c.state.in_(_CLAIMABLE),
    )
    .values(
        state=_RUNNING,
        blocked_reason="",
        cancel_requested=False,
        token=deliveries.c.token + 1,
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until"),
        updated_at=bindparam("moment"),
    )
    .returning(*deliveries.c)
)


_RELEASE = (
    update(deliveries)
    .where(deliveries.c.state == _RUNNING)
    .values(
        state=case(
            (deliveries.c.cancel_requested, DeliveryState.CANCELLED.value),
            else_=DeliveryState.READY.value,
        ),
        is_paused=case((deliveries.c.cancel_requested, False), else_=deliveries.c.is_paused),
        cancel_requested=False,
        next_attempt_at=None,
        interrupted_digest=deliveries.c.content_digest,
        lease_owner="",
        lease_until=None,
        updated_at=bindparam("moment"),
    )
    .returning(deliveries.c.examination_id)
)
"""Ends running claims whose worker is gone: cancelled when a person had asked for it, else ready.

What they were sending may have arrived: ``interrupted_digest`` remembers it.
"""
_RELEASE_LAPSED = _RELEASE.where(deliveries.c.lease_until < bindparam("moment"))


class DeliveryClaims(Repository):
    """Reserves due deliveries for workers."""

    def claim(
        self, owner: str, *, lease_s: float, platforms: Iterable[str], now: datetime | None = None
    ) -> Delivery | None:
        """Reserve one due delivery; a lease that ran out is taken over.

        One UPDATE guarded by state and token decides.

        Args:
            owner: Name of the claiming worker, unique among processes.
            lease_s: Seconds until the claim lapses unless renewed.
            platforms: Only these.
            now: Aware UTC time, None = the clock.

        Returns:
            The claimed delivery with its new fencing token, None when nothing is due.
        """
        moment = now or datetime.now(UTC)
        until = moment + timedelta(seconds=lease_s)
        with self._database.write() as connection:
            _release(connection, _RELEASE_LAPSED, {"moment": moment})
            due = _pick(connection, platforms, moment)
            if due is None:
                return None
            claim = {"due_id": due.id, "due_token": due.token, "owner": owner}
            row = connection.execute(_CLAIM, {**claim, "until": until, "moment": moment}).first()
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
            return _release(connection, _RELEASE.where(held), {"moment": datetime.now(UTC)})


def _release(connection: Connection, which: Update, facts: dict[str, object]) -> int:
    rows = connection.execute(which, facts).all()
    if rows:
        refresh_examinations(connection, {row.examination_id for row in rows})
    return len(rows)


def _pick(connection: Connection, platforms: Iterable[str], moment: datetime) -> Any:
    """Row (id, token, examination_id) to go next, None when nothing is due.

    What has waited too long goes first, and of two the newer examination's.
    """
    shut = set(connection.execute(_SHUT).scalars())
    times = {"moment": moment, "aged_before": moment - AGEING}
    found = [
        row
        for platform in platforms
        if platform not in shut
        for row in connection.execute(_PICK, {"platform": platform, **times})
    ]
    return max(found, key=_urgency, default=None)


def _urgency(row: Any) -> tuple[bool, int]:
    return row.is_aged, row.examination_id
