"""On or off, with the word for either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_focus_ring
from hbgz_desktop.ui.widgets.check_box import PaintedCheck

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_TRACK = QSize(36, 20)


class Switch(PaintedCheck):
    """A check box drawn as a switch; the words beside it say what is in force now.

    Use ``isChecked``, ``setChecked`` and ``toggled`` of QCheckBox.
    """

    def __init__(
        self, theme: Theme, on: str = "", off: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "", parent)
        self._on = on or self.tr("开")
        self._off = off or self.tr("关")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._on_toggled)
        self._on_toggled()

    def _on_toggled(self) -> None:
        self.setAccessibleDescription(self._words())
        self.update()

    def _words(self) -> str:
        return self._on if self.isChecked() else self._off

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font("body"))
        words = max(metrics.horizontalAdvance(self._on), metrics.horizontalAdvance(self._off))
        return QSize(_TRACK.width() + 12 + round(words), 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(QPointF(0, (self.height() - _TRACK.height()) / 2), _TRACK.toSizeF())
        radius = track.height() / 2
        knob = QRectF(track.left() + 4, track.top() + 4, 12, 12)
        if self.isChecked():
            fill_round(painter, track, self._theme.colour("accent_fill"), radius)
            knob.moveRight(track.right() - 4)
            fill_round(painter, knob, self._theme.colour("on_accent"), 6)
        else:
            fill_round(painter, track, self._theme.colour("surface"), radius)
            outline_round(painter, track, self._theme.colour("border_control"), radius, 1.5)
            fill_round(painter, knob, self._theme.colour("border_control"), 6)
        self.paint_words(painter, _TRACK.width() + 10, self._words())
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, track.adjusted(-0, -3, 0, 3), radius)
