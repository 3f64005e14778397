"""Four system DLLs that Wine 8 lacks, compiled for the check alone: nothing of them is ever shipped."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from installer.steps import ROOT, BuildError, run

SOURCES = ROOT / "installer" / "windows" / "stand_ins"
COMPILE = ("x86_64-w64-mingw32-gcc", "-O1", "-shared", "-static-libgcc")
EMPTY = ("icuuc", "mscms")
"""These have no code of their own and need no C library."""
COMPLEX = (
    *("creal", "cimag", "cabs", "carg", "conj", "cexp", "ccos", "ccosh", "csin", "csinh"),
    *("ctan", "ctanh", "csqrt", "clog", "cpow"),
)
WINES_MARK = slice(64, 96)
"""Where Wine writes "Wine builtin DLL"; without it the copy is loaded as a native one."""


def install_stand_ins(system32: Path, work: Path) -> None:
    """Compile them into a prefix.

    Args:
        system32: Of the prefix.
        work: For what comes between; emptied.

    Raises:
        BuildError: The compiler's words, or Wine's own ucrtbase.dll is not where Debian puts it.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in EMPTY:
        bare = ("-nostartfiles", "-Wl,-e0")
        _compile(SOURCES / f"{name}.c", system32 / f"{name}.dll", *bare)
    source = SOURCES / "bcryptprimitives.c"
    _compile(source, system32 / "bcryptprimitives.dll", "-ladvapi32")
    own = _wines_ucrtbase()
    exports = work / "ucrtbase.def"
    exports.write_text(_export_list(own), encoding="ascii")
    content = bytearray(own.read_bytes())
    content[WINES_MARK] = bytes(32)
    (system32 / "ucrtbas2.dll").write_bytes(content)
    _compile(SOURCES / "ucrtbase.c", system32 / "ucrtbase.dll", exports)


def _compile(source: Path, target: Path, *more: str | Path) -> None:
    target.unlink(missing_ok=True)  # a prefix may hold a link to Wine's own
    run([*COMPILE, "-o", target, source, *more], what=f"stand-in {target.name}")


def _wines_ucrtbase() -> Path:
    listed = run(["dpkg", "-L", "libwine"]).splitlines()
    found = next((one for one in listed if one.endswith("x86_64-windows/ucrtbase.dll")), None)
    if found is None:
        raise BuildError("Wine's own ucrtbase.dll was not found")
    return Path(found)


def _export_list(dll: Path) -> str:
    rows = forwarded_names(run(["x86_64-w64-mingw32-objdump", "-p", dll]))
    return "\n".join(["LIBRARY ucrtbase.dll", "EXPORTS", *rows, ""])


def forwarded_names(printed: str) -> list[str]:
    """Every name of Wine's DLL passed on, but the complex functions, which are ours.

    Args:
        printed: What objdump says of the DLL.
    """
    table = printed[printed.index("[Ordinal/Name Pointer] Table") :]
    line = r"^\s+\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+)?(?:[0-9a-f]+\s+)?(\S+)$"
    names = set(re.findall(line, table, re.MULTILINE))
    ours = {name + end for name in COMPLEX for end in ("", "f", "l")}
    return [
        f" {name}=my_{name}" if name in ours else f" {name}=ucrtbas2.{name}"
        for name in sorted(names | ours)
    ]
