"""Chinese in and out of every console, pipe and file, whatever locale or code page says.

On a Windows console Python writes by WriteConsoleW, which knows no code page; to a pipe or a file it would use
the code page of the account (936 here, something else there). A program without a console has no streams at all.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import Literal, TextIO


def speak_utf8() -> None:
    """Make the three streams UTF-8; what cannot be written (half a character) becomes a question mark.

    Input that is no UTF-8 is refused where it is read. A stream that is missing leads nowhere: it takes
    everything, and has nothing to read.
    """
    sys.stdin = _there(sys.stdin, "r")
    sys.stdout = _there(sys.stdout, "w")
    sys.stderr = _there(sys.stderr, "w")
    for stream in (sys.stdout, sys.stderr):
        _reconfigure(stream, "replace")
    if not sys.stdin.isatty():
        _reconfigure(sys.stdin, "strict")


def drop_output() -> None:
    """Whoever read our output has gone: what is still buffered must not fail once more at the end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _there(stream: TextIO | None, mode: Literal["r", "w"]) -> TextIO:
    """The stream, or the system's nowhere; Windows gives a program with a window none."""
    if stream is None:
        return Path(os.devnull).open(mode, encoding="utf-8")
    return stream


def _reconfigure(stream: TextIO, errors: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        with contextlib.suppress(OSError, ValueError):
            stream.reconfigure(encoding="utf-8", errors=errors)
