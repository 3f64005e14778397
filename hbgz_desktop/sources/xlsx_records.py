"""Records from an XLSX workbook; formulas are never evaluated."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from contextlib import closing, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.columns import SETTLEMENT_LIST, fold_name
from hbgz_desktop.sources.record_table import Cell, CellFault, RecordTable
from hbgz_desktop.sources.settlement_join import join_settlements
from hbgz_desktop.sources.xlsx_cell import cell_text
from hbgz_desktop.sources.xlsx_guard import check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hbgz_desktop.sources.file_limits import FileLimits
    from hbgz_desktop.sources.record_table import RecordCollector

    Row = tuple[int, Sequence[Any]]

_LAST_ROW = 1_048_576
_HEADER_ROWS = 10
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_LIBRARY_ERRORS = (
    AttributeError,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    ParseError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_xlsx(data: bytes, collector: RecordCollector) -> None:
    """Read the first sheet with a known heading, and the sheet ``setlInfoList`` if there is one.

    Up to ten rows may stand above the heading. Rows of ``setlInfoList`` that belong to exactly one
    record of the file, by appyNo or hiImgIndx, join it; the others stay separate.

    Raises:
        RecordError: Not a workbook, too large unpacked, or no sheet with a known heading.
    """
    check_workbook(data, collector.limits)
    with _library_errors():
        formulas = _open(data, data_only=False) if _has_formula(data) else None
        with closing(_open(data, data_only=True)) as book:
            _read_book(book, formulas, collector)
        if formulas is not None:
            formulas.close()
    join_settlements(collector)


def first_sheet(data: bytes, limits: FileLimits) -> list[list[str]]:
    """The rows of the first sheet that has any, as text; formulas are never evaluated.

    Raises:
        RecordError: Not a workbook, too large unpacked, too many rows, or a cell that cannot be trusted.
    """
    check_workbook(data, limits)
    with _library_errors(), closing(_open(data, data_only=True)) as book:
        for sheet in book.worksheets:
            rows = [
                _trusted(row, cells) for row, cells in islice(_rows(sheet), limits.max_rows + 1)
            ]
            if len(rows) > limits.max_rows:
                raise RecordError("record_file_too_many_rows", limit=limits.max_rows)
            if any(any(cells) for cells in rows):
                return rows
    return []


def _trusted(row: int, cells: Sequence[Any]) -> list[str]:
    texts = []
    for cell in cells:
        text = cell_text(cell)
        if isinstance(text, CellFault):
            raise RecordError(text.rule, row=row)
        texts.append(text)
    return texts


@contextmanager
def _library_errors() -> Iterator[None]:
    """Translate what the spreadsheet library raises on a damaged workbook, and mute its notes."""
    try:
        with warnings.catch_warnings():
            # hospital exports lack default styles and carry extensions: both are harmless
            warnings.simplefilter("ignore")
            yield
    except _LIBRARY_ERRORS:
        # not chained: the library's messages quote cells
        raise RecordError("record_xlsx_invalid") from None


def _open(data: bytes, *, data_only: bool) -> Any:
    return openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False
    )


def _has_formula(data: bytes) -> bool:
    """Whether any sheet has a formula, hence needs the second look for missing results."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/" in name.lower()]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _read_book(book: Any, formulas: Any | None, collector: RecordCollector) -> None:
    found = False
    for sheet in book.worksheets:
        is_settlement = fold_name(sheet.title) == fold_name(SETTLEMENT_LIST)
        if found and not is_settlement:
            continue
        beside = formulas[sheet.title] if formulas is not None else None
        taken = _read_sheet(_rows(sheet), beside, collector)
        found = found or (taken and not is_settlement)
    if not (collector.records or collector.settlements or collector.problems or found):
        raise RecordError("record_no_known_column")


def _rows(sheet: Any) -> Iterator[Row]:
    # the size a sheet claims for itself is often wrong and would cut rows
    sheet.reset_dimensions()
    for row, cells in enumerate(sheet.iter_rows(), start=1):
        if row > _LAST_ROW:
            raise RecordError("record_xlsx_invalid")
        yield row, cells


def _read_sheet(rows: Iterator[Row], formulas: Any | None, collector: RecordCollector) -> bool:
    """Read one sheet; False when no heading in it is known."""
    table = _find_table(rows, collector)
    if table is None:
        return False
    header_row, record_table = table
    beside = _formula_rows(formulas, header_row)
    taken = 0
    for row, cells in rows:
        texts = _texts(cells, next(beside, ()))
        if not any(texts):
            continue
        taken += 1
        if taken > collector.limits.max_rows:
            raise RecordError("record_file_too_many_rows", limit=collector.limits.max_rows)
        _add(record_table, row, texts, collector)
    return True


def _find_table(rows: Iterator[Row], collector: RecordCollector) -> tuple[int, RecordTable] | None:
    """Find the heading among the first rows; titles may stand above it."""
    for row, cells in rows:
        headings = [_heading(cell) for cell in cells[: collector.limits.max_columns]]
        if collector.vocabulary.known_count(headings):
            while headings and not headings[-1]:
                headings.pop()
            return row, RecordTable(headings, collector)
        if row >= _HEADER_ROWS:
            return None
    return None


def _heading(cell: Any) -> str:
    text = cell_text(cell)
    return text.strip() if isinstance(text, str) else ""


def _formula_rows(formulas: Any | None, header_row: int) -> Iterator[Sequence[Any]]:
    """Rows below the header of the same sheet, with formulas in place of their results."""
    if formulas is None:
        return iter(())
    return (cells for row, cells in _rows(formulas) if row > header_row)


def _texts(cells: Sequence[Any], formula_cells: Sequence[Any]) -> list[Cell]:
    texts: list[Cell] = [cell_text(cell) for cell in cells]
    for place, cell in enumerate(formula_cells[: len(texts)]):
        if cell.data_type == "f" and texts[place] == "":
            texts[place] = CellFault("", "record_formula_without_value")
    return texts


def _add(table: RecordTable, row: int, texts: list[Cell], collector: RecordCollector) -> None:
    if any(texts[table.width :]):
        collector.notice(f"#{table.width + 1}", "record_column_blank")
    table.add(row, texts[: table.width])
