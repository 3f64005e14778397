"""The ledger of one study: 应有 / 收到 / 已发 / 已确认 (LOOK 3, DESIGN 5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import (
    ledger_fractions,
    ledger_token,
    outline_round,
    paint_bar,
    paint_icon,
)
from hbgz_desktop.ui.phrases import statements

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_GAP = 12
_BAR = 8
_CONFIRMED = 3
"""Column of 已确认."""
_SENDING = (2, _CONFIRMED)
"""Columns of 已发 and 已确认."""


@dataclass(frozen=True)
class LedgerCounts:
    """Images of one study, counted four times.

    Attributes:
        expected: What the PACS or the record says there should be; None when nobody knows.
        received: Stored on this machine.
        sent: Handed to the platform.
        confirmed: Proven to have arrived.
        origin: Where ``expected`` comes from, in words (PACS 报的数).
        is_waiting: True while the program itself is still at work on what is missing.
        is_skipped: By a rule nothing of it is sent: what was not sent is not missing.
        warned: Of the confirmed ones, those the platform took with a remark (DICOM B000, B006, B007).
    """

    expected: int | None
    received: int
    sent: int
    confirmed: int
    origin: str = ""
    is_waiting: bool = False
    is_skipped: bool = False
    warned: int = 0

    def as_tuple(self) -> tuple[int | None, int, int, int]:
        """The four counts in order."""
        return (self.expected, self.received, self.sent, self.confirmed)


class LedgerColumns(QWidget):
    """Four columns: name, number, bar, and below it 齐 or 差 n 幅 with the icon of who acts.

    Blue until all known counts agree, then all green, or amber where the platform made remarks; an
    unknown expected count leaves the first column hollow.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts = LedgerCounts(None, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_counts(self._counts)

    def set_counts(self, counts: LedgerCounts) -> None:
        """Show another study, or the same one later."""
        self._counts = counts
        parts = [
            f"{name} {self._number(count)} {self._note(column, count)[1]}".strip()
            for column, (name, count) in enumerate(
                zip(self._names(), counts.as_tuple(), strict=True)
            )
        ]
        self.setAccessibleName(statements(parts))
        self.setToolTip(self.tr("应有未知：PACS 和记录都没有说有几幅") if self._hollow else "")
        self.update()

    @property
    def _hollow(self) -> bool:
        return self._counts.expected is None

    def _names(self) -> tuple[str, str, str, str]:
        return (self.tr("应有"), self.tr("收到"), self.tr("已发"), self.tr("已确认"))

    def _number(self, count: int | None) -> str:
        return self.tr("未知") if count is None else f"{count:,}"

    def _note(self, column: int, count: int | None) -> tuple[str, str]:
        """Icon name and words below a bar."""
        counts = self._counts
        if count is None:
            return ("", counts.origin)
        whole = counts.received if counts.expected is None else counts.expected
        missing = whole - count
        if missing <= 0 and column == _CONFIRMED and counts.warned:
            words = self.tr("{count} 幅有提示", "", counts.warned)
            return ("state_needs_fix", words.format(count=f"{counts.warned:,}"))
        if missing <= 0:
            return ("check", self.tr("齐"))
        if counts.is_skipped and column in _SENDING:
            return ("", self.tr("不用传"))
        icon = "state_waiting" if counts.is_waiting else "state_needs_fix"
        return (icon, self.tr("差 {count} 幅").format(count=f"{missing:,}"))

    @override
    def sizeHint(self) -> QSize:
        return QSize(440, 92)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(360, 92)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        counts = self._counts.as_tuple()
        fractions = ledger_fractions(*counts)
        token = ledger_token(*counts, warned=self._counts.warned)
        width = (self.width() - 3 * _GAP) / 4
        for number, name in enumerate(self._names()):
            cell = QRectF(number * (width + _GAP), 0, width, self.height())
            self._paint_words(painter, cell, name, counts[number])
            bar = QRectF(cell.left(), 58, width, _BAR)
            fraction = fractions[number]
            if fraction is None:
                outline_round(painter, bar, self._theme.colour("border_control"), _BAR / 2)
            else:
                paint_bar(painter, self._theme, bar, fraction, token)
            self._paint_note(painter, cell, number, counts[number])

    def _paint_words(self, painter: QPainter, cell: QRectF, name: str, count: int | None) -> None:
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRectF(cell.left(), 0, cell.width(), 20), left, name)
        is_known = count is not None
        painter.setFont(self._theme.font("ledger" if is_known else "section", bold=True))
        painter.setPen(self._theme.colour("text" if is_known else "text_2"))
        painter.drawText(QRectF(cell.left(), 22, cell.width(), 32), left, self._number(count))

    def _paint_note(self, painter: QPainter, cell: QRectF, column: int, count: int | None) -> None:
        icon, words = ("", self._counts.origin) if column == 0 else self._note(column, count)
        left = cell.left()
        inks = {"state_needs_fix": ("fill_needs_fix", "needs_fix")}
        icon_token, ink = inks.get(icon, ("text_2", "text_2"))
        if icon:
            paint_icon(painter, self._theme, icon, icon_token, QPointF(left, 73), 14)
            left += 18
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour(ink))
        note = QRectF(left, 70, cell.right() - left + _GAP, 20)
        painter.drawText(note, int(Qt.AlignmentFlag.AlignVCenter), words)
