"""The viewing processes: what is looked at first, bounded memory, and an end whatever they are at."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest

from hbgz_desktop.model.view_frame import FrameFailure, ViewFrame
from hbgz_desktop.services.viewing import PREFETCH_SHARE, PROCESSES, Viewing
from tests.operating_system import SLOWNESS
from tests.unit.dicom.samples import CT_SMALL, PYDICOM_FILES, stored
from tests.unit.dicom.test_pixels import RAMP, picture_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hbgz_desktop.services.open_series import OpenSeries

LIMIT_S = 30.0 * SLOWNESS
FRAME_BYTES = RAMP.size * 2


@pytest.fixture
def viewing() -> Iterator[Viewing]:
    """Closed after the test."""
    made = Viewing(linger_s=0.0)
    yield made
    made.close()
    assert workers() == []


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Forty images that differ."""
    return [stored(tmp_path / f"{n:02d}.dcm", picture_of(RAMP + n)) for n in range(40)]


class Arrivals:
    """Counts what comes, and lets a test wait for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()

    def post(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def wait_until(self, is_done: Callable[[], object]) -> None:
        limit = time.monotonic() + LIMIT_S
        with self._changed:
            while not is_done():
                assert time.monotonic() < limit
                self._changed.wait(0.2)


def workers() -> list[psutil.Process]:
    """Ours, alive."""
    found = []
    for child in psutil.Process().children():
        try:
            if any("view_worker" in word for word in child.cmdline()):
                found.append(child)
        except psutil.Error:  # it ends just now
            continue
    return found


def first_pixel(answer: object) -> int:
    assert isinstance(answer, ViewFrame)
    return int(np.frombuffer(answer.pixels, "<u2")[0])


def test_neighbours_come_before_they_are_asked_for(viewing: Viewing, files: list[Path]) -> None:
    arrivals = Arrivals()
    series = viewing.open_series(files, arrivals.post)
    series.look_at(10)
    arrivals.wait_until(lambda: all(series.frame_at(n) for n in range(40)))
    assert [first_pixel(series.frame_at(n)) for n in range(40)] == list(range(40))
    assert 1 <= len(workers()) <= PROCESSES, "a slow machine gives the second nothing to do"


@pytest.mark.kill
def test_a_jump_does_not_wait_for_a_frame_that_takes_long(
    viewing: Viewing, files: list[Path]
) -> None:
    """One process is held: it keeps at most one of the jumps, the other serves the rest."""
    arrivals = Arrivals()
    series = viewing.open_series(files[:2], arrivals.post)
    series.look_at(0)
    arrivals.wait_until(lambda: series.frame_at(1))
    held = workers()[0]
    held.suspend()
    series.append(files[2:])
    jumps = (30, 5, 17)
    for position in jumps:
        series.look_at(position)
        arrivals.wait_until(lambda at=position: is_taken(viewing, series, at))  # type: ignore[misc]
    arrivals.wait_until(lambda: sum(bool(series.frame_at(n)) for n in jumps) >= 2)
    assert len(workers()) == PROCESSES
    assert held.pid in {one.pid for one in workers()}


def is_taken(viewing: Viewing, series: OpenSeries, position: int) -> bool:
    """A process is at it, or has been."""
    with viewing.lock:
        return viewing.is_under_way(series, (position, 0)) or bool(series.frame_at(position))


def test_memory_is_bounded_and_what_is_near_stays(files: list[Path]) -> None:
    """A jump is served; far ones are given up and decoded again when they are looked at."""
    viewing = Viewing(cache_bytes=12 * FRAME_BYTES, linger_s=0.0)
    arrivals = Arrivals()
    series = viewing.open_series(files, arrivals.post)
    for position in (0, 35, 2, 39, 20):
        series.look_at(position)
        arrivals.wait_until(lambda at=position: series.frame_at(at))  # type: ignore[misc]
        assert first_pixel(series.frame_at(position)) == position
        held = [n for n in range(40) if series.frame_at(n)]
        assert len(held) * FRAME_BYTES <= 12 * FRAME_BYTES
    near = int(12 * PREFETCH_SHARE) // 2
    arrivals.wait_until(lambda: all(series.frame_at(20 - n) for n in range(near)))
    viewing.close()


def test_nothing_is_decoded_twice_for_nothing(viewing: Viewing, files: list[Path]) -> None:
    """Neither a failure nor a frame that cannot be had any finer is asked for again."""
    arrivals = Arrivals()
    paths = [PYDICOM_FILES / "test_files" / "test-SR.dcm", files[0], files[0].with_name("none")]
    series = viewing.open_series(paths, arrivals.post)
    series.look_at(1, 100)
    arrivals.wait_until(lambda: all(series.frame_at(n) for n in range(3)))
    assert series.frame_at(0) == FrameFailure("no_pixels")
    assert series.frame_at(2) == FrameFailure("gone")
    coarse = series.frame_at(1)
    assert isinstance(coarse, ViewFrame)
    assert coarse.width == 100
    series.look_at(1, 5000)
    arrivals.wait_until(lambda: series.frame_at(1) is not coarse)
    fine = series.frame_at(1)
    assert isinstance(fine, ViewFrame)
    assert fine.is_full
    assert viewing.next_task() is None


@pytest.mark.kill
def test_closing_does_not_wait_for_a_decoder(viewing: Viewing, files: list[Path]) -> None:
    arrivals = Arrivals()
    series = viewing.open_series(files[:2], arrivals.post)
    series.look_at(0)
    arrivals.wait_until(lambda: series.frame_at(1))
    for one in workers():
        one.suspend()
    series.append(files[2:])
    series.look_at(5)
    begun = time.monotonic()
    viewing.close()
    assert time.monotonic() - begun < 8 * SLOWNESS
    assert workers() == []
    assert series.frame_at(0) is None


@pytest.mark.kill
def test_an_image_that_breaks_its_process_twice_is_given_up(
    viewing: Viewing, files: list[Path]
) -> None:
    arrivals = Arrivals()
    series = viewing.open_series(files[:1], arrivals.post)
    series.look_at(0)
    arrivals.wait_until(lambda: series.frame_at(0))
    for one in workers():
        one.suspend()
    series.append(files[1:2])
    series.look_at(1)
    seen: set[int] = set()

    def killed() -> object:
        for one in workers():
            seen.add(one.pid)
            one.kill()
        return series.frame_at(1)

    arrivals.wait_until(killed)
    assert series.frame_at(1) == FrameFailure("crashed")
    assert isinstance(series.frame_at(0), ViewFrame)
    assert len(seen) >= 2


def test_the_process_ends_with_its_input() -> None:
    asked = [
        {"id": 1, "path": "none", "frame": 0, "side_px": 64},
        {"id": 2, "path": str(CT_SMALL), "frame": 0, "side_px": 0},
    ]
    lines = "".join(f"{json.dumps(one)}\n" for one in asked) + "nonsense\n"
    done = subprocess.run(
        [sys.executable, "-m", "hbgz_desktop.dicom.view_worker"],
        input=lines.encode(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    first, _, rest = done.stdout.partition(b"\n")
    assert json.loads(first) == {"id": 1, "ok": False, "reason": "gone"}
    head, _, body = rest.partition(b"\n")
    assert json.loads(head)["sizes"] == [128 * 128 * 2]
    last = body[128 * 128 * 2 :]
    assert json.loads(last) == {"id": None, "ok": False, "reason": "bad_request"}
