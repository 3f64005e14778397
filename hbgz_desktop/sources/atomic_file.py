"""A file that is there in full or not at all."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import DiskFullError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_TEMPORARY_SUFFIX = ".part"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC})


@contextmanager
def atomic_file(target: Path) -> Iterator[IO[bytes]]:
    """Write beside the target, sync, and put it in place when the block ends well.

    An exception in the block leaves an old target as it was and no temporary file behind.

    Raises:
        DiskFullError: ``disk_full``.
        OSError: Anything else the system refuses.
    """
    handle, name = tempfile.mkstemp(_TEMPORARY_SUFFIX, ".", target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        put_in_place(temporary, target)
    except OSError as exc:
        if exc.errno in _FULL:
            raise DiskFullError("disk_full", errno=exc.errno) from exc
        raise
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(source: Path, target: Path) -> None:
    """Rename over the target so that the new name survives a power cut.

    Raises:
        OSError: Another volume, no right, or a target that another program holds open.
    """
    if sys.platform == "win32":
        _move_write_through(source, target)
    else:
        source.replace(target)
        _sync_folder(target.parent)


if sys.platform == "win32":
    import ctypes

    _REPLACE_EXISTING = 0x1
    _WRITE_THROUGH = 0x8

    def _move_write_through(source: Path, target: Path) -> None:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        flags = _REPLACE_EXISTING | _WRITE_THROUGH
        if not kernel.MoveFileExW(str(source), str(target), flags):
            raise ctypes.WinError(ctypes.get_last_error())

else:

    def _sync_folder(folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
