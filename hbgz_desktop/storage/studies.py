"""Studies as completion, matching and planning see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, false, func, or_, select, update

from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.examination import StudyFacts
from hbgz_desktop.model.instance import GONE_ON_PURPOSE, FileState
from hbgz_desktop.storage.audit_log import add_audit
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import deliveries, delivery_items, instances, studies
from hbgz_desktop.storage.undecided import IS_UNDECIDED
from hbgz_desktop.storage.worklist import mark_stale, refresh_study

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_EXPECTED = 1_000_000
"""A study of more instances is a slip of the keyboard."""


def _facts(connection: Connection, row: Row[Any]) -> StudyFacts:
    """Facts with the instances to send; a file that went after a platform had it is no loss."""
    found = connection.execute(
        select(instances.c.id, instances.c.md5, instances.c.file_state, instances.c.confirmed_at)
        .where(instances.c.study_id == row.id, instances.c.is_current, instances.c.is_sendable)
        .order_by(instances.c.series_id, instances.c.instance_number, instances.c.id)
    ).all()
    present = [one for one in found if not one.file_state or one.confirmed_at is not None]
    gone = {one.file_state for one in found} if len(present) < len(found) else set()
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
        has_lost=FileState.LOST.value in gone,
        has_cleared=row.cleared_at is not None or not gone.isdisjoint(GONE_ON_PURPOSE),
        items=tuple((one.id, one.md5 or "") for one in present),
        is_undecided=row.has_changed and _is_undecided(connection, row.id),
    )


def _is_undecided(connection: Connection, study_id: int) -> bool:
    query = select(IS_UNDECIDED).where(studies.c.id == study_id)
    return bool(connection.execute(query).scalar())


class StudyStore(Repository):
    """Repository of studies; ``reception`` writes what they hold."""

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

    def cleared_unsent(self, study_id: int, platform: str) -> int:
        """Images to send whose file was cleared and that this platform has not confirmed (DESIGN 5.7).

        A platform that was enabled afterwards, or an examination sent under another index, needs them.
        """
        has_it = (
            select(delivery_items.c.instance_id)
            .join(deliveries, deliveries.c.id == delivery_items.c.delivery_id)
            .where(
                delivery_items.c.instance_id == instances.c.id,
                delivery_items.c.confirmed_at.is_not(None),
                deliveries.c.examination_id == studies.c.examination_id,
                deliveries.c.platform == platform,
                deliveries.c.kind == DeliveryKind.IMAGES.value,
                deliveries.c.part == study_id,
            )
            .correlate(instances, studies)
        )
        query = (
            select(func.count())
            .select_from(instances)
            .join(studies, studies.c.id == instances.c.study_id)
            .where(
                instances.c.study_id == study_id,
                instances.c.is_current,
                instances.c.is_sendable,
                instances.c.file_state.in_(GONE_ON_PURPOSE),
                ~has_it.exists(),
            )
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def receiving(self) -> tuple[tuple[int, str, str, datetime, bool], ...]:
        """(id, UID, modality, last image at, has all that are expected) of studies that are not complete."""
        query = select(
            studies.c.id,
            studies.c.study_instance_uid,
            studies.c.modality,
            studies.c.last_received_at,
            func.coalesce(studies.c.expected_count == studies.c.instance_count, false()).label(
                "is_whole"
            ),
        ).where(studies.c.state == "receiving")
        with self._database.read() as connection:
            return tuple(
                (row.id, row.study_instance_uid, row.modality, row.last_received_at, row.is_whole)
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
            if row.examination_id is not None:
                mark_stale(connection, row.examination_id)
            refresh_study(connection, study_id)
        return True

    def set_expected(self, study_id: int, count: int | None, source: str, actor: str = "") -> None:
        """Note how many instances a study should have, all series together.

        Args:
            study_id: Which.
            count: None = nobody knows.
            source: ``pacs`` or ``person``.
            actor: Who said so, "" for the program.

        Raises:
            UsageError: ``expected_count_invalid``: outside 1 to ``MOST_EXPECTED``.
        """
        if count is not None and not 0 < count <= MOST_EXPECTED:
            raise UsageError("expected_count_invalid", count=count, limit=MOST_EXPECTED)
        with self._database.write() as connection:
            row = connection.execute(
                update(studies)
                .where(studies.c.id == study_id)
                .values(expected_count=count, expected_source="" if count is None else source)
                .returning(studies.c.examination_id)
            ).one()
            kind = "study_expected_unknown" if count is None else "study_expected"
            facts: dict[str, Any] = {} if count is None else {"images": count}
            add_event(
                connection,
                kind,
                study_id=study_id,
                examination_id=row.examination_id,
                actor=actor,
                **facts,
            )
            if actor:
                add_audit(
                    connection,
                    actor,
                    kind,
                    kind="study",
                    key=study_id,
                    study=study_id,
                    **facts,
                )
            refresh_study(connection, study_id)

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
