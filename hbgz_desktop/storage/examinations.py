"""Examinations: joining studies and records, index codes, problems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from hbgz_desktop.model.examination import Examination, MatchCandidate, StudyFacts
from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.storage.database import Database
from hbgz_desktop.storage.events import add_audit, add_event
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    index_codes,
    instances,
    problems,
    record_accessions,
    records,
    studies,
)
from hbgz_desktop.storage.worklist import refresh_examination, refresh_study


def _facts(connection: Connection, row: Row[Any]) -> StudyFacts:
    found = connection.execute(
        select(instances.c.id, instances.c.md5, instances.c.lane)
        .where(instances.c.study_id == row.id, instances.c.is_current, instances.c.is_sendable)
        .order_by(instances.c.series_id, instances.c.instance_number, instances.c.id)
    ).all()
    present = [one for one in found if one.lane != "lost"]
    return StudyFacts(
        id=row.id,
        study_instance_uid=row.study_instance_uid,
        accession_number=row.accession_number,
        patient_id=row.patient_id,
        name_key=row.name_key,
        birth_date=row.patient_birth_date,
        study_date=row.study_date,
        study_time=row.study_time,
        modality=row.modality,
        last_received_at=row.last_received_at,
        is_complete=row.state == "complete",
        examination_id=row.examination_id,
        has_digests=all(one.md5 for one in present),
        has_lost=len(present) < len(found),
        items=tuple((one.id, one.md5 or "") for one in present),
    )


class ExaminationStore:
    """Repository of examinations. Safe from any thread; every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    def study(self, study_id: int) -> StudyFacts | None:
        """Facts of one study."""
        with self._database.read() as connection:
            row = connection.execute(select(studies).where(studies.c.id == study_id)).first()
            return None if row is None else _facts(connection, row)

    def studies_of(self, examination_id: int) -> tuple[StudyFacts, ...]:
        """Studies joined to an examination, oldest first."""
        query = (
            select(studies).where(studies.c.examination_id == examination_id).order_by(studies.c.id)
        )
        with self._database.read() as connection:
            return tuple(_facts(connection, row) for row in connection.execute(query).all())

    def receiving(self) -> tuple[tuple[int, str, str, datetime], ...]:
        """(id, UID, modality, last image at) of studies that are not complete."""
        query = select(
            studies.c.id,
            studies.c.study_instance_uid,
            studies.c.modality,
            studies.c.last_received_at,
        ).where(studies.c.state == "receiving")
        with self._database.read() as connection:
            return tuple(
                (row.id, row.study_instance_uid, row.modality, row.last_received_at)
                for row in connection.execute(query)
            )

    def complete(self, study_id: int, how: str, *, seen_last_at: datetime | None = None) -> bool:
        """Close a study.

        Args:
            study_id: Which.
            how: ``quiet``, ``count`` or ``person``.
            seen_last_at: Close only when no newer image has come since the caller looked.

        Returns:
            False when it was complete already or has grown meanwhile.
        """
        condition = [studies.c.id == study_id, studies.c.state == "receiving"]
        if seen_last_at is not None:
            condition.append(studies.c.last_received_at == seen_last_at)
        with self._database.write() as connection:
            row = connection.execute(
                update(studies)
                .where(*condition)
                .values(state="complete", completed_at=datetime.now(UTC), completed_by=how)
                .returning(studies.c.instance_count, studies.c.examination_id)
            ).first()
            if row is None:
                return False
            add_event(
                connection,
                "study_completed",
                study_id=study_id,
                examination_id=row.examination_id,
                how=how,
                images=row.instance_count,
            )
            refresh_study(connection, study_id)
        return True

    def unmatched(self, limit: int = 500) -> tuple[int, ...]:
        """Complete studies without a record, newest first."""
        query = (
            select(studies.c.id)
            .where(studies.c.examination_id.is_(None), studies.c.state == "complete")
            .order_by(studies.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def candidates(self, study: StudyFacts) -> tuple[MatchCandidate, ...]:
        """Records that share the study's UID or accession number."""
        join = [records.c.study_uid == study.study_instance_uid]
        if study.accession_number:
            join.append(
                records.c.id.in_(
                    select(record_accessions.c.record_id).where(
                        record_accessions.c.accession_number == study.accession_number
                    )
                )
            )
        query = (
            select(records, examinations.c.id.label("examination_id"))
            .join(examinations, examinations.c.record_id == records.c.id)
            .where(or_(*join))
            .limit(20)
        )
        with self._database.read() as connection:
            return tuple(
                self._candidate(connection, row) for row in connection.execute(query).all()
            )

    @staticmethod
    def _candidate(connection: Connection, row: Row[Any]) -> MatchCandidate:
        accessions = connection.execute(
            select(record_accessions.c.accession_number).where(
                record_accessions.c.record_id == row.id
            )
        ).scalars()
        return MatchCandidate(
            examination_id=row.examination_id,
            record_id=row.id,
            study_uid=row.study_uid,
            accessions=tuple(accessions),
            patient_id=row.patient_id,
            name_key=row.name_key,
            birth_date=row.birth_date,
            at=row.exam_at or row.imported_at,
        )

    def studies_wanted_by(self, study_uid: str, accessions: Sequence[str]) -> tuple[int, ...]:
        """Unjoined studies that a record might own."""
        join = [studies.c.study_instance_uid == study_uid] if study_uid else []
        if accessions:
            join.append(studies.c.accession_number.in_(list(accessions)))
        if not join:
            return ()
        query = select(studies.c.id).where(or_(*join), studies.c.examination_id.is_(None))
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def join(self, study_id: int, examination_id: int, how: str, actor: str = "") -> None:
        """Give a study to an examination; ``how`` is ``uid``, ``accession`` or ``person``."""
        with self._database.write() as connection:
            connection.execute(
                update(studies)
                .where(studies.c.id == study_id)
                .values(examination_id=examination_id)
            )
            connection.execute(
                update(examinations)
                .where(examinations.c.id == examination_id)
                .values(match_kind=how, updated_at=datetime.now(UTC))
            )
            add_event(
                connection,
                "study_matched",
                study_id=study_id,
                examination_id=examination_id,
                how=how,
            )
            refresh_examination(connection, examination_id)
            if actor:
                add_audit(
                    connection, actor, "study_assigned", study=study_id, examination=examination_id
                )

    def get(self, examination_id: int) -> Examination | None:
        """One examination."""
        with self._database.read() as connection:
            row = connection.execute(
                select(examinations).where(examinations.c.id == examination_id)
            ).first()
            if row is None:
                return None
            codes = connection.execute(
                select(index_codes.c.platform, index_codes.c.code)
                .where(index_codes.c.examination_id == examination_id)
                .order_by(index_codes.c.id)
            ).all()
        return Examination(row.id, row.record_id, row.match_kind, {one[0]: one[1] for one in codes})

    def of_record(self, record_id: int) -> int | None:
        """Examination of a record."""
        query = select(examinations.c.id).where(examinations.c.record_id == record_id)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

    def all_ids(self, *, after: int = 0, limit: int = 500) -> tuple[int, ...]:
        """Examination ids above ``after``, ascending."""
        query = (
            select(examinations.c.id)
            .where(examinations.c.id > after)
            .order_by(examinations.c.id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def frozen_index(self, examination_id: int, platform: str) -> tuple[str, bool] | None:
        """(index code, is frozen) in force for one examination at one platform."""
        query = (
            select(index_codes.c.code, index_codes.c.frozen_at)
            .where(
                index_codes.c.examination_id == examination_id, index_codes.c.platform == platform
            )
            .order_by(index_codes.c.id.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return None if row is None else (row.code, row.frozen_at is not None)

    def claim_index(self, examination_id: int, platform: str, code: str) -> bool:
        """Enter a code into the register (G010), replacing this examination's unfrozen one.

        Returns:
            False when another examination owns the code.
        """
        with self._database.write() as connection:
            owner = connection.execute(
                select(index_codes.c.examination_id).where(
                    index_codes.c.platform == platform, index_codes.c.code == code
                )
            ).scalar()
            if owner is not None:
                return bool(owner == examination_id)
            connection.execute(
                delete(index_codes).where(
                    index_codes.c.examination_id == examination_id,
                    index_codes.c.platform == platform,
                    index_codes.c.frozen_at.is_(None),
                )
            )
            connection.execute(
                insert(index_codes),
                {
                    "platform": platform,
                    "code": code,
                    "examination_id": examination_id,
                    "created_at": datetime.now(UTC),
                },
            )
        return True

    def freeze_index(self, examination_id: int, platform: str, code: str) -> None:
        """First send: the code never changes again for this examination (DESIGN 5.3)."""
        with self._database.write() as connection:
            connection.execute(
                update(index_codes)
                .where(
                    index_codes.c.examination_id == examination_id,
                    index_codes.c.platform == platform,
                    index_codes.c.code == code,
                    index_codes.c.frozen_at.is_(None),
                )
                .values(frozen_at=datetime.now(UTC))
            )

    def set_problems(
        self,
        examination_id: int,
        platform: str,
        found: Iterable[Problem],
        *,
        origin: str = "check",
        keep_platform: bool = True,
    ) -> None:
        """Replace the problems of one origin; a check with new content also drops the platform's old refusals."""
        with self._database.write() as connection:
            gone = [problems.c.origin == origin]
            if not keep_platform:
                gone.append(problems.c.origin == "platform")
            connection.execute(
                delete(problems).where(
                    problems.c.examination_id == examination_id,
                    problems.c.platform == platform,
                    or_(*gone),
                )
            )
            rows = [
                {
                    **asdict(problem),
                    "severity": problem.severity.value,
                    "examination_id": examination_id,
                    "platform": platform,
                    "origin": origin,
                }
                for problem in found
            ]
            if rows:
                connection.execute(insert(problems), rows)
            refresh_examination(connection, examination_id)

    def problems_of(self, examination_id: int) -> tuple[Problem, ...]:
        """Everything the checker and the platform say about one examination."""
        query = (
            select(problems)
            .where(problems.c.examination_id == examination_id)
            .order_by(problems.c.severity, problems.c.id)
        )
        with self._database.read() as connection:
            return tuple(
                Problem(
                    row.field,
                    row.label,
                    row.rule,
                    row.value,
                    Severity(row.severity),
                    row.code_set,
                    row.decision,
                    row.limit,
                )
                for row in connection.execute(query)
            )

    def has_errors(self, examination_id: int) -> bool:
        """True while any error stands against it."""
        query = (
            select(problems.c.id)
            .where(
                problems.c.examination_id == examination_id,
                problems.c.severity == Severity.ERROR.value,
            )
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def unplanned(self, platforms: Sequence[str]) -> tuple[int, ...]:
        """Examinations that lack a row for an enabled platform, or wait for what only this engine does."""
        wanted: list[int] = []
        with self._database.read() as connection:
            for platform in platforms:
                planned = select(deliveries.c.examination_id).where(
                    deliveries.c.platform == platform
                )
                query = select(examinations.c.id).where(examinations.c.id.not_in(planned))
                wanted += connection.execute(query).scalars()
            waiting = (
                select(deliveries.c.examination_id)
                .where(
                    deliveries.c.state == "blocked",
                    deliveries.c.blocked_reason.in_(("digest", "incomplete", "order")),
                )
                .distinct()
            )
            wanted += connection.execute(waiting).scalars()
        return tuple(sorted(set(wanted)))

    def waiting_for_digest(self) -> tuple[int, ...]:
        """Examinations blocked only by digests that are complete by now."""
        query = (
            select(deliveries.c.examination_id)
            .where(deliveries.c.state == "blocked", deliveries.c.blocked_reason == "digest")
            .distinct()
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def waiting_on(self, code_set: str, local_value: str) -> tuple[int, ...]:
        """Examinations that a mapping of this local value may release."""
        query = (
            select(problems.c.examination_id)
            .where(
                problems.c.code_set == code_set,
                problems.c.value == local_value,
                problems.c.severity == Severity.ERROR.value,
            )
            .distinct()
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def count(self) -> int:
        """Number of examinations."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(examinations)).scalar_one()
