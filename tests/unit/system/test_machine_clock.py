"""Sleep is time that passed while no clock of a waiting thread went on."""

from __future__ import annotations

import pytest

from hbgz_desktop.system.machine_clock import Clocks, ClockWatch, Jump, jump_between, read_clocks

START = Clocks(wall=1_000_000.0, elapsed=500.0, awake=400.0)


def later(wall: float, elapsed: float, awake: float) -> Clocks:
    return Clocks(START.wall + wall, START.elapsed + elapsed, START.awake + awake)


@pytest.mark.parametrize(
    ("after", "jump"),
    [
        (later(2, 2, 2), None),
        (later(90, 90, 90), None),
        (later(3602, 3602, 2), Jump(3600.0, 0.0)),
        (later(62, 2, 2), Jump(0.0, 60.0)),
        (later(-58, 2, 2), Jump(0.0, -60.0)),
        (later(7202, 3602, 2), Jump(3600.0, 3600.0)),
        (later(4, 2, 2), None),
        (later(6, 6, 2), None),
    ],
    ids=["time", "a busy computer", "sleep", "set on", "set back", "both", "kept right", "a nap"],
)
def test_what_happened_between_two_looks(after: Clocks, jump: Jump | None) -> None:
    assert jump_between(START, after) == jump


def test_it_is_told_once() -> None:
    looks = iter([START, later(3602, 3602, 2), later(3604, 3604, 4)])
    watch = ClockWatch(lambda: next(looks))
    assert watch.look() == Jump(3600.0, 0.0)
    assert watch.look() is None


def test_the_clocks_of_this_computer_go_on() -> None:
    first = read_clocks()
    second = read_clocks()
    assert second.elapsed >= first.elapsed
    assert second.awake >= first.awake
    assert abs((second.wall - first.wall) - (second.elapsed - first.elapsed)) < 1
    assert ClockWatch().look() is None
