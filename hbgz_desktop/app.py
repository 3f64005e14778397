"""Composition root of the console: built once, closed in reverse (DESIGN 2, 3)."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_service import service_of
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.logs import configure_logging
from hbgz_desktop.services.rehearsal import start_rehearsal
from hbgz_desktop.services.ui_state import UiState, load_ui_state
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.system.end_requests import EndRequests
from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.console_window import ConsoleWindow
from hbgz_desktop.ui.start_failed import StartFailedDialog
from hbgz_desktop.ui.theme import Density

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.ui.main_window import MainWindow

SETTLE_MS = 1500


def _application(stack: ExitStack, look: UiState) -> tuple[ConsoleApplication, ErrorTexts]:
    console = ConsoleApplication(
        ["hbgz"],
        resources_dir(),
        language=look.language,
        density=Density.IT if look.role == "it" else Density.CLERK,
    )
    stack.callback(console.close)
    console.set_scheme(look.scheme)
    return console, ErrorTexts("en" if look.language == "en" else "zh")


def _window(
    stack: ExitStack, folder: DataFolder, console: ConsoleApplication, texts: ErrorTexts
) -> ConsoleWindow:
    work = stack.enter_context(Workplace(folder))
    services = ConsoleServices(work, EngineSupervisor(folder, work.engine_state, service_of(folder)))
    stack.callback(services.viewing.close)
    return ConsoleWindow(console, services, texts, on_rehearse=start_rehearsal)


def run_console(folder: DataFolder) -> int:
    """Open the window and run until the person leaves; returns the exit code."""
    with ExitStack() as stack:
        console, texts = _application(stack, load_ui_state(folder.root))
        console.install_hooks()
        try:
            configure_logging(folder, name="console")
            window = _window(stack, folder, console, texts)
        except HbgzError as error:
            dialog = StartFailedDialog(console.theme, error, texts)
            dialog.open()
            console.qt.exec()
            return 1
        console.qt.setQuitOnLastWindowClosed(False)
        window.finished.connect(console.qt.quit)
        with EndRequests(window.end_soon, has_window=True):
            window.start()
            return int(console.qt.exec())


def visit_pages(
    folder: DataFolder,
    visit: Callable[[str, MainWindow], None],
    look: UiState | None = None,
    size: tuple[int, int] = (1440, 900),
) -> None:
    """Show every page of a data folder without a display, one after another.

    Args:
        folder: A data folder to show; no engine is started.
        visit: Gets the page's key and the window once the page has come to rest.
        look: Scheme, language and role; None = as the folder's own console looks.
        size: Of the window, in pixels at 100 %.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if sys.platform != "win32" else "windows")
    with ExitStack() as stack:
        console, texts = _application(stack, look or load_ui_state(folder.root))
        window = _window(stack, folder, console, texts)
        window.window.resize(*size)
        window.window.show()
        window.follow()
        for key in window.page_keys():
            window.window.show_page(key)
            if key == "studies":
                window.show_newest_study()
            if key == "shared":
                window.show_newest_authorization()
            _settle(console)
            visit(key, window.window)
        window.leave()
        _settle(console, 200)


def write_screenshots(
    folder: DataFolder, out: Path, look: UiState | None = None
) -> tuple[Path, ...]:
    """Draw every page into a PNG file; arguments as ``visit_pages``, ``out`` is made when missing."""
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def draw(key: str, window: MainWindow) -> None:
        written.append(out / f"{key}.png")
        window.grab().save(str(written[-1]))

    visit_pages(folder, draw, look)
    return tuple(written)


def _settle(console: ConsoleApplication, for_ms: int = SETTLE_MS) -> None:
    pause = threading.Event()
    for _ in range(for_ms // 20):
        console.qt.processEvents()
        pause.wait(0.02)
