"""The folder that all accounts share, however it is written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.system.machine_folder import (
    FILE,
    first_line,
    is_machine_folder,
    machine_folder,
    written_folder,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_none_is_written_and_nothing_is_shared(tmp_path: Path) -> None:
    assert machine_folder(lambda: "") is None
    assert not is_machine_folder(tmp_path, lambda: "")


def test_the_same_folder_by_another_name(tmp_path: Path) -> None:
    shared = tmp_path / "数据"
    shared.mkdir()
    assert machine_folder(lambda: str(shared)) == shared
    assert is_machine_folder(shared, lambda: f"{shared}/")
    assert is_machine_folder(shared / ".." / "数据", lambda: str(shared))
    assert not is_machine_folder(tmp_path, lambda: str(shared))


def test_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    assert is_machine_folder(tmp_path / "new", lambda: str(tmp_path / "new"))
    assert not is_machine_folder(tmp_path / "old", lambda: str(tmp_path / "new"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has it in the registry")
def test_elsewhere_a_file_names_it() -> None:
    assert written_folder() == first_line(FILE)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"/srv/\xe6\x95\xb0\xe6\x8d\xae\n", "/srv/数据"),
        (b" /srv/a \r\nb", "/srv/a"),
        (b"", ""),
        (b"\xff", ""),
    ],
)
def test_the_first_line_counts(tmp_path: Path, content: bytes, wanted: str) -> None:
    file = tmp_path / "data_folder"
    assert first_line(file) == ""
    file.write_bytes(content)
    assert first_line(file) == wanted
