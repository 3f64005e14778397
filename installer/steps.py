"""What every build step needs: one way to run a tool, one error, one hash."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
BEGUN = time.monotonic()
DEBIAN_TOOLS = {
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
}
"""Program → Debian package that brings it."""


class BuildError(Exception):
    """Something a person must put right; the text says what."""


def say(text: str) -> None:
    """Print one progress line at once, with the seconds since the beginning."""
    print(f"[build {time.monotonic() - BEGUN:4.0f} s] {text}", flush=True)


def attempt(
    argv: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a tool to its end; its exit status and what it printed.

    Raises:
        BuildError: It is not there.
    """
    words = [str(word) for word in argv]
    try:
        done = subprocess.run(
            words,
            cwd=cwd or ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError:
        raise BuildError(f"{words[0]} is not there") from None
    return done.returncode, done.stdout


def run(
    argv: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    what: str = "",
) -> str:
    """Run a tool that must succeed; what it printed.

    Raises:
        BuildError: It is not there, or failed; its last words are in the text.
    """
    status, said = attempt(argv, cwd=cwd, env=env)
    if status != 0:
        tail = "\n".join(said.splitlines()[-25:])
        raise BuildError(f"{what or argv[0]} failed ({status}):\n{tail}")
    return said


def require_tools() -> None:
    """Look for what builds the package.

    Raises:
        BuildError: Names the one command that installs what is missing.
    """
    missing = sorted({p for tool, p in DEBIAN_TOOLS.items() if shutil.which(tool) is None})
    if missing:
        packages = " ".join([*missing, "mingw-w64-x86-64-dev"])
        raise BuildError(f"run this once: apt-get install -y --no-install-recommends {packages}")


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fresh_folder(path: Path) -> Path:
    """An empty folder at this place."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path
