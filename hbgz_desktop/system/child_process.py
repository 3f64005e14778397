"""The one way to start a process of ours (DESIGN 2): no window, a group of its own, none of our handles.

A process that serves us is bound to us: it ends when its stdin does, and on Windows it is in a job that
the system ends together with us, also when we are killed. One that outlives us (the engine that a console
started) is in no job of ours and keeps no folder of ours busy.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import hbgz_desktop

if sys.platform == "win32":
    from hbgz_desktop.system import job_object

if TYPE_CHECKING:
    from collections.abc import Sequence

LOGGER = logging.getLogger(__name__)
PIPE = subprocess.PIPE
NOWHERE = subprocess.DEVNULL
OURS = None
"""What a stream of the new process is: a pipe to us, nothing, or the stream we have ourselves."""


@dataclass(frozen=True, slots=True)
class Streams:
    """What the new process reads and writes."""

    stdin: int = NOWHERE
    stdout: int = NOWHERE
    stderr: int | None = NOWHERE


def start_bound(module: str, *arguments: str, streams: Streams) -> subprocess.Popen[bytes]:
    """Start a process that serves us and ends with us.

    Args:
        module: Run as ``python -m MODULE``; by the program's own launcher in an installed program.
        arguments: For it.
        streams: ``stdin`` a pipe: its end is how the process learns that we are gone.

    Raises:
        OSError: The system refused.
    """
    process = _start(module, arguments, streams, _quiet_flags())
    if sys.platform == "win32":
        try:
            job_object.end_with_us(process.pid)
        except (
            OSError
        ) as error:  # it is over already, or a job around us allows no other: stdin holds
            LOGGER.info("child_without_job winerror=%s", error.winerror)
    return process


def start_free(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a process that goes on when we end; it can neither hear us nor be heard.

    Raises:
        OSError: The system refused.
    """
    folder = Path(sys.executable).parent
    if sys.platform == "win32" and job_object.is_in_a_job():
        away = _quiet_flags() | subprocess.CREATE_BREAKAWAY_FROM_JOB
        try:
            return _start(module, arguments, Streams(), away, folder)
        except PermissionError:  # whoever put us into a job wants it to hold everything we start
            pass
    return _start(module, arguments, Streams(), _quiet_flags(), folder)


def ask_program(words: Sequence[str], *, limit_s: float) -> tuple[int, str] | None:
    """Run a program of the system to its end, without a window; blocks.

    Args:
        words: The program's bare name, and its arguments.
        limit_s: Then it is ended.

    Returns:
        Its exit code and what it printed; None when it is not there or did not end in time.
    """
    try:
        done = subprocess.run(
            [_found(words[0]), *words[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="oem" if sys.platform == "win32" else "utf-8",
            errors="replace",
            timeout=limit_s,
            creationflags=_quiet_flags(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.returncode, done.stdout


def _found(name: str) -> str:
    """On Windows from the system's own folders only, never one of that name beside us or where we were started."""
    if sys.platform == "win32":
        system = Path(os.environ["SYSTEMROOT"]) / "System32"
        places = (system, system / "WindowsPowerShell" / "v1.0")
        programs = (place / f"{name}.exe" for place in places)
        name = str(next((one for one in programs if one.is_file()), system / f"{name}.exe"))
    return name


def _quiet_flags() -> int:
    """No console window; Ctrl-C in ours is not theirs."""
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return flags


def _start(
    module: str,
    arguments: Sequence[str],
    streams: Streams,
    flags: int,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=streams.stdin,
        stdout=streams.stdout,
        stderr=streams.stderr,
        close_fds=True,  # on Windows too: of our handles only the three above are passed on
        cwd=folder,
        env={**os.environ, "PYTHONPATH": _import_path()},
        creationflags=flags,
        start_new_session=True,  # POSIX: a session of its own; Windows has its group by the flags
    )


def _import_path() -> str:
    """Where the new process finds this very package; an installed program needs no such word."""
    root = str(Path(hbgz_desktop.__file__).parents[1])
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join(dict.fromkeys([root, *filter(None, given)]))
