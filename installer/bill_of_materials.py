"""What is inside, under which licence: one JSON and the licence texts, shipped with the program."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from email.parser import HeaderParser
from typing import TYPE_CHECKING

from installer.steps import BuildError

if TYPE_CHECKING:
    from pathlib import Path

FORBIDDEN = re.compile(r"(?<!L)GPL", re.IGNORECASE)
ALSO_FREER = re.compile(r"LGPL|Apache|BSD|MIT|MPL", re.IGNORECASE)
"""Qt is offered under LGPLv3 as well as GPL; what is offered under GPL alone may not be shipped."""
LICENCE_NAMES = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)


def write_bill(program: Path, version: str) -> dict[str, object]:
    """Write ``bill-of-materials.json`` and ``licences/`` into the program folder.

    Returns:
        The bill: name, version, licence and number of files of each library, and the payload's hash.

    Raises:
        BuildError: A library is offered under GPL alone.
    """
    texts = program / "licences"
    parts = [_library(info, texts) for info in sorted((program / "lib").glob("*.dist-info"))]
    wrong = [str(p["name"]) for p in parts if _is_forbidden(str(p["licence"]))]
    if wrong:
        raise BuildError(f"licence does not allow shipping: {', '.join(wrong)}")
    texts.mkdir(exist_ok=True)
    shutil.copy(program / "python" / "LICENSE.txt", texts / "python.txt")
    bill: dict[str, object] = {
        "name": "hbgz_desktop",
        "version": version,
        "python": "CPython 3.11 embeddable, PSF licence",
        "libraries": parts,
        "payload_sha256": payload_hash(program),
    }
    text = json.dumps(bill, ensure_ascii=False, indent=1) + "\n"
    (program / "bill-of-materials.json").write_text(text, encoding="utf-8", newline="\n")
    return bill


def payload_hash(program: Path) -> str:
    """One hash over every file's path and bytes: two builds of one commit must agree."""
    total = hashlib.sha256()
    for path in sorted(p for p in program.rglob("*") if p.is_file()):
        name = path.relative_to(program).as_posix()
        if name == "bill-of-materials.json":
            continue
        with path.open("rb") as file:
            total.update(f"{name}\n{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return total.hexdigest()


def _library(info: Path, texts: Path) -> dict[str, object]:
    facts = HeaderParser().parsestr((info / "METADATA").read_text(encoding="utf-8"))
    classifiers = [one for one in facts.get_all("Classifier", []) if one.startswith("License ::")]
    licence = facts.get("License-Expression") or "; ".join(
        filter(
            None,
            [_first_line(facts.get("License")), *(c.split("::")[-1].strip() for c in classifiers)],
        )
    )
    name = str(facts["Name"])
    for path in sorted(p for p in info.rglob("*") if p.is_file() and LICENCE_NAMES.search(p.name)):
        texts.mkdir(exist_ok=True)
        target = texts / f"{name}-{path.relative_to(info).as_posix().replace('/', '-')}"
        shutil.copyfile(path, target)
    return {"name": name, "version": str(facts["Version"]), "licence": licence or "see licences"}


def _first_line(text: str | None) -> str:
    return (text or "").strip().splitlines()[0] if (text or "").strip() else ""


def _is_forbidden(licence: str) -> bool:
    return bool(FORBIDDEN.search(licence)) and not ALSO_FREER.search(licence)
