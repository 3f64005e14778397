"""Windows: the terminal of this process is closed, or the computer shuts down."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

CLOSED, LOGGED_OFF, SHUT_DOWN = 2, 5, 6
"""What the system calls a handler with; 0 and 1 are Ctrl-C and Ctrl-Break, which Python takes care of."""


def answer_control(kind: int, on_end: Callable[[], None]) -> bool:
    """Answer the system's call; True keeps the usual handling (to end the process at once) away.

    That somebody signed out says nothing to a process of a service, which hears of it too; a process of the
    one who signs out hears of it by its window.
    """
    if kind in (CLOSED, SHUT_DOWN):
        on_end()
    return kind in (CLOSED, LOGGED_OFF, SHUT_DOWN)


if sys.platform == "win32":
    from ctypes import wintypes

    _HANDLER = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.SetConsoleCtrlHandler.argtypes = [_HANDLER, wintypes.BOOL]

    class ConsoleControl:
        """Calls ``on_end`` on a thread of the system; when it returns the process is ended."""

        def __init__(self, on_end: Callable[[], None]) -> None:
            """Prepare."""
            self._on_end = on_end
            self._handler = _HANDLER(self._on_control)

        def __enter__(self) -> Self:
            """Begin to listen."""
            _KERNEL.SetConsoleCtrlHandler(self._handler, True)  # noqa: FBT003 - add
            return self

        def __exit__(self, *_error: object) -> None:
            """Listen no more."""
            _KERNEL.SetConsoleCtrlHandler(self._handler, False)  # noqa: FBT003 - remove

        def _on_control(self, kind: int) -> bool:
            return answer_control(kind, self._on_end)
