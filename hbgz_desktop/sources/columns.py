"""Which parameter code a column heading means (G016, G029, G074)."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

REPORT_COLUMN = "reportPdf"
SETTLEMENT_LIST = "setlInfoList"
SETTLEMENT_DATE = "setlDate"
PROBLEM_COLUMN = "问题（导入时不看）"
"""Written by us beside rows that were not taken; a corrected file is imported with it."""
JOIN_FIELDS = ("appyNo", "hiImgIndx")

# G016: 2.2 and 2.4 print the name without its n; folding l and I alone does not bring it back.
_PRINTED_VARIANTS = {"hiimgidx": "hiimgindx"}


class ColumnKind(Enum):
    """What a column's cells are."""

    FIELD = "field"
    SETTLEMENT = "settlement"
    SETTLEMENT_LIST = "settlement_list"
    REPORT = "report"
    UNKNOWN = "unknown"
    BLANK = "blank"
    NOTE = "note"


class Column(NamedTuple):
    """One column of a file.

    Attributes:
        kind: What its cells are.
        name: Parameter code exactly as printed; for an unknown column the heading itself; for a
            blank heading its 1-based place, e.g. ``#7``.
    """

    kind: ColumnKind
    name: str


def fold_name(name: str) -> str:
    """Fold a heading so that every spelling of one parameter code becomes the same text.

    Case, full-width letters, outer blanks and the confusion of l and I do not count; the
    variants of ``hiImgIndx`` that the standard prints are one name (G016).
    """
    plain = unicodedata.normalize("NFKC", name).strip().strip("\ufeff").strip()
    folded = plain.lower().replace("l", "i")
    return _PRINTED_VARIANTS.get(folded, folded)


class Vocabulary:
    """The names a record file may use."""

    def __init__(self, known_fields: Collection[str], settlement_fields: Collection[str]) -> None:
        """Take the parameter codes of 2.1 and of SetlInfoDTO, spelled as printed."""
        record_names = (*JOIN_FIELDS, SETTLEMENT_DATE, *known_fields)
        self._fields = {fold_name(name): name for name in record_names}
        self._settlement = {fold_name(name): name for name in settlement_fields}
        self._settlement_only = self._settlement.keys() - self._fields.keys()
        self._special = {
            fold_name(REPORT_COLUMN): Column(ColumnKind.REPORT, REPORT_COLUMN),
            fold_name(SETTLEMENT_LIST): Column(ColumnKind.SETTLEMENT_LIST, SETTLEMENT_LIST),
        }
        self._note = fold_name(PROBLEM_COLUMN)
        self._beside_settlement = {
            fold_name(name) for name in (*settlement_fields, *JOIN_FIELDS, SETTLEMENT_DATE)
        }

    def record_column(self, heading: str, place: int = 0) -> Column:
        """Say what a column of a record file holds; ``place`` is 0-based."""
        folded = fold_name(heading)
        if not folded:
            return Column(ColumnKind.BLANK, f"#{place + 1}")
        if folded == self._note:
            return Column(ColumnKind.NOTE, PROBLEM_COLUMN)
        if folded in self._special:
            return self._special[folded]
        if folded in self._fields:
            return Column(ColumnKind.FIELD, self._fields[folded])
        if folded in self._settlement:
            return Column(ColumnKind.SETTLEMENT, self._settlement[folded])
        return Column(ColumnKind.UNKNOWN, heading.strip())

    def settlement_column(self, heading: str, place: int = 0) -> Column:
        """Say what a column of a settlement file, or a member of SetlInfoDTO, holds."""
        folded = fold_name(heading)
        if not folded:
            return Column(ColumnKind.BLANK, f"#{place + 1}")
        if folded == self._note:
            return Column(ColumnKind.NOTE, PROBLEM_COLUMN)
        if folded in self._settlement:
            return Column(ColumnKind.SETTLEMENT, self._settlement[folded])
        if folded in self._beside_settlement:
            return Column(ColumnKind.FIELD, self._fields[folded])
        return Column(ColumnKind.UNKNOWN, heading.strip())

    def known_count(self, headings: Iterable[str]) -> int:
        """Count the headings that mean something."""
        blind = (ColumnKind.UNKNOWN, ColumnKind.BLANK, ColumnKind.NOTE)
        return sum(self.record_column(heading).kind not in blind for heading in headings)

    def is_settlement(self, headings: Sequence[str]) -> bool:
        """Tell a settlement table from a record table by its headings alone (G040).

        It has a column that only SetlInfoDTO knows, a column to join by, and none that belongs to
        the record apart from those.
        """
        folded = {fold_name(heading) for heading in headings}
        record_names = folded & (self._fields.keys() | self._special.keys())
        return (
            bool(folded & self._settlement_only)
            and any(fold_name(name) in folded for name in JOIN_FIELDS)
            and record_names <= self._beside_settlement
        )
