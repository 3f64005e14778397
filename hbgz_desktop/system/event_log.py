"""The Windows event log: IT finds the engine where it looks for every other service."""

from __future__ import annotations

import ctypes
import logging
import sys
from typing import Any

SOURCE = "hbgz_engine"
"""As the installer registers it."""
MESSAGES = {logging.INFO: 0x40000007, logging.WARNING: 0x80000008, logging.ERROR: 0xC0000009}
"""Level → id in installer/windows/service_messages.mc of the entry that is nothing but our text."""
_KINDS = {logging.INFO: 4, logging.WARNING: 2, logging.ERROR: 1}
_LONGEST = 30_000


class WindowsEventLog:
    """Writes entries of one source; safe from any thread."""

    def __init__(self, advapi32: Any, source: str = SOURCE) -> None:
        """Take the system's library."""
        self._advapi32 = advapi32
        self._source = source
        advapi32.RegisterEventSourceW.restype = ctypes.c_void_p
        advapi32.RegisterEventSourceW.argtypes = [ctypes.c_wchar_p, ctypes.c_wchar_p]
        advapi32.DeregisterEventSource.argtypes = [ctypes.c_void_p]
        advapi32.ReportEventW.argtypes = [
            ctypes.c_void_p,
            *(ctypes.c_uint16, ctypes.c_uint16, ctypes.c_uint32),
            ctypes.c_void_p,
            *(ctypes.c_uint16, ctypes.c_uint32),
            *(ctypes.POINTER(ctypes.c_wchar_p), ctypes.c_void_p),
        ]

    def write(self, level: int, text: str) -> bool:
        """Add an entry; False when the system took none (the log is full, the service is off)."""
        level = max((one for one in MESSAGES if one <= level), default=logging.INFO)
        log = self._advapi32.RegisterEventSourceW(None, self._source)
        if not log:
            return False
        lines = (ctypes.c_wchar_p * 1)(text[:_LONGEST])
        try:
            kind, message = _KINDS[level], MESSAGES[level]
            return bool(self._advapi32.ReportEventW(log, kind, 0, message, None, 1, 0, lines, None))
        finally:
            self._advapi32.DeregisterEventSource(log)


def event_log() -> WindowsEventLog | None:
    """This computer's; None but on Windows, where a unit's own words go to the journal."""
    if sys.platform == "win32":
        return WindowsEventLog(ctypes.WinDLL("advapi32", use_last_error=True))
    else:  # noqa: RET505  # mypy looks at one of the two systems at a time
        return None
