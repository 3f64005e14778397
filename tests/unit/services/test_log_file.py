"""A log goes on: in new files while it may, in the same one while somebody holds it."""

from __future__ import annotations

import logging
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.log_file import LogFile
from tests.operating_system import IS_WINDOWS

if TYPE_CHECKING:
    from pathlib import Path

LINES_A_FILE = 4


def write(handler: LogFile, *numbers: int) -> None:
    for number in numbers:
        handler.emit(logging.makeLogRecord({"msg": f"line {number:03d} ....."}))


def lines(path: Path) -> list[int]:
    return [int(one.split()[1]) for one in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def path(data_dir: Path) -> Path:
    return data_dir / "engine.log"


def made(path: Path) -> closing[LogFile]:
    return closing(LogFile(path, size_bytes=LINES_A_FILE * 16, kept=2))


def test_older_lines_move_on_and_the_oldest_go(path: Path) -> None:
    with made(path) as handler:
        write(handler, *range(20))
    assert {one.name for one in path.parent.iterdir()} == {
        "engine.log",
        "engine.log.1",
        "engine.log.2",
    }
    kept = [
        number for name in (".2", ".1", "") for number in lines(path.with_name(path.name + name))
    ]
    assert kept == list(range(kept[0], 20))
    assert len(kept) > 2 * (LINES_A_FILE - 1)


def test_a_file_that_somebody_reads_is_written_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person has the log open; on Windows it cannot be renamed meanwhile, and no line is lost for it."""
    with made(path) as handler:
        write(handler, *range(8))
        older = lines(path.with_name("engine.log.1"))
        with path.open("rb") as reader:
            assert reader.read(1)
            write(handler, *range(8, 16))
        if IS_WINDOWS:
            assert lines(path.with_name("engine.log.1")) == older
            assert lines(path)[-8:] == list(range(8, 16))
        monkeypatch.setattr(handler, "_not_before", 0.0)
        write(handler, 16)
    assert lines(path) == [16] if IS_WINDOWS else 16 in lines(path)


def test_a_name_in_the_way_does_not_stop_the_log(path: Path) -> None:
    blocked = path.with_name("engine.log.0")
    blocked.mkdir()
    (blocked / "occupied").touch()
    with made(path) as handler:
        write(handler, *range(12))
    assert lines(path) == list(range(12))
