"""What is inside, under which licence: one JSON, the texts, and the list of all files; shipped with the program."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from email.parser import HeaderParser
from typing import TYPE_CHECKING

from installer.steps import ROOT, BuildError, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

BILL = "bill-of-materials.json"
MANIFEST = "files.sha256"
TEXTS = "licences"
OWN_TEXTS = ROOT / "installer" / "licences"
"""Texts that a library refers to but does not bring along."""
FORBIDDEN = re.compile(r"(?<!L)GPL", re.IGNORECASE)
ALSO_FREER = re.compile(r"LGPL|Apache|BSD|MIT|MPL", re.IGNORECASE)
"""Qt is offered under LGPLv3 as well as GPL; what is offered under GPL alone may not be shipped."""
LICENCE_NAMES = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
FROM_US = {
    "PySide6_Essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "gmssl": ("gmssl.txt",),
    "pyjpegls": ("pyjpegls.txt",),
}
"""Libraries whose wheels have no text, or only that of a licence we do not use."""
INSIDE = {
    "imagecodecs": tuple(
        f"imagecodecs/licenses/LICENSE-{one}"
        for one in ("jpeg", "libjpeg-turbo", "mozjpeg", "openjpeg")
    ),
    "pyqtgraph": ("pyqtgraph/colors/maps/CC-BY license - applies to CET color map data.txt",),
}
"""Texts that stand beside a library's code, for what of it is shipped (trimming)."""
BESIDES = (
    (
        "CPython",
        "PSF-2.0",
        "runtime, unmodified, with OpenSSL, SQLite, libffi, expat, bzip2, xz and zlib: python.txt",
    ),
    ("mingw-w64 runtime", "ZPL-2.1 AND public domain", "linked into the launchers"),
    ("NSIS", "Zlib", "the installer's and uninstaller's own code"),
)
"""What is in the program or its installer and is no wheel."""


def write_bill(
    program: Path, version: str, besides: tuple[tuple[str, str, str], ...] = BESIDES
) -> dict[str, object]:
    """Write the bill, ``licences/`` and ``files.sha256`` into the program folder; anew when it is called again.

    Args:
        program: The program folder.
        version: Of the program.
        besides: What is in it and is no wheel.

    Returns:
        The bill: name, version, licence and texts of each library, and the payload's hash.

    Raises:
        BuildError: A library is offered under GPL alone, or its licence's text is nowhere.
    """
    texts = program / TEXTS
    shutil.rmtree(texts, ignore_errors=True)
    shutil.copytree(OWN_TEXTS, texts)
    if (program / "python" / "LICENSE.txt").is_file():  # Debian brings its own Python
        shutil.copyfile(program / "python" / "LICENSE.txt", texts / "python.txt")
    found = sorted((program / "lib").glob("*.dist-info"))
    parts = [_library(info, texts) for info in found]
    _refuse(
        [str(one["name"]) for one in parts if is_forbidden(str(one["licence"]))],
        "may not be shipped under it",
    )
    _refuse(
        [str(one["name"]) for one in parts if not one["texts"]],
        "has no text: put it into installer/licences",
    )
    digests = _digests(program)
    bill: dict[str, object] = {
        "name": "hbgz_desktop",
        "version": version,
        "licence": "Apache-2.0",
        "libraries": parts,
        "besides": [dict(zip(("name", "licence", "what"), one, strict=True)) for one in besides],
        "payload_sha256": _hash_of(digests),
    }
    text = json.dumps(bill, ensure_ascii=False, indent=1) + "\n"
    (program / BILL).write_text(text, encoding="utf-8", newline="\n")
    digests[BILL] = sha256_of(program / BILL)
    lines = [f"{digest}  {name}\n" for name, digest in sorted(digests.items())]
    (program / MANIFEST).write_text("".join(lines), encoding="utf-8", newline="\n")
    return bill


def payload_hash(program: Path) -> str:
    """One hash over every file's path and bytes: two builds of one commit must agree."""
    return _hash_of(_digests(program))


def is_forbidden(licence: str) -> bool:
    """Whether this licence leaves nothing but GPL."""
    return bool(FORBIDDEN.search(licence)) and not ALSO_FREER.search(licence)


def _digests(program: Path) -> dict[str, str]:
    """Every file of the payload with its SHA-256; the two lists that are made of them are none of it."""
    files = sorted(one for one in program.rglob("*") if one.is_file())
    names = ((path.relative_to(program).as_posix(), path) for path in files)
    return {name: sha256_of(path) for name, path in names if name not in {BILL, MANIFEST}}


def _hash_of(digests: dict[str, str]) -> str:
    lines = (f"{name}\n{digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _refuse(names: list[str], why: str) -> None:
    if names:
        raise BuildError(f"licence {why}: {', '.join(names)}")


def _library(info: Path, texts: Path) -> dict[str, object]:
    facts = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    name = str(facts["Name"])
    licence = _declared(facts)
    taken = list(FROM_US.get(name, ()))
    for path, shown in _texts_of(info, name) if not taken else ():
        taken.append(f"{name}-{shown}")
        shutil.copyfile(path, texts / taken[-1])
    return {
        "name": name,
        "version": str(facts["Version"]),
        "licence": licence or "see texts",
        "texts": sorted(taken),
    }


def _declared(facts: Message) -> str:
    """What the wheel's own words call its licence."""
    expression = facts.get("License-Expression")
    if expression:
        return str(expression)
    first_line = str(facts.get("License") or "").strip().split("\n")[0].strip()
    classifiers = [
        str(one) for one in facts.get_all("Classifier", []) if str(one).startswith("License ::")
    ]
    return "; ".join(
        filter(None, [first_line, *(one.split("::")[-1].strip() for one in classifiers)])
    )


def _texts_of(info: Path, name: str) -> Iterator[tuple[Path, str]]:
    """Texts that the wheel brings: what stands under ``licenses``, and whatever is called so."""
    for path in sorted(one for one in info.rglob("*") if one.is_file()):
        shown = path.relative_to(info).as_posix().removeprefix("licenses/")
        if path.is_relative_to(info / "licenses") or LICENCE_NAMES.search(path.name):
            yield path, shown.replace("/", "-")
    for place in INSIDE.get(name, ()):
        path = info.parent / place
        if path.is_file():
            yield path, path.name
