"""The columns in which authorizations and launches keep a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_

from hbgz_desktop.model.visit import Visit
from hbgz_desktop.storage.search_keys import name_key

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row, Table


def visit_values(visit: Visit) -> dict[str, str]:
    """A visit as columns, blanks around the values removed."""
    values = visit.values()
    numbers = ("".join(values[one].split()) for one in ("patientId", "visitNo"))
    words = (name_key(values["patientName"]), *numbers)
    return {
        "patient_id": values["patientId"],
        "patient_name": values["patientName"],
        "search_key": " ".join(filter(None, words)).lower(),
        "id_type": visit.id_type,
        "id_no": values["idNo"].upper(),
        "phone": values["phoneNo"],
        "visit_no": values["visitNo"],
        "visit_time": values["visitTime"],
    }


def to_visit(row: Row[Any]) -> Visit:
    """The visit of a row."""
    return Visit(
        patient_id=row.patient_id,
        name=row.patient_name,
        id_type=row.id_type,
        id_no=row.id_no,
        phone=row.phone,
        visit_no=row.visit_no,
        visit_time=row.visit_time,
    )


def visit_key(visit: Visit) -> str:
    """What two authorizations of one visit have in common; the number may become known later (H053)."""
    values = visit.values()
    return f"{values['idNo'].upper()}|{values['visitNo'] or values['visitTime']}"


def is_same_visit(table: Table, visit: Visit) -> ColumnElement[bool]:
    """Rows of this visit: the same certificate with the same number, or the same time where one has none."""
    values = visit.values()
    number, columns = values["visitNo"], table.c
    same_time = columns.visit_time == values["visitTime"]
    is_same = same_time
    if number:
        is_same = or_(columns.visit_no == number, and_(same_time, columns.visit_no == ""))
    return and_(columns.id_no == values["idNo"].upper(), is_same)


def is_found(table: Table, text: str) -> ColumnElement[bool]:
    """Rows a typed text finds: part of name, pinyin, patient or visit number, or the whole certificate."""
    typed = "".join(text.split())
    return or_(
        table.c.search_key.contains(typed.lower(), autoescape=True),
        table.c.id_no == typed.upper(),
        table.c.phone == typed,
    )
