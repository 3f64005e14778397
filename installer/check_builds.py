"""The two installers of the check: what this tree is, and the same with a higher version, to upgrade to."""

from __future__ import annotations

import importlib.util
import py_compile
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from hbgz_desktop import __version__
from installer.build_windows import build
from installer.check_report import CheckError, expect, expect_that
from installer.program_folder import TOOLS, finish
from installer.setup_file import make_setup
from installer.steps import fresh_folder, sha256_of
from installer.trimming import size_of

if TYPE_CHECKING:
    from pathlib import Path

    from installer.check_report import Report, Step

BUILD_LIMIT_S = 1800
RELEASE_LIMIT_MB = 75
OWN_FILES = frozenset({"uninstall.exe"})


class Installer(NamedTuple):
    """One installer and what it installs.

    Attributes:
        program: The program folder that is packed in it.
        setup: The installer.
        version: Of the program.
    """

    program: Path
    setup: Path
    version: str

    def differences(self, installed: Path, *, own: frozenset[str] = OWN_FILES) -> list[str]:
        """Files of an installed folder that are missing, different or too many.

        Args:
            installed: The folder.
            own: What the installer itself adds.
        """
        wanted, found = _hashes(self.program), _hashes(installed)
        differ = {name for name in wanted if wanted[name] != found.get(name)}
        return sorted(differ | (found.keys() - wanted.keys() - own))


def build_both(report: Report, out: Path) -> tuple[Installer, Installer]:
    """Build this version, then the next one.

    Args:
        report: Gets the steps.
        out: ``program/`` and the installers come to stand here.

    Raises:
        StepFailedError: A build failed.
    """
    with report.step("build: program folder and installer, not compressed", BUILD_LIMIT_S) as step:
        current = Installer(out / "program", build(out, None, "", fast=True), __version__)
        _note(step, current)
    with report.step("build: the same with a higher version, to upgrade to", BUILD_LIMIT_S) as step:
        newer = _next_version(current, out)
        _note(step, newer)
    return current, newer


def check_release(report: Report, out: Path, current: Installer) -> None:
    """Build once more from nothing, as for a release: the same files, and small enough for a slow line.

    Args:
        report: Gets the step.
        out: Emptied first.
        current: The build that it must equal.

    Raises:
        StepFailedError: It does not.
    """
    with report.step(
        "release: a second build, equal in every file, packed by LZMA", BUILD_LIMIT_S
    ) as step:
        setup = build(fresh_folder(out), None, "", fast=False)
        differ = current.differences(out / "program", own=frozenset())
        expect("files that differ", differ, [])
        size_mb = setup.stat().st_size / 1e6
        step.note(f"installer {size_mb:.2f} MB")
        expect_that(size_mb < RELEASE_LIMIT_MB, f"the installer has {size_mb:.2f} MB")


def _note(step: Step, built: Installer) -> None:
    step.note(f"version {built.version}")
    step.note(f"program {size_of(built.program) / 1e6:.0f} MB")
    step.note(f"installer {built.setup.stat().st_size / 1e6:.1f} MB")


def _next_version(current: Installer, out: Path) -> Installer:
    version = _higher(current.version)
    place = fresh_folder(out / "next")
    program = place / "program"
    shutil.copytree(current.program, program)
    _rename(program / "app" / "hbgz_desktop" / "__init__.py", current.version, version)
    finish(program, out / "work", version, None)
    setup = place / f"hbgz_desktop-{version}-setup.exe"
    tools = out / "work" / TOOLS
    make_setup(program, tools, setup, version=version, fast=True, signer=None)
    return Installer(program, setup, version)


def _rename(module: Path, old: str, new: str) -> None:
    text = module.read_text(encoding="utf-8")
    changed = text.replace(f'"{old}"', f'"{new}"')
    if changed == text:
        raise CheckError(f"{module} does not name version {old}")
    module.write_text(changed, encoding="utf-8")
    unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    compiled = importlib.util.cache_from_source(str(module))
    py_compile.compile(str(module), compiled, doraise=True, invalidation_mode=unchecked)


def _hashes(folder: Path) -> dict[str, str]:
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): sha256_of(one) for one in files}


def builds_in(out: Path) -> tuple[Installer, Installer]:
    """What an earlier ``build_both`` left there.

    Raises:
        CheckError: It is not there.
    """
    higher = _higher(__version__)
    current = Installer(out / "program", out / f"hbgz_desktop-{__version__}-setup.exe", __version__)
    place = out / "next"
    newer = Installer(place / "program", place / f"hbgz_desktop-{higher}-setup.exe", higher)
    for one in (current, newer):
        if not one.setup.is_file():
            raise CheckError(f"{one.setup} is not there")
    return current, newer


def _higher(version: str) -> str:
    """``1.2.3`` → ``1.2.4``."""
    return re.sub(r"\d+$", lambda found: str(int(found[0]) + 1), version)
