"""The text of one spreadsheet cell."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from hbgz_desktop.sources.record_table import Cell, CellFault

# A spreadsheet keeps 15 digits: an 18-digit identity number typed as a number has lost its end.
_EXACT_BELOW = 10**15
_ZEROS = re.compile(r"0{2,}")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def cell_text(cell: Any) -> Cell:
    """Write a cell as a hospital system would: 5 not 5.0, yyyy-MM-dd for a day.

    Args:
        cell: A cell of openpyxl's read-only mode; its formula result, never its formula.

    Returns:
        The text, "" for an empty cell, or the fault that makes the cell unusable.
    """
    value = cell.value
    if cell.data_type == "e":
        return CellFault(str(value), "record_cell_error")
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number_text(value, str(cell.number_format))
    return _time_text(value, str(cell.number_format))


def _number_text(value: float, number_format: str) -> Cell:
    if abs(value) >= _EXACT_BELOW:
        return CellFault(f"{value:.15g}", "record_number_rounded")
    # 0.30000000000000004 is shown, and was meant, as 0.3
    text = format(Decimal(f"{value:.15g}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    # a cell formatted 000000 shows 42 as 000042: an application number, not a quantity
    if _ZEROS.fullmatch(number_format) and text.isdigit():
        return text.zfill(len(number_format))
    return text


def _time_text(value: object, number_format: str) -> Cell:
    if isinstance(value, dt.datetime):
        value = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        midnight = value.time() == dt.time()
        if midnight and "h" not in _QUOTED.sub("", number_format).lower():
            return value.strftime("%Y-%m-%d")
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S")
    return CellFault(str(value), "record_cell_error")
