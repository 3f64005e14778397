"""Frame and look → picture; a large frame on a pool thread, so that dragging the window stays fluid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from hbgz_desktop.ui.viewer.brightness import brightness

if TYPE_CHECKING:
    from hbgz_desktop.model.view_frame import ViewFrame
    from hbgz_desktop.ui.tasks import TaskPool
    from hbgz_desktop.ui.viewer.brightness import PictureLook

INLINE_PIXELS = 1_500_000
"""More are shaded on a pool thread: this many take about 3 ms."""

_BLOCK_PIXELS = 1 << 18


def shade(frame: ViewFrame, look: PictureLook) -> QImage:
    """Return the picture of a frame; safe from any thread."""
    if frame.is_colour:
        return _colour(frame, look)
    image = QImage(frame.width, frame.height, QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(image.bits(), np.uint8).reshape(frame.height, image.bytesPerLine())
    indexes = np.frombuffer(frame.pixels, "<u2").reshape(frame.height, frame.width)
    table, rows = brightness(frame, look), max(1, _BLOCK_PIXELS // frame.width)
    for top in range(0, frame.height, rows):  # a block at a time stays in the processor's cache
        lines[top : top + rows, : frame.width] = np.take(table, indexes[top : top + rows])
    return image


def _colour(frame: ViewFrame, look: PictureLook) -> QImage:
    line = 3 * frame.width
    whole = QImage(
        frame.pixels, frame.width, frame.height, line, QImage.Format.Format_RGB888
    ).convertToFormat(QImage.Format.Format_RGB32)
    if look.is_inverted:
        whole.invertPixels()
    return whole


class FrameShader(QObject):
    """Shades what was asked last; what was asked in between is left out.

    Signals:
        shaded: (frame, QImage) In the GUI thread; at once for a frame of usual size.
    """

    shaded = Signal(object, object)

    def __init__(self, tasks: TaskPool, parent: QObject) -> None:
        """Shade large frames on ``tasks``."""
        super().__init__(parent)
        self._tasks = tasks
        self._is_busy = False
        self._wanted: tuple[ViewFrame, PictureLook] | None = None

    def ask(self, frame: ViewFrame, look: PictureLook) -> None:
        """Shade a frame; the answer is a signal."""
        if frame.width * frame.height <= INLINE_PIXELS:
            self._wanted = None
            self.shaded.emit(frame, shade(frame, look))
            return
        self._wanted = frame, look
        self._go_on()

    def _go_on(self) -> None:
        if self._wanted is None or self._is_busy:
            return
        frame, look = self._wanted
        self._wanted = None
        self._is_busy = True
        self._tasks.run_task(partial(_shaded, frame, look), self._on_shaded, self._on_failed)

    def _on_shaded(self, answer: tuple[ViewFrame, QImage]) -> None:
        self._is_busy = False
        self.shaded.emit(*answer)
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        raise error


def _shaded(frame: ViewFrame, look: PictureLook) -> tuple[ViewFrame, QImage]:
    return frame, shade(frame, look)
