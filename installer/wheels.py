"""The libraries: hashed Windows wheels, exactly those of the lock, put into one folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from installer.runtime import PYTHON_VERSION
from installer.steps import ROOT, BuildError, fresh_folder, run

PLATFORM = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", PYTHON_VERSION)
"""uv judges the markers for that machine; pip would judge them for this one."""


def install_wheels(lib: Path, work: Path) -> None:
    """Fill ``lib`` with what the program needs at run time.

    Raises:
        BuildError: uv is not there, a wheel is missing for Windows, or a hash differs.
    """
    uv = _uv()
    wanted = work / "requirements-windows.txt"
    compiled = [uv, "pip", "compile", "pyproject.toml", *PLATFORM, "--generate-hashes"]
    plain = ["--only-binary", ":all:", "--no-emit-index-url", "--no-header", "--quiet"]
    run([*compiled, *plain, "--constraint", "requirements.lock", "-o", wanted], cwd=ROOT)
    fresh_folder(lib)
    install = [uv, "pip", "install", "--quiet", *PLATFORM, "--only-binary", ":all:"]
    run([*install, "--require-hashes", "--no-compile-bytecode", "--target", lib, "-r", wanted])


def _uv() -> str:
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise BuildError("uv is not on the path (pip install uv)")
    return found
