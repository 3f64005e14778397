"""The engine notices that the computer slept, its clock was set or its network changed, and goes on at once.

What waits for a moment on the wall clock (leases, breakers, quiet times) has to be looked at then, and a
platform that could not be reached may well be there again (DESIGN 5.5).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hbgz_desktop.services.worker import Worker
from hbgz_desktop.system.machine_clock import ClockWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.storage.events import EventLog
    from hbgz_desktop.system.machine_clock import Jump

LOG = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0


class MachineWatch:
    """Writes down what happened and tells ``on_change``, on its own thread."""

    def __init__(
        self,
        events: EventLog,
        network: Callable[[], frozenset[str]],
        on_change: Callable[[], None],
        clocks: ClockWatch | None = None,
    ) -> None:
        """Wire the parts; nothing is looked at before ``worker.start``.

        Args:
            events: Where it is written down.
            network: By what ways other computers can be reached now; compared, not understood.
            on_change: Wakes whoever waits.
            clocks: Of this computer.
        """
        self._events = events
        self._network = network
        self._on_change = on_change
        self._clocks = clocks or ClockWatch()
        self._ways: frozenset[str] | None = None
        self.worker = Worker("machine", self.step)

    def step(self) -> float:
        """Look once; returns the seconds until the next time."""
        jump = self._clocks.look()
        ways, before = self._network(), self._ways
        self._ways = ways
        has_other_ways = before is not None and ways != before
        if jump is not None:
            self._note(jump)
        if has_other_ways:
            LOG.info("network_changed ways=%d before=%d", len(ways), len(before or ()))
            self._events.add("network_changed", ways=len(ways))
        if jump is not None or has_other_ways:
            self._on_change()
        return LOOK_EVERY_S

    def _note(self, jump: Jump) -> None:
        if jump.slept_s:
            LOG.info("machine_slept seconds=%.0f", jump.slept_s)
            self._events.add("machine_slept", seconds=round(jump.slept_s))
        if jump.moved_s:
            LOG.warning("clock_moved seconds=%+.0f", jump.moved_s)
            self._events.add("clock_moved", level="warning", seconds=round(jump.moved_s))
