from __future__ import annotations

import stat
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.system.durable_files import make_folder
from hbgz_desktop.system.removal import discard, remove_file, remove_tree
from hbgz_desktop.system.windows_paths import reachable
from tests.held_open import kept_open

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "胸部.dcm"
    made.write_bytes(b"x")
    return made


def test_a_missing_file_is_fine(tmp_path: Path) -> None:
    remove_file(tmp_path / "none")
    assert discard(tmp_path / "none")
    assert remove_tree(tmp_path / "none")


def test_a_held_file_stays_and_says_so(file: Path) -> None:
    with kept_open(file):
        assert not discard(file, patience_s=0.02)
        with pytest.raises((IsADirectoryError, PermissionError)):
            remove_file(file, patience_s=0.02)
    assert file.read_bytes() == b"x"
    assert discard(file)
    assert not file.exists()


def test_a_short_look_is_waited_for(file: Path) -> None:
    scanner = file.open("rb")
    timer = threading.Timer(0.1, scanner.close)
    timer.start()
    try:
        remove_file(file, patience_s=20)
    finally:
        timer.join()
    assert not file.exists()


def test_a_read_only_file_goes(file: Path) -> None:
    file.chmod(stat.S_IREAD)
    remove_file(file, patience_s=0)
    assert not file.exists()


def test_a_folder_goes_but_for_what_is_held(tmp_path: Path) -> None:
    folder = tmp_path / "12"
    make_folder(folder / "deeper")
    for name in ("1.dcm", "2.dcm", "deeper/3.dcm"):
        (folder / name).write_bytes(b"x")
    if sys.platform == "win32":
        with (folder / "1.dcm").open("rb"):
            assert not remove_tree(folder, patience_s=0.02)
            assert [one.name for one in folder.rglob("*")] == ["1.dcm"]
    assert remove_tree(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_deep_folder_goes(tmp_path: Path) -> None:
    deep = tmp_path.joinpath("a", *["很深的文件夹" * 4] * 12)
    make_folder(deep)
    reachable(deep / "CON.txt").write_bytes(b"x")
    assert remove_tree(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an account needs a right of its own for links")
def test_a_link_goes_and_not_what_it_names(tmp_path: Path, file: Path) -> None:
    (tmp_path / "12").mkdir()
    (tmp_path / "12" / "link").symlink_to(file)
    assert remove_tree(tmp_path / "12")
    assert file.exists()
