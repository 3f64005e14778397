"""The way of frames from the decoding threads to the viewer: at once, not four times a second."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, Qt, Signal


class FrameArrivals(QObject):
    """Says in the GUI thread that frames have come; many at once are said once.

    Signals:
        arrived: Look which.
    """

    arrived = Signal()
    _posted = Signal()

    def __init__(self, parent: QObject) -> None:
        """Make it in the GUI thread."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._is_posted = False
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def post(self) -> None:
        """A frame has come; safe from any thread, returns at once."""
        with self._lock:
            was_posted, self._is_posted = self._is_posted, True
        if not was_posted:
            self._posted.emit()

    def _on_posted(self) -> None:
        with self._lock:
            self._is_posted = False
        self.arrived.emit()
