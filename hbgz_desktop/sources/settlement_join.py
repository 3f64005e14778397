"""Settlement rows of a file find the records of the same file (G040)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from hbgz_desktop.sources.columns import JOIN_FIELDS, SETTLEMENT_DATE

if TYPE_CHECKING:
    from hbgz_desktop.model.record import SourceRecord, SourceSettlement
    from hbgz_desktop.sources.record_table import RecordCollector


def join_settlements(collector: RecordCollector) -> None:
    """Move every settlement row that names exactly one record into that record.

    The index code decides before the application number, which may stand for two examinations. A
    record without ``setlDate`` takes the latest one of its rows. What names no record of this
    file, or several, stays separate for the layer that knows earlier files.
    """
    places = _places(collector.records)
    joined: dict[int, list[SourceSettlement]] = defaultdict(list)
    separate: list[SourceSettlement] = []
    for settlement in collector.settlements:
        place = _find(settlement, places)
        if place is None:
            separate.append(settlement)
        else:
            joined[place].append(settlement)
    for place, rows in joined.items():
        collector.records[place] = _with_settlements(collector.records[place], rows)
    collector.settlements[:] = separate


def _places(records: list[SourceRecord]) -> dict[tuple[str, str], list[int]]:
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for name in JOIN_FIELDS:
            if value := record.fields.get(name):
                places[name, value].append(place)
    return places


def _find(settlement: SourceSettlement, places: dict[tuple[str, str], list[int]]) -> int | None:
    appy_no, hi_img_indx = JOIN_FIELDS
    for key in ((hi_img_indx, settlement.hi_img_indx), (appy_no, settlement.appy_no)):
        if key[1]:
            found = places.get(key, [])
            return found[0] if len(found) == 1 else None
    return None


def _with_settlements(record: SourceRecord, rows: list[SourceSettlement]) -> SourceRecord:
    fields = dict(record.fields)
    latest = max(row.setl_date for row in rows)
    if latest and not fields.get(SETTLEMENT_DATE):
        fields[SETTLEMENT_DATE] = latest
    values = tuple(row.values for row in rows)
    return replace(record, fields=fields, settlements=record.settlements + values)
