from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hbgz_desktop.system.open_elsewhere import is_open_elsewhere
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from pathlib import Path


def test_windows_says_who_still_writes(tmp_path: Path) -> None:
    path = tmp_path / "检查.csv"
    with path.open("wb") as stream:
        stream.write(b"half")
        assert is_open_elsewhere(path) == (sys.platform == "win32")
    assert not is_open_elsewhere(path)


def test_what_cannot_be_opened_is_not_ready(tmp_path: Path) -> None:
    assert is_open_elsewhere(tmp_path / "none.csv")


def test_a_device_name_is_a_file_like_others(tmp_path: Path) -> None:
    path = tmp_path / "CON.csv"
    reachable(path).write_bytes(b"x")
    assert not is_open_elsewhere(path)
