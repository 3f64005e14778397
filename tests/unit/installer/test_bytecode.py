"""Compiled modules are the same bytes wherever and whenever they are built."""

from __future__ import annotations

import importlib.util
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from installer.bytecode import compile_modules
from installer.steps import BuildError

if TYPE_CHECKING:
    from pathlib import Path


def _ship_library(program: Path, magic: bytes) -> None:
    with zipfile.ZipFile(program / "python" / "python311.zip", "w") as archive:
        archive.writestr("os.pyc", magic + bytes(12))


def test_two_builds_are_equal(program: Path, tmp_path: Path) -> None:
    _ship_library(program, importlib.util.MAGIC_NUMBER)
    source = (
        "import os\nNAMES = ('a', 'b', os.sep)\ndef f(x):\n    return {x: frozenset({'p', 'q'})}\n"
    )
    (program / "lib" / "library.py").write_text(source, encoding="utf-8")
    elsewhere = tmp_path / "elsewhere" / "deeper"
    shutil.copytree(program, elsewhere)
    for folder in (program, elsewhere):
        compile_modules(folder)
    compiled = [p.relative_to(program) for p in sorted(program.rglob("*.pyc"))]
    assert [path.name.partition(".")[0] for path in compiled] == ["__init__", "library"]
    for path in compiled:
        content = (program / path).read_bytes()
        assert content == (elsewhere / path).read_bytes()
        assert str(program).encode() not in content
        assert content[4:8] == b"\x01\x00\x00\x00"  # by hash, never compared (PEP 552)


def test_another_python_does_not_compile_for_the_shipped_one(program: Path) -> None:
    _ship_library(program, b"\x00\x00\r\n")
    with pytest.raises(BuildError, match=r"Python 3\.11"):
        compile_modules(program)
