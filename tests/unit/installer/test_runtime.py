"""The interpreter that is shipped is the one that was asked for."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from installer.runtime import fetch_runtime
from installer.steps import BuildError, sha256_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "python-3.11.9-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as opened:
        opened.writestr("python.exe", b"MZ of somebody")
    return path


def test_an_official_file_needs_its_hash(archive: Path, tmp_path: Path) -> None:
    for wrong in ("", "0" * 64):
        with pytest.raises(BuildError, match="sha256"):
            fetch_runtime(tmp_path / "out", tmp_path / "cache", archive, wrong)
    assert not (tmp_path / "out").exists()


def test_an_archive_without_interpreter_is_refused(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"python311\.dll"):
        fetch_runtime(tmp_path / "out", tmp_path / "cache", archive, sha256_of(archive).upper())
