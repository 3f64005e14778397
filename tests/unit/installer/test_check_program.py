"""A damaged program folder is named file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from installer.bill_of_materials import write_bill
from installer.windows import check_program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def listed(program: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program folder with its list of files; of what is compiled the standard library alone."""
    write_bill(program, "1.2.3")
    monkeypatch.setattr(check_program, "COMPILED", ("sqlite3", "ssl"))
    monkeypatch.setattr(check_program, "OURS", ())
    return program


def test_a_whole_folder_has_no_problems(listed: Path) -> None:
    (listed / "app" / "left_by_python.pyc").write_bytes(b"what lies besides is no matter")
    assert check_program.problems(listed) == []


def test_a_missing_and_a_changed_file_are_named(listed: Path) -> None:
    (listed / "hbgz.exe").unlink()
    (listed / "LICENSE").write_bytes(b"changed by somebody")
    found = check_program.problems(listed)
    assert [line.partition(":")[0] for line in found] == ["LICENSE", "hbgz.exe"]


def test_a_library_that_does_not_load_is_named(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_program, "COMPILED", ("sqlite3", "library_that_is_not_there"))
    assert check_program.problems(listed) == [
        "library_that_is_not_there: ModuleNotFoundError: No module named 'library_that_is_not_there'"
    ]


def test_without_the_list_nothing_is_proved(listed: Path) -> None:
    (listed / "files.sha256").unlink()
    assert len(check_program.problems(listed)) == 1
