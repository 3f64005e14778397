"""Compiled modules beside the sources: a program folder nobody may write to would compile them at every start."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from typing import TYPE_CHECKING

from installer.steps import BuildError, run

if TYPE_CHECKING:
    from pathlib import Path

MAGIC_OF_DEBIAN = (3495).to_bytes(2, "little") + b"\r\n"
"""What Debian 12's Python 3.11 reads; a Windows program folder brings its own standard library to look at."""


def compile_modules(program: Path) -> None:
    """Compile every module of ``app`` and ``lib``; the same bytes for the same sources.

    The result is never compared with its source at run time (PEP 552, unchecked): files of the program folder do not
    change one by one.

    Raises:
        BuildError: This Python writes other bytecode than the shipped one reads.
    """
    archive = program / "python" / "python311.zip"
    wanted = _magic_of(archive) if archive.is_file() else MAGIC_OF_DEBIAN
    if wanted != importlib.util.MAGIC_NUMBER:
        version = ".".join(map(str, sys.version_info[:2]))
        raise BuildError(f"build with Python 3.11: {version} compiles for itself only")
    fixed = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-I", "-m", "compileall", "-q", "-f", "-j", "1"]
    place: list[str | Path] = ["-s", program, "-p", "/", "--invalidation-mode", "unchecked-hash"]
    run([*words, *place, program / "app", program / "lib"], env=fixed, what="compiling the modules")


def _magic_of(archive: Path) -> bytes:
    """The first bytes of any compiled module in the shipped standard library."""
    with zipfile.ZipFile(archive) as opened:
        name = next(one for one in opened.namelist() if one.endswith(".pyc"))
        return opened.read(name)[:4]
