"""Makes everything in a data folder happen long ago, for tests of retention."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from hbgz_desktop.storage.columns import microseconds

if TYPE_CHECKING:
    from hbgz_desktop.services.workplace import Workplace

_TIMES = (
    "update studies set last_received_at = :at, first_received_at = :at, completed_at = :at",
    "update deliveries set updated_at = :at",
    "update worklist set changed_at = :at",
)


def grow_old(work: Workplace, days: float = 400) -> None:
    """Images came and were confirmed so many days ago."""
    at = microseconds(datetime.now(UTC) - timedelta(days=days))
    with work.database.write() as connection:
        for sql in _TIMES:
            connection.execute(text(sql), {"at": at})
