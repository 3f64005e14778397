"""Every way by which the system, or a person at a terminal, asks a process of ours to end.

Linux: SIGTERM, Ctrl-C, and SIGHUP when the terminal goes away. Windows knows no such signals: Ctrl-C and
Ctrl-Break come to the process, the closing of a terminal to a handler of the console, and sign-out and
shutdown to a window. ``hbgz stop`` needs none of this: it is a row in the database.
"""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING, Self

if sys.platform == "win32":
    from hbgz_desktop.system.console_control import ConsoleControl
    from hbgz_desktop.system.session_window import SessionWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from types import FrameType, TracebackType

SESSION_END_S = 4.0
"""Windows ends a process 5 s after it was told of sign-out, shutdown or the closing of its terminal."""


class EndRequests:
    """Calls ``ask`` for each request while its block runs; use it in the main thread.

    The block should then come to its end: on Windows whoever told of a sign-out waits for that, and ends the
    process afterwards whatever it is at.
    """

    def __init__(self, ask: Callable[[], None], *, has_window: bool = False) -> None:
        """Prepare; nothing is changed before the block begins.

        Args:
            ask: Called on the main thread in the middle of anything, or on a thread of the system.
            has_window: The process shows windows, whose library takes care of sign-out itself.
        """
        self._ask = ask
        self._has_window = has_window
        self._is_over = threading.Event()
        self._is_session_over = False
        self._before: dict[int, object] = {}
        self._windows: list[AbstractContextManager[object]] = []

    @property
    def is_session_over(self) -> bool:
        """True when the system ends the process in ``SESSION_END_S`` whatever it is at."""
        return self._is_session_over

    def on_session_end(self) -> None:
        """Sign-out, shutdown, or the terminal is closed: ask, and hold the system up for as long as it may be."""
        self._is_session_over = True
        self._ask()
        self._is_over.wait(SESSION_END_S)

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._before = {number: signal.signal(number, self._on_signal) for number in end_signals()}
        if sys.platform == "win32":
            self._windows.append(ConsoleControl(self.on_session_end))
            if not self._has_window:
                self._windows.append(SessionWindow(self.on_session_end))
        for one in self._windows:
            one.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Everything is as it was before the block."""
        self._is_over.set()
        for one in self._windows:
            one.__exit__(kind, error, trace)
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # as it was given to us

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._ask()


def end_signals() -> tuple[signal.Signals, ...]:
    """What a terminal, or another program, sends to end this one."""
    if sys.platform == "win32":
        own = signal.SIGBREAK
    else:
        own = signal.SIGHUP
    return (signal.SIGINT, signal.SIGTERM, own)
