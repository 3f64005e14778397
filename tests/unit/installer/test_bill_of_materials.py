"""The bill names every library, its licence and where that stands; nothing without a text is shipped."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from installer.bill_of_materials import is_forbidden, payload_hash, write_bill
from installer.steps import BuildError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        ("MIT", False),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", False),
        ("LGPL", False),
        ("Apache-2.0", False),
        ("GPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0", True),
    ],
)
def test_what_leaves_nothing_but_gpl_is_forbidden(licence: str, *, forbidden: bool) -> None:
    assert is_forbidden(licence) is forbidden


def test_every_library_stands_in_the_bill_with_its_texts(
    program: Path, add_wheel: Callable[..., Path]
) -> None:
    add_wheel("plain", "License-Expression: MIT")
    add_wheel(
        "many",
        "License: BSD\nClassifier: License :: OSI Approved :: BSD License",
        ("COPYING.txt", "licenses/a/zlib.txt"),
    )
    write_bill(program, "1.2.3")
    bill = json.loads((program / "bill-of-materials.json").read_text(encoding="utf-8"))
    facts = {one["name"]: (one["licence"], one["texts"]) for one in bill["libraries"]}
    assert facts == {
        "plain": ("MIT", ["plain-LICENSE"]),
        "many": ("BSD; BSD License", ["many-COPYING.txt", "many-a-zlib.txt"]),
    }
    for text in ("plain-LICENSE", "many-a-zlib.txt", "python.txt", "LGPL-3.0.txt", "NOTICE.txt"):
        assert (program / "licences" / text).is_file(), text
    assert {"CPython", "NSIS"} < {one["name"] for one in bill["besides"]}


def test_qt_gets_the_licence_it_is_used_under(
    program: Path, add_wheel: Callable[..., Path]
) -> None:
    """Its wheel brings the commercial one alone."""
    terms = "License-Expression: LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    add_wheel("PySide6_Essentials", terms, ("licenses/LicenseRef-Qt-Commercial.txt",))
    write_bill(program, "1.2.3")
    bill = json.loads((program / "bill-of-materials.json").read_text(encoding="utf-8"))
    assert bill["libraries"][0]["texts"] == ["GPL-3.0.txt", "LGPL-3.0.txt"]
    assert not list((program / "licences").glob("*Commercial*"))


@pytest.mark.parametrize(
    ("licence", "texts"),
    [("License-Expression: GPL-3.0-only", ("licenses/LICENSE",)), ("License-Expression: MIT", ())],
)
def test_a_library_that_may_not_be_shipped_ends_the_build(
    program: Path, add_wheel: Callable[..., Path], licence: str, texts: tuple[str, ...]
) -> None:
    add_wheel("wrong", licence, texts)
    with pytest.raises(BuildError, match="wrong"):
        write_bill(program, "1.2.3")


def test_the_list_of_files_has_every_file_but_itself(program: Path) -> None:
    write_bill(program, "1.2.3")
    lines = (program / "files.sha256").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {p.relative_to(program).as_posix() for p in program.rglob("*") if p.is_file()}
    assert set(listed) == files - {"files.sha256"}
    assert listed["LICENSE"] == hashlib.sha256(b"Apache-2.0").hexdigest()


def test_the_payload_hash_sees_bytes_and_names_and_not_its_own_bill(program: Path) -> None:
    first = payload_hash(program)
    bill = write_bill(program, "1.2.3")
    (program / "licences").rename(program.parent / "licences")
    assert payload_hash(program) == first
    assert bill["payload_sha256"] != first  # the licence texts belong to the payload
    (program / "LICENSE").rename(program / "LICENCE")
    renamed = payload_hash(program)
    (program / "LICENCE").write_bytes(b"other")
    assert len({first, renamed, payload_hash(program)}) == 3


def test_written_twice_it_is_the_same(program: Path, add_wheel: Callable[..., Path]) -> None:
    """Signing comes after building: the bill is written anew over the first."""
    add_wheel("plain", "License-Expression: MIT")
    first = write_bill(program, "1.2.3")
    manifest = (program / "files.sha256").read_bytes()
    assert write_bill(program, "1.2.3") == first
    assert (program / "files.sha256").read_bytes() == manifest
