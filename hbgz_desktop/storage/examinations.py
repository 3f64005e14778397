"""Examinations: records joined with their studies; with index codes and problems."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, func, or_, select, update

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.examination import Examination, MatchCandidate, StudyFacts
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.index_register import IndexRegister, is_sent_by
from hbgz_desktop.storage.problem_store import ProblemStore
from hbgz_desktop.storage.studies import StudyStore
from hbgz_desktop.storage.tables import (
    deliveries,
    examinations,
    index_codes,
    instances,
    record_accessions,
    records,
    studies,
)
from hbgz_desktop.storage.worklist import mark_all_stale, mark_stale, refresh_examination

if TYPE_CHECKING:
    from collections.abc import Sequence

_STALE_BATCH = 500


class ExaminationStore(StudyStore, IndexRegister, ProblemStore):
    """Repository of examinations with their studies, index codes and problems."""

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

    def join(self, study_id: int, examination_id: int, how: str, actor: str = "") -> int | None:
        """Give a study to an examination; only a person may take it from another one.

        Args:
            study_id: Which study.
            examination_id: Where it belongs.
            how: ``uid``, ``accession`` or ``person``.
            actor: Who said so, "" for the program.

        Returns:
            The examination it belonged to before, which has to be planned again; None when there was none.

        Raises:
            UsageError: ``study_sent_already``: a platform has got the other examination meanwhile.
        """
        with self._database.write() as connection:
            before = connection.execute(
                select(studies.c.examination_id).where(studies.c.id == study_id)
            ).scalar()
            is_moved = how == "person" and before not in (None, examination_id)
            if before is not None and is_moved and is_sent_by(connection, before):
                raise UsageError("study_sent_already", study=study_id)
            return give_study(connection, study_id, examination_id, how, actor=actor)

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
                .where(
                    index_codes.c.examination_id == examination_id,
                    index_codes.c.deleted_at.is_(None),
                )
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

    def unplanned(self, platforms: Sequence[str]) -> tuple[int, ...]:
        """Examinations to plan when an engine starts.

        They lack a row for an enabled platform, have changed since they were planned, wait for what
        only an engine does, or hold a study with changed images, whose lane older versions of the
        program called confirmed.
        """
        if not platforms:
            return ()
        wanted: list[int] = []
        with self._database.read() as connection:
            for platform in platforms:
                planned = select(deliveries.c.id).where(
                    deliveries.c.examination_id == examinations.c.id,
                    deliveries.c.platform == platform,
                )
                query = select(examinations.c.id).where(~planned.exists())
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
            changed = select(studies.c.examination_id).where(
                studies.c.has_changed, studies.c.examination_id.is_not(None)
            )
            wanted += connection.execute(changed).scalars()
            stale = select(examinations.c.id).where(examinations.c.is_stale)
            wanted += connection.execute(stale).scalars()
        return tuple(sorted(set(wanted)))

    def stale(self, *, before: datetime) -> tuple[int, ...]:
        """Examinations that changed before then and were not planned since: whoever changed them is gone."""
        query = (
            select(examinations.c.id)
            .where(examinations.c.is_stale, examinations.c.updated_at < before)
            .order_by(examinations.c.id)
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def ask_to_plan(self, examination_ids: Sequence[int]) -> None:
        """Note that these have to be planned again: whoever begins and does not end leaves them to the engine."""
        for start in range(0, len(examination_ids), _STALE_BATCH):
            with self._database.write() as connection:
                mark_all_stale(connection, examination_ids[start : start + _STALE_BATCH])

    def waiting_for_digest(self) -> tuple[int, ...]:
        """Examinations blocked only by digests that are complete by now."""
        query = (
            select(deliveries.c.examination_id)
            .where(deliveries.c.state == "blocked", deliveries.c.blocked_reason == "digest")
            .distinct()
        )
        with self._database.read() as connection:
            return tuple(connection.execute(query).scalars())

    def count(self) -> int:
        """Number of examinations."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(examinations)).scalar_one()


def give_study(
    connection: Connection, study_id: int, examination_id: int, how: str, *, actor: str = ""
) -> int | None:
    """As ``ExaminationStore.join``, inside the caller's transaction."""
    before = connection.execute(
        select(studies.c.examination_id).where(studies.c.id == study_id)
    ).scalar()
    if before == examination_id or (before is not None and how != "person"):
        return None
    if before is not None:
        _forget_sent(connection, study_id)
    _move(connection, study_id, examination_id, how)
    for one in (examination_id,) if before is None else (before, examination_id):
        mark_stale(connection, one)
        refresh_examination(connection, one)
    if actor:
        add_audit(
            connection,
            actor,
            "study_assigned",
            kind="study",
            key=study_id,
            study=study_id,
            examination=examination_id,
        )
    return before


def _move(connection: Connection, study_id: int, examination_id: int, how: str) -> None:
    connection.execute(
        update(studies).where(studies.c.id == study_id).values(examination_id=examination_id)
    )
    connection.execute(
        update(examinations)
        .where(examinations.c.id == examination_id)
        .values(match_kind=how, updated_at=datetime.now(UTC))
    )
    add_event(
        connection, "study_matched", study_id=study_id, examination_id=examination_id, how=how
    )


def _forget_sent(connection: Connection, study_id: int) -> None:
    """What was confirmed under another examination's index proves nothing for the new one."""
    connection.execute(
        update(instances)
        .where(instances.c.study_id == study_id)
        .values(sent_at=None, confirmed_at=None, dimse_status=None)
    )
    connection.execute(
        update(studies)
        .where(studies.c.id == study_id)
        .values(sent_count=0, confirmed_count=0, warned_count=0)
    )
