"""One engine a data folder: an operating-system lock held for the engine's whole life."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from hbgz_desktop.model.errors import EngineLockedError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class EngineLock:
    """The lock on ``engine.lock``; the file's mere existence means nothing (DESIGN 2)."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is locked yet."""
        self._path = path
        self._stream: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock at once.

        Raises:
            EngineLockedError: Another process holds it.
        """
        stream = self._path.open("a+b")
        try:
            if sys.platform == "win32":
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.close()
            raise EngineLockedError("engine_running") from error
        self._stream = stream
        if sys.platform != "win32":
            stream.truncate(0)
            stream.write(str(os.getpid()).encode())
            stream.flush()

    def release(self) -> None:
        """Give the lock back; also happens when the process dies."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def is_held_elsewhere(self) -> bool:
        """True when another process holds the lock now."""
        if self._stream is not None:
            return False
        try:
            self.acquire()
        except EngineLockedError:
            return True
        self.release()
        return False
