"""Records from a delimited text file (comma, semicolon or tab)."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.record_table import Cell, CellFault, RecordTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hbgz_desktop.sources.columns import Vocabulary
    from hbgz_desktop.sources.record_table import RecordCollector

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=[,;\t]\s*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d{2,3}")
_MAX_LINES_A_CELL = 5_000
_MAX_BROKEN_ROWS = 1_000


def read_csv(text: str, collector: RecordCollector) -> None:
    """Read a delimited text; rows are counted as a spreadsheet shows them, the header is row 1.

    A quote that is never closed costs its own row only. A row that an unquoted line break tore
    apart is recognised by its pieces and reported, not imported in the wrong columns.

    Raises:
        RecordError: No heading is known, or the file has too many rows or broken rows.
    """
    lines = io.StringIO(text, newline="").readlines()
    if lines and _SEPARATOR_LINE.fullmatch(lines[0]):
        del lines[0]
    delimiter = _find_delimiter(lines, collector.vocabulary)
    rows = _Rows(lines, delimiter, collector)
    for row, headings in rows:
        if any(heading.strip() for heading in headings):
            _read_body(row, headings, rows, collector)
            return


def _read_body(
    header_row: int, headings: list[str], rows: _Rows, collector: RecordCollector
) -> None:
    table = RecordTable(headings[: collector.limits.max_columns], collector)
    rows.width = table.width
    body: list[tuple[int, list[str]]] = []
    for row, cells in rows:
        if row - header_row > collector.limits.max_rows:
            raise RecordError("record_file_too_many_rows", limit=collector.limits.max_rows)
        body.append((row, cells))
    torn = _torn_rows(body, table.width)
    for place, (row, cells) in enumerate(body):
        if place in torn:
            collector.begin_row(row, cells)
            collector.problem(row, "", "", "record_row_torn")
        else:
            table.add(row, [_cell(text) for text in cells])


def _find_delimiter(lines: list[str], vocabulary: Vocabulary) -> str:
    """Choose the delimiter under which most headings are known parameter codes."""
    start = next((place for place, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise RecordError("record_file_empty")
    counts: dict[str, int] = {}
    for delimiter in _DELIMITERS:
        parsed = _parse_row(lines, start, delimiter)
        counts[delimiter] = vocabulary.known_count(parsed[0]) if parsed else 0
    best = max(_DELIMITERS, key=lambda delimiter: counts[delimiter])
    if not counts[best]:
        raise RecordError("record_no_known_column")
    return best


def _parse_row(lines: list[str], start: int, delimiter: str) -> tuple[list[str], int] | None:
    """Read the row that begins at a line; its cells and the next line, None when malformed."""
    stop = min(start + _MAX_LINES_A_CELL, len(lines))
    reader = csv.reader(
        (lines[place] for place in range(start, stop)), delimiter=delimiter, strict=True
    )
    try:
        cells = next(reader)
    except csv.Error:
        return None
    return cells, start + reader.line_num


class _Rows:
    """Iterates over (row number, cells); malformed rows go to the collector.

    Attributes:
        width: Set once the header is known: a row that spans lines and has more cells than the
            header began with a stray quote.
    """

    def __init__(self, lines: list[str], delimiter: str, collector: RecordCollector) -> None:
        self.width = collector.limits.max_columns
        self._lines = lines
        self._delimiter = delimiter
        self._collector = collector
        self._next_line = 0
        self._row = 0
        self._broken = 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while self._next_line < len(self._lines):
            self._row += 1
            start = self._next_line
            parsed = _parse_row(self._lines, start, self._delimiter)
            if parsed is None or (parsed[1] - start > 1 and len(parsed[0]) > self.width):
                self._next_line = start + 1
                self._report_broken()
                continue
            self._next_line = parsed[1]
            yield self._row, parsed[0]

    def _report_broken(self) -> None:
        self._broken += 1
        if self._broken > _MAX_BROKEN_ROWS:
            raise RecordError("record_file_unreadable", broken_rows=self._broken)
        self._collector.problem(self._row, "", "", "record_row_quotes")


def _torn_rows(body: list[tuple[int, list[str]]], width: int) -> set[int]:
    """Find runs of short rows that together make exactly one row.

    A single short row is what spreadsheets write when the last columns are empty.
    """
    torn: set[int] = set()
    place = 0
    while place < len(body):
        total, stop = len(body[place][1]), place + 1
        if not 0 < total < width:
            place = stop
            continue
        while stop < len(body) and len(body[stop][1]) < width and total < width:
            total += max(len(body[stop][1]), 1) - 1
            stop += 1
        if total == width and stop - place > 1:
            torn.update(range(place, stop))
            place = stop
        else:
            place += 1
    return torn


def _cell(text: str) -> Cell:
    """A number in scientific notation has lost digits: 1.10101E+17 is no identity number."""
    stripped = text.strip()
    if "E+" in stripped and _SCIENTIFIC.fullmatch(stripped):
        return CellFault(stripped, "record_number_rounded")
    return text
