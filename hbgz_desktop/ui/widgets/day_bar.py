"""One bar that holds every study of the window, and its legend of links (LOOK 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_parts
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.widgets.stat_tile import FigureLink

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class DayPart:
    """One part of the bar.

    Attributes:
        key: Reported when its number is pressed.
        word: In the legend.
        token: Colour token of its fill (fill_confirmed, fill_queued …).
        ink: Colour token of its number while it is not 0 (needs_fix for what awaits a person).
    """

    key: str
    word: str
    token: str
    ink: str = "text"


class DayBar(QWidget):
    """The bar and, below it, one number a part in the same order.

    Signals:
        part_activated: (key) A number was pressed.
    """

    part_activated = Signal(str)

    def __init__(
        self, theme: Theme, parts: Sequence[DayPart], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._bar = _Bar(theme, self)
        self._links = {
            part.key: FigureLink(theme, part.key, part.word, square=part.token, parent=self)
            for part in parts
        }
        legend = QHBoxLayout()
        legend.setSpacing(4)
        # The numbers' own padding must not push them out of line with the bar.
        legend.setContentsMargins(-4, 0, 0, 0)
        for link in self._links.values():
            link.activated.connect(self.part_activated)
            legend.addWidget(link, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._bar)
        layout.addLayout(legend)

    def set_counts(self, counts: Mapping[str, int] | None) -> None:
        """Show the counts by key; a missing key counts 0; None shows dashes (nothing yet)."""
        known = counts or {}
        self._bar.set_parts([(known.get(part.key, 0), part.token) for part in self._parts])
        for part in self._parts:
            count = None if counts is None else known.get(part.key, 0)
            self._links[part.key].set_count(count, part.ink if count else "text")
        words = clauses(f"{part.word} {known.get(part.key, 0)}" for part in self._parts)
        self._bar.setAccessibleName(words)

    def total(self) -> int:
        """Sum of all parts: every study of the window."""
        return self._bar.total()


class _Bar(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: list[tuple[int, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: list[tuple[int, str]]) -> None:
        if parts != self._parts:
            self._parts = parts
            self.update()

    def total(self) -> int:
        return sum(count for count, _ in self._parts)

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 12)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_parts(QPainter(self), self._theme, QRectF(self.rect()), self._parts)
