"""The check of the Windows program: what it concludes from folders, names and other programs' words."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installer.check_builds import Installer
from installer.check_peers import acknowledged_paths
from installer.stand_ins import forwarded_names
from installer.wine import Prefix
from installer.wine_registry import exported_value

STORESCU = """\
I: Requesting Association
I: Association Accepted (Max Send PDV: 131060)
I: Sending file: /m/S01I00001.dcm
I: Converting transfer syntax: Little Endian Explicit -> Little Endian Explicit
I: Sending Store Request (MsgID 1, CT)
XMIT: .
I: Received Store Response (Success)
I: Sending file: /m/S01I00002.dcm
I: Received Store Response (Refused: OutOfResources)
I: Sending file: /m/S01I00003.dcm
I: Received Store Response (Success)
I: Sending file: /m/S01I00004.dcm
E: Store Failed, file: /m/S01I00004.dcm:
E: 0006:0317 Peer aborted Association (or never connected)
"""
OBJDUMP = """\
[Ordinal/Name Pointer] Table
\t[   0] +base[   1]  0000 _Cbuild
\t[   1] +base[   2]  0001 cabs
\t[   2] +base[   3]  0002 malloc
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the check itself runs on Linux")


def test_only_what_was_answered_by_success_is_acknowledged() -> None:
    assert acknowledged_paths(STORESCU) == ["/m/S01I00001.dcm", "/m/S01I00003.dcm"]


@pytest.fixture
def prefix(tmp_path: Path) -> Prefix:
    """Folders of a prefix, without Wine."""
    root = tmp_path / "prefix"
    (root / "drive_c" / "用户 张三").mkdir(parents=True)
    (root / "dosdevices").mkdir()
    (root / "dosdevices" / "c:").symlink_to("../drive_c")
    (root / "dosdevices" / "z:").symlink_to("/")
    return Prefix(root, tmp_path / "logs")


def test_paths_of_both_sides(prefix: Prefix, tmp_path: Path) -> None:
    inside = prefix.root / "drive_c" / "用户 张三" / "a.txt"
    assert prefix.windows(inside) == r"C:\用户 张三\a.txt"
    assert prefix.path(r"C:\用户 张三\a.txt") == inside
    assert prefix.windows(Path("/etc/hosts")) == r"Z:\etc\hosts"
    assert prefix.path(r"Z:\etc\hosts") == Path("/etc/hosts")


def test_a_program_in_wine_does_not_see_our_settings(
    prefix: Prefix, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HBGZ_DATA", "/somewhere")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("DISPLAY", ":77")
    environment = Prefix(prefix.root, tmp_path).environment
    assert not {"HBGZ_DATA", "PYTHONPATH", "DISPLAY"} & environment.keys()
    assert environment["WINEPREFIX"] == str(prefix.root)


def test_differences_of_an_installed_folder(tmp_path: Path) -> None:
    built, installed = tmp_path / "built", tmp_path / "installed"
    for folder in (built, installed):
        (folder / "app").mkdir(parents=True)
        (folder / "hbgz.exe").write_bytes(b"program")
        (folder / "app" / "same.py").write_text("1", encoding="ascii")
    installer = Installer(built, tmp_path / "setup.exe", "0.1.0")
    (installed / "uninstall.exe").write_bytes(b"of the installer")
    assert installer.differences(installed) == []

    (built / "app" / "missing.py").write_text("1", encoding="ascii")
    (installed / "app" / "left_over.py").write_text("1", encoding="ascii")
    (installed / "hbgz.exe").write_bytes(b"another")
    found = ["app/left_over.py", "app/missing.py", "hbgz.exe"]
    assert installer.differences(installed) == found


def test_the_stand_in_passes_on_all_but_the_complex_functions() -> None:
    rows = forwarded_names(OBJDUMP)
    assert {" malloc=ucrtbas2.malloc", " _Cbuild=ucrtbas2._Cbuild"} <= set(rows)
    assert {" cabs=my_cabs", " cpowl=my_cpowl"} <= set(rows)


EXPORTED = """\
Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\\Software\\hbgz_desktop]
"DataFolder"="D:\\\\前置机 \\"数据\\""
"Start"=dword:00000002
"Path"=hex(2):25,00,41,00,25,\\
  00,00,00

[HKEY_LOCAL_MACHINE\\Software\\hbgz_desktop\\Deeper]
@="default"
"Other"="x"
"""


@pytest.mark.parametrize(
    ("key", "name", "wanted"),
    [
        (r"HKLM\Software\hbgz_desktop", "DataFolder", 'D:\\前置机 "数据"'),
        (r"HKLM\software\HBGZ_desktop", "start", "0x2"),
        (r"HKLM\Software\hbgz_desktop", "Path", "%A%"),
        (r"HKLM\Software\hbgz_desktop", "Other", None),
        (r"HKLM\Software\hbgz_desktop\Deeper", "", "default"),
    ],
)
def test_a_value_of_an_exported_key(key: str, name: str, wanted: str | None) -> None:
    assert exported_value(EXPORTED, key, name) == wanted
