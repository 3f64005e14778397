"""File operations that survive a power cut, and files that are there in full or not at all."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from hbgz_desktop.model.errors import DiskFullError
from hbgz_desktop.system.os_errors import is_disk_full
from hbgz_desktop.system.patience import patiently
from hbgz_desktop.system.removal import discard
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OWNER_ONLY = 0o600
_AS_THE_MASK_SAYS = 0o666

if sys.platform == "win32":
    import ctypes

    _REPLACE_EXISTING = 0x1
    _WRITE_THROUGH = 0x8
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.MoveFileExW.argtypes = (ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint32)

    def _move(source: Path, target: Path) -> None:
        flags = _REPLACE_EXISTING | _WRITE_THROUGH
        if not _kernel32.MoveFileExW(str(reachable(source)), str(reachable(target)), flags):
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def _move(source: Path, target: Path) -> None:
        source.replace(target)


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

    The caller syncs the folder afterwards (``sync_folder``). Windows refuses while a virus scanner holds
    the new file, or a reader the old one: then it is tried again for ``PATIENCE_S``.

    Raises:
        OSError: The system refused.
    """
    patiently(lambda: _move(source, target))


def make_folder(folder: Path) -> None:
    """Create ``folder`` with its parents, each new name synced into its parent."""
    missing = []
    here = reachable(folder)
    while not here.exists():
        missing.append(here)
        if here == here.parent:  # a drive that is not there
            break
        here = here.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def read_whole(path: Path) -> bytes:
    """The file's content; while another process replaces it, Windows lets nobody open it.

    Raises:
        OSError: The system refused.
    """
    return patiently(reachable(path).read_bytes)


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``: readers see the old or the new file, never a part.

    Raises:
        OSError: The system refused; the old file is untouched and nothing is left beside it.
    """
    with _replacing(path, _AS_THE_MASK_SAYS) as stream:
        stream.write(content)


@contextmanager
def atomic_file(target: Path) -> Iterator[IO[bytes]]:
    """Write beside the target, sync, and put it in place when the block ends well.

    An exception in the block leaves an old target as it was and no temporary file behind. On POSIX
    only its owner may read the file.

    Raises:
        DiskFullError: ``disk_full``.
        OSError: Anything else the system refuses.
    """
    try:
        with _replacing(target, _OWNER_ONLY) as stream:
            yield stream
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError("disk_full", errno=error.errno) from error
        raise


@contextmanager
def _replacing(target: Path, mode: int) -> Iterator[IO[bytes]]:
    target = reachable(target)
    # a name of its own: with the target's in it, it could be too long
    temporary = target.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        durable_rename(temporary, target)
        sync_folder(target.parent)
    finally:
        discard(temporary)
