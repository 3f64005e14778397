"""The .deb: program folder, service, menu entry, and what is done at installation and removal."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

from installer.program_folder import source_epoch
from installer.steps import ROOT, fresh_folder, run

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ROOT / "installer" / "linux"
NAME = "hbgz-desktop"
PROGRAM = "opt/hbgz_desktop"
DATA_FOLDER = "etc/hbgz_desktop/data_folder"
SCRIPTS = ("preinst", "postinst", "prerm", "postrm")
PLACES = {
    "hbgz": "usr/bin",
    "hbgz-engine.service": "lib/systemd/system",
    "hbgz_desktop.desktop": "usr/share/applications",
    "hbgz_desktop-share.desktop": "usr/share/applications",
    "50-hbgz-engine.rules": "usr/share/polkit-1/rules.d",
    "data_folder": "etc/hbgz_desktop",
}
"""File of ``installer/linux`` → folder of the machine."""
SMALL = ("-Zxz", "--threads-max=2")
FAST = ("-Zzstd", "-z3")
EXECUTABLE = frozenset({"hbgz", *SCRIPTS})


def make_package(program: Path, tree: Path, out: Path, version: str, *, fast: bool) -> Path:
    """Pack a program folder; the package.

    Args:
        program: Moved into ``tree``.
        tree: Made anew: everything as it will lie on the machine.
        out: Folder of the package.
        version: Of program and package.
        fast: Compress quickly instead of small.

    Raises:
        BuildError: dpkg-deb's words.
    """
    fresh_folder(tree)
    (tree / PROGRAM).parent.mkdir(parents=True)
    program.rename(tree / PROGRAM)
    for name, place in PLACES.items():
        _put(SOURCES / name, tree / place)
    _icon(tree / "usr/share/icons/hicolor/scalable/apps")
    _documents(tree / "usr/share/doc" / NAME)
    return repack(tree, out, version, fast=fast)


def repack(tree: Path, out: Path, version: str, *, fast: bool) -> Path:
    """Pack a tree once more, as another version."""
    control = fresh_folder(tree / "DEBIAN")
    files = sorted(p for p in tree.rglob("*") if p.is_file() and not p.is_symlink())
    facts = {"VERSION": version, "SIZE_KB": str(sum(p.stat().st_size for p in files) >> 10)}
    for name in ("control.in", *SCRIPTS):
        text = (SOURCES / name).read_text(encoding="utf-8")
        for fact, value in facts.items():
            text = text.replace(f"@{fact}@", value)
        (control / name.removesuffix(".in")).write_text(text, encoding="utf-8")
    (control / "conffiles").write_text(f"/{DATA_FOLDER}\n", encoding="ascii")
    sums = [
        f"{_md5(p)}  {p.relative_to(tree)}\n"
        for p in files
        if str(p.relative_to(tree)) != DATA_FOLDER
    ]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    _same_rights_and_times(tree)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"{NAME}_{version}_amd64.deb"
    epoch = {"SOURCE_DATE_EPOCH": str(source_epoch())}
    form = FAST if fast else SMALL
    run(["dpkg-deb", "--root-owner-group", *form, "-b", tree, package], env=epoch)
    return package


def _put(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, folder / file.name)


def _icon(folder: Path) -> None:
    """The logo on its blue ground, as the Windows icon has it."""
    drawn = (ROOT / "resources" / "icons" / "logo.svg").read_text(encoding="utf-8")
    logo = drawn.replace("currentColor", "#ffffff")
    inner = logo.replace("<svg ", '<svg x="18%" y="18%" ', 1)
    inner = inner.replace('width="20" height="20"', 'width="64%" height="64%"', 1)
    ground = '<rect width="128" height="128" rx="25" fill="#1A5BC4"/>'
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">'
    folder.mkdir(parents=True)
    text = f"{head}\n{ground}\n{inner.strip()}\n</svg>\n"
    (folder / "hbgz_desktop.svg").write_text(text, encoding="utf-8")


def _documents(folder: Path) -> None:
    _put(ROOT / "docs" / "install.md", folder)
    text = (
        "Copyright: the authors of hbgz_desktop\n"
        "License: Apache-2.0, see /usr/share/common-licenses/Apache-2.0\n\n"
        "What the program brings along, and under which licences:\n"
        f"/{PROGRAM}/bill-of-materials.json and /{PROGRAM}/licences.\n"
    )
    (folder / "copyright").write_text(text, encoding="utf-8")


def _same_rights_and_times(tree: Path) -> None:
    moment = source_epoch()
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            is_open = path.is_dir() or path.name in EXECUTABLE
            path.chmod(0o755 if is_open else 0o644)
        os.utime(path, (moment, moment), follow_symlinks=False)


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
