"""Keeps ``worklist`` in step, inside the transaction of whatever changed; lists only read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from hbgz_desktop.model.delivery import BlockedReason, DeliveryState
from hbgz_desktop.model.worklist import Lane, lane_of
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    problems,
    record_accessions,
    records,
    studies,
    worklist,
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
    own = worklist.c.examination_id == examination_id, worklist.c.study_id.is_(None)
    if joined:
        connection.execute(delete(worklist).where(*own))
        return
    _put_examination(connection, examination_id)


def _detail(connection: Connection, examination_id: int, lane: Lane, rows: Any) -> str:
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


def _put_examination(connection: Connection, examination_id: int) -> None:
    row = connection.execute(
        select(records.c.id, records.c.name_key, records.c.patient_id, records.c.imported_at)
        .join(examinations, examinations.c.record_id == records.c.id)
        .where(examinations.c.id == examination_id)
    ).one()
    accession = connection.execute(
        select(record_accessions.c.accession_number)
        .where(record_accessions.c.record_id == row.id)
        .limit(1)
    ).scalar()
    values = {
        "examination_id": examination_id,
        "lane": Lane.NO_IMAGES.value,
        "detail": "",
        "name_key": row.name_key,
        "accession_number": accession or "",
        "patient_id": row.patient_id,
        "modality": "",
    }
    where = (worklist.c.examination_id == examination_id) & worklist.c.study_id.is_(None)
    _upsert(connection, where, values, None, row.imported_at)


def _upsert(
    connection: Connection, where: Any, values: dict[str, Any], study_id: int | None, at: datetime
) -> None:
    now = datetime.now(UTC)
    old = connection.execute(
        select(worklist.c.id, worklist.c.lane, worklist.c.detail, worklist.c.examination_id).where(
            where
        )
    ).first()
    if old is None:
        connection.execute(
            insert(worklist), {"study_id": study_id, "at": at, "changed_at": now, **values}
        )
        return
    same = (old.lane, old.detail, old.examination_id) == (
        values["lane"],
        values["detail"],
        values["examination_id"],
    )
    if not same:
        connection.execute(
            update(worklist).where(worklist.c.id == old.id).values(changed_at=now, **values)
        )
