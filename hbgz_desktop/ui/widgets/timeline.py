"""What happened to one thing, newest first: time, icon, what, detail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_icon
from hbgz_desktop.ui.states import State, state_icon, state_icon_token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme

_TIME_WIDTH = 62
_TEXT_LEFT = 92
_LINE = 20
_DETAIL = 18
_GAP = 8


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened.

    Attributes:
        time: As shown (14:26, 昨天 14:26); already local.
        state: Gives icon and colour; None for a plain grey dot.
        title: What happened.
        detail: More of it, or "".
    """

    time: str
    state: State | None
    title: str
    detail: str = ""


class Timeline(QWidget):
    """Entries one below the other, joined by a thin line; as high as they need.

    Long text wraps. The accessible description holds all lines.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[TimelineEntry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("经过"))

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Replace all entries, newest first."""
        self._entries = tuple(entries)
        lines = [f"{e.time} {e.title} {e.detail}".strip() for e in self._entries]
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self._fit()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return sum(self._heights(entry, width)[2] for entry in self._entries)

    @override
    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > _TEXT_LEFT * 2 else 440
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self.heightForWidth(max(self.width(), _TEXT_LEFT * 2)))

    def _heights(self, entry: TimelineEntry, width: int) -> tuple[int, int, int]:
        """Height of title, of detail, and of the whole entry."""
        title = self._text_height(entry.title, "body", width, _LINE)
        detail = self._text_height(entry.detail, "caption", width, _DETAIL)
        return title, detail, title + detail + _GAP

    def _text_height(self, text: str, role: str, width: int, least: int) -> int:
        if not text:
            return 0
        metrics = QFontMetrics(self._theme.font(role))
        if metrics.horizontalAdvance(text) <= width - _TEXT_LEFT:
            return least
        flags = int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
        return max(least, metrics.boundingRect(0, 0, width - _TEXT_LEFT, 999, flags, text).height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = 0
        for number, entry in enumerate(self._entries):
            height = self._heights(entry, self.width())[2]
            if number < len(self._entries) - 1:
                join = QRectF(_TIME_WIDTH + 9.25, top + 22, 1.5, height - 22)
                painter.fillRect(join, self._theme.colour("border"))
            self._paint_entry(painter, entry, top)
            top += height

    def _paint_entry(self, painter: QPainter, entry: TimelineEntry, top: int) -> None:
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        wrap = int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        painter.drawText(QRectF(0, top, _TIME_WIDTH, _LINE), middle, entry.time)
        icon, token = "state_neutral", "text_3"
        if entry.state is not None:
            icon, token = state_icon(entry.state), state_icon_token(entry.state)
        paint_icon(painter, self._theme, icon, token, QPointF(_TIME_WIDTH + 2, top + 2), 16)
        width = self.width() - _TEXT_LEFT
        title, detail, _ = self._heights(entry, self.width())
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text"))
        flags = middle if title == _LINE else wrap
        painter.drawText(QRectF(_TEXT_LEFT, top, width, title), flags, entry.title)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        flags = middle if detail == _DETAIL else wrap
        painter.drawText(QRectF(_TEXT_LEFT, top + title, width, detail), flags, entry.detail)
