"""Real processes: whom they end with, and what they do not get from us."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from hbgz_desktop.system.child_process import PIPE, Streams, ask_program, start_bound, start_free
from hbgz_desktop.system.exclusive_socket import make_exclusive
from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(100)
WAITING = "tests.unit.system.waiting_process"
STARTING = "tests.unit.system.starting_process"
IS_WINDOWS = sys.platform == "win32"


@pytest.fixture
def report(tmp_path: Path) -> Iterator[Path]:
    """Where a waiting process says what it was given; it is let go after the test."""
    path = tmp_path / "报告.json"
    yield path
    path.with_suffix(".stop").touch()
    if path.exists():
        until("gone", lambda: not psutil.pid_exists(told(path)["pid"]) or is_zombie(path))


def told(report: Path) -> dict[str, Any]:
    until("its report", report.exists)
    facts: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return facts


def is_zombie(report: Path) -> bool:
    try:
        return psutil.Process(told(report)["pid"]).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def is_alive(report: Path) -> bool:
    return psutil.pid_exists(told(report)["pid"]) and not is_zombie(report)


@pytest.fixture
def parent(request: pytest.FixtureRequest, report: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of ours that has started another one and waits."""
    words = [sys.executable, "-m", STARTING, request.param, str(report)]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:
        told(report)
        yield process
        process.kill()


@pytest.mark.parametrize("parent", ["bound"], indirect=True)
def test_one_that_serves_us_ends_when_we_are_killed(
    parent: subprocess.Popen[bytes], report: Path
) -> None:
    assert told(report)["typed"] == "hello"
    assert is_alive(report)
    parent.kill()
    until("gone", lambda: not is_alive(report))


@pytest.mark.skipif(not IS_WINDOWS, reason="Linux has no jobs: there the end of stdin is all")
@pytest.mark.parametrize("parent", ["deaf"], indirect=True)
def test_a_deaf_one_too(parent: subprocess.Popen[bytes], report: Path) -> None:
    parent.kill()
    until("gone", lambda: not is_alive(report))


@pytest.mark.parametrize("parent", ["free"], indirect=True)
def test_one_that_is_free_goes_on(parent: subprocess.Popen[bytes], report: Path) -> None:
    parent.kill()
    parent.wait()
    assert is_alive(report)
    report.with_suffix(".stop").touch()
    until("gone", lambda: not is_alive(report))


def test_the_end_of_its_stdin_lets_it_finish(report: Path) -> None:
    with start_bound(WAITING, str(report), "stdin", streams=Streams(stdin=PIPE)) as child:
        assert child.stdin is not None
        child.stdin.write(b"x")
        child.stdin.close()
    assert child.returncode == 0
    assert report.with_suffix(".ended").exists()


def test_none_of_our_handles_is_passed_on(report: Path) -> None:
    """A port that a process of ours holds would stay taken when we have ended."""
    with socket.socket() as listening:
        make_exclusive(listening)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.set_inheritable(True)
        place = listening.getsockname()
        child = start_free(WAITING, str(report), "deaf")
        told(report)
    with socket.socket() as again:
        make_exclusive(again)
        again.bind(place)
        again.listen()
    report.with_suffix(".stop").touch()
    assert child.wait(30) == 0


def test_it_has_no_window_and_keeps_no_folder_busy(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    child = start_free(WAITING, str(report), "deaf")
    facts = told(report)
    assert Path(facts["folder"]) == Path(sys.executable).parent
    assert (facts["window"], facts["leads"]) == (0, True)
    report.with_suffix(".stop").touch()
    assert child.wait(30) == 0


def test_a_program_of_the_system_is_asked() -> None:
    words = ["cmd", "/c", "echo 1"] if IS_WINDOWS else ["echo", "1"]
    assert ask_program(words, limit_s=30) == (0, f"1{os.linesep}".replace(os.linesep, "\n"))
    assert ask_program(["hbgz-no-such-program"], limit_s=30) is None
