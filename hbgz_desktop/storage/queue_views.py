"""Lists of deliveries and of problems, paged and grouped in SQL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, asc, case, desc, func, or_, select, true

from hbgz_desktop.model.delivery import DeliveryKind, DeliveryState
from hbgz_desktop.model.views import (
    CauseGroup,
    ImportProblem,
    ProblemGroup,
    QueueFilter,
    QueueRow,
)
from hbgz_desktop.storage.delivery_rows import to_delivery
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    import_rows,
    problems,
    record_accessions,
    records,
    sent_records,
    worklist,
)

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

_OPEN = [
    state.value
    for state in DeliveryState
    if state not in (DeliveryState.DELIVERED, DeliveryState.CANCELLED, DeliveryState.NOT_REQUIRED)
]
_cause = case(
    (deliveries.c.state == DeliveryState.BLOCKED.value, deliveries.c.blocked_reason),
    else_=deliveries.c.cause,
)
_SORTS = {
    "updated": deliveries.c.updated_at,
    "created": deliveries.c.created_at,
    "state": deliveries.c.state,
    "attempts": deliveries.c.attempts,
    "next": deliveries.c.next_attempt_at,
    "id": deliveries.c.id,
}


def _conditions(wanted: QueueFilter, *, with_states: bool = True) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.states and with_states:
        found.append(deliveries.c.state.in_(wanted.states))
    if wanted.platform:
        # by no index: a platform selects little
        found.append(deliveries.c.platform.concat("") == wanted.platform)
    if wanted.cause is not None:
        found.append(_cause == wanted.cause)
    if wanted.is_paused is not None:
        found.append(deliveries.c.is_paused == wanted.is_paused)
    text = "".join(wanted.text.split()).lower()
    if text:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        by_record = (
            select(examinations.c.id)
            .join(records, records.c.id == examinations.c.record_id)
            .outerjoin(record_accessions, record_accessions.c.record_id == records.c.id)
            .where(
                or_(
                    records.c.name_key.like(f"%{escaped}%", escape="\\"),
                    func.lower(record_accessions.c.accession_number).like(
                        f"%{escaped}%", escape="\\"
                    ),
                )
            )
        )
        found.append(deliveries.c.examination_id.in_(by_record))
    return found


def _group(row: Any, wanted: QueueFilter) -> CauseGroup:
    """A row of the grouping query; its filter opens exactly the rows it counts."""
    state = "paused" if row.is_paused else row.state
    is_blocked = row.state == DeliveryState.BLOCKED.value
    cause = row.blocked_reason if is_blocked else row.cause
    return CauseGroup(
        f"{state}|{row.state}|{cause}",
        state,
        cause,
        row.number,
        row.oldest_at,
        row.next_at,
        QueueFilter(wanted.text, (row.state,), wanted.platform, cause, row.is_paused),
    )


def _merged(one: CauseGroup, other: CauseGroup) -> CauseGroup:
    due = [at for at in (one.next_attempt_at, other.next_attempt_at) if at is not None]
    return replace(
        one,
        count=one.count + other.count,
        oldest_at=min(one.oldest_at, other.oldest_at),
        next_attempt_at=min(due, default=None),
    )


class QueueViews:
    """Read side of 上传队列 and 待处理. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def count(self, wanted: QueueFilter) -> int:
        """Rows that match."""
        query = (
            select(func.count()).select_from(deliveries).where(and_(true(), *_conditions(wanted)))
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def ids(self, wanted: QueueFilter) -> tuple[int, ...]:
        """Every id that matches now, newest first: the frozen list of a bulk action."""
        query = (
            select(deliveries.c.id)
            .where(and_(true(), *_conditions(wanted)))
            .order_by(desc(deliveries.c.id))
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def page(
        self,
        wanted: QueueFilter,
        *,
        offset: int = 0,
        limit: int = 200,
        sort: str = "id",
        descending: bool = True,
    ) -> tuple[QueueRow, ...]:
        """Rows that match, sorted by one of updated, created, state, attempts, next, id."""
        order = desc if descending else asc
        page = (
            select(deliveries.c.id)
            .where(and_(true(), *_conditions(wanted)))
            .order_by(*dict.fromkeys(map(order, (_SORTS[sort], deliveries.c.id))))
            .limit(limit)
            .offset(offset)
        )
        with self._database.read() as connection:
            ids = tuple(connection.execute(page).scalars())
        found = {row.delivery.id: row for row in self.rows(ids)}
        return tuple(found[one] for one in ids if one in found)

    def rows(self, ids: tuple[int, ...]) -> tuple[QueueRow, ...]:
        """Named rows, for refreshing in place."""
        accession = (
            select(func.min(record_accessions.c.accession_number))
            .where(record_accessions.c.record_id == examinations.c.record_id)
            .scalar_subquery()
        )
        modality = (
            select(func.max(worklist.c.modality))
            .where(worklist.c.examination_id == deliveries.c.examination_id)
            .scalar_subquery()
        )
        before = (
            select(sent_records.c.id)
            .where(
                deliveries.c.kind == DeliveryKind.RECORD.value,
                sent_records.c.examination_id == deliveries.c.examination_id,
                sent_records.c.platform == deliveries.c.platform,
                sent_records.c.content_digest != deliveries.c.content_digest,
            )
            .exists()
        )
        query = (
            select(
                deliveries,
                before.label("is_correction"),
                records.c.patient_name,
                accession.label("accession_number"),
                modality.label("modality"),
            )
            .join(examinations, examinations.c.id == deliveries.c.examination_id)
            .join(records, records.c.id == examinations.c.record_id)
            .where(deliveries.c.id.in_(ids))
        )
        with self._database.read() as connection:
            return tuple(
                QueueRow(
                    to_delivery(row),
                    row.patient_name,
                    row.accession_number or "",
                    row.modality or "",
                    bool(row.is_correction),
                )
                for row in connection.execute(query)
            )

    def state_counts(self, wanted: QueueFilter) -> dict[DeliveryState, int]:
        """Rows by state, of everything else the filter says."""
        query = (
            select(deliveries.c.state, func.count())
            .where(and_(true(), *_conditions(wanted, with_states=False)))
            .group_by(deliveries.c.state)
        )
        with self._database.read() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        return {state: found.get(state.value, 0) for state in DeliveryState}

    def paused_count(self) -> int:
        """Open rows a person has paused."""
        query = select(func.count()).where(deliveries.c.is_paused, deliveries.c.state.in_(_OPEN))
        with self._database.read() as connection:
            return connection.execute(query).scalar_one()

    def groups(self, wanted: QueueFilter) -> tuple[CauseGroup, ...]:
        """What is not delivered, grouped by state and cause, biggest first."""
        states = [one for one in _OPEN if not wanted.states or one in wanted.states]
        if not states:
            return ()
        base = QueueFilter(wanted.text, tuple(states), wanted.platform)
        columns = (
            deliveries.c.state,
            deliveries.c.blocked_reason,
            deliveries.c.cause,
            deliveries.c.is_paused,
        )
        query = (
            select(
                *columns,
                func.count().label("number"),
                func.min(deliveries.c.created_at).label("oldest_at"),
                func.min(deliveries.c.next_attempt_at).label("next_at"),
            )
            .where(and_(true(), *_conditions(base)))
            .group_by(*columns)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        merged: dict[tuple[str, str, bool], CauseGroup] = {}
        for row in rows:
            group = _group(row, wanted)
            key = row.state, group.cause, row.is_paused
            merged[key] = _merged(merged[key], group) if key in merged else group
        return tuple(sorted(merged.values(), key=lambda one: -one.count))

    def problem_groups(self, limit: int = 200) -> tuple[ProblemGroup, ...]:
        """Errors by rule, field and, where a code is missing, value; those that hold up most first."""
        value = case(
            (problems.c.rule.in_(("code_unknown", "platform_refused")), problems.c.value),
            else_="",
        )
        query = (
            select(
                problems.c.rule,
                problems.c.field,
                func.min(problems.c.label).label("label"),
                value.label("shown"),
                problems.c.code_set,
                func.min(problems.c.limit).label("limit"),
                func.min(problems.c.origin).label("origin"),
                func.count(problems.c.examination_id.distinct()).label("number"),
                func.group_concat(problems.c.examination_id.distinct()).label("ids"),
            )
            .join(
                deliveries,
                and_(
                    deliveries.c.examination_id == problems.c.examination_id,
                    deliveries.c.platform == problems.c.platform,
                ),
            )
            .where(
                problems.c.severity == "error",
                deliveries.c.kind == "record",
                deliveries.c.state == DeliveryState.BLOCKED.value,
                deliveries.c.blocked_reason == "needs_fix",
            )
            .group_by(problems.c.rule, problems.c.field, value, problems.c.code_set)
            .order_by(desc("number"))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(
                ProblemGroup(
                    row.rule,
                    row.field,
                    row.label,
                    row.shown,
                    row.code_set,
                    row.limit,
                    row.origin,
                    row.number,
                    tuple(sorted(map(int, str(row.ids).split(",")), reverse=True)[:50]),
                )
                for row in connection.execute(query)
            )

    def import_problems(self, limit: int = 200) -> tuple[ImportProblem, ...]:
        """Rows of imported files that were not taken, newest first."""
        query = (
            select(import_rows)
            .where(import_rows.c.settled_at.is_(None))
            .order_by(desc(import_rows.c.id))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(
                ImportProblem(row.id, row.source, row.row, row.field, row.value, row.rule, row.at)
                for row in connection.execute(query)
            )
