"""Cyclic garbage is collected between two events of the GUI thread, and nowhere else.

Python's collector runs wherever an allocation happens to cross a threshold: on a pool thread, or
in the middle of a paint. If the garbage holds a Qt object, it is then destroyed in a foreign
thread or under Qt's own feet; a table that was filled while windows became garbage ended in a
segmentation fault in two of four runs.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

TURN_MS = 500


class GuiGarbageCollector(QObject):
    """Takes the automatic collector's place while it is started."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it in the GUI thread; Python's own collector goes on until ``start``."""
        super().__init__(parent)
        self._turn = QTimer(self)
        self._turn.setInterval(TURN_MS)
        self._turn.timeout.connect(self._on_turn)

    def start(self) -> None:
        """Collect here from now on.

        What the imports have left lives as long as the program: it is taken out of every later
        collection, so that a full one stays short.
        """
        gc.disable()
        gc.freeze()
        self._turn.start()

    def stop(self) -> None:
        """Give collecting back to Python."""
        self._turn.stop()
        gc.unfreeze()
        gc.enable()

    def _on_turn(self) -> None:
        for generation, (count, threshold) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if count > threshold:
                gc.collect(generation)
                return
