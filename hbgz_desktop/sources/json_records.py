"""Records from JSON: an object, a list of objects, or the envelope with ``input`` (G024)."""

from __future__ import annotations

import json
from typing import TypeGuard

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.sources.columns import Column, ColumnKind, fold_name
from hbgz_desktop.sources.record_table import Cell, CellFault, RecordCollector


class _JsonObject(list[tuple[str, object]]):
    """Members in order, doubles kept: a plain dict would silently drop the first of two."""


def read_json(text: str, collector: RecordCollector) -> None:
    """Read a JSON document; objects count from 1.

    Numbers keep the text they are written as, so that 240.00 stays 240.00.

    Raises:
        RecordError: Not JSON, too deep, too large, or nothing in it that could be a record.
    """
    items = _items(_parse(text, collector.limits.max_json_values))
    if len(items) > collector.limits.max_rows:
        raise RecordError("record_file_too_many_rows", limit=collector.limits.max_rows)
    for row, item in enumerate(items, start=1):
        if isinstance(item, _JsonObject):
            _add(row, item, collector)
        else:
            collector.problem(row, "", "", "record_row_not_object")


def _parse(text: str, max_values: int) -> object:
    if text.count("{") + text.count("[") > max_values or text.count(",") > 10 * max_values:
        raise RecordError("record_file_too_large", limit_values=max_values)
    try:
        return json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=str,
            object_pairs_hook=_JsonObject,
        )
    except RecursionError:
        raise RecordError("record_json_invalid", line=0, column=0) from None
    except json.JSONDecodeError as exc:
        # the exception itself holds the whole document: it must not be chained
        raise RecordError("record_json_invalid", line=exc.lineno, column=exc.colno) from None


def _items(document: object, depth: int = 0) -> list[object]:
    """Open envelope and list; an ``input`` may itself be JSON in a string."""
    if isinstance(document, _JsonObject):
        for key, value in document:
            if fold_name(key) == "input" and depth == 0:
                inner = _parse(value, len(value) + 1) if isinstance(value, str) else value
                return _items(inner, depth=1)
        return [document]
    if isinstance(document, list):
        return document
    raise RecordError("record_json_no_records")


def _add(row: int, item: _JsonObject, collector: RecordCollector) -> None:
    vocabulary = collector.vocabulary
    keys = [key for key, _ in item]
    if vocabulary.is_settlement(keys):
        resolve, add = vocabulary.settlement_column, collector.add_settlement
    else:
        resolve, add = vocabulary.record_column, collector.add_record
    members = [_member(resolve(key), value) for key, value in item]
    collector.begin_item(row, members)
    if vocabulary.known_count(keys):
        add(row, members)
    else:
        collector.problem(row, "", "", "record_no_known_column")


def _member(column: Column, value: object) -> tuple[Column, Cell]:
    """Bring one member to the text that a table's cell would hold."""
    if value is None or isinstance(value, str):
        return column, value or ""
    if isinstance(value, bool):
        return column, "true" if value else "false"
    if column.kind is ColumnKind.REPORT and _is_text_list(value):
        return column, "|".join(value)
    text = json.dumps(_plain(value), ensure_ascii=False)
    if column.kind in (ColumnKind.SETTLEMENT_LIST, ColumnKind.UNKNOWN):
        return column, text
    return column, CellFault(text, "record_value_not_text")


def _is_text_list(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _plain(value: object) -> object:
    """Members as dicts again; of two members with one name the later wins, as JSON readers do."""
    if isinstance(value, _JsonObject):
        return {key: _plain(member) for key, member in value}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return value
