"""What 待处理 asks for and does. Every method blocks on the database; pages call them through ``run_task``.

``codes`` and ``field_facts`` look into memory only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.fix_views import FieldFacts, FixCase, FixGroup, FixKind, LooseRow
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.platforms.code_list import field_entries, join_list
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.validator import fields_with_code_set
from hbgz_desktop.services.guizhou_index import OUTDATED
from hbgz_desktop.storage.fix_rows import HANDLED, FixRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.views import ProblemGroup
    from hbgz_desktop.platforms.code_set import Code
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.mapping import MappingSaved
    from hbgz_desktop.services.work_watch import WorkWatch

MOST_ROWS = 5000
_LANES = (
    (FixKind.CHANGED, Lane.CHANGED),
    (FixKind.NO_RECORD, Lane.NO_RECORD),
    (FixKind.NO_IMAGES, Lane.NO_IMAGES),
    (FixKind.COUNT_DIFFERS, Lane.COUNT_DIFFERS),
)
"""Groups that are only a link to 检查; they stand at the end."""
_REFUSED = "platform_refused"
_UNKNOWN_CODE = "code_unknown"


@dataclass(frozen=True, slots=True)
class FixLook:
    """Everything that waits for a person, of one moment.

    Attributes:
        groups: Biggest first; images without record and records without images at the end.
        waiting: Studies that wait, the number of the navigation's badge.
        handled: Examinations that were put right today.
    """

    groups: tuple[FixGroup, ...]
    waiting: int
    handled: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a correction brought.

    Attributes:
        old_value: To undo by.
        still: Errors that stand against the examination now.
        same_field: Those of them in the field that was corrected.
    """

    examination_id: int
    field: str
    old_value: str
    still: tuple[Problem, ...]
    same_field: tuple[Problem, ...]


class FixDesk:
    """Built on the console's services; safe from any thread."""

    def __init__(self, services: ConsoleServices) -> None:
        """Ask ``services``."""
        self._services = services
        self._work = services.work
        self._queue = services.browsing.queue
        self._studies = services.browsing.studies
        self._rows = FixRows(services.work.database)
        self._interface = services.work.standard.interface(SERVICE)
        self._coded = fields_with_code_set(services.work.standard)

    # Looking

    def look(self) -> FixLook:
        """Groups, and the numbers around them."""
        lanes = self._studies.lane_counts(StudyFilter())
        found = [*self._problem_groups(), *self._import_groups(), *self._quarantine_groups()]
        found.sort(key=lambda group: (-group.count, group.key))
        found += [FixGroup(kind, lanes[lane]) for kind, lane in _LANES if lanes[lane]]
        waiting = sum(lanes[lane] for lane in (Lane.NEEDS_FIX, *(lane for _, lane in _LANES)))
        handled = self._rows.handled_since(self._services.today())
        still = {one for group in found if group.problem for one in group.problem.sample_ids}
        return FixLook(tuple(found), waiting, len(handled - still), datetime.now(UTC))

    def _problem_groups(self) -> list[FixGroup]:
        groups = []
        for one in self._queue.problem_groups():
            kind = FixKind.FIELD
            if one.rule == _REFUSED:
                kind = FixKind.REFUSED
            elif one.rule == _UNKNOWN_CODE:
                kind = FixKind.CODE
            elif one.rule == OUTDATED:
                kind = FixKind.INDEX
            groups.append(FixGroup(kind, one.examinations, one.rule, one.field, one))
        return groups

    def _import_groups(self) -> list[FixGroup]:
        found: dict[tuple[str, str], list[LooseRow]] = {}
        for one in self._queue.import_problems(MOST_ROWS):
            row = LooseRow(one.id, one.row, one.field, one.value, one.at)
            found.setdefault((one.source, one.rule), []).append(row)
        return [
            FixGroup(FixKind.IMPORT, len(rows), rule, source, rows=tuple(rows))
            for (source, rule), rows in found.items()
        ]

    def _quarantine_groups(self) -> list[FixGroup]:
        found: dict[str, list[LooseRow]] = {}
        for one in self._studies.quarantined(MOST_ROWS):
            row = LooseRow(one.id, 0, one.sop_class_uid, one.calling_ae, one.received_at)
            found.setdefault(one.reason, []).append(row)
        return [
            FixGroup(FixKind.QUARANTINE, len(rows), reason, rows=tuple(rows))
            for reason, rows in found.items()
        ]

    def cases(self, problem: ProblemGroup) -> tuple[FixCase, ...]:
        """Examinations that wait, newest first, at most fifty; without their records."""
        lines = self._rows.lines(problem.sample_ids)
        studies = {row.examination_id: row for row in self._studies.rows(tuple(lines.values()))}
        return tuple(FixCase(one, studies.get(one)) for one in problem.sample_ids)

    def case(self, examination_id: int, field: str) -> FixCase | None:
        """One examination with its record and series; None when it is gone."""
        record = self._work.records.of_examination(examination_id)
        if record is None:
            return None
        study = self._studies.of_examination(examination_id)
        study_id = study.study_id if study is not None else None
        return FixCase(
            examination_id,
            study,
            value=record.fields.get(field, ""),
            problems=self._work.examinations.problems_of(examination_id),
            fields=dict(record.fields),
            source=record.source,
            source_row=record.source_row,
            series=self._studies.series_of(study_id) if study_id is not None else (),
            has_thumbnails=self._work.settings().storage.thumbnails,
        )

    # Codes

    def codes(self, code_set: str, text: str, limit: int) -> tuple[Code, ...]:
        """Standard codes for what was typed."""
        return self._work.mapping_control.codes(code_set, text, limit)

    def printed_count(self, code_set: str) -> int:
        """Codes the standard prints of a set."""
        return self._work.mapping_control.printed_count(code_set)

    def field_facts(self, field: str) -> FieldFacts:
        """What the standard says of a field; of an unknown one only its name."""
        row = self._interface.field(field)
        if row is None:
            return FieldFacts(field, field, is_correctable=False)
        code_set = (self._coded[field] or field) if field in self._coded else ""
        return FieldFacts(
            field,
            row.label,
            length=row.length or 0,
            format=row.format or "",
            code_set=code_set,
            has_codes=bool(code_set) and self.printed_count(code_set) > 0,
            is_correctable=self._services.correction.can_correct(field),
        )

    def code_set_of(self, problem: ProblemGroup) -> str:
        """The set a missing code belongs to."""
        return problem.code_set or self.field_facts(problem.field).code_set

    # Doing

    def save_code(
        self, code_set: str, local_value: str, code: str, watch: WorkWatch | None = None
    ) -> MappingSaved:
        """Keep a code for a local value, and let go what waited on it; ``watch`` shows how far it is.

        Raises:
            UsageError: The code cannot be saved; nothing was written.
        """
        actor = self._services.actor
        saved = self._work.mapping_control.set(code_set, local_value, code, actor, watch)
        gone = [one for one in saved.examination_ids if not self._work.examinations.has_errors(one)]
        if gone:
            self._work.audit.record(HANDLED, operator=actor, kind="examination", examinations=gone)
        return saved

    def undo_code(self, saved: MappingSaved, watch: WorkWatch | None = None) -> int:
        """Put the table back as it was; returns how many had begun to upload and are left alone."""
        return self._work.mapping_control.undo(saved, self._services.actor, watch)

    def correct_entry(self, examination_id: int, field: str, old: str, new: str) -> Corrected:
        """Replace one entry of a field that may be a list, for this examination alone."""
        record = self._work.records.of_examination(examination_id)
        text = record.fields.get(field, "") if record is not None else ""
        row = self._interface.field(field)
        entries = field_entries(row, text) if row is not None and row.separator else (text.strip(),)
        changed = join_list(new if one == old else one for one in entries)
        return self.correct(examination_id, field, changed)

    def correct(self, examination_id: int, field: str, value: str) -> Corrected:
        """Write one field and check the record again.

        Raises:
            UsageError: ``field_not_correctable``.
        """
        record = self._work.records.of_examination(examination_id)
        old = record.fields.get(field, "") if record is not None else ""
        self._services.correct_field(examination_id, field, value)
        still = tuple(
            one
            for one in self._work.examinations.problems_of(examination_id)
            if one.severity is Severity.ERROR
        )
        same = tuple(one for one in still if one.field.partition("[")[0] == field)
        return Corrected(examination_id, field, old, still, same)

    def undo_correction(self, done: Corrected) -> Corrected:
        """Write the old value back."""
        return self.correct(done.examination_id, done.field, done.old_value)

    def settle(self, kind: FixKind, ids: Sequence[int], *, is_settled: bool) -> int:
        """Take rows that were looked at off the list, or put them back."""
        at = datetime.now(UTC) if is_settled else None
        count = self._rows.settle(kind.value, ids, at)
        action = "rows_settled" if is_settled else "rows_reopened"
        self._work.audit.record(action, kind=kind.value, rows=list(ids))
        return count

    def editable_fields(self, names: Iterable[str]) -> tuple[FieldFacts, ...]:
        """Fields of a record that a person may change, in the standard's order."""
        have = set(names)
        found = (self.field_facts(row.name) for row in self._interface.fields if row.name in have)
        return tuple(one for one in found if one.is_correctable)
