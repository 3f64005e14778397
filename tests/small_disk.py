"""A small file system of its own that a test can fill."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1024 * 1024
BLOCK = 64 * 1024


class SmallDisk:
    """A mounted volume and the file that fills it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._filler = root / "filler.bin"

    @property
    def free_bytes(self) -> int:
        """Free bytes of the volume."""
        return shutil.disk_usage(self.root).free

    def fill(self, leave_bytes: int) -> None:
        """Fill it up but for so many bytes, also while others write to it."""
        with self._filler.open("ab", buffering=0) as stream, contextlib.suppress(OSError):
            while (left := self.free_bytes - leave_bytes) > 0:
                stream.write(bytes(min(left, BLOCK)))

    def clear(self) -> None:
        """Give the space back."""
        self._filler.unlink(missing_ok=True)


@contextlib.contextmanager
def small_disk(root: Path, size_mb: int) -> Iterator[SmallDisk]:
    """Mount a tmpfs of this size; the test is skipped where nobody lets it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small file system needs Linux and root")
    root.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(root)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip(f"mounting is not permitted here: {done.stderr.strip()[:200]}")
    try:
        yield SmallDisk(root)
    finally:
        # lazily: a process that a failed test left behind must not keep the volume
        subprocess.run(["umount", "-l", str(root)], check=True, capture_output=True)
