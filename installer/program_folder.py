"""The folder that is installed: launchers, runtime, libraries, program, licences."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from installer.bill_of_materials import write_bill
from installer.bytecode import compile_modules
from installer.launchers import build_launchers
from installer.runtime import fetch_runtime
from installer.steps import ROOT, fresh_folder, run, say
from installer.trimming import size_of, trim
from installer.wheels import install_wheels

if TYPE_CHECKING:
    from pathlib import Path

    from installer.signing import Signer

SHIPPED = ("hbgz_desktop", "resources")
TOOLS = "launchers"
"""Where in the work folder the installer's own tool and the icon lie."""
NOT_SHIPPED = ("__pycache__", "*.py[co]", "build_*.py")


def lay_out(
    program: Path, work: Path, *, version: str, runtime_zip: Path | None, runtime_sha256: str
) -> None:
    """Build the program folder from nothing; ``finish`` makes it ready to be packed.

    Raises:
        BuildError: A tool failed, or something is not what it must be.
    """
    fresh_folder(program)
    work.mkdir(parents=True, exist_ok=True)
    say("runtime: verified against hash and signatures")
    fetch_runtime(program / "python", work / "cache", runtime_zip, runtime_sha256)
    say("libraries: hashed Windows wheels")
    install_wheels(program / "lib", work)
    gone = trim(program / "lib")
    say(f"libraries: {size_of(program / 'lib') >> 20} MB, {gone >> 20} MB not needed and left out")
    copy_own(program)
    say("modules: compiled beside their sources")
    compile_modules(program)
    say("launchers")
    build_launchers(program, work / TOOLS, version)


def copy_own(program: Path) -> None:
    """Put what is ours into the program folder: ``app``, licence and history."""
    for name in SHIPPED:
        ignored = shutil.ignore_patterns(*NOT_SHIPPED)
        shutil.copytree(ROOT / name, program / "app" / name, ignore=ignored)
    shutil.copy(ROOT / "installer" / "windows" / "check_program.py", program / "app")
    for name in ("LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, program)


def finish(program: Path, work: Path, version: str, signer: Signer | None) -> dict[str, object]:
    """Sign what is ours, list and date everything; the bill of materials.

    Raises:
        BuildError: Signing failed, or a licence is not what it must be.
    """
    if signer:
        signer.sign([*sorted(program.glob("*.exe")), work / TOOLS / "running_copies.exe"])
    bill = write_bill(program, version)
    _same_time(program)
    _same_time(work / TOOLS)  # the installer packs files with their times
    return bill


def source_epoch() -> int:
    """The time all files get: SOURCE_DATE_EPOCH, else that of the commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or run(["git", "log", "-1", "--format=%ct"]).strip())


def _same_time(folder: Path) -> None:
    moment = source_epoch()
    for path in folder.rglob("*"):
        os.utime(path, (moment, moment))
