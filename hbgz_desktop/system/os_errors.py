"""What a refusal of the system means, on POSIX and on Windows.

Windows' own number is asked first: Python's table turns many of them into EINVAL.
"""

from __future__ import annotations

import errno
import sys

from hbgz_desktop.model.errors import DiskFullError, StorageError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_FULL_WINDOWS = frozenset({39, 112, 1295})
"""ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED."""
_HELD_WINDOWS = frozenset({5, 32, 33, 303, 1224})
"""ERROR_ACCESS_DENIED (a file being deleted says so as well), _SHARING_VIOLATION, _LOCK_VIOLATION,
_DELETE_PENDING, _USER_MAPPED_FILE."""
_BROKEN = frozenset({errno.EIO, errno.EINVAL} if sys.platform == "win32" else {errno.EIO})
_BROKEN_WINDOWS = frozenset({23, 27, 1117, 1392, 1393})
"""ERROR_CRC, _SECTOR_NOT_FOUND, _IO_DEVICE, _FILE_CORRUPT, _DISK_CORRUPT."""
_READER_GONE = frozenset({errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE})
_READER_GONE_WINDOWS = frozenset({109, 232, 233})
"""ERROR_BROKEN_PIPE, ERROR_NO_DATA, ERROR_PIPE_NOT_CONNECTED."""


def windows_code(error: OSError) -> int:
    """Number of the Windows error; 0 when there is none, as always on POSIX."""
    return int(getattr(error, "winerror", 0) or 0)


def is_disk_full(error: OSError) -> bool:
    """True when no room, or no more of the account's share of it, is left."""
    return error.errno in _FULL or windows_code(error) in _FULL_WINDOWS


def is_held(error: OSError) -> bool:
    """True when another program may have the file open (a virus scanner, a reader); never on POSIX.

    What opens files by Windows' C library (``open``) knows no number of Windows, only EACCES.
    """
    if code := windows_code(error):
        return code in _HELD_WINDOWS
    return sys.platform == "win32" and error.errno == errno.EACCES


def is_broken(error: OSError) -> bool:
    """True when the disk cannot give back what was written to it.

    Windows' C library, through which files are read, says EINVAL to whatever it does not know.
    """
    return error.errno in _BROKEN or windows_code(error) in _BROKEN_WINDOWS


def is_reader_gone(error: OSError) -> bool:
    """True when nobody reads the pipe we write to; Windows' C library says EINVAL then."""
    return error.errno in _READER_GONE or windows_code(error) in _READER_GONE_WINDOWS


def translate_os_error(error: OSError) -> StorageError:
    """The system's refusal as one of ours; no path is kept."""
    if is_disk_full(error):
        return DiskFullError("disk_full")
    if code := windows_code(error):
        return StorageError("storage_io", errno=error.errno, winerror=code)
    return StorageError("storage_io", errno=error.errno)
