"""A series large, on black in both themes: the cached pictures, never for diagnosis."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hbgz_desktop.ui.announcing import announce

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hbgz_desktop.ui.page_context import PageContext

_EDGE = 24
_MOST_SCALE = 3.0
_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -10,
}


class PictureViewer(QWidget):
    """Covers its page; arrows or wheel go through the series, Esc goes back.

    Signals:
        closed: It was left; the page puts the focus back.
    """

    closed = Signal()

    def __init__(self, context: PageContext, page: QWidget) -> None:
        """Build it hidden above ``page``."""
        super().__init__(page)
        self._context = context
        self._page = page
        self._paths: tuple[Path, ...] = ()
        self._at = 0
        self._caption = ""
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("看图，不可用于诊断"))
        page.installEventFilter(self)
        self.hide()

    @property
    def count(self) -> int:
        """Pictures there are to look at."""
        return len(self._paths)

    @property
    def position(self) -> int:
        """Which one is shown, from 0."""
        return self._at

    def open_series(self, ask: Callable[[], tuple[Path, ...]], caption: str) -> None:
        """Ask for the pictures of a series on a pool thread; show them when there are any."""
        self._caption = caption
        self._context.tasks.run_task(ask, self._on_pictures)

    def _on_pictures(self, paths: tuple[Path, ...]) -> None:
        if paths and self._page.isVisible():
            self.show_pictures(paths, self._caption)

    def show_pictures(self, paths: Sequence[Path], caption: str) -> None:
        """Cover the page and show the middle one."""
        self._paths = tuple(paths)
        self._caption = caption
        self._image = None
        self._at = max(0, (len(self._paths) - 1) // 2)
        self.setGeometry(self._page.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._read()

    def leave(self) -> None:
        """Go back to the page."""
        if self.isVisible():
            self.hide()
            self._image = None
            self.closed.emit()

    def _read(self) -> None:
        if self._paths:
            ask = partial(_load, self._paths[self._at])
            self._context.tasks.run_task(ask, self._on_read)

    def _on_read(self, answer: tuple[Path, QImage]) -> None:
        path, image = answer
        if self._paths and path == self._paths[self._at]:
            self._image = image
            self.update()
            announce(self, self._position_words())

    def _go(self, step: int) -> None:
        at = min(max(self._at + step, 0), len(self._paths) - 1)
        if at != self._at and self._paths:
            self._at = at
            self._read()

    def _position_words(self) -> str:
        return self.tr("第 {at} 幅，共 {total} 幅").format(at=self._at + 1, total=len(self._paths))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._page.rect())
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif Qt.Key(event.key()) in _STEPS:
            self._go(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._go(-1 if event.angleDelta().y() > 0 else 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks from reaching the page below."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.leave()

    @override
    def sizeHint(self) -> QSize:
        return self._page.size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        theme = self._context.theme
        box = QRectF(self.rect())
        painter.fillRect(box, theme.colour("image_ground"))
        if self._image is not None and not self._image.isNull():
            painter.drawImage(self._spot(box, self._image), self._image)
        painter.setPen(theme.colour("on_image"))
        painter.setFont(theme.font("section", bold=True))
        top = QRectF(_EDGE, 16, box.width() - 2 * _EDGE, 24)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft), self._caption)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignRight), self.tr("不可用于诊断"))
        painter.setFont(theme.font("body"))
        foot = QRectF(_EDGE, box.bottom() - 40, box.width() - 2 * _EDGE, 24)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self._position_words())
        keys = self.tr("小样，不是原图   ← → 换一幅   Esc 返回")
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), keys)

    @staticmethod
    def _spot(box: QRectF, image: QImage) -> QRectF:
        room = box.adjusted(_EDGE, 56, -_EDGE, -56)
        fit = min(room.width() / image.width(), room.height() / image.height(), _MOST_SCALE)
        width, height = image.width() * fit, image.height() * fit
        middle = room.center()
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)


def _load(path: Path) -> tuple[Path, QImage]:
    return path, QImage(str(path))
