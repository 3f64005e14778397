"""File operations that survive a power cut, on POSIX and Windows."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_MOVEFILE_REPLACE_EXISTING = 0x1
_MOVEFILE_WRITE_THROUGH = 0x8


def sync_folder(folder: Path) -> None:
    """Make names created in ``folder`` durable; Windows does it with the rename itself."""
    if sys.platform == "win32":
        return
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
        flags = _MOVEFILE_REPLACE_EXISTING | _MOVEFILE_WRITE_THROUGH
        if not ctypes.windll.kernel32.MoveFileExW(str(source), str(target), flags):
            raise ctypes.WinError()
        return
    source.replace(target)


def make_folder(folder: Path) -> None:
    """Create ``folder`` with its parents, each new name synced into its parent."""
    missing = []
    here = folder
    while not here.exists():
        missing.append(here)
        here = here.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``: readers see the old or the new file, never a part."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    durable_rename(temporary, path)
    sync_folder(path.parent)
