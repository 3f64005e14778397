from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.record import SourceProblem
from hbgz_desktop.sources.drop_folder import DropFolder, DropOutcome, _copy_over
from hbgz_desktop.system.durable_files import make_folder
from hbgz_desktop.system.windows_paths import LONGEST, reachable

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = DropOutcome(accepted=True, taken=2)
BAD = DropOutcome(accepted=False, file_rule="record_file_empty")
PROBLEM = SourceProblem(3, "certno", "110101197804050038", "record_number_rounded")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "投放"
    folder.mkdir()
    return folder


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_file_is_ready_at_the_second_look(folder: Path) -> None:
    drop = DropFolder(folder)
    (folder / "a.csv").write_text("1", encoding="utf-8")
    assert drop.ready_files() == ()
    assert names(drop.ready_files()) == ["a.csv"]
    assert names(drop.ready_files()) == ["a.csv"]


def test_a_file_that_grows_or_changes_is_not_ready(folder: Path) -> None:
    drop = DropFolder(folder)
    path = folder / "a.csv"
    path.write_text("1", encoding="utf-8")
    drop.ready_files()
    path.write_text("12", encoding="utf-8")
    assert drop.ready_files() == ()
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert drop.ready_files() == ()
    assert names(drop.ready_files()) == ["a.csv"]


def test_an_empty_file_waits_longer(folder: Path) -> None:
    drop = DropFolder(folder)
    (folder / "a.csv").touch()
    looks = [len(drop.ready_files()) for _ in range(11)]
    assert looks == [0] * 10 + [1]


def test_what_is_no_record_file(folder: Path) -> None:
    drop = DropFolder(folder)
    (folder / "dir.csv").mkdir()
    for name in (
        "~$a.xlsx", "~a.csv", ".a.csv", "a.csv.tmp", "a.csv.part", "a.csv.crdownload", "r.pdf",
        "a.csv.problems.txt", "a.exe", "a",
    ):  # fmt: skip
        (folder / name).write_text("1", encoding="utf-8")
    if sys.platform != "win32":
        (folder / "link.csv").symlink_to(folder / "r.pdf")
    assert drop.ready_files() == drop.ready_files() == ()


def test_oldest_first(folder: Path) -> None:
    drop = DropFolder(folder)
    for name, time_s in (("b.json", 200), ("A.XLSX", 100), ("c.csv", 300)):
        (folder / name).write_text("1", encoding="utf-8")
        os.utime(folder / name, (time_s, time_s))
    drop.ready_files()
    assert names(drop.ready_files()) == ["A.XLSX", "b.json", "c.csv"]


def test_finished_files_go_aside_under_free_names(folder: Path) -> None:
    drop = DropFolder(folder)
    for number in range(3):
        (folder / "a.csv").write_text(str(number), encoding="utf-8")
        drop.ready_files()
        (path,) = drop.ready_files()
        target = drop.finish(path, GOOD)
        assert target is not None
        assert target.read_text(encoding="utf-8") == str(number)
        assert drop.ready_files() == ()
    assert listed(folder / "processed") == ["a (2).csv", "a (3).csv", "a.csv"]
    assert listed(folder / "rejected") == []


def test_problems_are_listed_beside_the_file_with_values_masked(folder: Path) -> None:
    drop = DropFolder(folder, {"record_number_rounded": "号码被改成近似值"}.__getitem__)
    (folder / "a.csv").write_text("1", encoding="utf-8")
    drop.finish(folder / "a.csv", DropOutcome(accepted=False, taken=1, problems=(PROBLEM,)))
    assert listed(folder / "rejected") == ["a.csv", "a.csv.problems.txt"]
    data = (folder / "rejected" / "a.csv.problems.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert "3\tcertno\t号码被改成近似值\t***（18 个字符）\r\n" in text
    assert "110101" not in text


def test_a_file_with_some_bad_rows_is_processed_with_a_list(folder: Path) -> None:
    (folder / "a.csv").write_text("1", encoding="utf-8")
    notice = SourceProblem(0, "x\ty", "", "record_column_unknown")
    DropFolder(folder).finish(folder / "a.csv", DropOutcome(True, 5, (notice, PROBLEM)))
    assert listed(folder / "processed") == ["a.csv", "a.csv.problems.txt"]
    text = (folder / "processed" / "a.csv.problems.txt").read_text(encoding="utf-8-sig")
    assert "整列\tx y\trecord_column_unknown\t" in text


def test_a_file_that_vanished(folder: Path) -> None:
    drop = DropFolder(folder)
    (folder / "a.csv").write_text("1", encoding="utf-8")
    drop.ready_files()
    (path,) = drop.ready_files()
    path.unlink()
    assert drop.finish(path, GOOD) is None
    assert drop.finish(path, BAD) is None
    assert listed(folder / "processed") == []
    assert listed(folder / "rejected") == ["a.csv.problems.txt"]
    assert drop.ready_files() == ()


def test_a_file_of_the_same_name_is_another_file(folder: Path) -> None:
    drop = DropFolder(folder)
    path = folder / "a.csv"
    path.write_text("1", encoding="utf-8")
    drop.ready_files()
    drop.finish(path, GOOD)
    path.write_text("2", encoding="utf-8")
    assert drop.ready_files() == ()
    assert names(drop.ready_files()) == ["a.csv"]


@contextmanager
def other_volume(folder: Path) -> Iterator[Path]:
    """A folder on another file system where the machine has one, else on the same."""
    memory = Path("/dev/shm")  # noqa: S108 - the second volume of a test machine
    parent = memory if memory.is_dir() and os.access(memory, os.W_OK) else folder.parent
    with TemporaryDirectory(dir=parent) as name:
        yield Path(name)


def test_processed_on_another_volume(folder: Path) -> None:
    with other_volume(folder) as volume:
        if sys.platform != "win32":
            (folder / "processed").symlink_to(volume, target_is_directory=True)
        (folder / "a.csv").write_text("内容", encoding="utf-8")
        target = DropFolder(folder).finish(folder / "a.csv", GOOD)
        assert target is not None
        assert target.read_text(encoding="utf-8") == "内容"
        assert not (folder / "a.csv").exists()


def test_copying_in_place_of_a_move(folder: Path) -> None:
    source, target = folder / "a.csv", folder / "b.csv"
    source.write_text("内容", encoding="utf-8")
    target.touch()
    assert _copy_over(source, target)
    assert target.read_text(encoding="utf-8") == "内容"
    assert not source.exists()
    assert not _copy_over(source, folder / "c.csv")
    assert listed(folder) == ["b.csv"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordError) as caught:
        DropFolder(tmp_path / "张三").ready_files()
    assert caught.value.code == "drop_folder_unreachable"
    assert caught.value.retryable
    assert "张三" not in str(caught.value)


def test_a_folder_that_cannot_be_written_never_offers_a_file_twice(folder: Path) -> None:
    drop = DropFolder(folder)
    (folder / "a.csv").write_text("1", encoding="utf-8")
    drop.ready_files()
    (path,) = drop.ready_files()
    (folder / "processed").write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(RecordError, match="drop_folder_unreachable"):
        drop.finish(path, GOOD)
    with pytest.raises(RecordError, match="drop_folder_unreachable"):
        drop.ready_files()
    (folder / "processed").unlink()
    assert drop.ready_files() == ()
    assert listed(folder / "processed") == ["a.csv"]


@pytest.mark.parametrize("name", ["CON.csv", "nul.xlsx", "很长的检查记录" * 10 + ".json"])
def test_names_and_depths_that_only_windows_minds(folder: Path, name: str) -> None:
    """A share of another system holds files and folders that Windows' own rules would not reach."""
    deep = folder.joinpath(*["检查检验记录" * 3] * 8)
    make_folder(deep)
    reachable(deep / name).write_text("检查", encoding="utf-8")
    drop = DropFolder(deep)
    drop.ready_files()
    (path,) = drop.ready_files()
    assert path.read_text(encoding="utf-8") == "检查"
    moved = drop.finish(path, DropOutcome(accepted=True, taken=1, problems=(PROBLEM,)))
    assert moved is not None
    assert moved.name == name
    assert listed(reachable(deep / "processed", LONGEST)) == sorted([name, f"{name}.problems.txt"])
    assert drop.ready_files() == ()
