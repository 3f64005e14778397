"""A lock on a file that the system gives back when its holder dies."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import ctypes
    import msvcrt

    _HIGH_OFFSET = 1
    """4 GiB behind the content: on Windows nobody else, not even a backup, can read a locked byte."""
    _LOCK_VIOLATION = 33
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.LockFile.argtypes = (ctypes.c_void_p, *[ctypes.c_uint32] * 4)

    def _try_lock(handle: int) -> bool:
        if _kernel32.LockFile(msvcrt.get_osfhandle(handle), 0, _HIGH_OFFSET, 1, 0):
            return True
        code = ctypes.get_last_error()
        if code == _LOCK_VIOLATION:
            return False
        raise ctypes.WinError(code)

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FileLock:
    """An exclusive lock; the file's mere existence means nothing. For use by one thread."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is locked or made yet."""
        self._path = path
        self._handle = -1

    @property
    def is_held(self) -> bool:
        """True while this object holds the lock."""
        return self._handle >= 0

    def acquire(self) -> bool:
        """Take the lock at once.

        Returns:
            False when another process, or another object of this one, holds it.

        Raises:
            OSError: The file cannot be opened.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)  # not inherited (PEP 446)
        try:
            if _try_lock(handle):
                self._handle, handle = handle, -1
        finally:
            if handle >= 0:
                os.close(handle)
        return self.is_held

    def write(self, text: str) -> None:
        """Put a word about the holder into the file, for a person who looks.

        Raises:
            OSError: The system refused.
        """
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, text.encode())

    def release(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
