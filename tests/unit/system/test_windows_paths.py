from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.system.windows_paths import (
    LONGEST,
    is_device_name,
    needs_prefix,
    reachable,
    readable,
    with_prefix,
    without_prefix,
)

PAIRS = [
    (r"C:\数据\a.csv", r"\\?\C:\数据\a.csv"),
    (r"\\server\share\a.csv", r"\\?\UNC\server\share\a.csv"),
]


@pytest.mark.parametrize(("plain", "prefixed"), PAIRS)
def test_there_and_back(plain: str, prefixed: str) -> None:
    assert with_prefix(plain) == prefixed
    assert without_prefix(prefixed) == plain
    assert with_prefix(prefixed) == prefixed
    assert without_prefix(plain) == plain


def test_dots_and_slashes_are_worked_out_before() -> None:
    assert with_prefix("C:/a/./b/../c") == r"\\?\C:\a\c"
    assert with_prefix(r"a\b") == r"a\b", "half a path gets no prefix"
    assert with_prefix(r"\\.\COM1") == r"\\.\COM1"


@pytest.mark.parametrize(
    "name", ["CON", "nul", "Aux.csv", "COM1.json", "LPT³.x", "con .txt", "CONIN$"]
)
def test_names_of_devices(name: str) -> None:
    assert is_device_name(name)
    assert needs_prefix(rf"C:\drop\{name}")


@pytest.mark.parametrize("name", ["CONTROL.csv", "COM.csv", "COM10", "a.con", "null", ""])
def test_names_of_files(name: str) -> None:
    assert not is_device_name(name)
    assert not needs_prefix(rf"C:\drop\{name}x")


@pytest.mark.parametrize("path", [r"C:\drop\exam.", r"C:\drop\exam ", r"C:\drop.\a.csv"])
def test_what_windows_would_cut_off(path: str) -> None:
    assert needs_prefix(path)


def test_length_counts_with_what_is_to_come() -> None:
    folder = "C:\\" + "x" * (LONGEST - 3)
    assert not needs_prefix(folder)
    assert needs_prefix(folder, 1)
    assert needs_prefix(folder + "x")


@given(
    st.text(
        st.characters(exclude_characters='\\/:*?"<>|\0', exclude_categories=["Cs", "Cc"]),
        min_size=1,
    )
)
def test_any_name_comes_back(name: str) -> None:
    path = rf"D:\drop\x{name}"
    assert without_prefix(with_prefix(path)) == path


def test_elsewhere_paths_stay_as_they_are(tmp_path: Path) -> None:
    if sys.platform != "win32":
        assert reachable(tmp_path / "CON.csv") == readable(tmp_path / "CON.csv")
    assert reachable(tmp_path) == tmp_path


@pytest.mark.parametrize("name", ["CON.csv", "nul", "exam.", "exam ", "很长" * 30 + ".csv"])
def test_every_name_a_share_may_hold_can_be_read(tmp_path: Path, name: str) -> None:
    path = tmp_path.joinpath(*["深" * 60] * 4, name)
    reachable(path.parent, LONGEST).mkdir(parents=True)
    reachable(path).write_bytes(b"x")
    assert reachable(path).read_bytes() == b"x"
    assert [one.name for one in reachable(path.parent, LONGEST).iterdir()] == [name]
    assert readable(reachable(path)) == path


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows changes such a name")
def test_half_a_path_starts_at_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reachable(Path("NUL.csv")).write_bytes(b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["NUL.csv"]
