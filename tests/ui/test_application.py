"""QApplication set up once: hooks, translations, Qt's messages."""

from __future__ import annotations

import gc
import logging
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QObject, qWarning

from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.states import State, state_word
from hbgz_desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def console(qtbot: QtBot, resources: Path) -> Iterator[ConsoleApplication]:
    hook, thread_hook = sys.excepthook, threading.excepthook
    console = ConsoleApplication(["test"], resources)
    yield console
    console.set_language(resources, "zh_CN")
    assert console.close(2000)
    sys.excepthook, threading.excepthook = hook, thread_hook


def test_english_is_a_translation_of_the_chinese_source(
    console: ConsoleApplication, resources: Path, qtbot: QtBot
) -> None:
    assert state_word(State.NEEDS_FIX) == "待处理"
    console.set_language(resources, "en")
    assert state_word(State.NEEDS_FIX) == "Needs fix"
    header = PageHeader(console.theme, "Studies")
    qtbot.addWidget(header)
    assert header.tr("更多") == "More"


def test_qts_own_buttons_speak_chinese(console: ConsoleApplication) -> None:
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


@pytest.mark.allow_warnings("bug report_id=")
def test_unforeseen_errors_of_any_thread_are_reported(
    console: ConsoleApplication, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    console.install_hooks()

    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail, name="failing")
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError("in a slot"), None)
    console.remove_hooks()
    assert caplog.text.count("bug report_id=") == 2


@pytest.mark.allow_warnings("bug report_id=")
def test_a_task_without_an_error_slot_is_reported(
    console: ConsoleApplication, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    console.tasks.run_task(lambda: 1 // 0, console.notices.toast)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in caplog.text)


@pytest.mark.allow_warnings("qt_message")
def test_qts_messages_go_to_the_log(
    console: ConsoleApplication, caplog: pytest.LogCaptureFixture
) -> None:
    console.install_hooks()
    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("something odd")
    console.remove_hooks()
    assert "text=something odd" in caplog.text


class Lump(QObject):
    """A Qt object that is garbage only for the cyclic collector."""

    def __init__(self, dead: list[bool]) -> None:
        super().__init__()
        self.itself = self
        self._dead = dead

    def __del__(self) -> None:
        self._dead.append(threading.current_thread() is threading.main_thread())


def test_cyclic_garbage_dies_in_the_gui_thread_only(
    console: ConsoleApplication, qtbot: QtBot
) -> None:
    dead: list[bool] = []
    console.install_hooks()
    for _ in range(50):
        Lump(dead)
    worker = threading.Thread(target=lambda: [[n] for n in range(200_000)], name="allocating")
    worker.start()
    worker.join()
    assert dead == []
    kept = [[n] for n in range(2000)]
    qtbot.waitUntil(lambda: len(dead) == 50, timeout=3000)
    console.remove_hooks()
    assert all(dead)
    assert gc.isenabled()
    assert kept
