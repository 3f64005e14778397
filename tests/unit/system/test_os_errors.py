from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DiskFullError, StorageError
from hbgz_desktop.system.os_errors import (
    is_broken,
    is_disk_full,
    is_held,
    is_reader_gone,
    translate_os_error,
    windows_code,
)
from tests.unit.system.refusals import windows_refusal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "full"),
        OSError(errno.EDQUOT, "quota"),
        *map(windows_refusal, (39, 112, 1295)),
    ],
    ids=lambda error: f"{error.errno}-{windows_code(error)}",
)
def test_a_full_disk_has_many_names(error: OSError) -> None:
    assert is_disk_full(error)
    assert isinstance(translate_os_error(error), DiskFullError)
    assert not is_held(error)


def test_another_refusal_keeps_its_numbers_and_no_path() -> None:
    error = translate_os_error(FileNotFoundError(errno.ENOENT, "none", "张三.pdf"))
    assert (type(error), error.code, error.facts) == (
        StorageError,
        "storage_io",
        {"errno": errno.ENOENT},
    )
    assert translate_os_error(windows_refusal(1117)).facts["winerror"] == 1117
    assert "张三" not in str(error)


@pytest.mark.parametrize("code", [5, 32, 33, 303, 1224])
def test_what_waiting_may_cure(code: int) -> None:
    assert is_held(windows_refusal(code))
    assert windows_code(windows_refusal(code)) == code


def test_what_waiting_does_not_cure() -> None:
    assert not is_held(OSError(errno.ENOENT, "none"))
    assert not is_held(windows_refusal(2))
    assert is_held(PermissionError(errno.EACCES, "open")) == (sys.platform == "win32")


def test_a_broken_block_is_not_a_held_file() -> None:
    assert is_broken(OSError(errno.EIO, "block"))
    assert is_broken(windows_refusal(23, errno.EACCES))
    assert not is_broken(windows_refusal(32, errno.EACCES))
    assert not is_broken(PermissionError(errno.EACCES, "open"))


def test_a_reader_that_went_away() -> None:
    """A real pipe whose reader is closed, as of ``hbgz events | more`` that was left."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        with pytest.raises(OSError, match=r".") as caught:
            os.write(writer, b"x" * 100)
    finally:
        os.close(writer)
    assert is_reader_gone(caught.value)
    assert not is_reader_gone(OSError(errno.ENOSPC, "full"))


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' own numbers")
def test_windows_gives_its_number(tmp_path: Path) -> None:
    held = tmp_path / "held"
    with held.open("wb"), pytest.raises(PermissionError) as caught:
        held.unlink()
    assert windows_code(caught.value) == 32
    assert is_held(caught.value)


def test_a_process_that_holds_nothing_any_more(tmp_path: Path) -> None:
    """What a dead process held is free at once: only living programs are waited for."""
    path = tmp_path / "a.txt"
    path.touch()
    script = "import sys; open(sys.argv[1], 'r+b'); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"open"
        holder.kill()
        holder.wait(20)
    path.unlink()
    assert not path.exists()
