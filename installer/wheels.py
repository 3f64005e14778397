"""The libraries: hashed wheels of one system, exactly those of the lock, put into one folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from installer.runtime import PYTHON_VERSION
from installer.steps import ROOT, BuildError, fresh_folder, run

PLATFORMS = {"windows": "x86_64-pc-windows-msvc", "linux": "x86_64-manylinux_2_36"}
"""uv judges the markers for that machine; pip would judge them for this one. Debian 12 has glibc 2.36."""

OWN_FILES = ("--link-mode", "copy")
"""Files of the folder are dated and signed: they must not be those of uv's cache."""


def install_wheels(lib: Path, work: Path, system: str = "windows", *, group: str = "") -> Path:
    """Fill ``lib`` with what the program needs at run time.

    Args:
        lib: Emptied first.
        work: Folder of the list.
        system: Key of ``PLATFORMS``.
        group: Dependency group of ``pyproject.toml`` that is wanted too.

    Returns:
        The list: each library with its version and hashes.

    Raises:
        BuildError: uv is not there, a wheel is missing for that system, or a hash differs.
    """
    uv = find_uv()
    place = ("--python-platform", PLATFORMS[system], "--python-version", PYTHON_VERSION)
    wanted = work / f"requirements-{system}.txt"
    also = ("--group", group) if group else ()
    compiled = [uv, "pip", "compile", "pyproject.toml", *also, *place, "--generate-hashes"]
    plain = ["--only-binary", ":all:", "--no-emit-index-url", "--no-header", "--quiet"]
    run([*compiled, *plain, "--constraint", "requirements.lock", "-o", wanted], cwd=ROOT)
    fresh_folder(lib)
    install = [uv, "pip", "install", "--quiet", *place, "--only-binary", ":all:"]
    run(
        [
            *install,
            "--require-hashes",
            "--no-compile-bytecode",
            *OWN_FILES,
            "--target",
            lib,
            "-r",
            wanted,
        ]
    )
    return wanted


def find_uv() -> str:
    """The program ``uv``.

    Raises:
        BuildError: It is not there.
    """
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.exists() else shutil.which("uv")
    if found is None:
        raise BuildError("uv is not on the path (pip install uv)")
    return found
