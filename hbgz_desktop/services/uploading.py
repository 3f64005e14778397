"""Uploaders claim what is due and carry it out. Fencing decides; a late result is dropped (DESIGN 5.5)."""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.delivery_run import DeliveryRun
from hbgz_desktop.services.leases import Leases
from hbgz_desktop.services.worker import JOIN_LIMIT_S, Worker

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.services.platform_adapter import PlatformAdapter
    from hbgz_desktop.services.upload_parts import UploadParts

IDLE_S = 1.0
OWNER_PREFIX = "engine"


class Uploaders:
    """``upload.parallel`` threads over one queue, and at most as many requests at a time.

    The number is read once: a change takes effect when the engine is started again.
    """

    def __init__(self, parts: UploadParts) -> None:
        """Wire the parts."""
        self._settings = parts.settings
        self._queue = parts.queue
        self._states = parts.states
        self._adapters = parts.adapters
        parallel = parts.settings().upload.parallel
        self._owner = f"{OWNER_PREFIX}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
        self._leases = Leases(parts.queue, self._lease_s, self._is_shut)
        self._run = DeliveryRun(parts, self._leases, parallel)
        self._workers = [
            Worker(f"uploader-{number}", self._step) for number in range(1, parallel + 1)
        ]
        self._probe = Worker("probe", self._probe_step)

    def start(self) -> None:
        """Start the threads."""
        self._leases.worker.start()
        self._probe.start()
        for worker in self._workers:
            worker.start()

    def stop(self, limit_s: float = JOIN_LIMIT_S) -> bool:
        """Stop after the files now on their way.

        Returns:
            False when one of them was still under way after ``limit_s``; its thread is a daemon, and its
            claim is released by the next engine.
        """
        for worker in (*self._workers, self._probe):
            worker.stop()
        self._leases.end_all()
        limit = time.monotonic() + limit_s
        joined = [
            worker.join(max(limit - time.monotonic(), 0.1))
            for worker in (*self._workers, self._probe)
        ]
        self._leases.worker.stop()
        return self._leases.worker.join() and all(joined)

    def wake(self) -> None:
        """Something may be due."""
        for worker in self._workers:
            worker.wake()

    def look_again(self) -> None:
        """The world has changed: look at once whether a silent platform is back, and what is due."""
        self._leases.worker.wake()
        self._probe.wake()
        self.wake()

    def run(self, delivery: Delivery) -> None:
        """Carry out one claim to its end, whatever it is."""
        self._run.carry_out(delivery)

    def _lease_s(self) -> float:
        return self._settings().upload.lease_s

    def _is_shut(self, platform: str) -> bool:
        return self._states.health(platform).is_paused

    def _step(self) -> float:
        settings = self._settings()
        self._leases.renew_if_late()
        delivery = self._queue.claim(
            self._owner,
            lease_s=settings.upload.lease_s,
            platforms=[one for one in settings.enabled_platforms() if one in self._adapters],
        )
        if delivery is None:
            return IDLE_S
        self.run(delivery)
        return 0.0

    def _probe_step(self) -> float:
        """While a breaker is open: look lightly whether the platform answers again."""
        settings = self._settings()
        for platform in settings.enabled_platforms():
            health = self._states.health(platform)
            adapter = self._adapters.get(platform)
            due = health.next_probe_at is not None and health.next_probe_at <= datetime.now(UTC)
            if adapter is None or health.opened_at is None or not due:
                continue
            reachable, elapsed_ms, cause = _probed(adapter)
            if reachable:
                self._states.answered(platform, elapsed_ms, is_probe=True)
                self.wake()
            else:
                self._states.probe_failed(platform, cause, settings.upload.probe_delay_s)
        return min(IDLE_S, settings.upload.probe_delay_s)


def _probed(adapter: PlatformAdapter) -> tuple[bool, float, str]:
    try:
        return adapter.probe()
    except HbgzError as error:
        return False, 0.0, error.code
