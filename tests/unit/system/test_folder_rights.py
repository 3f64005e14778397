"""Who may enter a folder, and whether this account may work in it."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.system.folder_rights import (
    close_to_others,
    may_modify,
    strangers,
    strangers_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OPERATORS = "S-1-5-21-1004336348-1177238915-682003330-1005"
SERVICE = "S-1-5-80-2977613101-41817319-1759587710-2647637797-983575604"
CLOSED = (
    "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
    f"(A;OICI;0x1301bf;;;{OPERATORS})(A;OICI;0x1301bf;;;{SERVICE})"
)


@pytest.mark.parametrize(
    ("access_list", "expected"),
    [
        (CLOSED, ()),
        ("D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIID;FA;;;S-1-5-21-1-2-3-1001)", ()),
        (CLOSED + "(A;OICI;0x1200a9;;;BU)", ("Users",)),
        ("D:AI(A;ID;FA;;;SY)(A;OICIIOID;GA;;;AU)(A;ID;0x1301bf;;;AU)", ("Authenticated Users",)),
        ("D:(A;OICI;FA;;;WD)(A;;FR;;;S-1-5-32-546)", ("Everyone", "Guests")),
        ("D:(D;;FA;;;BG)(A;;FA;;;BA)", ()),
        ('D:(XA;;FX;;;WD;(@User.Title=="PM"))', ("Everyone",)),
        ("D:NO_ACCESS_CONTROL", ("Everyone",)),
    ],
)
def test_access_lists(access_list: str, expected: tuple[str, ...]) -> None:
    assert strangers_in(access_list) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="modes are the other systems' rights")
def test_modes(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    assert strangers(folder) == (), "nobody else gets as far: the test's own folder is closed"
    assert strangers(Path("/usr")) == ("others",), "everybody may enter"
    folder.chmod(0o757)
    close_to_others(folder)
    assert folder.stat().st_mode & 0o777 == 0o750


def test_an_account_that_may(tmp_path: Path) -> None:
    assert may_modify(tmp_path, tmp_path / "hbgz.sqlite"), "no database yet"
    (tmp_path / "hbgz.sqlite").write_bytes(b"x")
    assert may_modify(tmp_path, tmp_path / "hbgz.sqlite")
    assert [one.name for one in tmp_path.iterdir()] == ["hbgz.sqlite"], "nothing is left behind"


def test_trouble_that_is_none_of_rights_is_not_called_so(tmp_path: Path) -> None:
    assert may_modify(tmp_path / "missing", tmp_path / "missing" / "hbgz.sqlite")


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Root may everything; another account is asked where the tests run as root."""
    if sys.platform != "win32":
        before = os.geteuid()
        if before == 0:
            os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(before)


@pytest.mark.skipif(sys.platform == "win32", reason="accounts of Windows are tried by hand")
@pytest.mark.parametrize("is_folder_open", [False, True])
def test_an_account_that_may_only_read(*, is_folder_open: bool) -> None:
    with tempfile.TemporaryDirectory() as name:  # where other accounts get to, unlike pytest's own
        folder = Path(name)
        (folder / "hbgz.sqlite").write_bytes(b"x")
        (folder / "hbgz.sqlite").chmod(0o444)
        folder.chmod(0o777 if is_folder_open else 0o555)
        with as_somebody_else():
            assert not may_modify(folder, folder / "hbgz.sqlite")
            assert may_modify(folder, folder / "none") == is_folder_open
        folder.chmod(0o700)


@pytest.mark.skipif(sys.platform != "win32", reason="a mark that only Windows has")
@pytest.mark.skip_under_wine(
    "its file rights are those of Linux, where root may write into any file"
)
def test_a_database_marked_read_only(tmp_path: Path) -> None:
    file = tmp_path / "hbgz.sqlite"
    file.write_bytes(b"x")
    file.chmod(0o444)
    try:
        assert not may_modify(tmp_path, file)
    finally:
        file.chmod(0o666)


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows for an access list")
def test_windows_rights_can_be_read(tmp_path: Path) -> None:
    assert set(strangers(tmp_path)) <= {"Everyone", "Users", "Authenticated Users", "INTERACTIVE"}
