"""How long the disk lasts: what lies here, how fast it grows, what clearing will free (DESIGN 5.7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.model.disk_forecast import RATE_DAYS, DiskForecast, DiskUse, days_left
from hbgz_desktop.model.retention import ClearingPolicy, why_kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.services.clearing import Clearing
    from hbgz_desktop.storage.forecasts import ForecastStore
    from hbgz_desktop.storage.spool import Spool

_DAY = timedelta(days=1)
_MEGABYTE = 1024 * 1024


@dataclass
class _Stock:
    """What lies here, added up."""

    by_age: dict[int, float]
    clearable: int = 0
    clearable_bytes: int = 0
    confirmed: float = 0.0
    old: float = 0.0


class DiskOutlook:
    """Looks; blocks on the database for up to some seconds where a million images lie."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        clearing: Clearing,
        spool: Spool,
        forecasts: ForecastStore,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._clearing = clearing
        self._spool = spool
        self._forecasts = forecasts

    def latest(self) -> DiskForecast | None:
        """What the engine found last."""
        return self._forecasts.latest()

    def keep(self, forecast: DiskForecast) -> None:
        """Store it for the console; the log says once a day when the disk is short."""
        self._forecasts.save(forecast, warn_days=self._settings().storage.forecast_days)

    def look(self, now: datetime | None = None) -> DiskForecast:
        """The forecast of this moment.

        Raises:
            StorageError: Volume or database cannot be read.
        """
        moment = now or datetime.now(UTC)
        settings, store = self._settings(), self._clearing.store
        stock = self._stock(settings, moment)
        free = float(self._spool.free_bytes())
        daily = self._daily_bytes(moment)
        storage = settings.storage
        by_space = ClearingPolicy.by_space(settings)
        use = DiskUse(
            room_bytes=free - storage.reserve_mb * _MEGABYTE,
            daily_bytes=daily,
            by_age=stock.by_age,
            confirmed_share=stock.confirmed / stock.old if stock.old else 0.0,
        )
        here = store.on_disk()
        return DiskForecast(
            at=moment,
            free_bytes=free,
            daily_bytes=daily,
            days_left=days_left(
                use,
                clears=storage.auto_clear,
                keep_days=ClearingPolicy.by_age(settings).keep_days,
                pressure_days=by_space.keep_days if storage.clear_below_mb else None,
            ),
            studies=here.studies,
            files=here.files,
            size_bytes=here.size_bytes,
            clearable_studies=stock.clearable,
            clearable_bytes=stock.clearable_bytes,
            pending=store.pending_count(),
        )

    def _daily_bytes(self, now: datetime) -> float:
        """Received a day over the last days, or since the first image where that is less."""
        store = self._clearing.store
        first = store.first_received_at() or now
        days = min(max((now - first) / _DAY, 1.0), float(RATE_DAYS))
        return store.received_since(now - RATE_DAYS * _DAY) / days

    def _stock(self, settings: Settings, now: datetime) -> _Stock:
        stock = _Stock(defaultdict(float))
        policy = ClearingPolicy.by_age(settings)
        ever = ClearingPolicy(policy.platforms, 0, policy.unsent_days)
        for page in self._clearing.studies():
            for study in page:
                age = max((now - study.settled_at) // _DAY, 0)
                is_ever = why_kept(study, ever, now) is None
                if is_ever:
                    stock.by_age[age] += study.size_bytes
                if age:
                    stock.old += study.size_bytes
                    stock.confirmed += study.size_bytes * is_ever
                if is_ever and why_kept(study, policy, now) is None:
                    stock.clearable += 1
                    stock.clearable_bytes += study.size_bytes
        return stock
