"""Many deliveries, written as the engine would have left them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.storage.columns import microseconds
from hbgz_desktop.storage.search_keys import search_key

if TYPE_CHECKING:
    from hbgz_desktop.services.workplace import Workplace

KINDS = ("record", "images", "report")
STATES: tuple[tuple[str, str, bool, str], ...] = (
    ("failed", "", False, "platform_server_error"),
    ("failed", "", False, "platform_rejected"),
    ("retrying", "", False, "platform_timeout_read"),
    ("retrying", "", False, "platform_busy"),
    ("blocked", "order", False, ""),
    ("blocked", "settlement", False, ""),
    ("blocked", "needs_fix", False, ""),
    ("ready", "", False, ""),
    ("ready", "", True, ""),
    ("delivered", "", False, ""),
)
"""State, reason, paused, cause; they take turns."""
_RECORD = (
    "id source_key patient_name name_key patient_id imported_at updated_at source fields digest"
)
_LINE = "examination_id lane at changed_at name_key accession_number patient_id modality search_key"
_DELIVERY = (
    "examination_id platform kind part state blocked_reason is_paused paused_by cause message"
    " http_status created_at updated_at"
)


def fill_queue(
    work: Workplace,
    count: int,
    states: tuple[tuple[str, str, bool, str], ...] = STATES,
    *,
    per_examination: int = 3,
) -> None:
    """Write so many deliveries of invented people, the states in turn."""
    now = datetime.now(UTC)
    records, examinations, accessions, lines, deliveries = [], [], [], [], []
    for number in range(1, (count + per_examination - 1) // per_examination + 1):
        at = microseconds(now - timedelta(seconds=number))
        key, accession = f"王{number} wang{number} w{number}", f"CT{number:08d}"
        person = (f"王{number}", key, f"P{number}")
        records.append((number, f"acc:{accession}", *person, at, at, "ris.csv", "{}", ""))
        examinations.append((number, number, at, at))
        accessions.append((number, accession))
        search = search_key(key, accession, f"P{number}")
        lines.append((number, "queued", at, at, key, accession, f"P{number}", "CT", search))
    for number in range(count):
        state, reason, is_paused, cause = states[number % len(states)]
        at = microseconds(now - timedelta(seconds=number))
        deliveries.append(
            (
                *(number // per_examination + 1, "guizhou", KINDS[number % per_examination % 3]),
                *(number, state, reason, is_paused, "李敏" if is_paused else ""),
                *(cause, "gateway timeout" if cause else "", 504 if cause else None, at, at),
            )
        )
    with work.database.write() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        for table, columns, rows in (
            ("records", _RECORD, records),
            ("examinations", "id record_id created_at updated_at", examinations),
            ("record_accessions", "record_id accession_number", accessions),
            ("worklist", _LINE, lines),
            ("deliveries", _DELIVERY, deliveries),
        ):
            names = columns.split()
            marks = ", ".join("?" * len(names))
            driver.executemany(
                f"insert into {table} ({', '.join(names)}) values ({marks})",  # noqa: S608 - our own names
                rows,
            )
