"""Heartbeats of the claims this process holds, and the word to stop."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.services.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.storage.deliveries import DeliveryQueue

CHECK_S = 1.0


class Leases:
    """Renews every held claim and sets its stop event when it may not go on.

    That is: it is another's by now, a person cancelled or paused it or its platform, or the engine ends.
    A claim is renewed until it is given back, also while the file under way takes its time.
    """

    def __init__(
        self,
        queue: DeliveryQueue,
        lease_s: Callable[[], float],
        is_shut: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Renew in ``queue``; ``is_shut`` says whether a person holds a whole platform back."""
        self._queue = queue
        self._lease_s = lease_s
        self._is_shut = is_shut
        self._held: dict[int, tuple[Delivery, threading.Event]] = {}
        self._lock = threading.Lock()
        self._is_ending = False
        self._renewed_at = datetime.now(UTC)
        self.worker = Worker("leases", self.step)

    @property
    def is_ending(self) -> bool:
        """True after ``end_all``: what fails from now on says nothing of the platform."""
        return self._is_ending

    def hold(self, delivery: Delivery) -> threading.Event:
        """Keep a claim alive; the event is set when the worker must stop after the current file."""
        event = threading.Event()
        with self._lock:
            self._held[delivery.id] = (delivery, event)
            if self._is_ending:
                event.set()
        return event

    def release(self, delivery: Delivery) -> None:
        """The claim has ended."""
        with self._lock:
            self._held.pop(delivery.id, None)

    def end_all(self) -> None:
        """The engine is stopping."""
        with self._lock:
            self._is_ending = True
            for _, event in self._held.values():
                event.set()

    def renew_if_late(self) -> None:
        """Before a claim: what we hold may look lapsed after the computer slept, and would be claimed again."""
        late = timedelta(seconds=self._lease_s() / 2)
        if datetime.now(UTC) - self._renewed_at > late:
            self.step()

    def step(self) -> float:
        """Renew once; returns the seconds until the next time."""
        lease_s = self._lease_s()
        self._renewed_at = datetime.now(UTC)
        with self._lock:
            held = list(self._held.values())
        shut = {one for one in {claim.platform for claim, _ in held} if self._is_shut(one)}
        for delivery, event in held:
            may_go_on = self._queue.renew(delivery.id, delivery.token, lease_s=lease_s)
            if not may_go_on or delivery.platform in shut:
                event.set()
        return min(CHECK_S, lease_s / 3)
