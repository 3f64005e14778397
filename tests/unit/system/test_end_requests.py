"""Who may end a process, and that it gets the time to do it well."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.system import console_control, end_requests, session_window
from hbgz_desktop.system.console_control import answer_control
from hbgz_desktop.system.end_requests import EndRequests, end_signals
from hbgz_desktop.system.session_window import answer_message
from tests.operating_system import SLOWNESS
from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Callable

windows_only = pytest.mark.skipif(sys.platform != "win32", reason="messages of Windows")


class Asked:
    """Counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.mark.parametrize("number", end_signals())
def test_every_signal_asks(number: signal.Signals) -> None:
    asked = Asked()
    before = signal.getsignal(number)
    with EndRequests(asked) as requests:
        signal.raise_signal(number)
        assert asked.times == 1
        assert not requests.is_session_over
    assert signal.getsignal(number) is before


def test_the_terminal_and_other_programs_are_heard() -> None:
    names = {one.name for one in end_signals()}
    own = {"SIGBREAK"} if sys.platform == "win32" else {"SIGHUP"}
    assert names == {"SIGINT", "SIGTERM"} | own


def test_the_system_is_held_up_until_the_block_ends() -> None:
    asked = threading.Event()
    with EndRequests(asked.set) as requests:
        system = threading.Thread(target=requests.on_session_end)
        system.start()
        assert asked.wait(10)
        assert requests.is_session_over
        assert system.is_alive()
    system.join(10 * SLOWNESS)
    assert not system.is_alive()


def test_but_not_for_longer_than_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(end_requests, "SESSION_END_S", 0.05)
    with EndRequests(Asked()) as requests:
        requests.on_session_end()


def test_a_closed_terminal_and_a_shutdown_end_us() -> None:
    asked = Asked()
    assert answer_control(console_control.CLOSED, asked)
    assert answer_control(console_control.SHUT_DOWN, asked)
    assert asked.times == 2
    assert answer_control(console_control.LOGGED_OFF, asked), (
        "a service goes on when somebody signs out"
    )
    assert not answer_control(0, asked), "Ctrl-C is Python's"
    assert asked.times == 2


def test_only_a_session_that_really_ends_ends_us() -> None:
    asked = Asked()
    assert answer_message(session_window.QUERY_END_SESSION, 0, asked) == 1
    assert answer_message(session_window.END_SESSION, 0, asked) == 0
    assert answer_message(session_window.CLOSE, 0, asked) is None
    assert asked.times == 0
    assert answer_message(session_window.END_SESSION, 1, asked) == 0
    assert asked.times == 1


def send_to_windows_of_ours(kind: int, wparam: int) -> list[int]:
    """What each session window of this process answers to a message."""
    answers: list[int] = []
    if sys.platform == "win32":
        from ctypes import wintypes

        user = ctypes.WinDLL("user32")
        callback = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        user.SendMessageW.argtypes = [
            *(wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
        ]

        def look(window: int, _fact: int) -> bool:
            name = ctypes.create_unicode_buffer(100)
            user.GetClassNameW(wintypes.HWND(window), name, 100)
            if name.value.startswith(session_window.CLASS_NAME):
                answers.append(user.SendMessageW(window, kind, wparam, 0))
            return True

        user.EnumWindows(callback(look), 0)
    return answers


@pytest.fixture
def desktop() -> None:
    """Skip where no window can be made, not even one that nobody sees."""
    if sys.platform == "win32":
        with session_window.SessionWindow(Asked()) as window:
            if not window.is_there:
                pytest.skip("no desktop: Wine without a display")


@windows_only
@pytest.mark.usefixtures("desktop")
def test_a_window_hears_of_sign_out() -> None:
    asked = threading.Event()

    def in_the_system(send: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=send)
        thread.start()
        return thread

    with EndRequests(asked.set) as requests:
        assert send_to_windows_of_ours(session_window.QUERY_END_SESSION, 0) == [1]
        assert not asked.is_set()
        system = in_the_system(lambda: send_to_windows_of_ours(session_window.END_SESSION, 1))
        assert asked.wait(10)
        assert requests.is_session_over
    until("answered", lambda: not system.is_alive())
    assert send_to_windows_of_ours(session_window.QUERY_END_SESSION, 0) == []


@windows_only
def test_a_program_with_windows_needs_no_other() -> None:
    with EndRequests(Asked(), has_window=True):
        assert send_to_windows_of_ours(session_window.QUERY_END_SESSION, 0) == []
