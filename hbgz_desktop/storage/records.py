"""Records, their settlements and reports, as the sources delivered them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, desc, func, insert, select, update

from hbgz_desktop.model.record import Record, RecordKeys, SourceProblem, SourceSettlement
from hbgz_desktop.storage.content_digest import content_digest
from hbgz_desktop.storage.database import inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.reports import ReportStore, write_reports
from hbgz_desktop.storage.search_keys import name_key
from hbgz_desktop.storage.settlements import add_apart, join_waiting, write_inline
from hbgz_desktop.storage.tables import (
    examinations,
    import_rows,
    record_accessions,
    records,
    settlements,
)
from hbgz_desktop.storage.worklist import mark_stale, refresh_examination

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _key_values(keys: RecordKeys) -> dict[str, object]:
    """Columns that matching and lists use."""
    return {
        "study_uid": keys.study_uid,
        "patient_name": keys.patient_name,
        "name_key": name_key(keys.patient_name),
        "patient_id": keys.patient_id,
        "birth_date": keys.birth_date,
        "appy_no": keys.appy_no,
        "hi_img_indx": keys.hi_img_indx,
        "exam_at": keys.exam_at,
    }


def _write_accessions(connection: Connection, record_id: int, keys: RecordKeys) -> None:
    connection.execute(delete(record_accessions).where(record_accessions.c.record_id == record_id))
    if keys.accessions:
        connection.execute(
            insert(record_accessions),
            [
                {"record_id": record_id, "accession_number": accession}
                for accession in dict.fromkeys(keys.accessions)
            ],
        )


def _examination_id(connection: Connection, record_id: int) -> int:
    """Examination of a record, made when it has none."""
    found = connection.execute(
        select(examinations.c.id).where(examinations.c.record_id == record_id)
    ).scalar()
    if found is not None:
        return int(found)
    now = datetime.now(UTC)
    values = {"record_id": record_id, "created_at": now, "updated_at": now}
    return inserted_id(connection.execute(insert(examinations), values))


class RecordStore(ReportStore):
    """Repository of records with their settlements and reports."""

    def save(
        self,
        keys: RecordKeys,
        fields: Mapping[str, str],
        *,
        unknown: Mapping[str, str],
        source: str,
        row: int,
        inline_settlements: Iterable[Mapping[str, str]],
        reports_by_number: Mapping[str, str],
    ) -> tuple[int, int, str]:
        """Insert, or replace when the source key is known and the content differs.

        Args:
            keys: What it is recognised and matched by.
            fields: Parameter code → text.
            unknown: Columns the standard does not know.
            source: Name of the file.
            row: Where in the file.
            inline_settlements: Rows that came inside the record; they replace the record's earlier ones.
            reports_by_number: rpotNo → path or address.

        Returns:
            (record id, examination id, "new" | "changed" | "same").
        """
        inline = [dict(one) for one in inline_settlements]
        digest = content_digest([dict(fields), inline, dict(reports_by_number)])
        values = {
            "source": source,
            "source_key": keys.source_key,
            "source_row": row,
            "fields": json.dumps(dict(fields), ensure_ascii=False),
            "unknown": json.dumps(dict(unknown), ensure_ascii=False),
            "digest": digest,
            "updated_at": datetime.now(UTC),
            **_key_values(keys),
        }
        with self._database.write() as connection:
            old = connection.execute(
                select(records.c.id, records.c.digest).where(
                    records.c.source_key == keys.source_key
                )
            ).first()
            if old is not None and old.digest == digest:
                return old.id, _examination_id(connection, old.id), "same"
            record_id = self._write(connection, None if old is None else old.id, values)
            _write_accessions(connection, record_id, keys)
            write_inline(connection, record_id, inline)
            join_waiting(connection, record_id, keys)
            write_reports(connection, record_id, reports_by_number)
            examination_id = _examination_id(connection, record_id)
            kind = "record_imported" if old is None else "record_changed"
            add_event(connection, kind, examination_id=examination_id, record=record_id)
            mark_stale(connection, examination_id)
            refresh_examination(connection, examination_id)
        return record_id, examination_id, "new" if old is None else "changed"

    @staticmethod
    def _write(connection: Connection, record_id: int | None, values: dict[str, object]) -> int:
        if record_id is None:
            values = {**values, "imported_at": values["updated_at"]}
            return inserted_id(connection.execute(insert(records), values))
        connection.execute(
            update(records)
            .where(records.c.id == record_id)
            .values(**values, revision=records.c.revision + 1)
        )
        return record_id

    def add_settlement(self, row: SourceSettlement) -> int | None:
        """Keep a settlement row that came apart, once; join it when its record is known (G040).

        Returns:
            Examination id of the record it belongs to, None while no record is known or several might be.
        """
        with self._database.write() as connection:
            record_id = add_apart(connection, row)
            if record_id is None:
                return None
            examination_id = _examination_id(connection, record_id)
            mark_stale(connection, examination_id)
        return examination_id

    def get(self, record_id: int) -> Record | None:
        """One record with its settlements."""
        with self._database.read() as connection:
            row = connection.execute(select(records).where(records.c.id == record_id)).first()
            return None if row is None else self._record(connection, row)

    def of_examination(self, examination_id: int) -> Record | None:
        """The record behind an examination."""
        query = (
            select(records)
            .join(examinations, examinations.c.record_id == records.c.id)
            .where(examinations.c.id == examination_id)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
            return None if row is None else self._record(connection, row)

    def find(self, source_key: str) -> Record | None:
        """The record with that source key."""
        with self._database.read() as connection:
            row = connection.execute(
                select(records).where(records.c.source_key == source_key)
            ).first()
            return None if row is None else self._record(connection, row)

    def page(self, *, limit: int = 200, offset: int = 0) -> tuple[Record, ...]:
        """Newest first."""
        query = select(records).order_by(desc(records.c.id)).limit(limit).offset(offset)
        with self._database.read() as connection:
            return tuple(self._record(connection, row) for row in connection.execute(query).all())

    @staticmethod
    def _record(connection: Connection, row: Row[Any]) -> Record:
        accessions = connection.execute(
            select(record_accessions.c.accession_number)
            .where(record_accessions.c.record_id == row.id)
            .order_by(record_accessions.c.accession_number)
        ).scalars()
        joined = connection.execute(
            select(settlements.c["values"], settlements.c.setl_date)
            .where(settlements.c.record_id == row.id)
            .order_by(settlements.c.id)
        ).all()
        keys = RecordKeys(
            row.source_key,
            row.study_uid,
            tuple(accessions),
            row.patient_name,
            row.patient_id,
            row.birth_date,
            row.appy_no,
            row.hi_img_indx,
            row.exam_at,
        )
        return Record(
            id=row.id,
            source=row.source,
            source_row=row.source_row,
            revision=row.revision,
            keys=keys,
            fields=json.loads(row.fields),
            unknown=json.loads(row.unknown),
            settlements=tuple(json.loads(one[0]) for one in joined),
            settlement_date=next((one[1] for one in joined if one[1]), ""),
            imported_at=row.imported_at,
            updated_at=row.updated_at,
        )

    def count(self) -> int:
        """Number of records."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(records)).scalar_one()

    def set_field(
        self, record_id: int, field: str, value: str, *, keys: RecordKeys | None = None
    ) -> None:
        """A person's correction of one field; it holds until the source itself changes the row.

        Args:
            record_id: Which.
            field: Parameter code.
            value: New text.
            keys: What the corrected record is matched and listed by, when the field bears on that.
        """
        with self._database.write() as connection:
            text = connection.execute(
                select(records.c.fields).where(records.c.id == record_id)
            ).scalar_one()
            fields = {**json.loads(text), field: value}
            connection.execute(
                update(records)
                .where(records.c.id == record_id)
                .values(
                    fields=json.dumps(fields, ensure_ascii=False),
                    revision=records.c.revision + 1,
                    updated_at=datetime.now(UTC),
                    **(_key_values(keys) if keys is not None else {}),
                )
            )
            examination_id = _examination_id(connection, record_id)
            if keys is not None:
                _write_accessions(connection, record_id, keys)
                join_waiting(connection, record_id, keys)
            add_event(connection, "record_changed", examination_id=examination_id, record=record_id)
            mark_stale(connection, examination_id)
            refresh_examination(connection, examination_id)

    def note_problems(self, source: str, problems: Iterable[SourceProblem]) -> None:
        """Rows of a file that could not be used, for 待处理; a new import of the file replaces the old ones."""
        now = datetime.now(UTC)
        rows = [
            {
                "source": source,
                "row": problem.row,
                "field": problem.field,
                "value": problem.value,
                "rule": problem.rule,
                "at": now,
            }
            for problem in problems
        ]
        with self._database.write() as connection:
            connection.execute(
                update(import_rows)
                .where(import_rows.c.source == source, import_rows.c.settled_at.is_(None))
                .values(settled_at=now)
            )
            if rows:
                connection.execute(insert(import_rows), rows)
