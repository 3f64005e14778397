"""Shows one image after the other by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

RATES = (5, 10, 15, 25, 30)
USUAL_RATE = 15


class CinePlayer(QObject):
    """Waits for an image that is still being decoded rather than leaving it out.

    Signals:
        advanced: Show the next one.
        playing_changed: It began, or stopped: ask ``is_playing``.
    """

    advanced = Signal()
    playing_changed = Signal()

    def __init__(self, is_ready: Callable[[], bool], parent: QObject) -> None:
        """Stand still; ``is_ready`` tells whether the next image could be shown."""
        super().__init__(parent)
        self._is_ready = is_ready
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)
        self.set_rate(USUAL_RATE)

    @property
    def is_playing(self) -> bool:
        """True while it runs."""
        return self._timer.isActive()

    def set_rate(self, per_second: int) -> None:
        """Images a second, also while it runs."""
        self._timer.setInterval(round(1000 / per_second))

    def toggle(self) -> None:
        """Begin, or stop."""
        if self.is_playing:
            self.stop()
        else:
            self._timer.start()
            self.playing_changed.emit()

    def stop(self) -> None:
        """Stand still."""
        if self.is_playing:
            self._timer.stop()
            self.playing_changed.emit()

    def _on_turn(self) -> None:
        if self._is_ready():
            self.advanced.emit()
