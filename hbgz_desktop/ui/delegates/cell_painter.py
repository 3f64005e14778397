"""Paints one cell value into a rectangle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from hbgz_desktop.ui.cells import (
    BadgeCell,
    Cell,
    Inked,
    LedgerCell,
    Link,
    Mono,
    Number,
    ProgressCell,
    TwoLines,
)
from hbgz_desktop.ui.painting import (
    BADGE_HEIGHT,
    paint_badge,
    paint_bar,
    paint_icon,
    paint_ledger_bars,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from hbgz_desktop.ui.theme import Theme

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_BARS_WIDTH = 78
_BAR_HEIGHT = 6


class CellPainter:
    """Draws the values of ``cells``; text that does not fit is shortened at the right."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._metrics: dict[tuple[str, int, bool], QFontMetricsF] = {}

    def paint(self, painter: QPainter, rect: QRectF, cell: Cell, *, is_selected: bool) -> None:
        """Draw ``cell``; dense rows put two lines on one."""
        match cell:
            case str():
                self.text(painter, rect, cell, self._theme.font("body"), "text")
            case TwoLines():
                self._two_lines(painter, rect, cell)
            case BadgeCell():
                at = QPointF(rect.left(), rect.center().y() - BADGE_HEIGHT / 2)
                paint_badge(painter, self._theme, at, cell.badge, on_selected=is_selected)
            case LedgerCell():
                self.ledger(painter, rect, cell)
            case Mono():
                font = self._theme.font("caption", mono=True)
                self.text(painter, rect, cell.text, font, "text")
            case Link():
                self.text(painter, rect, cell.text, self._theme.font("body"), "accent")
            case Number():
                ink = "text" if cell.is_strong else "text_2"
                font = self._theme.font("body", bold=cell.is_strong)
                self.text(painter, rect, cell.text, font, ink, _RIGHT)
            case Inked():
                self._inked(painter, rect, cell)
            case ProgressCell():
                self._progress(painter, rect, cell)

    def text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        font: QFont,
        ink: str,
        flags: int = _MIDDLE,
    ) -> None:
        """Draw one line, shortened with … where it does not fit."""
        key = (font.families()[0], font.pixelSize(), font.bold())
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = self._metrics[key] = QFontMetricsF(font)
        if metrics.horizontalAdvance(text) > rect.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(rect, flags, text)

    def _two_lines(self, painter: QPainter, rect: QRectF, cell: TwoLines) -> None:
        theme = self._theme
        if theme.is_dense:
            words = theme.join(cell.what, cell.detail)
            self.text(painter, rect, words, theme.font("body"), "text")
            return
        middle = rect.center().y()
        top = QRectF(rect.left(), middle - 20, rect.width(), 21)
        self.text(painter, top, cell.what, theme.font("body"), "text")
        below = QRectF(rect.left(), middle + 1, rect.width(), 18)
        font = theme.font("caption", mono=cell.is_mono)
        self.text(painter, below, cell.detail, font, cell.ink or "text_2")

    def ledger(self, painter: QPainter, rect: QRectF, cell: LedgerCell) -> None:
        """Draw four small bars and their words."""
        bars = QRectF(rect.left(), rect.center().y() - 3, _BARS_WIDTH, _BAR_HEIGHT)
        counts = (cell.expected, cell.received, cell.sent, cell.confirmed)
        paint_ledger_bars(painter, self._theme, bars, counts, warned=cell.warned)
        words = rect.adjusted(_BARS_WIDTH + 10, 0, 0, 0)
        self.text(painter, words, cell.label, self._theme.font("caption"), "text_2")

    def _inked(self, painter: QPainter, rect: QRectF, cell: Inked) -> None:
        if cell.icon:
            at = QPointF(rect.left(), rect.center().y() - 7)
            paint_icon(painter, self._theme, cell.icon, cell.ink, at, 14)
            rect = rect.adjusted(20, 0, 0, 0)
        self.text(painter, rect, cell.text, self._theme.font("body"), cell.ink)

    def _progress(self, painter: QPainter, rect: QRectF, cell: ProgressCell) -> None:
        bar = QRectF(rect.left(), rect.center().y() - 3, _BARS_WIDTH, _BAR_HEIGHT)
        paint_bar(painter, self._theme, bar, cell.fraction, "fill_running")
        words = rect.adjusted(_BARS_WIDTH + 10, 0, 0, 0)
        self.text(painter, words, cell.words, self._theme.font("caption"), "text_2")
