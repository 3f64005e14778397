"""Named places between two steps where a test may kill, stall or fail the program (DESIGN 8).

Off unless ``HBGZ_FAILPOINTS`` is set, e.g. ``receive.after_rename=kill@3,upload.after_body=raise``:
at its third passing the first place kills the process at once (no clean-up), the second raises.
``pause`` writes ``paused <name>`` to stdout and stops the process until it is continued (POSIX only).
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from dataclasses import dataclass

ENVIRONMENT = "HBGZ_FAILPOINTS"
EXIT_CODE = 137


class FailpointError(Exception):
    """Raised by a failpoint whose action is ``raise``."""


@dataclass(slots=True)
class _Armed:
    action: str
    at: int
    seen: int = 0


def _parse(text: str) -> dict[str, _Armed]:
    armed: dict[str, _Armed] = {}
    for entry in filter(None, text.split(",")):
        name, _, action = entry.partition("=")
        action, _, at = action.partition("@")
        armed[name.strip()] = _Armed(action or "kill", int(at or 1))
    return armed


_armed = _parse(os.environ.get(ENVIRONMENT, ""))
_lock = threading.Lock()


def _act(name: str, action: str) -> None:
    if action == "raise":
        raise FailpointError(name)
    if action == "pause" and hasattr(signal, "SIGSTOP"):
        sys.stdout.write(f"paused {name}\n")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGSTOP)
        return
    os._exit(EXIT_CODE)


def passing(name: str) -> None:
    """Do what the environment asked for at this place; nothing when it asked for nothing.

    Raises:
        FailpointError: The action is ``raise``.
    """
    if not _armed:
        return
    with _lock:
        armed = _armed.get(name)
        if armed is None:
            return
        armed.seen += 1
        due = armed.seen == armed.at
    if due:
        _act(name, armed.action)
