"""Tables as a workbook: every cell text, never a formula."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.system.durable_files import atomic_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

_TEXT_FORMAT = "@"
_LONGEST_CELL = 32_767
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Sheet(NamedTuple):
    """One table.

    Attributes:
        title: Of the sheet, at most 31 characters.
        headings: First row.
        rows: As many cells each as there are headings.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write a workbook; the file is replaced as a whole.

    Args:
        path: Where to.
        sheets: At least one.

    Raises:
        RecordError: ``workbook_not_written``, e.g. because the file is open in a spreadsheet.
        DiskFullError: No room.
    """
    import openpyxl  # here, for it costs every start a fifth (see record_file)

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    try:
        with atomic_file(path) as stream:
            book.save(stream)
    except OSError as exc:
        raise RecordError("workbook_not_written", retryable=True, errno=exc.errno) from None


def write_text_file(path: Path, text: str) -> None:
    """Write UTF-8 text; the file is replaced as a whole; raises as ``write_workbook``."""
    try:
        with atomic_file(path) as stream:
            stream.write(text.encode())
    except OSError as exc:
        raise RecordError("workbook_not_written", retryable=True, errno=exc.errno) from None


def _fill(place: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Font  # here as in write_workbook
    from openpyxl.utils import get_column_letter

    place.freeze_panes = "A2"
    for row, cells in enumerate([sheet.headings, *sheet.rows], start=1):
        for column, text in enumerate(cells, start=1):
            cell = place.cell(row=row, column=column)
            cell.value = _NOT_IN_XML.sub("", text)[:_LONGEST_CELL]
            cell.data_type = "s"  # never a formula, whatever the text begins with
            cell.number_format = _TEXT_FORMAT
            if row == 1:
                cell.font = Font(bold=True)
    for column, heading in enumerate(sheet.headings, start=1):
        place.column_dimensions[get_column_letter(column)].width = max(12, 2 * len(heading) + 2)
