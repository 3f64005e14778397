"""The window is there before anything heavy is imported; then it fills, or says why it cannot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from hbgz_desktop import app
from hbgz_desktop.cli.opening import open_plainly
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.ui_state import UiState
from hbgz_desktop.storage.engine_lock import EngineLock
from hbgz_desktop.ui.one_window import OneWindow
from hbgz_desktop.ui.page_makers import MAKERS, import_page
from hbgz_desktop.ui.start_failed import StartFailedDialog
from tests.operating_system import IS_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext

pytestmark = [
    pytest.mark.timeout(100),
    pytest.mark.allow_warnings("does not support propagateSizeHints"),  # the offscreen platform
]

ALLOWED = {"hbgz_desktop", "platformdirs", "typing_extensions"}
"""What is no part of Python or Qt and yet may be there at the first paint."""
SLOW = {
    "argparse",
    "asyncio",
    "ctypes",
    "hashlib",
    "http",
    "logging",
    "sqlite3",
    "ssl",
    "tomllib",
} - ({"ctypes"} if IS_WINDOWS else set())
"""Of Python's own, what takes its time; platformdirs asks Windows for its folders by ctypes."""
LIGHT = {
    *("hbgz_desktop", "hbgz_desktop.__main__", "hbgz_desktop.app", "hbgz_desktop.cli"),
    *("hbgz_desktop.cli.opening", "hbgz_desktop.model", "hbgz_desktop.model.errors"),
    *("hbgz_desktop.model.failpoints", "hbgz_desktop.model.resources", "hbgz_desktop.services"),
    *("hbgz_desktop.services.folders", "hbgz_desktop.services.ui_state", "hbgz_desktop.ui"),
    *("hbgz_desktop.ui.main_window", "hbgz_desktop.ui.one_window", "hbgz_desktop.ui.opening"),
    "hbgz_desktop.ui.palette",
}
"""Of our own; ``system`` is small everywhere."""
LOOK = """
import json, sys
from hbgz_desktop import __main__, app
def look(start):
    print(json.dumps(sorted(sys.modules)), flush=True)
    start.opening.qt.exit(0)
app._Start.furnish = look
sys.exit(__main__.main())
"""

FULL = """
import json, os, sys
from PySide6.QtCore import QTimer
from hbgz_desktop import __main__, app
made = app._window
def look(*given):
    global timer
    window, first = made(*given), sorted(sys.modules)
    from hbgz_desktop.ui.page_makers import MAKERS
    def see():
        if all(f"hbgz_desktop.ui.pages.{key}_page" in sys.modules for key in MAKERS):
            print(json.dumps(first), flush=True)
            os._exit(0)
    timer = QTimer()
    timer.timeout.connect(see)
    timer.start(50)
    return window
app._window = look
sys.exit(__main__.main())
"""
LATER = {
    *("gdcm", "gmssl", "httpx", "numpy", "openpyxl", "PIL"),
    *("pydicom", "pynetdicom", "pyqtgraph", "rich"),
}
"""What takes its time and is not needed to show the first page."""
HEBEI = {"authorization", "shared"}
EMPTY = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
qt = QApplication([])
window = QMainWindow()
window.show()
QTimer.singleShot(0, qt.quit)
qt.exec()
print(json.dumps(sorted(sys.modules)))
"""


def modules_of(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", *words], stdout=subprocess.PIPE, timeout=90, check=True
    )
    return set(json.loads(done.stdout))


@pytest.fixture(scope="module")
def first_modules(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is imported when the real program's window is first painted, beyond what an empty one needs."""
    real = modules_of(LOOK, "--data", str(tmp_path_factory.mktemp("empty")))
    assert "hbgz_desktop.ui.main_window" in real
    return real - modules_of(EMPTY)


def test_nothing_heavy_is_imported_before_the_first_paint(first_modules: set[str]) -> None:
    packages = {one.partition(".")[0] for one in first_modules if not one.startswith("PySide6.")}
    assert packages - sys.stdlib_module_names == ALLOWED
    assert packages & SLOW == set()


def test_of_our_own_only_what_the_window_needs(first_modules: set[str]) -> None:
    own = {one for one in first_modules if one.partition(".")[0] == "hbgz_desktop"}
    assert {one for one in own - LIGHT if not one.startswith("hbgz_desktop.system")} == set()


@pytest.fixture
def engine_elsewhere(data_dir: Path) -> Iterator[None]:
    """An engine seems to run: none is started."""
    lock = EngineLock(DataFolder(data_dir).engine_lock)
    lock.acquire()
    yield
    lock.release()


@pytest.mark.usefixtures("engine_elsewhere")
def test_the_first_page_waits_for_nothing_it_does_not_show(data_dir: Path) -> None:
    """It ends when the others' modules are there too."""
    found = modules_of(FULL, "--data", str(data_dir))
    assert {one.partition(".")[0] for one in found} & LATER == set()
    pages = {one for one in found if one.startswith("hbgz_desktop.ui.pages.") and "_page" in one}
    assert pages == {"hbgz_desktop.ui.pages.overview_page"}


@pytest.mark.parametrize("key", MAKERS)
def test_a_page_comes_from_the_module_of_its_name(
    key: str, context: PageContext, qtbot: QtBot
) -> None:
    import_page(key)
    page = MAKERS[key](context)
    qtbot.addWidget(page)
    assert type(page).__module__ == f"hbgz_desktop.ui.pages.{key}_page"


@pytest.fixture
def start(qapp: QApplication, data_dir: Path) -> Iterator[app._Start]:
    """The console of a data folder while it opens."""
    with ExitStack() as stack:
        one = OneWindow(data_dir)
        assert one.claim()
        start = app._Start(stack, DataFolder(data_dir), UiState(scheme="light"), one)
        yield start
        start.opening.window.close()
    start.opening.window.deleteLater()
    start.opening.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.setQuitOnLastWindowClosed(True)


@pytest.mark.usefixtures("engine_elsewhere")
def test_it_is_empty_then_framed_then_full(start: app._Start, qtbot: QtBot) -> None:
    window, opening = start.opening.window, start.opening
    shown = [opening.window_shown, opening.frame_shown]
    with qtbot.waitSignals(shown, order="strict", timeout=60_000):
        assert not hasattr(window, "navigation")
    assert window.windowTitle() == "互认前置台"
    qtbot.waitUntil(lambda: window.current_page is not None, timeout=60_000)
    assert {key for key in MAKERS if window.has_page(key)} == set(MAKERS) - HEBEI


def test_what_cannot_be_opened_is_said(start: app._Start, data_dir: Path, qtbot: QtBot) -> None:
    (data_dir / "hbgz.toml").write_text("[nonsense]\n", encoding="utf-8")
    with qtbot.waitSignal(start.opening.failed, timeout=60_000):
        pass
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, StartFailedDialog)]
    (dialog,) = [one for one in dialogs if one.isVisible()]
    assert not start.opening.window.isVisible()
    with qtbot.waitSignal(start.opening.ended) as ended:
        dialog.accept()
    assert ended.args == [1]


def test_only_the_plain_way_skips_the_parser(data_dir: Path) -> None:
    for words in (["status"], ["--version"], ["--data"], ["--data", "--verbose"], ["-h"]):
        assert open_plainly(words) is None


def test_a_window_that_is_closed_at_once_ends_the_program(data_dir: Path) -> None:
    """Also while the data is still being opened."""
    closing = LOOK.replace(
        "start.opening.qt.exit(0)", "before(start); start.opening.window.close()"
    )
    script = closing.replace("def look", "before = app._Start.furnish\ndef look")
    words = [sys.executable, "-c", script, "--data", str(data_dir)]
    done = subprocess.run(words, stdout=subprocess.PIPE, timeout=90, check=False, env=os.environ)
    assert done.returncode == 0
