"""Steps of a short piece of work: done, current, still to come (LOOK picture 07)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_icon
from hbgz_desktop.ui.phrases import statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme

_MARK = 22
_GAP = 10


@dataclass(frozen=True)
class Step:
    """One step: a title, and what is known of it in small."""

    title: str
    detail: str = ""


class StepsBar(QWidget):
    """Steps from left to right, joined by lines."""

    def __init__(
        self, theme: Theme, steps: Sequence[Step], current: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps, current)

    def set_steps(self, steps: Sequence[Step], current: int) -> None:
        """Show steps; those before ``current`` (from 0) are done, all when it is their number."""
        self._steps = tuple(steps)
        self._current = current
        words = [f"{n + 1}. {s.title} {s.detail}".strip() for n, s in enumerate(steps)]
        self.setAccessibleName(statements(words))
        self.updateGeometry()
        self.update()

    def _width(self, step: Step) -> float:
        title = QFontMetricsF(self._theme.font("body", bold=True)).horizontalAdvance(step.title)
        detail = QFontMetricsF(self._theme.font("caption"))
        small = detail.horizontalAdvance(self._theme.dotted(step.detail))
        return _MARK + _GAP + max(title, small)

    @override
    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._width(s) for s in self._steps)) + 40 * len(self._steps), 44)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        widths = [self._width(step) for step in self._steps]
        gaps = max(len(self._steps) - 1, 1)
        gap = (self.width() - sum(widths)) / gaps
        left = 0.0
        for number, step in enumerate(self._steps):
            self._paint_step(painter, number, step, left)
            left += widths[number]
            if number < len(self._steps) - 1:
                line = QRectF(left + 16, self.height() / 2, gap - 32, 1)
                painter.fillRect(line, self._theme.colour("border"))
            left += gap

    def _paint_step(self, painter: QPainter, number: int, step: Step, left: float) -> None:
        mark = QRectF(left, (self.height() - _MARK) / 2, _MARK, _MARK)
        if number < self._current:
            at = QPointF(mark.left() + 1, mark.top() + 1)
            paint_icon(painter, self._theme, "state_confirmed", "fill_confirmed", at, 20)
        else:
            is_current = number == self._current
            if is_current:
                fill_round(painter, mark, self._theme.colour("accent_fill"), _MARK / 2)
            else:
                outline_round(painter, mark, self._theme.colour("border_control"), _MARK / 2, 1.4)
            painter.setFont(self._theme.font("caption", bold=True))
            painter.setPen(self._theme.colour("on_accent" if is_current else "text_2"))
            painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
        words = left + _MARK + _GAP
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._theme.font("body", bold=True))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QRectF(words, 1, 600, 22), middle, step.title)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        detail = self._theme.dotted(step.detail)
        painter.drawText(QRectF(words, 23, 600, 20), middle, detail)
