"""Facts that console, command line and event log follow, by their growing id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the append-only ``events`` table.

    Attributes:
        id: Grows for ever (AUTOINCREMENT); followers remember the highest they have seen.
        kind: Key ``event_<kind>`` of the texts file, e.g. ``study_completed``.
        level: ``info``, ``warning`` or ``error``.
        facts: Ids and numbers for the text; never patient data.
    """

    id: int
    at: datetime
    kind: str
    level: str
    study_id: int | None
    examination_id: int | None
    delivery_id: int | None
    facts: dict[str, object] = field(default_factory=dict)
