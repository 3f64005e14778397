"""The one file that is handed out: makensis packs the program folder into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.launchers import version_numbers
from installer.program_folder import source_epoch
from installer.steps import ROOT, run, say
from installer.trimming import size_of

if TYPE_CHECKING:
    from pathlib import Path

    from installer.signing import Signer

SCRIPT = ROOT / "installer" / "windows" / "setup.nsi"
FAST = "SetCompress off\n"
SMALL = "SetCompressor /SOLID lzma\nSetCompressorDictSize 64\n"


def make_setup(
    program: Path, tools: Path, setup: Path, *, version: str, fast: bool, signer: Signer | None
) -> None:
    """Pack the program folder.

    Args:
        program: What is installed.
        tools: Folder with ``running_copies.exe`` and the pictures.
        setup: The file that comes to be.
        version: What the installer calls itself, and compares with what is installed.
        fast: Not compressed: for tries.
        signer: Signs the uninstaller and the result.

    Raises:
        BuildError: makensis refused the script, or the signing tool its file.
    """
    parts, compression = tools / "parts.nsh", tools / "compression.nsh"
    parts.write_text(parts_list(program), encoding="utf-8")
    compression.write_text(FAST if fast else SMALL, encoding="utf-8")
    facts = {
        "VERSION": version,
        "NUMBERS": ".".join(version_numbers(version)),
        "PROGRAM": str(program),
        "PARTS": str(parts),
        "TOOLS": str(tools),
        "COMPRESSION": str(compression),
        "OUT": str(setup),
        "SIZE_KB": str(size_of(program) >> 10),
        **({"SIGN": signer.command} if signer else {}),
    }
    say("installer: packing")
    given = [f"-D{name}={value}" for name, value in facts.items()]
    environment = {
        "SOURCE_DATE_EPOCH": str(source_epoch()),
        **(signer.environment if signer else {}),
    }
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, SCRIPT], env=environment)
    if signer:
        signer.sign([setup])


def parts_list(program: Path) -> str:
    """What lies in the program folder, as calls of the macro that ``PER_PART`` names at that moment."""
    names = sorted(path.name for path in program.iterdir())
    return "".join(f'!insertmacro ${{PER_PART}} "{name}"\n' for name in names)
