"""Records, their settlements and reports, as the sources delivered them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, desc, func, insert, or_, select, update

from hbgz_desktop.model.record import Record, RecordKeys, Report, SourceProblem, SourceSettlement
from hbgz_desktop.storage.database import Database, inserted_id
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.search_keys import name_key
from hbgz_desktop.storage.tables import (
    examinations,
    import_rows,
    record_accessions,
    records,
    reports,
    settlements,
)
from hbgz_desktop.storage.worklist import refresh_examination


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _report(row: Row[Any]) -> Report:
    return Report(
        row.id,
        row.record_id,
        row.rpot_no,
        row.reference,
        row.path,
        row.size_bytes,
        row.md5,
        row.problem,
        row.confirmed_at is not None,
    )


class RecordStore:
    """Repository of records. Safe from any thread; every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

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
            inline_settlements: Rows that came inside the record; they replace the record's earlier ones.
            reports_by_number: rpotNo → path or address.

        Returns:
            (record id, examination id, "new" | "changed" | "same").
        """
        inline = [dict(one) for one in inline_settlements]
        digest = _digest([dict(fields), inline, dict(reports_by_number)])
        with self._database.write() as connection:
            old = connection.execute(
                select(records.c.id, records.c.digest).where(
                    records.c.source_key == keys.source_key
                )
            ).first()
            if old is not None and old.digest == digest:
                return old.id, self._examination_id(connection, old.id), "same"
            values = self._values(keys, fields, unknown, digest, source, row)
            record_id = self._write(connection, None if old is None else old.id, values, keys)
            self._write_settlements(connection, record_id, keys, inline)
            self._write_reports(connection, record_id, reports_by_number)
            examination_id = self._examination_id(connection, record_id)
            outcome = "new" if old is None else "changed"
            add_event(
                connection,
                "record_imported" if old is None else "record_changed",
                examination_id=examination_id,
                record=record_id,
            )
            refresh_examination(connection, examination_id)
        return record_id, examination_id, outcome

    @staticmethod
    def _values(
        keys: RecordKeys,
        fields: Mapping[str, str],
        unknown: Mapping[str, str],
        digest: str,
        source: str,
        row: int,
    ) -> dict[str, object]:
        now = datetime.now(UTC)
        return {
            "source": source,
            "source_key": keys.source_key,
            "source_row": row,
            "fields": json.dumps(dict(fields), ensure_ascii=False),
            "unknown": json.dumps(dict(unknown), ensure_ascii=False),
            "digest": digest,
            "study_uid": keys.study_uid,
            "patient_name": keys.patient_name,
            "name_key": name_key(keys.patient_name),
            "patient_id": keys.patient_id,
            "birth_date": keys.birth_date,
            "appy_no": keys.appy_no,
            "hi_img_indx": keys.hi_img_indx,
            "exam_at": keys.exam_at,
            "imported_at": now,
            "updated_at": now,
        }

    @staticmethod
    def _write(
        connection: Connection, record_id: int | None, values: dict[str, object], keys: RecordKeys
    ) -> int:
        if record_id is None:
            result = connection.execute(insert(records), values)
            record_id = inserted_id(result)
        else:
            del values["imported_at"]
            connection.execute(
                update(records)
                .where(records.c.id == record_id)
                .values(**values, revision=records.c.revision + 1)
            )
            connection.execute(
                delete(record_accessions).where(record_accessions.c.record_id == record_id)
            )
        if keys.accessions:
            connection.execute(
                insert(record_accessions),
                [
                    {"record_id": record_id, "accession_number": accession}
                    for accession in dict.fromkeys(keys.accessions)
                ],
            )
        return record_id

    @staticmethod
    def _examination_id(connection: Connection, record_id: int) -> int:
        found = connection.execute(
            select(examinations.c.id).where(examinations.c.record_id == record_id)
        ).scalar()
        if found is not None:
            return int(found)
        now = datetime.now(UTC)
        result = connection.execute(
            insert(examinations), {"record_id": record_id, "created_at": now, "updated_at": now}
        )
        return inserted_id(result)

    @staticmethod
    def _write_settlements(
        connection: Connection, record_id: int, keys: RecordKeys, inline: list[dict[str, str]]
    ) -> None:
        now = datetime.now(UTC)
        if inline:
            connection.execute(
                delete(settlements).where(
                    settlements.c.record_id == record_id, settlements.c.appy_no == ""
                )
            )
        for position, values in enumerate(inline):
            connection.execute(
                insert(settlements),
                {
                    "record_id": record_id,
                    "values": json.dumps(values, ensure_ascii=False),
                    "digest": _digest([record_id, position, values]),
                    "imported_at": now,
                },
            )
        joins = [
            settlements.c.appy_no == keys.appy_no if keys.appy_no else None,
            settlements.c.hi_img_indx == keys.hi_img_indx if keys.hi_img_indx else None,
        ]
        wanted = [join for join in joins if join is not None]
        if wanted:
            connection.execute(
                update(settlements)
                .where(settlements.c.record_id.is_(None), or_(*wanted))
                .values(record_id=record_id)
            )

    @staticmethod
    def _write_reports(
        connection: Connection, record_id: int, by_number: Mapping[str, str]
    ) -> None:
        now = datetime.now(UTC)
        for rpot_no, reference in by_number.items():
            old = connection.execute(
                select(reports.c.id, reports.c.reference).where(
                    reports.c.record_id == record_id, reports.c.rpot_no == rpot_no
                )
            ).first()
            if old is None:
                connection.execute(
                    insert(reports),
                    {
                        "record_id": record_id,
                        "rpot_no": rpot_no,
                        "reference": reference,
                        "updated_at": now,
                    },
                )
            elif reference:
                connection.execute(
                    update(reports)
                    .where(reports.c.id == old.id)
                    .values(reference=reference, problem="", updated_at=now)
                )

    def add_settlement(self, row: SourceSettlement) -> int | None:
        """Keep a settlement row that came apart; join it when its record is known (G040).

        Returns:
            Examination id of the record it joined, None while no record is known or the row is a repeat.
        """
        digest = _digest([row.appy_no, row.hi_img_indx, row.values])
        with self._database.write() as connection:
            seen = connection.execute(
                select(settlements.c.id).where(settlements.c.digest == digest)
            ).first()
            if seen is not None:
                return None
            join = (
                records.c.appy_no == row.appy_no
                if row.appy_no
                else and_(records.c.hi_img_indx == row.hi_img_indx, records.c.hi_img_indx != "")
            )
            record_ids = (
                connection.execute(select(records.c.id).where(join).limit(2)).scalars().all()
            )
            record_id = record_ids[0] if len(record_ids) == 1 else None
            connection.execute(
                insert(settlements),
                {
                    "record_id": record_id,
                    "appy_no": row.appy_no,
                    "hi_img_indx": row.hi_img_indx,
                    "setl_date": row.setl_date,
                    "values": json.dumps(row.values, ensure_ascii=False),
                    "digest": digest,
                    "imported_at": datetime.now(UTC),
                },
            )
            return None if record_id is None else self._examination_id(connection, record_id)

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
            select(record_accessions.c.accession_number).where(
                record_accessions.c.record_id == row.id
            )
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

    def set_field(self, record_id: int, field: str, value: str) -> None:
        """A person's correction of one field; the next import of the same source row wins over it again."""
        with self._database.write() as connection:
            text = connection.execute(
                select(records.c.fields).where(records.c.id == record_id)
            ).scalar_one()
            fields = json.loads(text)
            fields[field] = value
            connection.execute(
                update(records)
                .where(records.c.id == record_id)
                .values(fields=json.dumps(fields, ensure_ascii=False), updated_at=datetime.now(UTC))
            )

    def reports_of(self, record_id: int) -> tuple[Report, ...]:
        """Reports in the order of their numbers' arrival."""
        query = select(reports).where(reports.c.record_id == record_id).order_by(reports.c.id)
        with self._database.read() as connection:
            return tuple(_report(row) for row in connection.execute(query))

    def report(self, report_id: int) -> Report | None:
        """One report."""
        with self._database.read() as connection:
            row = connection.execute(select(reports).where(reports.c.id == report_id)).first()
            return None if row is None else _report(row)

    def set_report_file(self, report_id: int, *, path: str, size_bytes: int, md5: str) -> None:
        """The PDF is in the spool; new content makes an earlier confirmation void."""
        with self._database.write() as connection:
            old = connection.execute(
                select(reports.c.md5, reports.c.confirmed_at).where(reports.c.id == report_id)
            ).first()
            confirmed = old.confirmed_at if old is not None and old.md5 == md5 else None
            connection.execute(
                update(reports)
                .where(reports.c.id == report_id)
                .values(
                    path=path,
                    size_bytes=size_bytes,
                    md5=md5,
                    problem="",
                    confirmed_at=confirmed,
                    updated_at=datetime.now(UTC),
                )
            )

    def set_report_problem(self, report_id: int, problem: str) -> None:
        """The PDF could not be fetched; ``problem`` is an error code."""
        with self._database.write() as connection:
            connection.execute(
                update(reports)
                .where(reports.c.id == report_id)
                .values(problem=problem, updated_at=datetime.now(UTC))
            )

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

    def report_paths(self) -> set[str]:
        """Every report file a row names."""
        with self._database.read() as connection:
            return set(
                connection.execute(select(reports.c.path).where(reports.c.path != "")).scalars()
            )
