from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import DiskFullError
from hbgz_desktop.system.durable_files import (
    atomic_file,
    durable_rename,
    make_folder,
    read_whole,
    sync_content,
    sync_folder,
    write_atomically,
)
from hbgz_desktop.system.windows_paths import reachable
from tests.operating_system import SLOWNESS
from tests.unit.system.refusals import windows_refusal

if TYPE_CHECKING:
    from pathlib import Path


def write(target: Path, content: bytes, failure: Exception | None = None) -> None:
    with atomic_file(target) as stream:
        stream.write(content)
        if failure is not None:
            raise failure


def test_a_target_is_replaced_in_full(tmp_path: Path) -> None:
    target = tmp_path / "报告.pdf"
    write(target, b"old")
    write(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFullError),
        (windows_refusal(112), DiskFullError),
        (OSError(errno.EIO, "broken"), OSError),
        (ValueError("bug"), ValueError),
    ],
)
def test_a_failure_leaves_the_old_target(
    tmp_path: Path, failure: Exception, kind: type[Exception]
) -> None:
    target = tmp_path / "a.pdf"
    write(target, b"old")
    with pytest.raises(kind):
        write(target, b"new", failure)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_reader_in_the_way_is_waited_for(tmp_path: Path) -> None:
    """Windows refuses to replace a file that is open; elsewhere nobody is in the way."""
    target, new = tmp_path / "hbgz.toml", tmp_path / "new"
    target.write_bytes(b"old")
    new.write_bytes(b"new")
    reader = target.open("rb")
    timer = threading.Timer(0.2, reader.close)
    timer.start()
    try:
        durable_rename(new, target)
    finally:
        timer.join()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_renamed_may_be_looked_at(tmp_path: Path) -> None:
    """A virus scanner opens what has just been written."""
    source, target = tmp_path / ".x.part", tmp_path / "x.dcm"
    source.write_bytes(b"image")
    scanner = source.open("rb")
    timer = threading.Timer(0.2, scanner.close)
    timer.start()
    try:
        durable_rename(source, target)
    finally:
        timer.join()
    assert target.read_bytes() == b"image"


def test_a_source_that_is_gone_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        durable_rename(tmp_path / "none", tmp_path / "x")


def test_whoever_reads_waits_for_the_replacement(tmp_path: Path) -> None:
    """While the new file takes the old one's place, Windows lets nobody open it."""
    target = tmp_path / "hbgz.toml"
    write_atomically(target, b"0")
    done = threading.Event()
    seen: list[bytes] = []

    def read() -> None:
        while not done.is_set():
            seen.append(read_whole(target))
            done.wait(0.005)

    reader = threading.Thread(target=read, name="reader")
    reader.start()
    try:
        for number in range(60):
            write_atomically(target, b"x" * (number + 1))
    finally:
        done.set()
        reader.join(20 * SLOWNESS)
    assert set(seen) <= {b"0", *(b"x" * (number + 1) for number in range(60))}
    assert len(set(seen)) > 1


def test_content_and_folder_can_be_synced(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb", buffering=0) as stream:
        stream.write(b"x")
        sync_content(stream.fileno())
    sync_folder(tmp_path)
    assert (tmp_path / "a").read_bytes() == b"x"


def test_folders_are_made_with_their_parents(data_dir: Path) -> None:
    make_folder(data_dir / "一" / "二" / "三")
    make_folder(data_dir / "一" / "二" / "三")
    assert (data_dir / "一" / "二" / "三").is_dir()


def test_a_failed_replacement_leaves_nothing_beside(data_dir: Path) -> None:
    target = data_dir / "hbgz.toml"
    target.mkdir()
    (target / "occupied").touch()
    with pytest.raises((IsADirectoryError, PermissionError)):
        write_atomically(target, b"x")
    assert [one.name for one in data_dir.iterdir()] == ["hbgz.toml"]


def test_a_name_of_the_longest_kind_is_written(tmp_path: Path) -> None:
    """The temporary file beside it has a name of its own: the target's leaves no room."""
    target = tmp_path / ("报" * 80 + ".toml" if sys.platform != "win32" else "报" * 240 + ".toml")
    write_atomically(target, b"x")
    assert reachable(target).read_bytes() == b"x"


def test_deep_folders_are_reached(data_dir: Path) -> None:
    deep = data_dir.joinpath(*["很深的文件夹" * 4] * 12)
    make_folder(deep)
    write(deep / "a.pdf", b"x")
    assert len(str(deep)) > 260
    assert reachable(deep / "a.pdf").read_bytes() == b"x"


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no mode bits; its folder's rights hold"
)
def test_an_export_is_its_owners_and_settings_are_as_the_mask_says(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(tmp_path / "export.csv", b"x")
        write_atomically(tmp_path / "hbgz.toml", b"x")
    finally:
        os.umask(before)
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
    assert modes == {"export.csv": 0o600, "hbgz.toml": 0o644}
