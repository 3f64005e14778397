"""Patients already known: from authorizations, records and received studies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, desc, or_, select

from hbgz_desktop.model.authorization import KnownPatient
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import authorizations, records, studies
from hbgz_desktop.storage.visit_rows import is_found

if TYPE_CHECKING:
    from sqlalchemy import Row

_SHORTEST_CERTIFICATE = 6
"""Shorter texts are no certificate number: the fields of every record need not be read."""
_LOOKED_AT = 200
"""Rows of each kind that are read; a text that finds more is too short."""


class KnownPatients(Repository):
    """Searches patients; every method is one short transaction."""

    def search(self, text: str, limit: int) -> tuple[KnownPatient, ...]:
        """Patients whose name, pinyin, initials or number holds ``text``, or whose certificate it is.

        One line a patient and source, the newest; those with most known first.
        """
        typed = "".join(text.split())
        if not typed:
            return ()
        earlier = select(authorizations).where(is_found(authorizations, typed))
        by_record = _named(records, typed)
        if len(typed) >= _SHORTEST_CERTIFICATE and any(one.isdigit() for one in typed):
            by_record = or_(by_record, _certified(typed))
        named = select(records).where(by_record)
        seen = select(studies).where(_named(studies, typed))
        with self._database.read() as connection:
            found = [
                *map(_of_authorization, connection.execute(_newest(earlier, authorizations))),
                *map(_of_record, connection.execute(_newest(named, records))),
                *map(_of_study, connection.execute(_newest(seen, studies))),
            ]
        return tuple(_distinct(found))[:limit]


def _named(table: Table, typed: str) -> ColumnElement[bool]:
    return or_(
        table.c.name_key.contains(typed.lower(), autoescape=True),
        table.c.patient_id.contains(typed, autoescape=True),
    )


def _certified(typed: str) -> ColumnElement[bool]:
    """A whole certificate number inside a record's fields; a part of one finds nobody."""
    found: ColumnElement[bool] = records.c.fields.contains(
        f'"certno": {json.dumps(typed.upper(), ensure_ascii=False)}', autoescape=True
    )
    return found


def _newest(query: Any, table: Table) -> Any:
    return query.order_by(desc(table.c.id)).limit(_LOOKED_AT)


def _of_authorization(row: Row[Any]) -> KnownPatient:
    return KnownPatient(
        source="authorization",
        at=row.created_at,
        patient_id=row.patient_id,
        name=row.patient_name,
        id_no=row.id_no,
        phone=row.phone,
        visit_no=row.visit_no,
    )


def _of_record(row: Row[Any]) -> KnownPatient:
    fields = json.loads(row.fields)
    return KnownPatient(
        source="record",
        at=row.updated_at,
        patient_id=row.patient_id,
        name=row.patient_name,
        id_no=str(fields.get("certno", "")),
        phone=str(fields.get("tel", "")),
        birth_date=row.birth_date,
        visit_no=str(fields.get("optNo", "") or fields.get("iptNo", "")),
    )


def _of_study(row: Row[Any]) -> KnownPatient:
    return KnownPatient(
        source="study",
        at=row.last_received_at,
        patient_id=row.patient_id,
        name=row.patient_name.replace("^", ""),
        birth_date=row.patient_birth_date,
    )


def _distinct(found: list[KnownPatient]) -> list[KnownPatient]:
    """The first of each patient and certificate; a study adds nobody who is known better already."""
    kept: dict[tuple[str, str], KnownPatient] = {}
    better: set[tuple[str, str]] = set()
    for one in found:
        if one.source == "study" and (one.patient_id, one.name) in better:
            continue
        key = (one.id_no, "") if one.id_no else (one.patient_id, one.name)
        kept.setdefault(key, one)
        better.add((one.patient_id, one.name))
    return list(kept.values())
