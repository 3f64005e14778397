"""What devices offered and we did not take, gathered from the event log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.sop_classes import class_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hbgz_desktop.model.events import Event

EVENT = "context_refused"


@dataclass(frozen=True, slots=True)
class RefusedContext:
    """One kind of object or service of one device.

    Attributes:
        name: The standard's name, "" for a private or unknown UID.
        count: How often it was offered.
        last_at: When it was offered last.
    """

    calling_ae: str
    abstract_syntax: str
    name: str
    count: int
    last_at: datetime


def refused_contexts(events: Iterable[Event]) -> tuple[RefusedContext, ...]:
    """Group refusals by device and kind, the newest first; other events are passed over."""
    found: dict[tuple[str, str], list[datetime]] = {}
    for event in events:
        if event.kind == EVENT:
            key = (
                str(event.facts.get("calling_ae", "")),
                str(event.facts.get("abstract_syntax", "")),
            )
            found.setdefault(key, []).append(event.at)
    rows = [
        RefusedContext(device, uid, class_name(uid), len(times), max(times))
        for (device, uid), times in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.last_at, reverse=True))
