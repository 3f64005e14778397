"""QApplication set up in one place: style, fonts, theme, translators, hooks, Qt messages."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    Qt,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from hbgz_desktop.ui.gui_garbage import GuiGarbageCollector
from hbgz_desktop.ui.notices import Notices
from hbgz_desktop.ui.palette import Scheme
from hbgz_desktop.ui.tasks import TaskPool
from hbgz_desktop.ui.theme import Density, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

SOURCE_LANGUAGE = "zh_CN"
_QT_LOG = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ConsoleApplication:
    """Everything a window needs before it is made, and the way back.

    Attributes:
        qt: The QApplication.
        theme: Look of all widgets.
        notices: Toasts, banners, bugs.
        tasks: Work off the GUI thread.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        resources: Path,
        *,
        language: str = SOURCE_LANGUAGE,
        scheme: Scheme = Scheme.LIGHT,
        density: Density = Density.CLERK,
    ) -> None:
        """Make or take over the QApplication; call once, in the main thread.

        Args:
            arguments: Program name and arguments for Qt.
            resources: Folder with ``theme``, ``icons`` and ``i18n``.
            language: ``zh_CN`` or ``en``.
            scheme: Light or dark.
            density: Clerk or IT.
        """
        existing = QApplication.instance()
        if not isinstance(existing, QApplication):
            existing = QApplication(list(arguments))
        self.qt: QApplication = existing
        self.qt.setApplicationName("hbgz_desktop")
        self.qt.setStyle("Fusion")
        self._translators: list[QTranslator] = []
        self.set_language(resources, language)
        self.theme = Theme(resources, scheme, density, self.qt)
        self.theme.apply(self.qt)
        self.notices = Notices(self.qt)
        self.tasks = TaskPool(self._on_task_failed, self.qt)
        self._garbage = GuiGarbageCollector(self.qt)

    def set_scheme(self, name: str) -> None:
        """``light``, ``dark``, or ``system``: as the desktop is now."""
        if name == "system":
            is_dark = self.qt.styleHints().colorScheme() is Qt.ColorScheme.Dark
            name = Scheme.DARK if is_dark else Scheme.LIGHT
        self.theme.set_scheme(Scheme(name))

    def set_language(self, resources: Path, language: str) -> None:
        """Load our catalogue and Qt's own for standard buttons and menus.

        Widgets made before keep their words; call it before the window is made.
        """
        for translator in self._translators:
            self.qt.removeTranslator(translator)
        self._translators.clear()
        QLocale.setDefault(QLocale(language))
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._load(f"qtbase_{language}", qt_folder)
        if language != SOURCE_LANGUAGE:
            self._load(f"hbgz_{language}", str(resources / "i18n"))

    def _load(self, name: str, folder: str) -> None:
        translator = QTranslator(self.qt)
        if translator.load(name, folder):
            self.qt.installTranslator(translator)
            self._translators.append(translator)

    def install_hooks(self) -> None:
        """Send unforeseen errors of every thread to the notices, and Qt's messages to the log.

        From here on cyclic garbage is collected in the GUI thread only.
        """
        self._garbage.start()
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_log_qt_message)

    def remove_hooks(self) -> None:
        """Put Python's and Qt's own hooks back."""
        self._garbage.stop()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def close(self, limit_ms: int = 5000) -> bool:
        """Remove hooks and wait for running work; False when it did not end in time."""
        self.remove_hooks()
        return self.tasks.drain(limit_ms)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            self.qt.quit()
        else:
            self.notices.report_bug(error.with_traceback(trace))

    def _on_thread_exception(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None and not issubclass(details.exc_type, SystemExit):
            self.notices.report_bug(details.exc_value)

    def _on_task_failed(self, error: Exception) -> None:
        self.notices.report_bug(error)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = _LEVELS.get(kind, logging.WARNING)
    _QT_LOG.log(level, "qt_message category=%s text=%s", context.category, message)
