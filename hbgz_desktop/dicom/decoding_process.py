"""What the processes have in common that hand hostile bytes to decoders; their own side of the pipes.

A JSON request a line on stdin, an answer on stdout. Ends at the end of stdin, that is with its parent,
and by itself when a request takes too long: a decoder that hangs cannot be stopped from within.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, BinaryIO

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Blocks = Iterable[bytes | memoryview | Any]

MEMORY_LIMIT_BYTES = 3 * 1024**3
REQUEST_LIMIT_S = 30.0


class _Watchdog:
    """Ends the process when a request runs past its limit."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._deadline: float | None = None
        threading.Thread(target=self._watch, name="decoding-watchdog", daemon=True).start()

    def begin(self) -> None:
        self._deadline = time.monotonic() + self._limit_s

    def end(self) -> None:
        self._deadline = None

    def _watch(self) -> None:
        pause = threading.Event()
        while not pause.wait(0.2):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                psutil.Process().kill()


def serve_requests(answer: Callable[[bytes], Blocks], *, is_background: bool) -> int:
    """Answer requests until stdin ends.

    Args:
        answer: Gets a line, gives the blocks of its answer; must not raise.
        is_background: Nobody waits for it: it yields the processor to everything else.

    Returns:
        The exit code.
    """
    answers = _take_stdout()
    if is_background:
        _lower_priority()
    _limit_memory()
    watchdog = _Watchdog(REQUEST_LIMIT_S)
    for line in sys.stdin.buffer:
        watchdog.begin()
        blocks = answer(line)
        watchdog.end()
        for block in blocks:
            answers.write(block)
        answers.flush()
    return 0


def _take_stdout() -> BinaryIO:
    """Keep stdout for answers alone; what a decoder prints goes to stderr."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _lower_priority() -> None:
    process = psutil.Process()
    if sys.platform == "win32":
        process.nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        process.nice(10)


def _limit_memory() -> None:
    """Bound the address space where the system can; on Windows the pixel limits have to do."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
