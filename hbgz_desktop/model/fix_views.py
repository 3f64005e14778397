"""Read models of 待处理: what waits for a person, by cause, and one of the cases behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.views import ProblemGroup, SeriesRow, StudyRow


class FixKind(StrEnum):
    """How a group is put right."""

    CODE = "code"
    """A local value has no code: choose one, for all at once."""
    FIELD = "field"
    """A field is missing or wrong: one record after the other."""
    REFUSED = "refused"
    """The platform does not take it: its words, and a field to change."""
    INDEX = "index"
    """Certificate or time are not those of the index that was sent: a person decides."""
    IMPORT = "import"
    """Rows of a file were not taken."""
    QUARANTINE = "quarantine"
    """Objects that are no images we can take."""
    NO_RECORD = "no_record"
    """Images without a record."""
    NO_IMAGES = "no_images"
    """Records without images."""
    CHANGED = "changed"
    """Images came again with other content after they were confirmed."""
    COUNT_DIFFERS = "count_differs"
    """Other than the expected number of images was received."""


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row of a file, or an object in quarantine: something that belongs to no examination.

    Attributes:
        row: Row of the file as a person counts it; 0 for the whole file and for objects.
        text: What stood there, or the device it came from.
    """

    id: int
    row: int
    field: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FixGroup:
    """Things that wait for the same step.

    Attributes:
        code: Key of its words: a rule, an error code, "" for the lanes.
        source: File of an import, platform field of a problem, "" otherwise.
        problem: Of CODE, FIELD, REFUSED and INDEX.
        rows: Of IMPORT and QUARANTINE, newest first.
    """

    kind: FixKind
    count: int
    code: str = ""
    source: str = ""
    problem: ProblemGroup | None = None
    rows: tuple[LooseRow, ...] = ()

    @property
    def key(self) -> str:
        """Stable name: ``rule|field|value`` for what a checker or a platform said."""
        if self.problem is not None:
            return f"{self.problem.rule}|{self.problem.field}|{self.problem.value}"
        return "|".join((self.kind.value, self.source, self.code))


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """What the standard says of a field, for its editor.

    Attributes:
        length: Most characters, 0 = none printed.
        format: Printed pattern of a date, "" for none.
        code_set: Set its values come from, "" for free text.
        has_codes: The standard prints the values of that set.
        is_correctable: It stands in the record itself; settlement rows come from their own source.
    """

    name: str
    label: str
    length: int = 0
    format: str = ""
    code_set: str = ""
    has_codes: bool = False
    is_correctable: bool = True


@dataclass(frozen=True, slots=True)
class FixCase:
    """One examination that waits. Holds patient data; masked by whoever shows it.

    Attributes:
        value: Of the field the group is about.
        problems: Everything that is wrong with it.
        fields: Of its record.
        source: File the record came from.
        series: For pictures.
    """

    examination_id: int
    study: StudyRow | None
    value: str = ""
    problems: tuple[Problem, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    source: str = ""
    source_row: int = 0
    series: tuple[SeriesRow, ...] = ()
    has_thumbnails: bool = True
