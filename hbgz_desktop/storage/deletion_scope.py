"""Exactly what a deletion would take away at the platform (G052)."""

from __future__ import annotations

from sqlalchemy import func, select

from hbgz_desktop.model.deletion import DeletionScope
from hbgz_desktop.model.instance import FileState
from hbgz_desktop.storage.deletions import standing_of
from hbgz_desktop.storage.index_register import IndexRegister
from hbgz_desktop.storage.tables import (
    examinations,
    instances,
    record_accessions,
    reports,
    studies,
)

_STORED = FileState.STORED.value


class DeletionScopes(IndexRegister):
    """Reads what a person is asked about before anything is deleted."""

    def scope(self, examination_id: int, platform: str) -> DeletionScope | None:
        """What the platform holds of an examination; None when no index of it was sent."""
        entry = self.index_entry(examination_id, platform)
        if entry is None or not entry.is_frozen:
            return None
        of_record = select(examinations.c.record_id).where(examinations.c.id == examination_id)
        record_id = of_record.scalar_subquery()
        images = (
            select(
                func.count().filter(instances.c.sent_at.is_not(None)),
                func.count().filter(instances.c.file_state != _STORED),
            )
            .select_from(instances.join(studies, studies.c.id == instances.c.study_id))
            .where(
                studies.c.examination_id == examination_id,
                instances.c.is_current,
                instances.c.is_sendable,
            )
        )
        numbers = select(record_accessions.c.accession_number).where(
            record_accessions.c.record_id == record_id
        )
        of_images = select(studies.c.accession_number).where(
            studies.c.examination_id == examination_id, studies.c.accession_number != ""
        )
        confirmed = select(func.count()).where(
            reports.c.record_id == record_id, reports.c.confirmed_at.is_not(None)
        )
        with self._database.read() as connection:
            sent, lost = connection.execute(images).one()
            found = [
                *connection.execute(numbers).scalars(),
                *connection.execute(of_images).scalars(),
            ]
            return DeletionScope(
                examination_id=examination_id,
                platform=platform,
                index_code=entry.code,
                accessions=tuple(dict.fromkeys(found)),
                images=int(sent),
                reports=connection.execute(confirmed).scalar_one(),
                missing=int(lost),
                standing=standing_of(connection, examination_id, platform),
            )
