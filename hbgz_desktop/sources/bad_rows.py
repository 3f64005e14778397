"""Rows of a record file that were not taken, as a workbook with the problem beside each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.columns import PROBLEM_COLUMN, SETTLEMENT_LIST, Vocabulary
from hbgz_desktop.sources.record_file import read_into
from hbgz_desktop.sources.record_table import CellFault, RecordCollector
from hbgz_desktop.system.durable_files import atomic_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.sources.columns import Column
    from hbgz_desktop.sources.file_limits import FileLimits
    from hbgz_desktop.sources.record_table import Cell

_TEXT_FORMAT = "@"
_LEAST_WIDTH = 14
_PROBLEM_WIDTH = 48


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row as it stands in the file.

    Attributes:
        row: As a person counts it.
        problems: (field, rule) of everything that is wrong with it.
    """

    row: int
    cells: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class BadTable:
    """The rows of one table of the file that were not taken.

    Attributes:
        headings: As they stand in the file; for JSON the names of the members.
    """

    headings: list[str]
    is_settlement: bool
    rows: list[BadRow] = field(default_factory=list)


class BadRowCollector(RecordCollector):
    """Keeps the cells of what is not taken, besides what every reading yields."""

    def __init__(
        self, vocabulary: Vocabulary, limits: FileLimits, also: Mapping[int, Sequence[str]]
    ) -> None:
        """Start empty.

        Args:
            vocabulary: Names a file may use.
            limits: What it may cost.
            also: Rules by row, for rows that can be read and were refused later.
        """
        super().__init__(vocabulary, limits)
        self.tables: list[BadTable] = []
        self._also = also
        self._row = 0
        self._cells: tuple[str, ...] = ()
        self._found: list[tuple[str, str]] = []

    @override
    def begin_table(self, headings: Sequence[str], *, is_settlement: bool) -> None:
        self.finish_row()
        self.tables.append(BadTable(list(headings), is_settlement))

    @override
    def begin_row(self, row: int, cells: Sequence[Cell]) -> None:
        self.finish_row()
        self._row, self._cells = row, tuple(_text(cell) for cell in cells)
        if self.tables and not self.tables[-1].is_settlement:
            self._found += [("", rule) for rule in self._also.get(row, ())]

    @override
    def begin_item(self, row: int, cells: Sequence[tuple[Column, Cell]]) -> None:
        """A member of a JSON file: its names become headings when they are new."""
        is_settlement = bool(self.tables) and self.tables[-1].is_settlement
        if not self.tables:
            self.begin_table((), is_settlement=is_settlement)
        headings = self.tables[-1].headings
        headings += [column.name for column, _ in cells if column.name not in headings]
        values = {column.name: cell for column, cell in cells}
        self.begin_row(row, [values.get(name, "") for name in headings])

    @override
    def problem(self, row: int, field: str, value: str, rule: str) -> None:
        super().problem(row, field, value, rule)
        if row != self._row:
            self.finish_row()
            self._row, self._cells = row, ()
        self._found.append((field, rule))

    def finish_row(self) -> None:
        """Keep the row at hand when something is wrong with it."""
        if self._found and self.tables:
            found = tuple(dict.fromkeys(self._found))
            self.tables[-1].rows.append(BadRow(self._row, self._cells, found))
        self._row, self._cells, self._found = 0, (), []


def read_bad_rows(
    path: Path,
    *,
    known_fields: Collection[str],
    settlement_fields: Collection[str],
    limits: FileLimits,
    also: Mapping[int, Sequence[str]],
) -> tuple[BadTable, ...]:
    """Read a file again for the rows that were not taken; tables without any are left out.

    Args:
        path: The file as it was imported.
        known_fields: Parameter codes of 2.1, spelled as printed.
        settlement_fields: Parameter codes of SetlInfoDTO.
        limits: What a file may cost.
        also: Rules by row, of rows that were refused after reading.

    Raises:
        RecordError: The file as a whole cannot be read.
    """
    collector = BadRowCollector(Vocabulary(known_fields, settlement_fields), limits, also)
    read_into(path, collector)
    collector.finish_row()
    return tuple(table for table in collector.tables if table.rows)


def write_bad_rows(
    path: Path, tables: Sequence[BadTable], describe: Callable[[str, str], str]
) -> int:
    """Write a workbook that can be corrected and imported: all cells text, the problem in the last column.

    Args:
        path: Where it goes; replaced as a whole.
        tables: What was found.
        describe: (field, rule) in words.

    Returns:
        Rows written.

    Raises:
        RecordError: ``bad_rows_not_written``, e.g. because the file is open in a spreadsheet.
        DiskFullError: No room.
    """
    import openpyxl  # here, for it costs every start a fifth (see record_file)

    book = openpyxl.Workbook()
    book.remove(book.active)
    written = 0
    for table in tables:
        sheet = book.create_sheet(SETTLEMENT_LIST if table.is_settlement else None)
        sheet.freeze_panes = "A2"
        width = max([len(table.headings), *(len(row.cells) for row in table.rows)])
        _write_line(sheet, 1, (*_padded(table.headings, width), PROBLEM_COLUMN))
        for number, row in enumerate(table.rows, start=2):
            words = "\n".join(describe(*one) for one in row.problems)
            _write_line(sheet, number, (*_padded(row.cells, width), words))
            written += 1
        _set_widths(sheet, width)
    try:
        with atomic_file(path) as stream:
            book.save(stream)
    except OSError as exc:
        raise RecordError("bad_rows_not_written", retryable=True, errno=exc.errno) from None
    return written


def _text(cell: Cell) -> str:
    return cell.value if isinstance(cell, CellFault) else cell


def _padded(cells: Iterable[str], width: int) -> tuple[str, ...]:
    found = tuple(cells)
    return (*found, *("" for _ in range(width - len(found))))


def _write_line(sheet: Any, number: int, cells: Sequence[str]) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    for place, text in enumerate(cells, start=1):
        cell = sheet.cell(row=number, column=place)
        cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        cell.data_type = "s"  # never a formula, whatever the text begins with
        cell.number_format = _TEXT_FORMAT


def _set_widths(sheet: Any, width: int) -> None:
    from openpyxl.utils import get_column_letter

    for place in range(1, width + 2):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.number_format = _TEXT_FORMAT
        column.width = _LEAST_WIDTH if place <= width else _PROBLEM_WIDTH
