"""Heartbeats of the claims this process holds, and the word to stop."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.storage.deliveries import DeliveryQueue

CHECK_S = 1.0


class Leases:
    """Renews every held claim at a third of its lease and sets its stop event when it may not go on."""

    def __init__(self, queue: DeliveryQueue, lease_s: Callable[[], float]) -> None:
        """Renew in ``queue``."""
        self._queue = queue
        self._lease_s = lease_s
        self._held: dict[int, tuple[Delivery, threading.Event]] = {}
        self._lock = threading.Lock()
        self.worker = Worker("leases", self._step)

    def hold(self, delivery: Delivery) -> threading.Event:
        """Keep a claim alive; the event is set when the worker must stop after the current file."""
        event = threading.Event()
        with self._lock:
            self._held[delivery.id] = (delivery, event)
        return event

    def release(self, delivery: Delivery) -> None:
        """The claim has ended."""
        with self._lock:
            self._held.pop(delivery.id, None)

    def stop_all(self) -> None:
        """The engine is stopping."""
        self.worker.stop()
        with self._lock:
            for _, event in self._held.values():
                event.set()

    def _step(self) -> float:
        lease_s = self._lease_s()
        with self._lock:
            held = list(self._held.values())
        for delivery, event in held:
            if not event.is_set() and not self._queue.renew(
                delivery.id, delivery.token, lease_s=lease_s
            ):
                event.set()
        return min(CHECK_S, lease_s / 3)
