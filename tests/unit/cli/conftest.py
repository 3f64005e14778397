"""The command line in this process, on a data folder of its own."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.cli.main import run
from tests.unit.services.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class Said:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its output as JSON."""
        return json.loads(self.out)


class Shell:
    """Runs commands on one data folder."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = data
        self._capsys = capsys

    def __call__(self, *words: str, code: int = 0, stdin: bytes = b"") -> Said:
        """One command; its exit code must be this one."""
        self._capsys.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="ascii"))
            found = run(["--data", str(self.data), *words])
        out, err = self._capsys.readouterr()
        assert found == code, f"{words}: {found}\n{out}\n{err}"
        return Said(found, out, err)


@pytest.fixture
def clinic(tmp_path: Path, data_dir: Path, empty_database: Path) -> Iterator[Clinic]:
    """The services beside the commands."""
    shutil.copy(empty_database, data_dir / "hbgz.sqlite")
    with Clinic(
        tmp_path, data_dir, **{"dicom.port": 0, "dicom.bind_address": "127.0.0.1"}
    ) as place:
        yield place


@pytest.fixture
def shell(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The command line on the clinic's folder."""
    return Shell(clinic.data, capsys)
