from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.system.file_lock import FileLock

if TYPE_CHECKING:
    from pathlib import Path

CHILD = "import sys; sys.stdin.read()"


def test_one_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "a.lock"), FileLock(tmp_path / "a.lock")
    assert first.acquire()
    assert (first.is_held, second.is_held) == (True, False)
    assert not second.acquire()
    first.release()
    first.release()
    assert second.acquire()
    second.release()


def test_the_content_can_be_read_by_anybody(tmp_path: Path) -> None:
    """On Windows a locked byte can be read by nobody else: a backup of the folder would stop there."""
    path = tmp_path / "a.lock"
    path.write_bytes(b"an earlier and longer holder")
    lock = FileLock(path)
    assert lock.acquire()
    lock.write("4711")
    assert path.read_bytes() == b"4711"
    assert not FileLock(path).acquire()
    lock.release()
    assert path.read_bytes() == b"4711"


def test_a_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    """A handle that a process of ours inherits would hold the lock after the engine's death."""
    lock = FileLock(tmp_path / "a.lock")
    assert lock.acquire()
    with subprocess.Popen([sys.executable, "-c", CHILD], stdin=subprocess.PIPE) as child:
        lock.release()
        again = FileLock(tmp_path / "a.lock")
        assert again.acquire()
        again.release()
        child.communicate(b"")
    assert child.returncode == 0


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "nowhere" / "a.lock").acquire()
    assert not os.path.lexists(tmp_path / "nowhere")
