"""Keeps ``worklist`` in step, inside the transaction of whatever changed; lists only read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from hbgz_desktop.model.delivery import BlockedReason, DeliveryState
from hbgz_desktop.model.worklist import Lane, lane_of, lane_without_images
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    problems,
    record_accessions,
    records,
    studies,
    worklist,
)


def mark_stale(connection: Connection, examination_id: int) -> None:
    """What bears on its deliveries has changed: it has to be planned again, also after a crash."""
    connection.execute(
        update(examinations)
        .where(examinations.c.id == examination_id, ~examinations.c.is_stale)
        .values(is_stale=True, updated_at=datetime.now(UTC))
    )


def refresh_study(connection: Connection, study_id: int) -> None:
    """Look at one study again, and at its examination's other studies when it has one."""
    row = connection.execute(select(studies).where(studies.c.id == study_id)).one()
    if row.examination_id is not None:
        refresh_examination(connection, row.examination_id)
        return
    lane = lane_of(is_receiving=row.state == "receiving", has_record=False, deliveries=())
    _put_study(connection, row, lane, "")


def refresh_examination(connection: Connection, examination_id: int) -> None:
    """Look at one examination again: every study of it, or itself while it has none."""
    rows = connection.execute(
        select(
            deliveries.c.state,
            deliveries.c.blocked_reason,
            deliveries.c.is_paused,
            deliveries.c.cause,
        ).where(deliveries.c.examination_id == examination_id)
    ).all()
    facts = [
        (
            DeliveryState(row.state),
            BlockedReason(row.blocked_reason) if row.blocked_reason else None,
            row.is_paused,
        )
        for row in rows
    ]
    joined = connection.execute(
        select(studies).where(studies.c.examination_id == examination_id)
    ).all()
    for study in joined:
        lane = lane_of(is_receiving=study.state == "receiving", has_record=True, deliveries=facts)
        _put_study(connection, study, lane, _detail(connection, examination_id, lane, rows))
    if joined:
        connection.execute(delete(worklist).where(_own_row(examination_id)))
        return
    _put_examination(connection, examination_id, lane_without_images(facts))


def _own_row(examination_id: int) -> ColumnElement[bool]:
    """The row an examination has of its own while no study is joined to it."""
    return (worklist.c.examination_id == examination_id) & worklist.c.study_id.is_(None)


def _detail(connection: Connection, examination_id: int, lane: Lane, rows: Sequence[Any]) -> str:
    """Key of what is wrong: an error code, or ``rule:field`` of the first problem."""
    if lane is Lane.NEEDS_FIX:
        first = connection.execute(
            select(problems.c.rule, problems.c.field)
            .where(problems.c.examination_id == examination_id, problems.c.severity == "error")
            .order_by(problems.c.id)
            .limit(1)
        ).first()
        return f"{first.rule}:{first.field}" if first is not None else ""
    wanted = {Lane.FAILED: "failed", Lane.RETRYING: "retrying"}.get(lane)
    return next((row.cause for row in rows if row.state == wanted and row.cause), "")


def _put_study(connection: Connection, study: Row[Any], lane: Lane, detail: str) -> None:
    values = {
        "examination_id": study.examination_id,
        "lane": lane.value,
        "detail": detail,
        "name_key": study.name_key,
        "accession_number": study.accession_number,
        "patient_id": study.patient_id,
        "modality": study.modality,
    }
    _upsert(connection, worklist.c.study_id == study.id, values, study.id, study.first_received_at)


def _put_examination(connection: Connection, examination_id: int, lane: Lane) -> None:
    row = connection.execute(
        select(records.c.id, records.c.name_key, records.c.patient_id, records.c.imported_at)
        .join(examinations, examinations.c.record_id == records.c.id)
        .where(examinations.c.id == examination_id)
    ).one()
    accession = connection.execute(
        select(record_accessions.c.accession_number)
        .where(record_accessions.c.record_id == row.id)
        .order_by(record_accessions.c.accession_number)
        .limit(1)
    ).scalar()
    values = {
        "examination_id": examination_id,
        "lane": lane.value,
        "detail": "",
        "name_key": row.name_key,
        "accession_number": accession or "",
        "patient_id": row.patient_id,
        "modality": "",
    }
    _upsert(connection, _own_row(examination_id), values, None, row.imported_at)


def _upsert(
    connection: Connection,
    where: ColumnElement[bool],
    values: dict[str, Any],
    study_id: int | None,
    at: datetime,
) -> None:
    now = datetime.now(UTC)
    old = connection.execute(select(worklist).where(where)).first()
    if old is None:
        connection.execute(
            insert(worklist), {"study_id": study_id, "at": at, "changed_at": now, **values}
        )
        return
    before = old._mapping
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return
    if changed.keys() & {"lane", "detail"}:
        changed["changed_at"] = now
    connection.execute(update(worklist).where(worklist.c.id == old.id).values(changed))
