"""How a process that serves another one learns that the other is gone: its stdin, a pipe, comes to its end.

It works on every system, also when the other one was killed, and lets the served one finish what it is at.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STDIN = 0


def when_stdin_ends(ask: Callable[[], None]) -> threading.Thread:
    """Call ``ask`` on a thread of its own once nobody holds the other end of stdin any more."""
    thread = threading.Thread(target=_wait, args=(ask,), name="life-line", daemon=True)
    thread.start()
    return thread


def _wait(ask: Callable[[], None]) -> None:
    try:
        while os.read(_STDIN, 4096):
            continue
    except OSError:  # Windows says of a pipe whose other end is gone that it is broken
        pass
    ask()
