"""What 保留与磁盘 of the settings asks: how the disk stands, what a clearing would do, and doing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.retention import ClearingPlan, ClearingPolicy, ClearingRun
from hbgz_desktop.services.clearing_job import ClearingJob

if TYPE_CHECKING:
    from hbgz_desktop.model.disk_forecast import DiskForecast
    from hbgz_desktop.services.workplace import Workplace


@dataclass(frozen=True, slots=True)
class DiskState:
    """The disk at one moment.

    Attributes:
        plan: What could go by the settings, now.
        last: The newest clearing, None before the first.
        warn_days: A forecast this near is shown as trouble.
    """

    forecast: DiskForecast
    plan: ClearingPlan
    last: ClearingRun | None
    is_automatic: bool
    warn_days: int


class RetentionDesk:
    """Every method blocks on database or disk; pages call them through ``run_task``."""

    def __init__(self, work: Workplace) -> None:
        """Ask one workplace."""
        self._work = work

    def state(self) -> DiskState:
        """How it stands."""
        work = self._work
        settings = work.settings()
        return DiskState(
            forecast=work.disk_outlook.look(),
            plan=work.clearing.plan(ClearingPolicy.by_age(settings)),
            last=work.clearing.store.last_run(),
            is_automatic=settings.storage.auto_clear,
            warn_days=settings.storage.forecast_days,
        )

    def plan(self, days: int | None) -> ClearingPlan:
        """What would go, confirmed for so many days; None = as many as the settings say."""
        settings = self._work.settings()
        if days is None:
            return self._work.clearing.plan(ClearingPolicy.by_age(settings))
        return self._work.clearing.plan(ClearingPolicy.by_person(settings, days))

    def job(self, plan: ClearingPlan) -> ClearingJob:
        """The clearing of a plan a person has agreed to.

        Raises:
            AccountError: ``action_not_permitted``.
        """
        self._work.accounts.require("images_cleared")
        return ClearingJob(self._work.clearing, plan, self._work.accounts.current().name)
