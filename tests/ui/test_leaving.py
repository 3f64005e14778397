"""How the console ends, and what the person is told of receiving before it does."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from hbgz_desktop.services import engine_supervisor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.storage.engine_lock import EngineLock
from hbgz_desktop.system.end_requests import EndRequests
from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.console_window import ConsoleWindow
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from hbgz_desktop.ui.widgets.label import Label
from tests.operating_system import SLOWNESS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.console import ConsoleServices


class Desk:
    """A whole console; no engine runs."""

    def __init__(
        self, application: ConsoleApplication, services: ConsoleServices, qtbot: QtBot
    ) -> None:
        self.services = services
        self.qtbot = qtbot
        self.console = ConsoleWindow(
            application, services, ErrorTexts("zh"), on_rehearse=lambda _platform: None
        )
        with qtbot.waitActive(self.console.window):
            self.console.window.show()

    def ask_to_quit(self) -> ConfirmDialog:
        """退出… in the tray's menu."""
        self.console._leaving.tray.quit_requested.emit()
        dialog = self.console.window.findChild(ConfirmDialog)
        assert dialog is not None
        return dialog

    def press(self, dialog: ConfirmDialog, words: str) -> None:
        (button,) = [one for one in dialog.findChildren(Button) if one.text() == words]
        button.click()


@pytest.fixture
def desk(
    services: ConsoleServices, resources: Path, qtbot: QtBot, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    services.supervisor.service_name = getattr(request, "param", "")
    application = ConsoleApplication(["test"], resources)
    desk = Desk(application, services, qtbot)
    yield desk
    desk.console.leave()
    desk.console.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert application.close(5000)


def words_of(dialog: ConfirmDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label))


def test_without_a_service_it_is_said_that_receiving_stops_at_sign_out(desk: Desk) -> None:
    dialog = desk.ask_to_quit()
    said = words_of(dialog)
    assert "注销或关机时会停" in said
    assert "装成服务" in said
    desk.press(dialog, "不退出")
    assert desk.console.window.isVisible()


def test_the_window_may_go_and_receiving_go_on(desk: Desk) -> None:
    dialog = desk.ask_to_quit()
    with desk.qtbot.waitSignal(desk.console.finished):
        desk.press(dialog, "只退出窗口，继续接收")
    assert desk.services.work.engine_state.take() is None, "nothing was asked of the engine"


def test_or_both_end(desk: Desk) -> None:
    dialog = desk.ask_to_quit()
    with desk.qtbot.waitSignal(desk.console.finished):
        desk.press(dialog, "停止并退出")


def test_an_engine_that_does_not_stop_keeps_the_window(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_supervisor, "STOP_LIMIT_S", 0.2)
    running = EngineLock(desk.services.work.folder.engine_lock)
    running.acquire()
    desk.press(desk.ask_to_quit(), "停止并退出")
    toast = desk.console.window._toast
    desk.qtbot.waitUntil(lambda: "没有停下来" in toast.accessibleName())
    assert desk.console.window.isVisible()
    running.release()


@pytest.mark.parametrize("desk", ["hbgz_engine"], indirect=True)
def test_a_service_is_none_of_the_windows_business(desk: Desk) -> None:
    with desk.qtbot.waitSignal(desk.console.finished):
        desk.console._leaving.tray.quit_requested.emit()
    assert desk.console.window.findChild(ConfirmDialog) is None


def test_a_signal_ends_the_program_without_a_question(desk: Desk) -> None:
    with (
        EndRequests(desk.console.end_soon, has_window=True),
        desk.qtbot.waitSignal(desk.console.finished),
    ):
        signal.raise_signal(signal.SIGTERM)
    assert not desk.console.window.isVisible()


def test_so_does_the_system_when_the_session_ends(desk: Desk) -> None:
    with EndRequests(desk.console.end_soon, has_window=True) as requests:
        system = threading.Thread(target=requests.on_session_end)
        with desk.qtbot.waitSignal(desk.console.finished):
            system.start()
        assert not desk.console.window.isVisible()
    system.join(10 * SLOWNESS)
