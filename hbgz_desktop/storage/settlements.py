"""Settlement rows: inside a record, or apart and joined by application number or index (G040)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from hbgz_desktop.storage.content_digest import content_digest
from hbgz_desktop.storage.tables import examinations, index_codes, records, settlements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.record import RecordKeys, SourceSettlement


def write_inline(connection: Connection, record_id: int, rows: Sequence[dict[str, str]]) -> None:
    """Rows that came inside a record replace its earlier ones; none given, the earlier ones stay."""
    if not rows:
        return
    connection.execute(
        delete(settlements).where(
            settlements.c.record_id == record_id,
            settlements.c.appy_no == "",
            settlements.c.hi_img_indx == "",
        )
    )
    now = datetime.now(UTC)
    connection.execute(
        insert(settlements),
        [
            {
                "record_id": record_id,
                "values": json.dumps(values, ensure_ascii=False),
                "digest": content_digest([record_id, position, values]),
                "imported_at": now,
            }
            for position, values in enumerate(rows)
        ],
    )


def join_waiting(connection: Connection, record_id: int, keys: RecordKeys) -> None:
    """Give a new record the settlement rows that came before it."""
    joins: list[ColumnElement[bool]] = []
    if keys.appy_no:
        joins.append(settlements.c.appy_no == keys.appy_no)
    if keys.hi_img_indx:
        joins.append(settlements.c.hi_img_indx == keys.hi_img_indx)
    if joins:
        connection.execute(
            update(settlements)
            .where(settlements.c.record_id.is_(None), or_(*joins))
            .values(record_id=record_id)
        )


def add_apart(connection: Connection, row: SourceSettlement) -> int | None:
    """Keep a row that came apart, once; returns the record it belongs to, None while none is known."""
    digest = content_digest([row.appy_no, row.hi_img_indx, row.values])
    old = connection.execute(select(settlements).where(settlements.c.digest == digest)).first()
    if old is not None and old.record_id is not None and (old.setl_date or not row.setl_date):
        return int(old.record_id)
    known = old.record_id if old is not None else None
    record_id = known or _owner(connection, row)
    values = {
        "record_id": record_id,
        "appy_no": row.appy_no,
        "hi_img_indx": row.hi_img_indx,
        "setl_date": row.setl_date or (old.setl_date if old is not None else ""),
        "values": json.dumps(row.values, ensure_ascii=False),
        "digest": digest,
        "imported_at": datetime.now(UTC),
    }
    if old is None:
        connection.execute(insert(settlements), values)
    else:
        connection.execute(update(settlements).where(settlements.c.id == old.id).values(values))
    return record_id


def _owner(connection: Connection, row: SourceSettlement) -> int | None:
    """The one record a row belongs to: by its index, else by application number when that is unique."""
    for condition in _owner_conditions(row):
        query = select(records.c.id).where(condition).limit(2)
        found = connection.execute(query).scalars().all()
        if len(found) == 1:
            return int(found[0])
    return None


def _owner_conditions(row: SourceSettlement) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if row.hi_img_indx:
        registered = (
            select(examinations.c.record_id)
            .join(index_codes, index_codes.c.examination_id == examinations.c.id)
            .where(index_codes.c.code == row.hi_img_indx)
        )
        conditions.append(
            or_(records.c.hi_img_indx == row.hi_img_indx, records.c.id.in_(registered))
        )
    if row.appy_no:
        conditions.append(records.c.appy_no == row.appy_no)
    return conditions
