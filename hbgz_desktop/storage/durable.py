"""File operations that survive a power cut, on POSIX and Windows."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import secrets
import sys
import time
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import DiskFullError, StorageError

if TYPE_CHECKING:
    from pathlib import Path

_MOVEFILE_REPLACE_EXISTING = 0x1
_MOVEFILE_WRITE_THROUGH = 0x8
_PATIENCE = 20
_PATIENCE_STEP_S = 0.05


def sync_content(handle: int) -> None:
    """Make a file's content and size durable; its times may follow later."""
    if sys.platform == "linux":
        os.fdatasync(handle)
    else:
        os.fsync(handle)


def sync_folder(folder: Path) -> None:
    """Make names created in ``folder`` durable; Windows does it with the rename itself."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def durable_rename(source: Path, target: Path) -> None:
    """Rename within a volume, replacing ``target``; on Windows MoveFileEx with write-through.

    The caller syncs the folder afterwards (``sync_folder``).

    Raises:
        OSError: The system refused.
    """
    if sys.platform == "win32":
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        flags = _MOVEFILE_REPLACE_EXISTING | _MOVEFILE_WRITE_THROUGH
        if not kernel32.MoveFileExW(str(source), str(target), flags):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        source.replace(target)


def make_folder(folder: Path) -> None:
    """Create ``folder`` with its parents, each new name synced into its parent."""
    missing = []
    here = folder
    while not here.exists():
        missing.append(here)
        if here == here.parent:  # a drive that is not there
            break
        here = here.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``: readers see the old or the new file, never a part.

    Raises:
        OSError: The system refused; the old file is untouched and nothing is left beside it.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _replace_patiently(temporary, path)
    except OSError:
        discard(temporary)
        raise
    sync_folder(path.parent)


def _replace_patiently(temporary: Path, path: Path) -> None:
    """Windows refuses to replace a file for the moment in which another process reads it."""
    patience = _PATIENCE if sys.platform == "win32" else 0
    while True:
        try:
            durable_rename(temporary, path)
        except PermissionError:
            if not patience:
                raise
        else:
            return
        patience -= 1
        time.sleep(_PATIENCE_STEP_S)


def discard(path: Path) -> None:
    """Remove a file that nobody needs; one that cannot be removed stays for the next sweep."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def translate_os_error(error: OSError) -> StorageError:
    """The system's refusal as one of ours; no path is kept."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError("disk_full")
    return StorageError("storage_io", errno=error.errno)
