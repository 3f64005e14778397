"""Whether the system keeps the clock right by itself."""

from __future__ import annotations

import sys
from enum import StrEnum


class TimeService(StrEnum):
    """What the system says of its time service."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


_DISABLED = 4
_NO_SYNC = "nosync"
_CLOCK_STATES = range(5)
"""TIME_OK … TIME_WAIT of adjtimex(2); the next one says that the clock is not kept right."""
_NOT_SYNCHRONISED = 5


def told_by_windows(kind: str, start: int) -> TimeService:
    """The service W32Time as the registry describes it.

    Args:
        kind: ``Type`` of its parameters: NT5DS (domain), NTP, AllSync, or NoSync.
        start: How it is started; 4 = never. Most workstations start it on demand.
    """
    if start == _DISABLED or kind.lower() == _NO_SYNC:
        return TimeService.OFF
    return TimeService.ON if kind else TimeService.UNKNOWN


def told_by_linux(state: int) -> TimeService:
    """The answer of adjtimex(2): whoever keeps the clock (chrony, ntpd, systemd) tells the kernel."""
    if state in _CLOCK_STATES:
        return TimeService.ON
    return TimeService.OFF if state == _NOT_SYNCHRONISED else TimeService.UNKNOWN


if sys.platform == "win32":
    import winreg

    _SERVICE = r"SYSTEM\CurrentControlSet\Services\W32Time"

    def time_service() -> TimeService:
        """Look; any account may."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _SERVICE) as key:
                start, _ = winreg.QueryValueEx(key, "Start")
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_SERVICE}\Parameters") as key:
                kind, _ = winreg.QueryValueEx(key, "Type")
        except OSError:
            return TimeService.UNKNOWN
        return told_by_windows(str(kind), int(start))

else:
    import ctypes

    _ROOM_BYTES = 512
    """More than struct timex has; all zero means: only tell."""

    def time_service() -> TimeService:
        """Look; any account may."""
        ask = getattr(ctypes.CDLL(None), "ntp_adjtime", None)
        if ask is None:
            return TimeService.UNKNOWN
        return told_by_linux(ask(ctypes.create_string_buffer(_ROOM_BYTES)))
