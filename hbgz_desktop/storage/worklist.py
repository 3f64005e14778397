"""Keeps ``worklist`` in step, inside the transaction of whatever changed; lists only read it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from hbgz_desktop.model.delivery import AT_REST, BlockedReason, DeliveryKind, DeliveryState
from hbgz_desktop.model.worklist import Lane, lane_of, lane_without_images
from hbgz_desktop.storage.search_keys import search_key
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    problems,
    record_accessions,
    records,
    studies,
    worklist,
)
from hbgz_desktop.storage.undecided import IS_UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STUDY = select(
    studies.c.id,
    studies.c.examination_id,
    studies.c.state,
    studies.c.name_key,
    studies.c.accession_number,
    studies.c.patient_id,
    studies.c.modality,
    studies.c.first_received_at,
    IS_UNDECIDED.label("is_undecided"),
    func.coalesce(studies.c.expected_count != studies.c.instance_count, false()).label("is_uneven"),
)
_DELETION = DeliveryKind.DELETION.value
_AT_REST = frozenset(one.value for one in AT_REST)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_JOINED = _STUDY.where(studies.c.examination_id.in_(_IDS))
_QUEUE = (
    select(
        deliveries.c.examination_id,
        deliveries.c.kind,
        deliveries.c.state,
        deliveries.c.blocked_reason,
        deliveries.c.is_paused,
        deliveries.c.cause,
    )
    .where(deliveries.c.examination_id.in_(_IDS))
    .order_by(deliveries.c.id)
)
_HAVE = select(worklist).where(
    or_(
        worklist.c.examination_id.in_(_IDS),
        worklist.c.study_id.in_(bindparam("study_ids", expanding=True)),
    )
)
_STATE_OF_LANE = {
    Lane.FAILED: "failed",
    Lane.RETRYING: "retrying",
    Lane.NOT_REQUIRED: "not_required",
}
_UPDATED = (
    *("examination_id", "lane", "detail", "name_key", "accession_number", "patient_id"),
    *("modality", "search_key", "changed_at"),
)
_UPDATE = (
    update(worklist)
    .where(worklist.c.id == bindparam("row_id"))
    .values({name: bindparam(f"new_{name}") for name in _UPDATED})
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One line as it should be; ``study_id`` None = an examination whose images have not come."""

    study_id: int | None
    examination_id: int | None
    lane: Lane
    detail: str
    name_key: str
    accession_number: str
    patient_id: str
    modality: str
    at: datetime

    def values(self) -> dict[str, object]:
        """Columns that follow what the line is about."""
        return {
            "examination_id": self.examination_id,
            "lane": self.lane.value,
            "detail": self.detail,
            "name_key": self.name_key,
            "accession_number": self.accession_number,
            "patient_id": self.patient_id,
            "modality": self.modality,
            "search_key": search_key(self.name_key, self.accession_number, self.patient_id),
        }


def mark_stale(connection: Connection, examination_id: int) -> None:
    """What bears on its deliveries has changed: it has to be planned again, also after a crash."""
    mark_all_stale(connection, (examination_id,))


def mark_all_stale(connection: Connection, examination_ids: Iterable[int]) -> None:
    """The same for several; at most some hundred."""
    connection.execute(
        update(examinations)
        .where(examinations.c.id.in_(tuple(examination_ids)), ~examinations.c.is_stale)
        .values(is_stale=True, updated_at=datetime.now(UTC))
    )


def refresh_study(connection: Connection, study_id: int) -> None:
    """Look at one study again, and at its examination's other studies when it has one."""
    row = connection.execute(_STUDY.where(studies.c.id == study_id)).one()
    if row.examination_id is not None:
        refresh_examination(connection, row.examination_id)
        return
    lane = lane_of(is_receiving=row.state == "receiving", has_record=False, deliveries=())
    have = connection.execute(select(worklist).where(worklist.c.study_id == study_id)).all()
    detail = ""
    if lane is Lane.NO_RECORD and have and _is_set_aside(have[0], row):
        lane, detail = Lane.NOT_REQUIRED, have[0].detail
    _bring(connection, [_of_study(row, lane, detail)], have)


def set_aside(connection: Connection, study_id: int, reason: str) -> bool:
    """Say of a complete study without a record that it need not go, by which rule; "" takes it back.

    Its line keeps that, as long as nothing is known of it but its modality.

    Returns:
        False when it is so already, has a record by now, or is still being received.
    """
    lane = Lane.NOT_REQUIRED if reason else Lane.NO_RECORD
    result = connection.execute(
        update(worklist)
        .where(
            worklist.c.study_id == study_id,
            worklist.c.examination_id.is_(None),
            worklist.c.lane.in_((Lane.NO_RECORD.value, Lane.NOT_REQUIRED.value)),
            or_(worklist.c.lane != lane.value, worklist.c.detail != reason),
        )
        .values(lane=lane.value, detail=reason, changed_at=datetime.now(UTC))
    )
    return result.rowcount > 0


def _is_set_aside(line: Any, row: Any) -> bool:
    is_alone = line.examination_id is None and line.modality == row.modality
    return bool(is_alone and line.lane == Lane.NOT_REQUIRED.value and line.detail)


def refresh_examination(connection: Connection, examination_id: int) -> None:
    """Look at one examination again: every study of it, or itself while it has none."""
    refresh_examinations(connection, (examination_id,))


def refresh_examinations(connection: Connection, examination_ids: Iterable[int]) -> None:
    """As ``refresh_examination`` for at most some hundred at a time, with few statements."""
    ids = sorted(set(examination_ids))
    queue: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(_QUEUE, {"ids": ids}):
        if row.kind != _DELETION or row.state not in _AT_REST:  # one that is over says nothing more
            queue[row.examination_id].append(row)
    joined = connection.execute(_JOINED, {"ids": ids}).all()
    wanted = _of_joined(connection, joined, queue)
    with_images = {row.examination_id for row in joined}
    bare = [one for one in ids if one not in with_images]
    wanted += _of_bare(connection, bare, queue) if bare else []
    study_ids = [row.id for row in joined]
    have = connection.execute(_HAVE, {"ids": ids, "study_ids": study_ids}).all()
    _bring(connection, wanted, have)


def _is_deleting(rows: Iterable[Any]) -> bool:
    failed = DeliveryState.FAILED.value
    return any(row.kind == _DELETION and row.state != failed and not row.is_paused for row in rows)


def _facts(rows: Iterable[Any]) -> list[tuple[DeliveryState, BlockedReason | None, bool]]:
    return [
        (
            DeliveryState(row.state),
            BlockedReason(row.blocked_reason) if row.blocked_reason else None,
            row.is_paused,
        )
        for row in rows
    ]


def _of_joined(
    connection: Connection, joined: Sequence[Any], queue: dict[int, list[Any]]
) -> list[_Wanted]:
    lanes = [
        lane_of(
            is_receiving=row.state == "receiving",
            has_record=True,
            deliveries=_facts(queue[row.examination_id]),
            is_undecided=row.is_undecided,
            is_uneven=row.is_uneven,
            is_deleting=_is_deleting(queue[row.examination_id]),
        )
        for row in joined
    ]
    to_fix = {
        row.examination_id
        for row, lane in zip(joined, lanes, strict=True)
        if lane is Lane.NEEDS_FIX
    }
    first = _first_problems(connection, to_fix) if to_fix else {}
    return [
        _of_study(row, lane, _detail(lane, queue[row.examination_id], first, row.examination_id))
        for row, lane in zip(joined, lanes, strict=True)
    ]


def _detail(lane: Lane, rows: Iterable[Any], first: dict[int, str], examination_id: int) -> str:
    """Key of what is wrong: an error code, ``rule:field`` of the first problem, or the rule that skips it."""
    if lane is Lane.NEEDS_FIX:
        return first.get(examination_id, "")
    wanted = _STATE_OF_LANE.get(lane)
    return next((row.cause for row in rows if row.state == wanted and row.cause), "")


def _first_problems(connection: Connection, examination_ids: Iterable[int]) -> dict[int, str]:
    earliest = (
        select(func.min(problems.c.id))
        .where(problems.c.examination_id.in_(examination_ids), problems.c.severity == "error")
        .group_by(problems.c.examination_id)
    )
    query = select(problems.c.examination_id, problems.c.rule, problems.c.field)
    return {
        row.examination_id: f"{row.rule}:{row.field}"
        for row in connection.execute(query.where(problems.c.id.in_(earliest)))
    }


def _of_study(row: Any, lane: Lane, detail: str) -> _Wanted:
    return _Wanted(
        study_id=row.id,
        examination_id=row.examination_id,
        lane=lane,
        detail=detail,
        name_key=row.name_key,
        accession_number=row.accession_number,
        patient_id=row.patient_id,
        modality=row.modality,
        at=row.first_received_at,
    )


def _of_bare(
    connection: Connection, ids: Sequence[int], queue: dict[int, list[Any]]
) -> list[_Wanted]:
    accession = (
        select(func.min(record_accessions.c.accession_number))
        .where(record_accessions.c.record_id == records.c.id)
        .scalar_subquery()
    )
    query = (
        select(
            examinations.c.id,
            records.c.name_key,
            records.c.patient_id,
            records.c.imported_at,
            accession.label("accession_number"),
        )
        .join(records, examinations.c.record_id == records.c.id)
        .where(examinations.c.id.in_(ids))
    )
    lanes = {one: lane_without_images(_facts(queue[one])) for one in ids}
    return [
        _Wanted(
            study_id=None,
            examination_id=row.id,
            lane=lanes[row.id],
            detail=_detail(lanes[row.id], queue[row.id], {}, row.id),
            name_key=row.name_key,
            accession_number=row.accession_number or "",
            patient_id=row.patient_id,
            modality="",
            at=row.imported_at,
        )
        for row in connection.execute(query)
    ]


def _bring(connection: Connection, wanted: Sequence[_Wanted], have: Sequence[Any]) -> None:
    """Insert, change and delete lines until they are as wanted; what is right is not touched."""
    now = datetime.now(UTC)
    known = {_key(row.study_id, row.examination_id): row for row in have}
    inserts, updates = [], []
    for line in wanted:
        row = known.pop(_key(line.study_id, line.examination_id), None)
        values = line.values()
        if row is None:
            own = {"study_id": line.study_id, "at": line.at, "changed_at": now}
            inserts.append({**own, **values})
            continue
        if all(getattr(row, name) == value for name, value in values.items()):
            continue
        is_same = (row.lane, row.detail) == (line.lane.value, line.detail)
        values["changed_at"] = row.changed_at if is_same else now
        updates.append(
            {"row_id": row.id, **{f"new_{name}": value for name, value in values.items()}}
        )
    gone = [row.id for row in known.values() if row.study_id is None]
    if inserts:
        connection.execute(insert(worklist), inserts)
    if updates:
        connection.execute(_UPDATE, updates)
    if gone:
        connection.execute(delete(worklist).where(worklist.c.id.in_(gone)))


def _key(study_id: int | None, examination_id: int | None) -> tuple[str, int | None]:
    return ("examination", examination_id) if study_id is None else ("study", study_id)
