"""Deletions on a platform: the decision, its row of the queue, and what a confirmed one changes here (G052)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, desc, insert, select, update

from hbgz_desktop.model.deletion import AfterDeletion, Deletion, DeletionWish, Standing
from hbgz_desktop.model.delivery import (
    AT_REST,
    BlockedReason,
    DeliveryKind,
    DeliveryState,
)
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deletions, deliveries, index_codes
from hbgz_desktop.storage.worklist import mark_stale, refresh_examination

_KIND = DeliveryKind.DELETION.value
_AT_REST = tuple(one.value for one in AT_REST)
_IS_OPEN = and_(deliveries.c.kind == _KIND, deliveries.c.state.not_in(_AT_REST))
_RUNNING = DeliveryState.RUNNING.value


def standing_of(connection: Connection, examination_id: int, platform: str) -> Standing:
    """What deletions mean for everything else of one examination at one platform."""
    own = deliveries.c.examination_id == examination_id, deliveries.c.platform == platform
    if connection.execute(select(deliveries.c.id).where(*own, _IS_OPEN).limit(1)).first():
        return Standing.OPEN
    newest = connection.execute(
        select(deletions.c.after, deletions.c.undone_at)
        .where(
            deletions.c.examination_id == examination_id,
            deletions.c.platform == platform,
            deletions.c.finished_at.is_not(None),
        )
        .order_by(desc(deletions.c.id))
        .limit(1)
    ).first()
    is_held = newest is not None and newest.undone_at is None and newest.after == AfterDeletion.HOLD
    return Standing.HELD if is_held else Standing.FREE


def is_running_beside(connection: Connection, examination_id: int, platform: str) -> bool:
    """True while something of the examination that is no deletion is being sent to the platform."""
    query = select(deliveries.c.id).where(
        deliveries.c.examination_id == examination_id,
        deliveries.c.platform == platform,
        deliveries.c.kind != _KIND,
        deliveries.c.state == _RUNNING,
    )
    return connection.execute(query.limit(1)).first() is not None


def order_deletions(connection: Connection, examination_id: int, platform: str) -> int:
    """Let an open deletion go when nothing else of its examination is under way; returns how many changed."""
    waits = is_running_beside(connection, examination_id, platform)
    own = (
        deliveries.c.examination_id == examination_id,
        deliveries.c.platform == platform,
        deliveries.c.kind == _KIND,
    )
    now = datetime.now(UTC)
    if waits:
        held = (DeliveryState.READY.value, DeliveryState.RETRYING.value)
        statement = update(deliveries).where(*own, deliveries.c.state.in_(held))
        values = {"state": DeliveryState.BLOCKED.value, "blocked_reason": BlockedReason.ORDER.value}
    else:
        statement = update(deliveries).where(
            *own, deliveries.c.state == DeliveryState.BLOCKED.value
        )
        values = {"state": DeliveryState.READY.value, "blocked_reason": ""}
    return connection.execute(statement.values(**values, updated_at=now)).rowcount


class DeletionStore(Repository):
    """Repository of decisions to delete. Safe from any thread and any process on the same file."""

    def request(
        self, examination_id: int, platform: str, wish: DeletionWish, *, actor: str
    ) -> Deletion:
        """Note the decision, put its row into the queue and hold everything else of the examination back.

        Raises:
            UsageError: ``index_not_sent``: no index of it was sent; ``deletion_under_way``;
                ``index_changed_meanwhile``: another index than the person was shown is in force.
        """
        with self._database.write() as connection:
            index_id = _sent_index(connection, examination_id, platform, wish.index_code)
            delivery_id = _queue(connection, examination_id, platform, index_id)
            _hold_back(connection, examination_id, platform)
            decision = inserted_id(
                connection.execute(
                    insert(deletions),
                    {
                        "index_id": index_id,
                        "examination_id": examination_id,
                        "platform": platform,
                        "after": wish.then.value,
                        "reason": wish.reason,
                        "study_id": wish.study_id,
                        "target_id": wish.target_id,
                        "requested_by": actor,
                        "requested_at": datetime.now(UTC),
                    },
                )
            )
            _note_request(connection, delivery_id, index_id, examination_id, wish, actor, platform)
            return _one(connection, deletions.c.id == decision)

    def standing(self, examination_id: int, platform: str) -> Standing:
        """As ``standing_of``."""
        with self._database.read() as connection:
            return standing_of(connection, examination_id, platform)

    def of_examination(self, examination_id: int) -> tuple[Deletion, ...]:
        """Decisions of one examination, newest first."""
        return self._found(deletions.c.examination_id == examination_id)

    def of_index(self, platform: str, code: str) -> Deletion | None:
        """The newest decision on one index code."""
        found = self._found(index_codes.c.platform == platform, index_codes.c.code == code)
        return found[0] if found else None

    def of_delivery(self, delivery_id: int) -> Deletion | None:
        """The newest decision behind a row of the queue."""
        found = self._found(deliveries.c.id == delivery_id)
        return found[0] if found else None

    def owner_of(self, platform: str, code: str) -> int | None:
        """Examination an index code stands for, None when the register does not know it."""
        query = select(index_codes.c.examination_id).where(
            index_codes.c.platform == platform, index_codes.c.code == code
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def let_go(self, examination_id: int, platform: str, *, actor: str) -> bool:
        """Undo 不再上传: the examination goes again; False when it was not held."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            changed = connection.execute(
                update(deletions)
                .where(
                    deletions.c.examination_id == examination_id,
                    deletions.c.platform == platform,
                    deletions.c.after == AfterDeletion.HOLD.value,
                    deletions.c.finished_at.is_not(None),
                    deletions.c.undone_at.is_(None),
                )
                .values(undone_at=now, undone_by=actor)
            ).rowcount
            if not changed:
                return False
            add_audit(
                connection,
                actor,
                "deletion_undone",
                kind="examination",
                key=examination_id,
                examination=examination_id,
                platform=platform,
            )
            add_event(
                connection,
                "deletion_undone",
                examination_id=examination_id,
                platform=platform,
                actor=actor,
            )
            mark_stale(connection, examination_id)
            refresh_examination(connection, examination_id)
        return True

    def keep_index(
        self, examination_id: int, platform: str, *, basis: str, reason: str, actor: str
    ) -> None:
        """The index stays although certificate or time are others by now (DESIGN 5.3)."""
        with self._database.write() as connection:
            index_id = _sent_index(connection, examination_id, platform)
            connection.execute(
                update(index_codes).where(index_codes.c.id == index_id).values(kept_for=basis)
            )
            add_audit(
                connection,
                actor,
                "index_kept",
                kind="index",
                key=index_id,
                examination=examination_id,
                platform=platform,
                reason=reason,
            )
            add_event(
                connection,
                "index_kept",
                examination_id=examination_id,
                platform=platform,
                actor=actor,
            )
            mark_stale(connection, examination_id)

    def _found(self, *conditions: Any) -> tuple[Deletion, ...]:
        with self._database.read() as connection:
            rows = connection.execute(_query(*conditions)).all()
            return tuple(_deletion(row) for row in rows)


def _query(*conditions: Any) -> Any:
    joined = deletions.join(index_codes, index_codes.c.id == deletions.c.index_id).join(
        deliveries,
        and_(
            deliveries.c.kind == _KIND,
            deliveries.c.part == deletions.c.index_id,
            deliveries.c.examination_id == deletions.c.examination_id,
        ),
    )
    columns = (
        index_codes.c.code,
        deliveries.c.id.label("delivery_id"),
        deliveries.c.state,
        deliveries.c.cause,
        deliveries.c.answer_code.label("last_code"),
        deliveries.c.message.label("last_message"),
    )
    query = select(deletions, *columns).select_from(joined)
    return query.where(*conditions).order_by(desc(deletions.c.id))


def _one(connection: Connection, condition: Any) -> Deletion:
    return _deletion(connection.execute(_query(condition)).one())


def _deletion(row: Row[Any]) -> Deletion:
    is_over = row.finished_at is not None
    return Deletion(
        id=row.id,
        index_id=row.index_id,
        index_code=row.code,
        examination_id=row.examination_id,
        platform=row.platform,
        then=AfterDeletion(row.after),
        reason=row.reason,
        requested_by=row.requested_by,
        requested_at=row.requested_at,
        study_id=row.study_id,
        target_id=row.target_id,
        delivery_id=row.delivery_id,
        state=DeliveryState.DELIVERED if is_over else DeliveryState(row.state),
        cause="" if is_over else row.cause,
        finished_at=row.finished_at,
        answer_code=row.answer_code if is_over else row.last_code,
        message=row.message if is_over else row.last_message,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )


def _sent_index(connection: Connection, examination_id: int, platform: str, shown: str = "") -> int:
    """Row of the index that was sent and is not deleted."""
    found = connection.execute(
        select(index_codes.c.id, index_codes.c.code)
        .where(
            index_codes.c.examination_id == examination_id,
            index_codes.c.platform == platform,
            index_codes.c.frozen_at.is_not(None),
            index_codes.c.deleted_at.is_(None),
        )
        .order_by(desc(index_codes.c.id))
        .limit(1)
    ).first()
    if found is None:
        raise UsageError("index_not_sent", examination=examination_id)
    if shown and found.code != shown:
        raise UsageError("index_changed_meanwhile", examination=examination_id)
    return int(found.id)


def _queue(connection: Connection, examination_id: int, platform: str, index_id: int) -> int:
    """The row of the queue for an index: a new one, or the one of a cancelled decision again."""
    own = (
        deliveries.c.examination_id == examination_id,
        deliveries.c.platform == platform,
        deliveries.c.kind == _KIND,
        deliveries.c.part == index_id,
    )
    old = connection.execute(select(deliveries.c.id, deliveries.c.state).where(*own)).first()
    if old is not None and old.state not in _AT_REST:
        raise UsageError("deletion_under_way", examination=examination_id)
    now = datetime.now(UTC)
    waits = is_running_beside(connection, examination_id, platform)
    state = DeliveryState.BLOCKED if waits else DeliveryState.READY
    values: dict[str, object] = {
        "state": state.value,
        "blocked_reason": BlockedReason.ORDER.value if waits else "",
        "content_digest": f"index-{index_id}",
        "attempts": 0,
        "next_attempt_at": None,
        "cause": "",
        "updated_at": now,
    }
    if old is not None:
        connection.execute(update(deliveries).where(deliveries.c.id == old.id).values(values))
        return int(old.id)
    values |= {
        "examination_id": examination_id,
        "platform": platform,
        "kind": _KIND,
        "part": index_id,
        "created_at": now,
    }
    return inserted_id(connection.execute(insert(deliveries), values))


def _hold_back(connection: Connection, examination_id: int, platform: str) -> None:
    """What is due waits until the deletion is over; what is running ends by itself."""
    due = (DeliveryState.READY.value, DeliveryState.RETRYING.value)
    connection.execute(
        update(deliveries)
        .where(
            deliveries.c.examination_id == examination_id,
            deliveries.c.platform == platform,
            deliveries.c.kind != _KIND,
            deliveries.c.state.in_(due),
        )
        .values(
            state=DeliveryState.BLOCKED.value,
            blocked_reason=BlockedReason.ORDER.value,
            updated_at=datetime.now(UTC),
        )
    )


def _note_request(
    connection: Connection,
    delivery_id: int,
    index_id: int,
    examination_id: int,
    wish: DeletionWish,
    actor: str,
    platform: str,
) -> None:
    add_event(
        connection,
        "deletion_asked",
        level="warning",
        examination_id=examination_id,
        delivery_id=delivery_id,
        platform=platform,
        after=wish.then.value,
        actor=actor,
    )
    add_audit(
        connection,
        actor,
        "deletion_asked",
        kind="index",
        key=index_id,
        study=wish.study_id,
        examination=examination_id,
        platform=platform,
        then=wish.then.value,
        reason=wish.reason,
        target=wish.target_id,
    )
    mark_stale(connection, examination_id)
    refresh_examination(connection, examination_id)
