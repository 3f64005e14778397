"""Records as a person looks for them: to give a study its record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, desc, func, or_, select

from hbgz_desktop.model.record_choice import RecordChoice, StudySide
from hbgz_desktop.storage.tables import examinations, record_accessions, records, studies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.storage.database import Database

_SEX = {"1": "M", "2": "F"}


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class RecordViews:
    """Read side of the records. Safe from any thread."""

    def __init__(self, database: Database) -> None:
        """Read ``database``."""
        self._database = database

    def side_of(self, study_id: int) -> StudySide | None:
        """What the images of one study say."""
        query = select(studies).where(studies.c.id == study_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return StudySide(
            study_id=row.id,
            patient_name=row.patient_name,
            name_key=row.name_key,
            patient_id=row.patient_id,
            birth_date=row.patient_birth_date,
            sex=row.patient_sex,
            accession_number=row.accession_number,
            modality=row.modality,
            description=row.description,
            images=row.instance_count,
            at=row.first_received_at,
        )

    def search(self, words: Sequence[str], *, limit: int = 30) -> tuple[RecordChoice, ...]:
        """Records that match any of the words by name, pinyin, patient id or accession number, newest first."""
        found = []
        for word in words:
            text = _escape("".join(word.split()).lower())
            if not text:
                continue
            by_number = select(record_accessions.c.record_id).where(
                func.lower(record_accessions.c.accession_number).like(f"%{text}%", escape="\\")
            )
            found += [
                records.c.name_key.like(f"%{text}%", escape="\\"),
                func.lower(records.c.patient_id).like(f"{text}%", escape="\\"),
                records.c.id.in_(by_number),
            ]
        if not found:
            return ()
        joined = (
            select(func.count())
            .where(studies.c.examination_id == examinations.c.id)
            .scalar_subquery()
        )
        query = (
            select(records, examinations.c.id.label("examination_id"), joined.label("studies"))
            .join(examinations, examinations.c.record_id == records.c.id)
            .where(or_(*found))
            .order_by(desc(records.c.imported_at), desc(records.c.id))
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(_choice(connection, row) for row in connection.execute(query).all())


def _choice(connection: Connection, row: Row[Any]) -> RecordChoice:
    accessions = connection.execute(
        select(record_accessions.c.accession_number)
        .where(record_accessions.c.record_id == row.id)
        .order_by(record_accessions.c.accession_number)
    ).scalars()
    fields = json.loads(row.fields)
    return RecordChoice(
        examination_id=row.examination_id,
        patient_name=row.patient_name,
        name_key=row.name_key,
        patient_id=row.patient_id,
        birth_date=row.birth_date,
        sex=_SEX.get(fields.get("gend", ""), ""),
        accessions=tuple(accessions),
        item=fields.get("imgExamItem", ""),
        at=row.exam_at or row.imported_at,
        studies=row.studies,
    )
