"""The wheel, and the exact versions beside it: for ``pipx install --pip-args="-c FILE" WHEEL``."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from installer.program_folder import source_epoch
from installer.steps import ROOT, BuildError, run

if TYPE_CHECKING:
    from pathlib import Path


def build_wheel(out: Path, version: str) -> Path:
    """Build the wheel of this tree; the same bytes for the same commit.

    Raises:
        BuildError: The builder's words, or the wheel has another version.
    """
    out.mkdir(parents=True, exist_ok=True)
    epoch = {"SOURCE_DATE_EPOCH": str(source_epoch())}
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], cwd=ROOT, env=epoch)
    wheel = out / f"hbgz_desktop-{version}-py3-none-any.whl"
    if not wheel.is_file():
        raise BuildError(f"{wheel.name} was not built")
    return wheel


def write_constraints(wanted: Path, out: Path, version: str) -> Path:
    """The locked versions without their hashes, which pip would then ask of the wheel too.

    Args:
        wanted: List with hashes.
        out: Folder of the new one.
        version: Of the program.
    """
    lines = re.findall(r"^[A-Za-z0-9][^\s\\]*", wanted.read_text(encoding="utf-8"), re.MULTILINE)
    target = out / f"hbgz_desktop-{version}-constraints.txt"
    target.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return target
