"""The program folder of the Linux package: as on Windows, with Debian's own Python behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.bill_of_materials import write_bill
from installer.bytecode import compile_modules
from installer.program_folder import copy_own
from installer.steps import fresh_folder, say
from installer.trimming import size_of, trim
from installer.wheels import install_wheels

if TYPE_CHECKING:
    from pathlib import Path

INTERPRETER = "/usr/bin/python3.11"
"""Debian 12's; the wheels are for it."""
LINK = "python/bin/python3"
SITE = "python/lib/python3.11/site-packages"
VENV = "home = /usr/bin\ninclude-system-site-packages = false\n"
"""By this file Python takes the folder for its own and looks at no library of the system (PEP 405)."""
IMPORT_PATHS = ("../../../../lib", "../../../../app")


def lay_out(program: Path, work: Path, version: str) -> dict[str, object]:
    """Build the program folder from nothing; its bill of materials.

    Raises:
        BuildError: A tool failed, a hash differs, or a licence is not what it must be.
    """
    fresh_folder(program)
    work.mkdir(parents=True, exist_ok=True)
    say("libraries: hashed Linux wheels")
    install_wheels(program / "lib", work, "linux")
    gone = trim(program / "lib")
    say(f"libraries: {size_of(program / 'lib') >> 20} MB, {gone >> 20} MB not needed and left out")
    copy_own(program)
    say("modules: compiled beside their sources")
    compile_modules(program)
    _environment(program)
    bill = write_bill(program, version, besides=())
    (program / LINK).parent.mkdir()
    (program / LINK).symlink_to(INTERPRETER)  # last, for the bill lists files and would follow it
    return bill


def _environment(program: Path) -> None:
    """A virtual environment by hand: two lines of text and a link, the same wherever it is built."""
    site = program / SITE
    site.mkdir(parents=True)
    (site / "hbgz_desktop.pth").write_text("\n".join([*IMPORT_PATHS, ""]), encoding="ascii")
    (program / "python" / "pyvenv.cfg").write_text(VENV, encoding="ascii")
