"""How long the GUI thread was held at most."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer


class Pulse(QObject):
    """Beats every few milliseconds; the most work between two beats is the longest stall.

    The GUI thread's own processor time counts, so that a busy machine does not fail the test.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._beat)
        self._longest_s = 0.0

    def start(self) -> None:
        self._longest_s = 0.0
        self._last_s = time.thread_time()
        self._timer.start()

    def stop(self) -> float:
        """Milliseconds of the longest stall."""
        self._beat()
        self._timer.stop()
        return self._longest_s * 1000

    def _beat(self) -> None:
        now_s = time.thread_time()
        self._longest_s = max(self._longest_s, now_s - self._last_s)
        self._last_s = now_s
