"""Composition root of the console: built once, closed in reverse (DESIGN 2, 3).

What a window needs is imported when the window is there already (bench/startup.py): of the product nothing
but ``ui.opening`` stands at the top of this file.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.services.ui_state import UiState, load_ui_state
from hbgz_desktop.ui.one_window import OneWindow
from hbgz_desktop.ui.opening import Opening, application
from hbgz_desktop.ui.palette import Scheme, load_palette

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.ui.application import ConsoleApplication
    from hbgz_desktop.ui.console_window import ConsoleWindow
    from hbgz_desktop.ui.main_window import MainWindow

SETTLE_MS = 1500


def _application(stack: ExitStack, look: UiState) -> tuple[ConsoleApplication, ErrorTexts]:
    from hbgz_desktop.services.error_texts import ErrorTexts  # not before the first paint
    from hbgz_desktop.ui.application import ConsoleApplication  # the same
    from hbgz_desktop.ui.theme import Density  # the same

    console = ConsoleApplication(
        ["hbgz"],
        resources_dir(),
        language=look.language,
        density=Density.IT if look.role == "it" else Density.CLERK,
    )
    stack.callback(console.close)
    console.set_scheme(look.scheme)
    return console, ErrorTexts("en" if look.language == "en" else "zh")


def _services(stack: ExitStack, folder: DataFolder) -> ConsoleServices:
    """Open the data folder; on any thread."""
    from hbgz_desktop.services.console import ConsoleServices  # not before the first paint
    from hbgz_desktop.services.engine_service import service_of  # the same
    from hbgz_desktop.services.engine_supervisor import EngineSupervisor  # the same
    from hbgz_desktop.services.workplace import Workplace  # the same

    work = stack.enter_context(Workplace(folder))
    services = ConsoleServices(
        work, EngineSupervisor(folder, work.engine_state, service_of(folder))
    )
    stack.callback(services.viewing.close)
    return services


def _window(
    console: ConsoleApplication,
    services: ConsoleServices,
    texts: ErrorTexts,
    window: MainWindow | None = None,
) -> ConsoleWindow:
    from hbgz_desktop.services.rehearsal import start_rehearsal  # not before the first paint
    from hbgz_desktop.ui.console_window import ConsoleWindow  # the same

    return ConsoleWindow(console, services, texts, on_rehearse=start_rehearsal, window=window)


class _Start:
    """How the console comes up; every method runs in the GUI thread, but ``_load``."""

    def __init__(self, stack: ExitStack, folder: DataFolder, look: UiState, one: OneWindow) -> None:
        self._stack = stack
        self._one = one
        self._folder = folder
        self._look = look
        self._data = stack.enter_context(ExitStack())  # closed when no thread works any more
        self.opening = Opening(look.scheme, _grounds())
        self.opening.qt.setQuitOnLastWindowClosed(False)
        self.opening.window_shown.connect(self.furnish)
        self.opening.frame_shown.connect(self.load)
        self.opening.loaded.connect(self.show)
        self.opening.failed.connect(self.fail)
        one.called.connect(self.opening.window.come_forward)
        self.opening.window.closing.connect(one.give_up)

    def furnish(self) -> None:
        """The window is there: what stands around the pages."""
        passing("console.window_shown")
        self._console, self._texts = _application(self._stack, self._look)
        self._console.install_hooks()
        self.opening.furnish(self._console)

    def load(self) -> None:
        """The frame is there: the data."""
        passing("console.frame_shown")
        self._one.listen()
        self.opening.load(self._console, self._load)

    def _load(self) -> ConsoleServices:
        """On a pool thread: import what the first page needs, open the data folder; no widget is touched."""
        import hbgz_desktop.ui.console_window  # noqa: F401 - so that the GUI thread finds it there
        from hbgz_desktop.services.logs import configure_logging  # not before the first paint
        from hbgz_desktop.ui.page_makers import import_page  # the same

        import_page("overview")

        configure_logging(self._folder, name="console")
        return _services(self._data, self._folder)

    def show(self, services: ConsoleServices) -> None:
        """The data is there: pages, and everything alive."""
        from hbgz_desktop.system.end_requests import EndRequests  # not before the first paint

        window = _window(self._console, services, self._texts, self.opening.window)
        passing("console.page_shown")
        self._stack.enter_context(EndRequests(window.end_soon, has_window=True))
        window.start()

    def fail(self, error: Exception) -> None:
        """The data cannot be opened: say what and who acts; anything else is a bug."""
        from hbgz_desktop.ui.start_failed import StartFailedDialog  # hopefully never

        if not isinstance(error, HbgzError):
            self._console.notices.report_bug(error)
            return
        self._dialog = StartFailedDialog(self._console.theme, error, self._texts)
        self._dialog.finished.connect(self._give_up)
        self._one.give_up()  # who tries again meanwhile is not shown this failure
        self.opening.window.hide()
        self._dialog.open()

    def _give_up(self) -> None:
        self.opening.ended.emit(1)


def run_console(folder: DataFolder) -> int:
    """Open the window and run until the person leaves; the one there is comes forward instead.

    Returns:
        The exit code.
    """
    qt = application()
    one = OneWindow(folder.root, qt)
    if not one.claim():
        return 0
    with ExitStack() as stack:
        stack.callback(one.give_up)
        start = _Start(stack, folder, load_ui_state(folder.root), one)
        start.opening.ended.connect(start.opening.qt.exit)
        return int(start.opening.qt.exec())


def _grounds() -> dict[Scheme, str]:
    """Colour of the window before there is a theme, by scheme."""
    colours = load_palette(resources_dir() / "theme" / "palette.json").colours
    return {scheme: colours[scheme]["window"] for scheme in Scheme}


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
    from hbgz_desktop.ui.charts.chart_place import import_chart  # not before the first paint
    from hbgz_desktop.ui.page_makers import import_pages  # the same

    import_pages()  # no page is to come late
    import_chart()
    with ExitStack() as stack:
        data = stack.enter_context(ExitStack())
        console, texts = _application(stack, look or load_ui_state(folder.root))
        window = _window(console, _services(data, folder), texts)
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
