"""One engine a data folder: an operating-system lock held for the engine's whole life."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import EngineLockedError
from hbgz_desktop.system.file_lock import FileLock
from hbgz_desktop.system.os_errors import translate_os_error

if TYPE_CHECKING:
    from pathlib import Path

_STEP_S = 0.02


class EngineLock:
    """The lock on ``engine.lock``; the file's mere existence means nothing (DESIGN 2)."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is locked yet."""
        self._path = path
        self._lock = FileLock(path)

    def acquire(self, *, patience_s: float = 0.5) -> None:
        """Take the lock; waits a moment, for a console may just be looking whether it is held.

        The file then holds our process id, for a person who looks; nothing reads it.

        Raises:
            EngineLockedError: Another process holds it.
            StorageError: The file cannot be opened.
        """
        limit = time.monotonic() + patience_s
        while not self._try():
            if time.monotonic() >= limit:
                raise EngineLockedError("engine_running")
            time.sleep(_STEP_S)
        try:
            self._lock.write(str(os.getpid()))
        except OSError as error:
            self.release()
            raise translate_os_error(error) from error

    def _try(self) -> bool:
        try:
            return self._lock.acquire()
        except OSError as error:
            raise translate_os_error(error) from error

    def release(self) -> None:
        """Give the lock back; also happens when the process dies."""
        self._lock.release()

    def is_held_elsewhere(self) -> bool:
        """True when another process holds the lock now."""
        if self._lock.is_held or not self._path.exists():
            return False
        if self._try():
            self.release()
            return False
        return True
