"""The tray icon: the window may close, receiving goes on; a notification when something new needs a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMenu, QSystemTrayIcon
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from hbgz_desktop.ui.main_window import MainWindow
    from hbgz_desktop.ui.theme import Theme


class Tray(QObject):
    """Shown where the system has a tray; without one, closing the window ends the console only.

    Signals:
        quit_requested: 退出 was chosen: ask what becomes of receiving.
    """

    quit_requested = Signal()

    def __init__(self, theme: Theme, window: MainWindow, words: str) -> None:
        """Make the icon and its menu; ``words`` are said when the window is closed for the first time."""
        super().__init__(window)
        self._window = window
        self._words = words
        self._has_told = False
        self._menu = QMenu(window)
        self._icon = QSystemTrayIcon(theme.icon("logo", "accent", 32), self)
        self._icon.setToolTip(window.windowTitle())
        self._add(self.tr("打开窗口"), window.come_forward)
        self._add(self.tr("退出…"), self.quit_requested.emit)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._icon.messageClicked.connect(window.come_forward)
        if self.is_available:
            window.installEventFilter(self)
            self._icon.show()

    @property
    def is_available(self) -> bool:
        """True when the system shows tray icons."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _add(self, text: str, slot: object) -> None:
        action = QAction(text, self._menu)
        action.triggered.connect(slot)
        self._menu.addAction(action)

    def say(self, text: str) -> None:
        """A notification; never a name or a number of a patient."""
        if self.is_available:
            self._icon.showMessage(self._window.windowTitle(), text)

    def on_attention_grew(self, waiting: int) -> None:
        """Something new needs a person; said only while nobody looks at the window."""
        if not self._window.isActiveWindow():
            self.say(self.tr("有 {n} 份检查等人处理。", "", waiting).format(n=waiting))

    def end(self) -> None:
        """Take the icon away and let the window close."""
        self._window.removeEventFilter(self)
        self._icon.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and isinstance(event, QCloseEvent):
            event.ignore()
            self._window.hide()
            if not self._has_told:
                self._has_told = True
                self.say(self._words)
            return True
        return False

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._window.come_forward()
