"""The Debian package from a tiny program folder, and what is left of Linux wheels."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from installer.debian_package import NAME, PROGRAM, make_package, repack
from installer.python_wheel import write_constraints
from installer.shared_objects import drop_unneeded
from installer.steps import sha256_of

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "1.2.3"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    program = tmp_path / "program"
    (program / "python" / "bin").mkdir(parents=True)
    (program / "python" / "bin" / "python3").symlink_to("/usr/bin/python3.11")
    (program / "说明.txt").write_text("x", encoding="utf-8")
    return make_package(program, tmp_path / "tree", tmp_path / "out", VERSION, fast=True)


def said(*words: object) -> str:
    done = subprocess.run([str(one) for one in words], capture_output=True, text=True, check=True)
    return done.stdout


def test_what_is_in_it_and_whose_it_is(package: Path) -> None:
    assert package.name == f"{NAME}_{VERSION}_amd64.deb"
    lines = [one.split(maxsplit=5) for one in said("dpkg-deb", "-c", package).splitlines()]
    found = {words[5].partition(" -> ")[0]: (words[0], words[1]) for words in lines}
    assert {owner for _, owner in found.values()} == {"root/root"}
    assert found["./usr/bin/hbgz"][0] == "-rwxr-xr-x"
    assert found["./lib/systemd/system/hbgz-engine.service"][0] == "-rw-r--r--"
    assert found[f"./{PROGRAM}/python/bin/python3"][0].startswith("l")
    assert "./usr/share/icons/hicolor/scalable/apps/hbgz_desktop.svg" in found
    assert {words[3] for words in lines} == {"2023-11-14"}


def test_its_scripts_know_the_version(package: Path, tmp_path: Path) -> None:
    said("dpkg-deb", "-e", package, tmp_path / "control")
    for name in ("preinst", "postinst", "prerm", "postrm"):
        text = (tmp_path / "control" / name).read_text(encoding="utf-8")
        assert "@" not in text
        subprocess.run(["sh", "-n"], input=text, text=True, check=True)
    assert f'gt "{VERSION}"' in (tmp_path / "control" / "preinst").read_text(encoding="utf-8")
    conffiles = (tmp_path / "control" / "conffiles").read_text(encoding="utf-8")
    assert conffiles == "/etc/hbgz_desktop/data_folder\n"
    assert said("dpkg-deb", "-f", package, "Version") == f"{VERSION}\n"


def test_the_same_tree_makes_the_same_package(package: Path, tmp_path: Path) -> None:
    first = sha256_of(package)
    (tmp_path / "tree" / "usr" / "bin" / "hbgz").chmod(0o600)
    assert sha256_of(repack(tmp_path / "tree", tmp_path / "out", VERSION, fast=True)) == first
    newer = repack(tmp_path / "tree", tmp_path / "out", "1.2.4", fast=True)
    assert sha256_of(newer) != first


def elf(path: Path, *names: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x7fELF\0" + b"".join(name.encode() + b"\0" for name in names) + bytes(9))


def test_private_libraries_go_unless_something_needs_them(tmp_path: Path) -> None:
    libs, qt = tmp_path / "codec.libs", tmp_path / "PySide6" / "Qt"
    elf(tmp_path / "codec" / "_used.so", "libc.so.6", "libone-1a.so.1.1.1k")
    elf(libs / "libone-1a.so.1.1.1k", "libone-1a.so.1.1.1k", "libtwo.so")
    elf(libs / "libtwo.so", "libc.so.6")
    elf(libs / "libthree.so.3", "libtwo.so")
    elf(qt / "plugins" / "platforms" / "libqxcb.so", "libQt6Gui.so.6", "libQt6XcbQpa.so.6")
    elf(qt / "plugins" / "platforms" / "libqwayland.so", "libQt6Gui.so.6", "libQt6Wayland.so.6")
    elf(qt / "lib" / "libQt6Gui.so.6", "libicuuc.so.73")
    elf(qt / "lib" / "libQt6XcbQpa.so.6")
    elf(qt / "lib" / "libicuuc.so.73")
    elf(tmp_path / "numpy.libs" / "libopenblas-1a.dll")  # of a Windows wheel: named by no .so
    drop_unneeded(tmp_path)
    assert (tmp_path / "numpy.libs" / "libopenblas-1a.dll").exists()
    left = {one.name for one in tmp_path.rglob("*.so*")}
    assert left == {
        *("_used.so", "libone-1a.so.1.1.1k", "libtwo.so"),
        *("libqxcb.so", "libQt6Gui.so.6", "libQt6XcbQpa.so.6", "libicuuc.so.73"),
    }


def test_constraints_are_the_versions_alone(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.txt"
    text = "a-b==1.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n    # via x\nc==2 \\\n    --hash=sha256:22\n"
    wanted.write_text(text, encoding="utf-8")
    assert write_constraints(wanted, tmp_path, VERSION).read_text() == "a-b==1.0\nc==2\n"
