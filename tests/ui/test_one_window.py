"""Who opens the program again gets the window that is there; one that is gone is in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.one_window import OneWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.timeout(100)

HANG = """
import sys
from pathlib import Path
from hbgz_desktop.ui.one_window import OneWindow
one = OneWindow(Path(sys.argv[1]))
print(one.claim(0), flush=True)
one.listen()
sys.stdin.read()
"""


@pytest.fixture
def one(data_dir: Path, qtbot: QtBot) -> Iterator[OneWindow]:
    """The console that is there already."""
    del qtbot
    one = OneWindow(data_dir)
    assert one.claim()
    yield one
    one.give_up()


def test_the_program_opened_again_calls_the_window_and_ends(
    one: OneWindow, data_dir: Path, qtbot: QtBot
) -> None:
    one.listen()
    program = (sys.executable, "-m", "hbgz_desktop", "--data", str(data_dir))
    with ExitStack() as stack:
        with qtbot.waitSignal(one.called, timeout=60_000):
            again = stack.enter_context(subprocess.Popen(program))
            stack.callback(again.kill)
        qtbot.waitUntil(lambda: again.poll() is not None, timeout=60_000)
    assert again.returncode == 0
    assert not (data_dir / "hbgz.sqlite").exists(), "it opened nothing of its own"


def test_one_that_has_only_begun_is_waited_for(one: OneWindow, data_dir: Path) -> None:
    second = OneWindow(data_dir)
    assert second.claim(0.2), "it never listens: rather two windows than none"
    one.give_up()
    assert second.claim(0)
    second.give_up()


def test_another_data_folder_has_a_window_of_its_own(one: OneWindow, tmp_path: Path) -> None:
    one.listen()
    other = OneWindow(tmp_path / "other 数据")
    assert other.claim(0)
    other.give_up()


def test_one_that_hangs_or_was_killed_is_in_nobodys_way(data_dir: Path, qtbot: QtBot) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANG, str(data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().split() == [b"True"]
        mine = OneWindow(data_dir)
        assert not mine._lock.tryLock(0)
        assert mine.claim(1.0), (
            "it listens, but nobody is there who hears: rather two windows than none"
        )
        mine._again.setInterval(50)
        mine.listen()
        assert not mine._lock.isLocked()
        holder.kill()
        holder.wait(30)
    qtbot.waitUntil(mine._lock.isLocked, timeout=30_000)
    assert mine._server is not None, "from now on it is the one that is called"
    mine.give_up()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)  # the offscreen platform
def test_a_window_comes_forward_from_beside_the_clock_and_minimized(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.showMaximized()
    window.hide()
    window.come_forward()
    assert window.isVisible()
    window.showMinimized()
    window.come_forward()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.windowState() & Qt.WindowState.WindowMaximized, "as large as it was"
