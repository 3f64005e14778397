"""Check boxes and radio options, painted from tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import (
    TICK,
    fill_round,
    outline_round,
    paint_focus_ring,
    paint_tick,
)

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class PaintedCheck(QCheckBox):
    """What is on or off and painted by us: pressed anywhere, never smaller than its words."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paint_words(self, painter: QPainter, left: int, words: str) -> None:
        """The words beside the mark, grey while it cannot be pressed."""
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "text_3"))
        box = QRectF(self.rect()).adjusted(left, 0, 0, 0)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True


class CheckBox(PaintedCheck):
    """A check box with its words; use QCheckBox's own signals."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._theme.font("body")).horizontalAdvance(self.text())
        return QSize(TICK + 10 + round(words) + 6, 32)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = QPointF(2, (self.height() - TICK) / 2)
        paint_tick(painter, self._theme, at, self.checkState(), is_enabled=self.isEnabled())
        self.paint_words(painter, TICK + 10, self.text())
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 4)


class RadioOption(QRadioButton):
    """One of several ways, with a line that says what it means; use QRadioButton's signals."""

    def __init__(
        self, theme: Theme, text: str, detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._detail = detail
        self.setAccessibleDescription(detail)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        title = QFontMetricsF(self._theme.font("body", bold=True)).horizontalAdvance(self.text())
        detail = QFontMetricsF(self._theme.font("caption")).horizontalAdvance(self._detail)
        return QSize(36 + round(max(title, detail)), 50 if self._detail else 32)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        circle = QRectF(3, 8, 16, 16)
        fill_round(painter, circle, self._theme.colour("surface"), 8)
        token = "accent_fill" if self.isChecked() else "border_control"
        outline_round(painter, circle, self._theme.colour(token), 7.5, 1.6)
        if self.isChecked():
            fill_round(painter, circle.adjusted(4, 4, -4, -4), self._theme.colour(token), 4)
        painter.setFont(self._theme.font("body", bold=self.isChecked()))
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "text_3"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(30, 4, self.width() - 30, 24), middle, self.text())
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        painter.drawText(QRectF(30, 27, self.width() - 30, 20), middle, self._detail)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 4)
