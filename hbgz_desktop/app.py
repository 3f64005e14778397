"""Composition root of the console: built once, closed in reverse (DESIGN 2, 3)."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.logs import configure_logging
from hbgz_desktop.services.rehearsal import start_rehearsal
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.ui.application import ConsoleApplication
from hbgz_desktop.ui.console_window import ConsoleWindow
from hbgz_desktop.ui.palette import Scheme
from hbgz_desktop.ui.theme import Density

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.services.folders import DataFolder

SETTLE_MS = 1500


def _language() -> str:
    return "en" if os.environ.get("HBGZ_LANGUAGE", "").startswith("en") else "zh_CN"


def _build(
    stack: ExitStack, folder: DataFolder, *, scheme: Scheme = Scheme.LIGHT, language: str = ""
) -> tuple[ConsoleApplication, ConsoleWindow]:
    work = stack.enter_context(Workplace(folder))
    chosen = language or _language()
    console = ConsoleApplication(
        ["hbgz"], resources_dir(), language=chosen, scheme=scheme, density=Density.CLERK
    )
    stack.callback(console.close)
    services = ConsoleServices(work, EngineSupervisor(folder, work.engine_state))
    texts = ErrorTexts("en" if chosen == "en" else "zh")
    window = ConsoleWindow(console, services, texts, on_rehearse=start_rehearsal)
    return console, window


def run_console(folder: DataFolder) -> int:
    """Open the window and run until the person leaves; returns the exit code."""
    configure_logging(folder, name="console")
    with ExitStack() as stack:
        console, window = _build(stack, folder)
        console.install_hooks()
        console.qt.setQuitOnLastWindowClosed(False)
        window.finished.connect(console.qt.quit)
        window.start()
        return int(console.qt.exec())


def write_screenshots(folder: DataFolder, out: Path) -> tuple[Path, ...]:
    """Draw every page into PNG files, without a display.

    Args:
        folder: A data folder to show.
        out: Created when missing.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen" if sys.platform != "win32" else "windows")
    out.mkdir(parents=True, exist_ok=True)
    written = []
    with ExitStack() as stack:
        console, window = _build(stack, folder)
        window.window.show()
        window.follow()
        for key in window.page_keys():
            window.window.show_page(key)
            _settle(console)
            path = out / f"{key}.png"
            window.window.grab().save(str(path))
            written.append(path)
        window.leave()
        _settle(console, 200)
    return tuple(written)


def _settle(console: ConsoleApplication, for_ms: int = SETTLE_MS) -> None:
    pause = threading.Event()
    for _ in range(for_ms // 20):
        console.qt.processEvents()
        pause.wait(0.02)
