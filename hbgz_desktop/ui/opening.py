"""The console while it opens: its window is there at once, then what is in it, then what needs the data.

Until the window is painted nothing is imported but Qt and this; ``tests/ui/test_opening.py`` holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.palette import Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hbgz_desktop.ui.application import ConsoleApplication

_MIDDLE = 128
"""Lightness below which the desktop is a dark one."""


def application() -> QApplication:
    """The QApplication of this process."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication(["hbgz"])


class Opening(QObject):
    """Steps of opening, in the GUI thread.

    Signals:
        window_shown: The window is on the screen, empty.
        frame_shown: With what ``furnish`` put in.
        loaded: (result) What ``load`` was given to do has been done.
        failed: (error) It has not.
        ended: (exit code) Nothing of the console is left to be seen.

    Attributes:
        qt: The QApplication.
        window: The one window, from its first moment to its last.
    """

    window_shown = Signal()
    frame_shown = Signal()
    loaded = Signal(object)
    failed = Signal(object)
    ended = Signal(int)

    def __init__(self, scheme: str, grounds: Mapping[Scheme, str]) -> None:
        """Show the window.

        Args:
            scheme: ``system``, ``light`` or ``dark``.
            grounds: The colour the window will have, by scheme.
        """
        self.qt = application()
        super().__init__(self.qt)
        self.window = MainWindow()
        palette = self.window.palette()
        if scheme == "system":
            is_dark = palette.window().color().lightness() < _MIDDLE
            scheme = Scheme.DARK if is_dark else Scheme.LIGHT
        palette.setColor(QPalette.ColorRole.Window, QColor(grounds[Scheme(scheme)]))
        self.window.setPalette(palette)
        self.window.painted.connect(self.window_shown)
        self.window.closing.connect(self._on_closing)
        self.window.show()

    def furnish(self, console: ConsoleApplication) -> None:
        """Put into the window what needs no data."""
        self.window.setPalette(QPalette())  # the theme's from now on
        self.window.furnish(console.theme, console.notices, self.tr("互认前置台"), "")
        QTimer.singleShot(0, self.frame_shown.emit)

    def load(self, console: ConsoleApplication, work: Callable[[], object]) -> None:
        """Do the rest on a pool thread."""
        console.tasks.run_task(work, self._on_loaded, self._on_failed)

    def _on_closing(self) -> None:
        self.ended.emit(0)

    def _on_loaded(self, result: object) -> None:
        self.loaded.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
