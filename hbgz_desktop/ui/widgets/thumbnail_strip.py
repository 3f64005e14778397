"""Small pictures of the series of a study; placeholders say why there is none (LOOK 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_focus_ring, paint_icon
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import State, state_icon, state_icon_token
from hbgz_desktop.ui.styling import clear_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme

TILE = 80
_RADIUS = 6
_STRIP = 22


@dataclass(frozen=True)
class Thumbnail:
    r"""One tile.

    Attributes:
        key: Reported when it is chosen or opened.
        caption: On the dark strip (T1 52/104); also the accessible name.
        image: Ready picture, made off the GUI thread; None for a placeholder.
        state: Dot in the corner, or None.
        reason: Placeholder's words in up to two lines (不能显示\\n已原样上传), used without image.
    """

    key: str
    caption: str
    image: QImage | None = None
    state: State | None = None
    reason: str = ""


class ThumbnailStrip(QScrollArea):
    """Tiles side by side, or upright one below the other; scrolls when they do not fit.

    Signals:
        chosen: (key) A tile got the focus or was clicked.
        opened: (key) Double-click or Enter on a tile.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, is_upright: bool = False
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tiles: dict[str, _Tile] = {}
        inner = QWidget(self)
        inner.setProperty("surface", "clear")
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout = QBoxLayout(down if is_upright else across, inner)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if is_upright:
            self.setHorizontalScrollBarPolicy(off)
            self.setFixedWidth(TILE + 12)
        else:
            self.setVerticalScrollBarPolicy(off)
            self.setFixedHeight(TILE)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(self.tr("缩略图"))

    def set_thumbnails(self, thumbnails: Sequence[Thumbnail]) -> None:
        """Show these tiles; tiles whose key stays keep their place and focus."""
        if [t.key for t in thumbnails] != list(self._tiles):
            clear_layout(self._layout)
            self._tiles = {}
            for thumbnail in thumbnails:
                tile = _Tile(self._theme, self)
                tile.focused.connect(self.chosen)
                tile.opened.connect(self.opened)
                self._tiles[thumbnail.key] = tile
                self._layout.addWidget(tile)
        for thumbnail in thumbnails:
            self._tiles[thumbnail.key].set_thumbnail(thumbnail)

    def set_chosen(self, key: str) -> None:
        """Ring the tile whose picture is shown large; "" for none."""
        for name, tile in self._tiles.items():
            tile.setChecked(name == key)


class _Tile(QAbstractButton):
    focused = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnail = Thumbnail("", "")
        self.setCheckable(True)
        self.setFixedSize(TILE, TILE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    def set_thumbnail(self, thumbnail: Thumbnail) -> None:
        self._thumbnail = thumbnail
        reason = clauses(thumbnail.reason.split("\n"))
        self.setAccessibleName(thumbnail.caption or reason)
        self.setAccessibleDescription(reason)
        self.setToolTip(reason)
        self.update()

    def _on_clicked(self) -> None:
        self.focused.emit(self._thumbnail.key)

    @override
    def nextCheckState(self) -> None:
        """The strip says which tile is ringed."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._thumbnail.key)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self._thumbnail.key)

    @override
    def sizeHint(self) -> QSize:
        return QSize(TILE, TILE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        if self._thumbnail.image is None:
            self._paint_placeholder(painter, box)
        else:
            self._paint_image(painter, box, self._thumbnail.image)
        if self._thumbnail.state is not None:
            self._paint_dot(painter, self._thumbnail.state)
        if self.hasFocus() or self.isChecked():
            paint_focus_ring(painter, self._theme, box, _RADIUS)

    def _paint_image(self, painter: QPainter, box: QRectF, image: QImage) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(box, self._theme.colour("image_ground"))
        scale = min(box.width() / image.width(), box.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        spot = QRectF((box.width() - width) / 2, (box.height() - height) / 2, width, height)
        painter.drawImage(spot, image)
        shade = self._theme.colour("image_ground")
        shade.setAlpha(150)
        strip = box.adjusted(0, box.height() - _STRIP, 0, 0)
        painter.fillRect(strip, shade)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("on_image"))
        metrics = QFontMetricsF(painter.font())
        caption = metrics.elidedText(
            self._thumbnail.caption, Qt.TextElideMode.ElideRight, strip.width() - 10
        )
        painter.drawText(strip.adjusted(6, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), caption)
        painter.restore()

    def _paint_placeholder(self, painter: QPainter, box: QRectF) -> None:
        fill_round(painter, box, self._theme.colour("sunken"), _RADIUS)
        outline_round(painter, box, self._theme.colour("border"), _RADIUS)
        lines = (self._thumbnail.reason or self._thumbnail.caption).split("\n")
        top = (box.height() - 22 - 18 * len(lines)) / 2
        at = QPointF((box.width() - 18) / 2, top)
        paint_icon(painter, self._theme, "image_broken", "text_2", at, 18)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        for number, line in enumerate(lines):
            spot = QRectF(0, top + 22 + 18 * number, box.width(), 18)
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), line)

    def _paint_dot(self, painter: QPainter, state: State) -> None:
        dot = QRectF(TILE - 22, 4, 18, 18)
        fill_round(painter, dot, self._theme.colour("surface"), 9)
        at = QPointF(dot.left() + 2, dot.top() + 2)
        paint_icon(painter, self._theme, state_icon(state), state_icon_token(state), at, 14)
