"""From a row of cells to a record, a settlement row or a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.record import SourceFile, SourceProblem, SourceRecord, SourceSettlement
from hbgz_desktop.sources.columns import (
    JOIN_FIELDS,
    REPORT_COLUMN,
    SETTLEMENT_DATE,
    SETTLEMENT_LIST,
    Column,
    ColumnKind,
    Vocabulary,
)
from hbgz_desktop.sources.settlement_list import read_settlement_list
from hbgz_desktop.sources.text_decoding import is_readable, without_unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hbgz_desktop.sources.file_limits import FileLimits

_SHOWN_CHARACTERS = 200
_REPORT_NUMBER_SEPARATORS = re.compile("[,，]")


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell whose content cannot be trusted, e.g. a number that Excel rounded.

    Attributes:
        value: What stands in the file.
        rule: Key of the texts file.
    """

    value: str
    rule: str


Cell = str | CellFault


class RecordCollector:
    """Gathers what one file yields.

    A problem with row 0 speaks of the file or a column and drops nothing; a problem with a row
    number means that this row was not taken. Not safe for use by two threads.
    """

    def __init__(self, vocabulary: Vocabulary, limits: FileLimits) -> None:
        """Start empty."""
        self.vocabulary = vocabulary
        self.limits = limits
        self.records: list[SourceRecord] = []
        self.settlements: list[SourceSettlement] = []
        self.problems: list[SourceProblem] = []
        self._noticed: set[tuple[str, str]] = set()

    def begin_table(self, headings: Sequence[str], *, is_settlement: bool) -> None:
        """A header was read; for whoever keeps rows as they stand."""

    def begin_row(self, row: int, cells: Sequence[Cell]) -> None:
        """The cells of one row come; likewise."""

    def begin_item(self, row: int, cells: Sequence[tuple[Column, Cell]]) -> None:
        """The members of one JSON object come; likewise."""

    def notice(self, field: str, rule: str) -> None:
        """Report something about a column, once a file."""
        if (field, rule) not in self._noticed:
            self._noticed.add((field, rule))
            self.problems.append(SourceProblem(0, field, "", rule))

    def problem(self, row: int, field: str, value: str, rule: str) -> None:
        """Report a row that was not taken."""
        self.problems.append(SourceProblem(row, field, value[:_SHOWN_CHARACTERS], rule))

    def source_file(self, path: Path, encoding: str) -> SourceFile:
        """Close the collection; problems stand in row order, notices about the file first."""
        return SourceFile(
            path=path,
            encoding=encoding,
            records=tuple(self.records),
            settlements=tuple(self.settlements),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.row)),
        )

    def add_record(self, row: int, cells: Iterable[tuple[Column, Cell]]) -> None:
        """Take one record; an empty row is passed over, a faulty one becomes a problem."""
        sorted_cells = self._sort(row, cells)
        if sorted_cells is None or not sorted_cells:
            return
        settlements = self._settlements(row, sorted_cells)
        if settlements is None:
            return
        reports = self._reports(row, sorted_cells)
        if reports is None:
            return
        self.records.append(
            SourceRecord(
                row=row,
                fields=sorted_cells.fields,
                settlements=settlements,
                report_pdfs=reports,
                unknown=sorted_cells.unknown,
            )
        )

    def add_settlement(self, row: int, cells: Iterable[tuple[Column, Cell]]) -> None:
        """Take one row of a settlement table (G040)."""
        sorted_cells = self._sort(row, cells, prefix=f"{SETTLEMENT_LIST}.")
        if sorted_cells is None or not sorted_cells:
            return
        fields = sorted_cells.fields
        if not any(fields.get(name) for name in JOIN_FIELDS):
            self.problem(row, f"{SETTLEMENT_LIST}.{JOIN_FIELDS[0]}", "", "record_settlement_no_key")
            return
        if not sorted_cells.settlement:
            self.problem(row, SETTLEMENT_LIST, "", "record_settlement_empty")
            return
        self.settlements.append(
            SourceSettlement(
                row=row,
                appy_no=fields.get(JOIN_FIELDS[0], ""),
                hi_img_indx=fields.get(JOIN_FIELDS[1], ""),
                setl_date=fields.get(SETTLEMENT_DATE, ""),
                values=sorted_cells.settlement,
            )
        )

    def _sort(
        self, row: int, cells: Iterable[tuple[Column, Cell]], prefix: str = ""
    ) -> _SortedCells | None:
        """Put each cell where it belongs; None when the row was reported."""
        found = _SortedCells()
        for column, cell in cells:
            if column.kind is ColumnKind.NOTE:
                continue
            fault = self._cell_fault(column, cell)
            if fault is None:
                fault = found.put(column, str(cell).strip())
            if fault is not None:
                self.problem(row, prefix + column.name, fault.value, fault.rule)
                return None
            if column.kind is ColumnKind.UNKNOWN:
                self.notice(prefix + column.name, "record_column_unknown")
            elif column.kind is ColumnKind.BLANK and cell:
                self.notice(prefix + column.name, "record_column_blank")
        return found

    def _cell_fault(self, column: Column, cell: Cell) -> CellFault | None:
        if isinstance(cell, CellFault):
            blind = column.kind in (ColumnKind.UNKNOWN, ColumnKind.BLANK)
            return None if blind else cell
        if len(cell) > self.limits.max_cell_characters:
            return CellFault(cell, "record_cell_too_long")
        if not is_readable(cell):
            return CellFault(without_unreadable(cell), "record_cell_unreadable")
        return None

    def _settlements(self, row: int, cells: _SortedCells) -> tuple[dict[str, str], ...] | None:
        """SetlInfoDTO rows of the list column and of columns of the record itself."""
        inline = (cells.settlement,) if cells.settlement else ()
        if not cells.settlement_list:
            return inline
        rows = read_settlement_list(cells.settlement_list, self.vocabulary)
        if rows is None:
            self.problem(
                row, SETTLEMENT_LIST, cells.settlement_list, "record_settlement_unreadable"
            )
            return None
        for name in rows.unknown:
            self.notice(f"{SETTLEMENT_LIST}.{name}", "record_column_unknown")
        return rows.values + inline

    def _reports(self, row: int, cells: _SortedCells) -> tuple[str, ...] | None:
        """Report addresses, one for each number of ``rpotNo``; an empty one stands for none."""
        if not cells.reports:
            return ()
        reports = tuple(part.strip() for part in cells.reports.split("|"))
        numbers = _REPORT_NUMBER_SEPARATORS.split(cells.fields.get("rpotNo", ""))
        if len(reports) != sum(bool(number.strip()) for number in numbers):
            self.problem(row, REPORT_COLUMN, cells.reports, "record_report_count")
            return None
        return reports


class _SortedCells:
    """The cells of one row by what they are."""

    def __init__(self) -> None:
        self._by_kind: dict[ColumnKind, dict[str, str]] = {kind: {} for kind in ColumnKind}
        self.fields = self._by_kind[ColumnKind.FIELD]
        self.settlement = self._by_kind[ColumnKind.SETTLEMENT]

    def __bool__(self) -> bool:
        """Whether anything at all stands in the row."""
        return any(self._by_kind.values())

    @property
    def unknown(self) -> dict[str, str]:
        """Cells under headings the standard does not know, or under none."""
        return self._by_kind[ColumnKind.UNKNOWN] | self._by_kind[ColumnKind.BLANK]

    @property
    def settlement_list(self) -> str:
        """Text of the ``setlInfoList`` column."""
        return self._by_kind[ColumnKind.SETTLEMENT_LIST].get(SETTLEMENT_LIST, "")

    @property
    def reports(self) -> str:
        """Text of the ``reportPdf`` column."""
        return self._by_kind[ColumnKind.REPORT].get(REPORT_COLUMN, "")

    def put(self, column: Column, text: str) -> CellFault | None:
        """Keep one trimmed text; two columns of one name may not disagree."""
        if text and self._by_kind[column.kind].setdefault(column.name, text) != text:
            return CellFault(text, "record_column_conflict")
        return None


class RecordTable:
    """A header and the rows below it.

    Attributes:
        width: Number of columns.
    """

    def __init__(self, headings: Sequence[str], collector: RecordCollector) -> None:
        """Read the header; a name that stands twice is reported once."""
        vocabulary = collector.vocabulary
        self._is_settlement = vocabulary.is_settlement(headings)
        resolve = vocabulary.settlement_column if self._is_settlement else vocabulary.record_column
        self._columns = [resolve(heading, place) for place, heading in enumerate(headings)]
        self._collector = collector
        self.width = len(self._columns)
        collector.begin_table(headings, is_settlement=self._is_settlement)
        self._notice_duplicates()

    def add(self, row: int, cells: Sequence[Cell]) -> None:
        """Take one row; cells beyond the header belong to no column."""
        self._collector.begin_row(row, cells)
        if any(isinstance(cell, CellFault) or cell.strip() for cell in cells[self.width :]):
            self._collector.problem(row, "", "", "record_row_cells")
            return
        pairs = zip(self._columns, cells, strict=False)
        if self._is_settlement:
            self._collector.add_settlement(row, pairs)
        else:
            self._collector.add_record(row, pairs)

    def _notice_duplicates(self) -> None:
        seen: set[Column] = set()
        for column in self._columns:
            if column in seen:
                self._collector.notice(column.name, "record_column_duplicate")
            seen.add(column)
