"""A person's correction of one field of a record: kept, matched and checked anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.record import SourceRecord
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.services.record_import import record_keys

if TYPE_CHECKING:
    from hbgz_desktop.services.workplace import Workplace


class Correction:
    """Writes single fields. Blocks on the database; safe from any thread."""

    def __init__(self, work: Workplace) -> None:
        """Correct records of one workplace."""
        self._work = work
        self._interface = work.standard.interface(SERVICE)

    def can_correct(self, field: str) -> bool:
        """True for a text field of the record itself; settlement rows come from their own source."""
        row = self._interface.field(field)
        return row is not None and row.node is None

    def correct(self, examination_id: int, field: str, value: str, actor: str) -> bool:
        """Write one field and check the record again.

        Returns:
            True when no error is left.

        Raises:
            UsageError: ``field_not_correctable``.
        """
        record = self._work.records.of_examination(examination_id)
        if record is None:
            return False
        if not self.can_correct(field):
            raise UsageError("field_not_correctable", field=field)
        fields = {**record.fields, field: value}
        keys = record_keys(SourceRecord(record.source_row, fields))
        self._work.records.set_field(record.id, field, value, keys=keys)
        self._work.audit.record(
            "record_corrected",
            operator=actor,
            kind="field",
            key=field,
            examination=examination_id,
        )
        joined = self._work.matching.match_record(keys.study_uid, keys.accessions)
        for one in dict.fromkeys((examination_id, *joined)):
            self._work.planner.advance(one)
        return not self._work.examinations.has_errors(examination_id)
