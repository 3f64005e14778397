"""The ``setlInfoList`` of a record, written as JSON in one cell or member (G040)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from hbgz_desktop.sources.columns import ColumnKind
from hbgz_desktop.sources.text_decoding import is_readable

if TYPE_CHECKING:
    from hbgz_desktop.sources.columns import Vocabulary


class SettlementRows(NamedTuple):
    """SetlInfoDTO rows, and the members that the standard does not know."""

    values: tuple[dict[str, str], ...]
    unknown: tuple[str, ...]


def read_settlement_list(text: str, vocabulary: Vocabulary) -> SettlementRows | None:
    """Read a list of SetlInfoDTO, or a single one; None when it is neither.

    Numbers stay the text they were written as. Empty members and empty rows are left out.
    """
    try:
        parsed = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    items = parsed if isinstance(parsed, list) else [parsed]
    values: list[dict[str, str]] = []
    unknown: dict[str, None] = {}
    for item in items:
        row = _read_row(item, vocabulary, unknown)
        if row is None:
            return None
        if row:
            values.append(row)
    return SettlementRows(tuple(values), tuple(unknown))


def _read_row(
    item: object, vocabulary: Vocabulary, unknown: dict[str, None]
) -> dict[str, str] | None:
    if not isinstance(item, dict):
        return None
    row: dict[str, str] = {}
    for key, value in item.items():
        if value is not None and not isinstance(value, str):
            return None
        column = vocabulary.settlement_column(key)
        text = (value or "").strip()
        if not is_readable(text):
            return None
        if column.kind is not ColumnKind.SETTLEMENT:
            unknown[column.name] = None
        elif text and row.setdefault(column.name, text) != text:
            return None
    return row
