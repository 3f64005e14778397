"""The picture on black: fitted or zoomed, moved by the mouse, with its words in the corners."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, paint_focus_ring, paint_icon

if TYPE_CHECKING:
    from hbgz_desktop.model.view_frame import ViewFrame
    from hbgz_desktop.ui.theme import Theme

ZOOM_STEP = 1.25
LEAST_ZOOM, MOST_ZOOM = 0.05, 32.0
WHEEL_STEP = 120
_EDGE = 12
_LINE = 24
_MOST_FIT = 8.0


@dataclass(frozen=True)
class CanvasWords:
    """What stands on the picture.

    Attributes:
        title: Top left: which series.
        position: Bottom left: which image of how many.
        look: Bottom right: window and zoom.
        message: In the middle, in place of a picture: what, and why.
        is_failure: The message is a failure, not waiting.
    """

    title: str = ""
    position: str = ""
    look: str = ""
    message: tuple[str, str] = ("", "")
    is_failure: bool = False


class ImageCanvas(QWidget):
    """Paints; knows nothing of files. Left or right drag windows, middle drag or Shift moves.

    Signals:
        stepped: (images) The wheel was turned.
        drag_begun: Windowing begins.
        dragged: (right px, down px) Since it began.
        view_changed: Zoom or size is another: perhaps a finer frame is needed.
    """

    stepped = Signal(int)
    drag_begun = Signal()
    dragged = Signal(float, float)
    view_changed = Signal()

    def __init__(self, theme: Theme, warning: str, parent: QWidget) -> None:
        """Build it empty; ``warning`` stands on every picture."""
        super().__init__(parent)
        self._theme = theme
        self._warning = warning
        self._image: QImage | None = None
        self._frame: ViewFrame | None = None
        self._words = CanvasWords()
        self._zoom: float | None = None
        self._shift = QPointF()
        self._pressed_at = QPointF()
        self._pressed_shift = QPointF()
        self._drag = ""
        self._wheel = 0
        self.moves = False
        """The left button moves the picture instead of windowing."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown

    @property
    def image(self) -> QImage | None:
        """The picture, as shaded."""
        return self._image

    def show_picture(self, frame: ViewFrame, image: QImage) -> None:
        """Show a shaded frame where the last one stood."""
        self._frame, self._image = frame, image
        self.update()

    def show_nothing(self) -> None:
        """Black, and the words."""
        self._frame = self._image = None
        self.update()

    def set_words(self, words: CanvasWords) -> None:
        """Say something else."""
        if words != self._words:
            self._words = words
            self.update()

    @property
    def words(self) -> CanvasWords:
        """What is said."""
        return self._words

    # Zoom and place; a zoom of 1 shows one image pixel on one screen pixel

    @property
    def is_fitted(self) -> bool:
        """The whole picture is shown, whatever the size of the window."""
        return self._zoom is None

    @property
    def zoom(self) -> float:
        """Screen pixels for an image pixel."""
        return self._zoom if self._zoom is not None else self._fit()

    def wanted_side(self) -> int:
        """How many screen pixels the longer side of the picture takes."""
        ratio = self.devicePixelRatioF()
        if self._frame is None:
            return round(max(self.width(), self.height()) * ratio)
        return round(max(self._frame.full_width, self._frame.full_height) * self.zoom)

    def fit(self) -> None:
        """Show the whole picture in the middle."""
        self._zoom = None
        self._shift = QPointF()
        self._changed()

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom; the point under ``around`` (default: the middle) stays where it is."""
        if self._frame is None:
            return
        zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        middle = QPointF(self.width() / 2, self.height() / 2)
        off = (around - middle) if around is not None else QPointF()
        self._shift = off - (off - self._shift) * (zoom / self.zoom)
        self._zoom = zoom
        self._keep_in_sight()
        self._changed()

    def move_by(self, right: float, down: float) -> None:
        """Move the picture."""
        self._shift += QPointF(right, down)
        self._keep_in_sight()
        self.update()

    def picture_rect(self) -> QRectF:
        """Where the picture is, in the widget's own pixels."""
        width, height = self._natural()
        scale = self.zoom / self.devicePixelRatioF()
        size_x, size_y = width * scale, height * scale
        left = self.width() / 2 + self._shift.x() - size_x / 2
        top = self.height() / 2 + self._shift.y() - size_y / 2
        return QRectF(left, top, size_x, size_y)

    def _natural(self) -> tuple[float, float]:
        """Width and height of the picture with square pixels."""
        if self._frame is None:
            return 1.0, 1.0
        stretch = self._frame.stretch
        return (
            self._frame.full_width * max(1.0, 1 / stretch),
            self._frame.full_height * max(1.0, stretch),
        )

    def _fit(self) -> float:
        width, height = self._natural()
        ratio = self.devicePixelRatioF()
        return min(self.width() * ratio / width, self.height() * ratio / height, _MOST_FIT)

    def _keep_in_sight(self) -> None:
        """At least a quarter of the window stays covered, or all of a small picture."""
        box = self.picture_rect()
        most_x = max(0.0, box.width() / 2 + self.width() / 4)
        most_y = max(0.0, box.height() / 2 + self.height() / 4)
        self._shift.setX(min(max(self._shift.x(), -most_x), most_x))
        self._shift.setY(min(max(self._shift.y(), -most_y), most_y))

    def _changed(self) -> None:
        self.update()
        self.view_changed.emit()

    # The mouse

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / WHEEL_STEP)
        self._wheel -= steps * WHEEL_STEP
        if not steps:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * ZOOM_STEP**steps, event.position())
        else:
            self.stepped.emit(-steps)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        is_moving = event.button() == Qt.MouseButton.MiddleButton or (
            event.button() == Qt.MouseButton.LeftButton
            and (self.moves or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        )
        self._drag = "move" if is_moving else "window"
        self._pressed_at = event.position()
        self._pressed_shift = QPointF(self._shift)
        if not is_moving:
            self.drag_begun.emit()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way = event.position() - self._pressed_at
        if self._drag == "move":
            self._shift = self._pressed_shift + way
            self._keep_in_sight()
            self.update()
        elif self._drag == "window":
            self.dragged.emit(way.x(), way.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = ""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Whole picture ↔ pixel for pixel where the pointer is."""
        if self.is_fitted:
            self.set_zoom(1.0, event.position())
        else:
            self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view_changed.emit()

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("image_ground"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.picture_rect(), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if any(self._words.message):
            self._paint_message(painter)
        box = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        warned = self._paint_corner(painter, box, self._warning, is_right=True, bold=True)
        room = box.adjusted(0, 0, -warned - _EDGE, 0)
        self._paint_corner(painter, room, self._words.title)
        foot = QRectF(box.left(), box.bottom() - _LINE, box.width(), _LINE)
        said = self._paint_corner(painter, foot, self._words.look, is_right=True)
        self._paint_corner(painter, foot.adjusted(0, 0, -said - _EDGE, 0), self._words.position)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 0)

    def _paint_corner(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        *,
        is_right: bool = False,
        bold: bool = False,
    ) -> float:
        """Words on a dark strip, so that they can be read on a bright picture; returns their width."""
        if not text or box.width() < 2 * _EDGE:
            return 0.0
        painter.setFont(self._theme.font("body", bold=bold))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 16)
        width = metrics.horizontalAdvance(shown) + 16
        left = box.right() - width if is_right else box.left()
        spot = QRectF(left, box.top(), width, _LINE)
        shade = self._theme.colour("image_ground")
        shade.setAlpha(170)
        fill_round(painter, spot, shade, 4)
        painter.setPen(self._theme.colour("on_image"))
        painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), shown)
        return width

    def _paint_message(self, painter: QPainter) -> None:
        what, why = self._words.message
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self._words.is_failure:
            at = QPointF(middle.x() - 16, middle.y() - 60)
            paint_icon(painter, self._theme, "image_broken", "on_image", at, 32)
        painter.setPen(self._theme.colour("on_image"))
        painter.setFont(self._theme.font("section", bold=True))
        wide = QRectF(_EDGE * 2, middle.y() - 16, self.width() - 4 * _EDGE, 28)
        centred = Qt.AlignmentFlag.AlignHCenter
        painter.drawText(wide, int(centred), what)
        painter.setFont(self._theme.font("body"))
        flags = int(centred) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(wide.adjusted(0, 32, 0, 100), flags, why)
