"""Long actions of a person: a strip on their page, a place in the status bar of every page, a way to stop."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from hbgz_desktop.ui.job_runner import JobRunner
from hbgz_desktop.ui.live_status import LiveStatus
from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.notices import Notices
from tests.ui.windows import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

LIMIT_MS = 5000


class Steps:
    """Three steps that go on when the test says so."""

    def __init__(self) -> None:
        self.total = 3
        self.done = 0
        self._go_on = threading.Event()
        self._is_stopped = threading.Event()

    def stop(self) -> None:
        self._is_stopped.set()
        self._go_on.set()

    def end(self) -> None:
        """Let it run to its end."""
        self._go_on.set()

    def run(self) -> int:
        self.done = 1
        self._go_on.wait(LIMIT_MS / 1000)
        self.done = 1 if self._is_stopped.is_set() else self.total
        return self.done


class Page(QWidget):
    """What begins the action."""

    def __init__(self, context: PageContext, key: str = "queue") -> None:
        super().__init__()
        self.jobs = JobRunner(context, key, self)
        self.results: list[object] = []

    def start(self, steps: Steps, *, can_stop: bool = True) -> bool:
        return self.jobs.run(
            steps, "重试 3 项", steps.run, self._on_done, self._on_failed, can_stop=can_stop
        )

    def _on_done(self, result: object) -> None:
        self.results.append(result)

    def _on_failed(self, error: Exception) -> None:
        self.results.append(error)


@pytest.fixture
def window(context: PageContext, qtbot: QtBot) -> MainWindow:
    """A window whose status bar follows what is on its way."""
    window = MainWindow.furnished(context.theme, Notices(), "互认前置台", "示例人民医院")
    LiveStatus(context, window)
    shown(qtbot, window)
    return window


@pytest.fixture
def steps() -> Iterator[Steps]:
    """Ends with the test."""
    steps = Steps()
    yield steps
    steps.end()


def facts(window: MainWindow) -> dict[str, QAbstractButton]:
    """Facts of the status bar by the words they begin with."""
    found = window.status.findChildren(QAbstractButton)
    return {one.accessibleName(): one for one in found if one.isVisible()}


def test_every_page_shows_a_long_action_until_it_ends(
    context: PageContext, window: MainWindow, steps: Steps, qtbot: QtBot, journal: Journal
) -> None:
    page = Page(context)
    assert page.start(steps)
    assert not page.start(Steps())  # one at a time
    qtbot.waitUntil(lambda: "重试 3 项 1 / 3" in facts(window), timeout=LIMIT_MS)
    assert not page.jobs.strip.isHidden()
    facts(window)["重试 3 项 1 / 3"].click()
    assert journal.pages == [("queue", "")]
    steps.end()
    qtbot.waitUntil(lambda: page.results == [3], timeout=LIMIT_MS)
    assert page.jobs.strip.isHidden()
    assert not page.jobs.is_busy
    assert not [name for name in facts(window) if name.startswith("重试")]


def test_the_status_bar_stops_it(
    context: PageContext, window: MainWindow, steps: Steps, qtbot: QtBot
) -> None:
    page = Page(context)
    page.start(steps)
    qtbot.waitUntil(lambda: "停下" in facts(window), timeout=LIMIT_MS)
    facts(window)["停下"].click()
    qtbot.waitUntil(lambda: page.results == [1], timeout=LIMIT_MS)


def test_what_must_not_end_half_way_has_no_stop(
    context: PageContext, window: MainWindow, steps: Steps, qtbot: QtBot
) -> None:
    page = Page(context)
    page.start(steps, can_stop=False)
    qtbot.waitUntil(lambda: "重试 3 项 1 / 3" in facts(window), timeout=LIMIT_MS)
    assert "停下" not in facts(window)


def test_of_several_the_newest_is_shown_and_the_others_are_counted(
    context: PageContext, window: MainWindow, steps: Steps, qtbot: QtBot
) -> None:
    first, second = Page(context), Page(context, "needs_fix")
    other = Steps()
    first.start(steps)
    second.start(other)
    dotted = context.theme.join("1 / 3", "另有 1 件在做")
    qtbot.waitUntil(lambda: f"重试 3 项 {dotted}" in facts(window), timeout=LIMIT_MS)
    other.end()
    qtbot.waitUntil(lambda: "重试 3 项 1 / 3" in facts(window), timeout=LIMIT_MS)


def test_an_error_ends_it_too(context: PageContext, steps: Steps, qtbot: QtBot) -> None:
    page = Page(context)
    error = ValueError("no")

    def fail() -> None:
        raise error

    page.jobs.run(steps, "重试 3 项", fail, page._on_done, page._on_failed)
    qtbot.waitUntil(lambda: page.results == [error], timeout=LIMIT_MS)
    assert not page.jobs.is_busy
