"""The engine's last look at the disk, for whoever shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from hbgz_desktop.model.disk_forecast import DiskForecast
from hbgz_desktop.storage.events import add_event
from hbgz_desktop.storage.repository import Repository
from hbgz_desktop.storage.tables import disk_forecast

if TYPE_CHECKING:
    from sqlalchemy import Connection

SAY_AGAIN = timedelta(hours=24)
_ONLY = 1


class ForecastStore(Repository):
    """One row: the newest forecast, and when the log said last that the disk is short."""

    def latest(self) -> DiskForecast | None:
        """None before the first look."""
        with self._database.read() as connection:
            row = connection.execute(select(disk_forecast)).first()
        if row is None:
            return None
        return DiskForecast(
            at=row.at,
            free_bytes=row.free_bytes,
            daily_bytes=row.daily_bytes,
            days_left=row.days_left,
            studies=row.studies,
            files=row.files,
            size_bytes=row.bytes,
            clearable_studies=row.clearable_studies,
            clearable_bytes=row.clearable_bytes,
            pending=row.pending,
        )

    def save(self, found: DiskForecast, *, warn_days: int) -> bool:
        """Keep a forecast; once a day the log says that the disk is short. True when it said so now."""
        values = {
            "at": found.at,
            "free_bytes": found.free_bytes,
            "daily_bytes": found.daily_bytes,
            "days_left": found.days_left,
            "studies": found.studies,
            "files": found.files,
            "bytes": found.size_bytes,
            "clearable_studies": found.clearable_studies,
            "clearable_bytes": found.clearable_bytes,
            "pending": found.pending,
        }
        with self._database.write() as connection:
            known = connection.execute(select(disk_forecast.c.warned_at)).first()
            said_at = known.warned_at if known is not None else None
            says = found.is_short(warn_days) and (
                said_at is None or found.at - said_at >= SAY_AGAIN
            )
            if says:
                add_event(connection, "disk_short", level="warning", days=found.days_left)
            warned_at: datetime | None = found.at if says else said_at
            _write(connection, {**values, "warned_at": warned_at}, is_new=known is None)
        return says


def _write(connection: Connection, values: dict[str, object], *, is_new: bool) -> None:
    if is_new:
        connection.execute(insert(disk_forecast), {"id": _ONLY, **values})
    else:
        connection.execute(update(disk_forecast).values(values))
