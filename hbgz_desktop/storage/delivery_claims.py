"""Claims on deliveries: lease and fencing token (DESIGN 5.5). Fencing decides, the lease only hints."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Connection,
    Select,
    Update,
    asc,
    bindparam,
    case,
    desc,
    or_,
    select,
    union_all,
    update,
)

from hbgz_desktop.model.deletion import Standing
from hbgz_desktop.model.delivery import CLAIMABLE, Delivery, DeliveryKind, DeliveryState
from hbgz_desktop.storage.deletions import is_running_beside, standing_of
from hbgz_desktop.storage.delivery_rows import is_ours, to_delivery
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deliveries, platform_state
from hbgz_desktop.storage.worklist import refresh_examination, refresh_examinations

if TYPE_CHECKING:
    from collections.abc import Iterable

OLDEST_EVERY = 8
"""Newer examinations go before older ones, so that after an outage today's patients are served first (DESIGN 5.5).

One of so many claims takes the oldest that is due instead, so that under steady load nothing waits for ever.
"""
_RUNNING = DeliveryState.RUNNING.value
_CLAIMABLE = tuple(sorted(state.value for state in CLAIMABLE))


def _first_due(state: str, *, is_newest: bool) -> Select[Any]:
    """The newest or oldest examination's due delivery of one platform and state, by ``ix_deliveries_claim``."""
    order = desc if is_newest else asc
    first = (
        select(deliveries.c.id, deliveries.c.token, deliveries.c.examination_id)
        .where(
            deliveries.c.platform == bindparam("platform"),
            deliveries.c.state == state,
            ~deliveries.c.is_paused,
            or_(
                deliveries.c.next_attempt_at.is_(None),
                deliveries.c.next_attempt_at <= bindparam("moment"),
            ),
        )
        .order_by(order(deliveries.c.examination_id))
        .limit(1)
        .subquery()
    )
    return select(first)


_PICK_NEWEST = union_all(*(_first_due(state, is_newest=True) for state in _CLAIMABLE))
_PICK_OLDEST = union_all(*(_first_due(state, is_newest=False) for state in _CLAIMABLE))
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

    _claimed = 0
    """Claims of this process; changed inside write transactions only."""

    def claim(
        self, owner: str, *, lease_s: float, platforms: Iterable[str], now: datetime | None = None
    ) -> Delivery | None:
        """Reserve one due delivery; a lease that ran out is taken over.

        One UPDATE guarded by state and token decides. Of what is due the newest examination goes first, and
        at every ``OLDEST_EVERY``-th claim the oldest.

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
            is_newest = self._claimed % OLDEST_EVERY != OLDEST_EVERY - 1
            due = _pick(connection, platforms, moment, is_newest=is_newest)
            if due is None:
                return None
            claim = {"due_id": due.id, "due_token": due.token, "owner": owner}
            row = connection.execute(_CLAIM, {**claim, "until": until, "moment": moment}).first()
            if row is None:
                return None
            self._claimed += 1
            refresh_examination(connection, row.examination_id)
        return to_delivery(row)

    def renew(self, delivery_id: int, token: int, *, lease_s: float) -> bool:
        """Heartbeat of a claim; False when it has to end after the current file.

        It is not ours any more, a person asked to cancel or pause it, or its examination is to be deleted
        from the platform.
        """
        with self._database.write() as connection:
            row = connection.execute(
                update(deliveries)
                .where(is_ours(delivery_id, token))
                .values(lease_until=datetime.now(UTC) + timedelta(seconds=lease_s))
                .returning(
                    deliveries.c.cancel_requested,
                    deliveries.c.is_paused,
                    deliveries.c.kind,
                    deliveries.c.examination_id,
                    deliveries.c.platform,
                )
            ).first()
            if row is None or row.cancel_requested or row.is_paused:
                return False
            if row.kind == DeliveryKind.DELETION.value:
                return True
            return standing_of(connection, row.examination_id, row.platform) is not Standing.OPEN

    def is_crossed(self, delivery: Delivery) -> bool:
        """True while a deletion and something else of one examination are both claimed: neither may go.

        Both have said that they run before they ask, so never does each of them go on.
        """
        with self._database.read() as connection:
            if delivery.kind is DeliveryKind.DELETION:
                return is_running_beside(connection, delivery.examination_id, delivery.platform)
            standing = standing_of(connection, delivery.examination_id, delivery.platform)
            return standing is Standing.OPEN

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


def _pick(
    connection: Connection, platforms: Iterable[str], moment: datetime, *, is_newest: bool
) -> Any:
    """Row (id, token, examination_id) to go next, None when nothing is due."""
    shut = set(connection.execute(_SHUT).scalars())
    query = _PICK_NEWEST if is_newest else _PICK_OLDEST
    found = [
        row
        for platform in platforms
        if platform not in shut
        for row in connection.execute(query, {"platform": platform, "moment": moment})
    ]
    choose = max if is_newest else min
    return choose(found, key=_age, default=None)


def _age(row: Any) -> int:
    return int(row.examination_id)
