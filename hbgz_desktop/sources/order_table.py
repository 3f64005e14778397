"""Tables of orders that a HIS exports: rows of text out of CSV or XLSX, or the text of anything else."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.file_limits import FileLimits
from hbgz_desktop.sources.record_file import read_bytes
from hbgz_desktop.sources.text_decoding import decode_text

if TYPE_CHECKING:
    from pathlib import Path

ORDER_LIMITS = FileLimits(max_bytes=4 * 1024 * 1024, max_rows=5_000)
"""A visit has a handful of orders; a file that is larger is another one."""
_ZIP_MARK = b"PK\x03\x04"
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_order_table(path: Path) -> tuple[list[list[str]], str]:
    """Read a file of orders; the content decides the kind, not the suffix. Blocks on the disk.

    Returns:
        (rows, text): the rows of a workbook or of a CSV, and the text of what is no workbook.

    Raises:
        RecordError: Missing, locked, too large, too many rows, or neither text nor workbook.
    """
    data = read_bytes(path, ORDER_LIMITS.max_bytes)
    if data.startswith(_ZIP_MARK):
        # here, for openpyxl costs every start a fifth, and most files are none of its kind
        from hbgz_desktop.sources.xlsx_records import first_sheet

        return first_sheet(data, ORDER_LIMITS), ""
    if data.startswith(_OLE_MARK):
        raise RecordError("record_xls_not_supported")
    text, _ = decode_text(data)
    if not text.strip():
        raise RecordError("record_file_empty")
    return _csv_rows(text), text


def _csv_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > ORDER_LIMITS.max_rows:
        raise RecordError("record_file_too_many_rows", limit=ORDER_LIMITS.max_rows)
    delimiter = max(",;\t", key=lines[0].count)
    try:
        return list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        raise RecordError("record_file_kind_unknown") from None
