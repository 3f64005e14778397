"""One engine a data folder: an operating-system lock held for the engine's whole life."""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import IO, TYPE_CHECKING

from hbgz_desktop.model.errors import EngineLockedError
from hbgz_desktop.storage.durable import translate_os_error

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_STEP_S = 0.02


class EngineLock:
    """The lock on ``engine.lock``; the file's mere existence means nothing (DESIGN 2)."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is locked yet."""
        self._path = path
        self._stream: IO[bytes] | None = None

    def acquire(self, *, patience_s: float = 0.5) -> None:
        """Take the lock; waits a moment, for a console may just be looking whether it is held.

        Raises:
            EngineLockedError: Another process holds it.
            StorageError: The file cannot be opened.
        """
        limit = time.monotonic() + patience_s
        while not self._try():
            if time.monotonic() >= limit:
                raise EngineLockedError("engine_running")
            time.sleep(_STEP_S)
        if sys.platform != "win32":
            self._write_pid()

    def _try(self) -> bool:
        try:
            stream = self._path.open("a+b")
        except OSError as error:
            raise translate_os_error(error) from error
        try:
            if sys.platform == "win32":
                stream.seek(0)
                msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            stream.close()
            if error.errno in _HELD:
                return False
            raise translate_os_error(error) from error
        self._stream = stream
        return True

    def _write_pid(self) -> None:
        """For a person who looks; nothing reads it. On Windows the locked file cannot be read anyway."""
        if self._stream is not None:
            self._stream.truncate(0)
            self._stream.write(str(os.getpid()).encode())
            self._stream.flush()

    def release(self) -> None:
        """Give the lock back; also happens when the process dies."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def is_held_elsewhere(self) -> bool:
        """True when another process holds the lock now."""
        if self._stream is not None:
            return False
        if not self._path.exists():
            return False
        if self._try():
            self.release()
            return False
        return True
