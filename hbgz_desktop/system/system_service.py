"""What a service that runs the engine answers, whichever system's manager keeps it."""

from __future__ import annotations

from enum import IntEnum
from typing import Protocol


class ServiceState(IntEnum):
    """What the service manager says; the numbers are Windows'. A service of ours is never paused."""

    STOPPED = 1
    STARTING = 2
    STOPPING = 3
    RUNNING = 4


class SystemService(Protocol):
    """One service. Blocks for moments, not for the GUI thread; safe from any thread.

    Attributes:
        name: What IT types.
    """

    name: str

    def is_registered(self) -> bool:
        """True when there is such a service, also when this account may not look into it."""

    def state(self) -> ServiceState:
        """What it does now.

        Raises:
            ServiceError: There is none, or the manager refused.
        """

    def ask_start(self) -> None:
        """Ask for a start; returns before it runs. One that runs is left alone.

        Raises:
            ServiceError: This account may not; and others.
        """

    def ask_stop(self) -> None:
        """Ask for a stop; returns before it has stopped. One that does not run is left alone.

        Raises:
            ServiceError: This account may not; and others.
        """
