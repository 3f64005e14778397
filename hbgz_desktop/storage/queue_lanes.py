"""The queue by lanes and causes: counts, groups, frozen ids and what decides a retry; all in SQL."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, asc, case, desc, func, or_, select

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState
from hbgz_desktop.model.queue_lane import (
    OPEN_LANES,
    DeliveryFact,
    ItemProgress,
    QueueGroup,
    QueueLane,
    QueueQuery,
    queue_lane,
)
from hbgz_desktop.storage.delivery_rows import to_reason
from hbgz_desktop.storage.tables import deliveries, delivery_items, worklist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from hbgz_desktop.storage.database import Database

IDS_AT_ONCE = 5000
_CAUSE = case(
    (deliveries.c.state == DeliveryState.BLOCKED.value, deliveries.c.blocked_reason),
    else_=deliveries.c.cause,
)
_SORTS: dict[str, ColumnElement[Any]] = {
    "": deliveries.c.id,
    "state": deliveries.c.state,
    "attempts": deliveries.c.attempts,
    "http": deliveries.c.http_status,
    "next": deliveries.c.next_attempt_at,
    "updated": deliveries.c.updated_at,
}


def _lane_facts() -> Iterator[tuple[DeliveryState, BlockedReason | None, bool]]:
    for state in DeliveryState:
        reasons: list[BlockedReason | None] = [None]
        if state is DeliveryState.BLOCKED:
            reasons = list(BlockedReason)
        for reason in reasons:
            yield state, reason, False
            yield state, reason, True


def _in_lane(lane: QueueLane | None) -> list[ColumnElement[bool]]:
    """The lane as conditions, made from the model's own rule so that both never differ.

    None is every lane that is not over.
    """
    wanted = OPEN_LANES if lane is None else (lane,)
    facts = [
        fact for fact in _lane_facts() if queue_lane(fact[0], fact[1], is_paused=fact[2]) in wanted
    ]
    states = sorted({state.value for state, _, _ in facts})
    found: list[ColumnElement[bool]] = [deliveries.c.state.in_(states)]
    if lane is None:
        return found
    reasons = {reason for state, reason, _ in facts if state is DeliveryState.BLOCKED}
    if reasons and reasons != set(BlockedReason):
        texts = sorted(reason.value for reason in reasons if reason is not None)
        found.append(
            or_(
                deliveries.c.state != DeliveryState.BLOCKED.value,
                deliveries.c.blocked_reason.in_(texts),
            )
        )
    flags = {is_paused for _, _, is_paused in facts}
    if len(flags) == 1:
        found.append(deliveries.c.is_paused == flags.pop())
    return found


def _of_text(text: str) -> list[ColumnElement[bool]]:
    """The same search as 检查 has: name, pinyin, initials, accession number, patient id."""
    compact = "".join(text.split()).lower()
    if not compact:
        return []
    found = select(worklist.c.examination_id).where(
        worklist.c.search_key.contains(compact, autoescape=True),
        worklist.c.examination_id.is_not(None),
    )
    return [deliveries.c.examination_id.in_(found)]


def _conditions(wanted: QueueQuery) -> list[ColumnElement[bool]]:
    found = _of_text(wanted.text)
    if wanted.platform:
        found.append(deliveries.c.platform == wanted.platform)
    if wanted.state:
        found.append(deliveries.c.state == wanted.state)
    if wanted.cause is not None:
        found.append(_CAUSE == wanted.cause)  # noqa: SIM300  # an SQL expression
    if wanted.paused_by is not None:
        found.append(deliveries.c.paused_by == wanted.paused_by)
    found += _in_lane(wanted.lane)
    if wanted.lane is QueueLane.CONFIRMED and wanted.since is not None:
        found.append(deliveries.c.updated_at >= wanted.since)
    return found


class QueueLanes:
    """Read side of 上传队列. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def counts(self, wanted: QueueQuery) -> dict[QueueLane, int]:
        """Deliveries by lane, of what the text and platform say; confirmed ones since ``wanted.since``."""
        narrow = _of_text(wanted.text)
        if wanted.platform:
            narrow.append(deliveries.c.platform == wanted.platform)
        columns = (deliveries.c.state, deliveries.c.blocked_reason, deliveries.c.is_paused)
        is_confirmed = deliveries.c.state == DeliveryState.DELIVERED.value
        query = select(*columns, func.count()).where(~is_confirmed, *narrow).group_by(*columns)
        recent = [deliveries.c.updated_at >= wanted.since] if wanted.since is not None else []
        confirmed = select(func.count()).where(is_confirmed, *recent, *narrow)
        found: Counter[QueueLane] = Counter()
        with self._database.read() as connection:
            for state, reason, is_paused, number in connection.execute(query):
                lane = queue_lane(DeliveryState(state), to_reason(reason), is_paused=is_paused)
                found[lane] += number
            found[QueueLane.CONFIRMED] = connection.execute(confirmed).scalar_one()
        return {lane: found[lane] for lane in QueueLane}

    def ids(
        self, wanted: QueueQuery, *, sort: str = "", descending: bool = True
    ) -> tuple[int, ...]:
        """Every id that matches now, newest first unless sorted: the frozen list of a bulk action."""
        order = desc if descending or not sort else asc
        query = (
            select(deliveries.c.id)
            .where(*_conditions(wanted))
            .order_by(order(_SORTS[sort]), desc(deliveries.c.id))
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def groups(self, wanted: QueueQuery) -> tuple[QueueGroup, ...]:
        """What is in the lanes asked for, by cause, biggest first.

        The first question reads nothing but the index; only paused rows are looked up for who paused them.
        """
        columns = (
            deliveries.c.state,
            deliveries.c.blocked_reason,
            deliveries.c.cause,
            deliveries.c.is_paused,
        )
        numbers = (
            func.count().label("number"),
            func.min(deliveries.c.created_at).label("oldest_at"),
            func.min(deliveries.c.next_attempt_at).label("next_at"),
        )
        conditions = _conditions(wanted)
        query = select(*columns, *numbers).where(*conditions).group_by(*columns)
        changed = func.min(deliveries.c.updated_at).label("changed_at")
        by_whom = (
            select(deliveries.c.paused_by, changed, *numbers)
            .where(*conditions, deliveries.c.is_paused)
            .group_by(deliveries.c.paused_by)
        )
        merged: dict[str, QueueGroup] = {}
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            is_any = any(_is_held(row) for row in rows)
            held = connection.execute(by_whom).all() if is_any else ()
        for row in rows:
            if not _is_held(row):
                group = _group(row)
                old = merged.get(group.key)
                merged[group.key] = group if old is None else _merged(old, group)
        found = [*merged.values(), *map(_held, held)]
        return tuple(sorted(found, key=lambda one: (-one.count, one.key)))

    def tally(self, ids: Iterable[int]) -> dict[DeliveryFact, int]:
        """What decides a retry of these, counted: one row for all with the same facts."""
        columns = (
            deliveries.c.platform,
            deliveries.c.kind,
            deliveries.c.state,
            deliveries.c.blocked_reason,
            deliveries.c.is_paused,
            deliveries.c.cause,
        )
        found: Counter[DeliveryFact] = Counter()
        for some in _slices(ids):
            query = (
                select(*columns, func.count()).where(deliveries.c.id.in_(some)).group_by(*columns)
            )
            with self._database.read() as connection:
                for row in connection.execute(query):
                    fact = DeliveryFact(
                        row[0],
                        DeliveryKind(row[1]),
                        DeliveryState(row[2]),
                        to_reason(row[3]),
                        row[4],
                        row[5],
                    )
                    found[fact] += row[6]
        return dict(found)

    def among(
        self,
        ids: Iterable[int],
        states: Iterable[DeliveryState],
        *,
        is_paused: bool | None = None,
    ) -> tuple[int, ...]:
        """Those of these that are in one of the states now, in the order given."""
        frozen = tuple(ids)
        wanted: list[ColumnElement[bool]] = [deliveries.c.state.in_([one.value for one in states])]
        if is_paused is not None:
            wanted.append(deliveries.c.is_paused == is_paused)
        found: set[int] = set()
        for some in _slices(frozen):
            query = select(deliveries.c.id).where(deliveries.c.id.in_(some), *wanted)
            with self._database.read() as connection:
                found.update(connection.execute(query).scalars())
        return tuple(one for one in frozen if one in found)

    def progress(self, delivery_id: int) -> ItemProgress:
        """Images of one delivery, by how far they are."""
        is_confirmed = delivery_items.c.confirmed_at.is_not(None)
        was_sent = delivery_items.c.sent_at.is_not(None)
        query = (
            select(is_confirmed, was_sent, func.count())
            .where(delivery_items.c.delivery_id == delivery_id)
            .group_by(is_confirmed, was_sent)
        )
        found: Counter[str] = Counter()
        with self._database.read() as connection:
            for confirmed, sent, number in connection.execute(query):
                found["confirmed" if confirmed else "sent" if sent else "open"] += number
        return ItemProgress(found["confirmed"], found["sent"], found["open"])

    def examinations(self, ids: Sequence[int]) -> int:
        """How many examinations stand behind these deliveries."""
        found: set[int] = set()
        for some in _slices(ids):
            query = select(deliveries.c.examination_id).where(deliveries.c.id.in_(some)).distinct()
            with self._database.read() as connection:
                found.update(connection.execute(query).scalars())
        return len(found)


def _slices(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    frozen = tuple(ids)
    for start in range(0, len(frozen), IDS_AT_ONCE):
        yield frozen[start : start + IDS_AT_ONCE]


def _is_held(row: Any) -> bool:
    lane = queue_lane(
        DeliveryState(row.state), to_reason(row.blocked_reason), is_paused=row.is_paused
    )
    return lane is QueueLane.PAUSED


def _group(row: Any) -> QueueGroup:
    state, reason = DeliveryState(row.state), to_reason(row.blocked_reason)
    lane = queue_lane(state, reason, is_paused=False)
    cause = row.blocked_reason if reason is not None else row.cause
    return QueueGroup(lane, state, cause, "", row.number, row.oldest_at, None, row.next_at)


def _held(row: Any) -> QueueGroup:
    """Paused ones stand together, whatever they were about to do."""
    return QueueGroup(
        QueueLane.PAUSED,
        DeliveryState.READY,
        "",
        row.paused_by,
        row.number,
        row.oldest_at,
        row.changed_at,
        None,
    )


def _merged(one: QueueGroup, other: QueueGroup) -> QueueGroup:
    due: list[datetime] = [
        at for at in (one.next_attempt_at, other.next_attempt_at) if at is not None
    ]
    return replace(
        one,
        count=one.count + other.count,
        oldest_at=min(one.oldest_at, other.oldest_at),
        next_attempt_at=min(due, default=None),
    )
