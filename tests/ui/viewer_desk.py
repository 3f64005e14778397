"""A page with a viewer, a person before it, and images whose every pixel is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from hbgz_desktop.model.view_frame import FrameFailure
from hbgz_desktop.ui.viewer.image_viewer import ImageViewer
from tests.unit.dicom.samples import PYDICOM_FILES, stored
from tests.unit.dicom.test_pixels import RAMP, picture_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext

FILES = PYDICOM_FILES / "test_files"
LIMIT_MS = 30_000


def ct(folder: Path, number: int, **changes: Any) -> Path:
    """A CT image that differs from its neighbours; value = pixel - 1024."""
    folder.mkdir(exist_ok=True)
    ds = picture_of(
        RAMP + number,
        RescaleSlope=1,
        RescaleIntercept=-1024,
        WindowCenter=[100, 500],
        WindowWidth=[800, 2000],
        **changes,
    )
    ds.Modality = "CT"
    return stored(folder / f"{number:04d}.dcm", ds)


def windowed(number: int, centre: float, width: float) -> NDArray[np.uint8]:
    """What PS3.3 C.11.2.1.2.1 says a window makes of ``ct(number)``."""
    values = RAMP.astype(np.float64) + number - 1024
    shown = ((values - (centre - 0.5)) / (width - 1) + 0.5) * 255
    return (np.clip(shown, 0, 255) + 0.5).astype(np.uint8)


def pixels(image: QImage | None) -> NDArray[np.uint8]:
    assert image is not None
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : image.width()].copy()


class ViewerDesk:
    """A page with a viewer and a person."""

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.page = QWidget()
        qtbot.addWidget(self.page)
        self.page.resize(1000, 700)
        self.page.show()
        self.viewer = ImageViewer(context, self.page)
        self.canvas = self.viewer._canvas

    def wait(self, is_done: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_done()), timeout=LIMIT_MS)

    def settle(self) -> None:
        """Until the image that is asked for is shown, or why it is not."""
        self.wait(self._is_settled)

    def _is_settled(self) -> bool:
        answer = self.current()
        if isinstance(answer, FrameFailure):
            return self.canvas.image is None and self.canvas.words.is_failure
        shown = self.viewer._shown
        return answer is not None and answer is shown and self.canvas._frame is shown

    def current(self) -> object:
        assert self.viewer._open is not None
        return self.viewer._open.frame_at(self.viewer.position)

    def is_playing(self) -> bool:
        return self.viewer._cine.is_playing

    def key(self, *keys: Qt.Key) -> None:
        for one in keys:
            QTest.keyClick(self.canvas, one)

    def drag(
        self,
        right: int,
        down: int,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        start = QPoint(300, 300)
        QTest.mousePress(self.canvas, button, keys, start)
        QTest.mouseMove(self.canvas, start + QPoint(right, down))
        QTest.mouseRelease(self.canvas, button, keys, start + QPoint(right, down))

    def wheel(self, turns: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        middle = QPointF(self.canvas.width() / 2, self.canvas.height() / 2)
        event = QWheelEvent(
            middle,
            self.canvas.mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120 * turns),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)


def view_workers() -> list[psutil.Process]:
    """Ours, alive; other tests of this process may have left children of their own."""
    found = []
    for child in psutil.Process().children():
        try:
            if any("view_worker" in word for word in child.cmdline()):
                found.append(child)
        except (psutil.Error, OSError):  # it ends just now; Wine says so in words of its own
            continue
    return found
