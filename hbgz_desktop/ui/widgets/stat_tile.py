"""Tiles that say how one part is doing, and numbers that are links to the rows they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, paint_focus_ring, paint_icon
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.pressable_surface import PressableSurface
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from hbgz_desktop.ui.states import Badge
    from hbgz_desktop.ui.theme import Theme


class StatTile(PressableSurface):
    """A card: icon, title, badge; one line; one small line. Opens its page when pressed."""

    def __init__(
        self, theme: Theme, icon: str, title: str, badge: Badge, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "card", parent)
        self._title = Label(title, "section", self)
        self._badge = StateBadge(theme, badge, self)
        self._line = ElidedLabel("", "", self)
        self._detail = ElidedLabel("", "caption2", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 12)
        layout.setSpacing(3)
        head = row(IconLabel(theme, icon, "text_2", 18, self), self._title, STRETCH, self._badge)
        layout.addLayout(head)
        layout.addSpacing(4)
        layout.addWidget(self._line)
        layout.addWidget(self._detail)
        self.set_facts(badge, "", "")

    def set_facts(self, badge: Badge, line: str, detail: str) -> None:
        """Show state, the main fact and a small one; dots are spaced to fit the font."""
        self._badge.set_badge(badge)
        self._line.setText(self._theme.dotted(line))
        self._detail.setText(self._theme.dotted(detail))
        self.setAccessibleName(clauses((self._title.text(), badge.word)))
        self.setAccessibleDescription(clauses((line, detail)))


class FigureLink(QAbstractButton):
    """A word with a coloured square or an icon, and below it a large number with a chevron.

    Signals:
        activated: (key) It was pressed: show exactly the rows it counts.
    """

    activated = Signal(str)

    def __init__(
        self,
        theme: Theme,
        key: str,
        word: str,
        *,
        square: str = "",
        icon: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build it without a number.

        Args:
            theme: Look.
            key: Reported when pressed.
            word: What is counted.
            square: Colour token of a square before the word, or "".
            icon: Icon name and colour token instead of a square, or None.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._word = word
        self._square = square
        self._icon = icon
        self._count: int | None = None
        self._ink = "text"
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.set_count(None)

    def set_count(self, count: int | None, ink: str = "text") -> None:
        """Show a number; None shows a dash. ``ink`` is the number's colour token."""
        self._count = count
        self._ink = ink
        self.setAccessibleName(f"{self._word} {self._number()}")
        self.setEnabled(count is not None)
        self.updateGeometry()
        self.update()

    def _number(self) -> str:
        return "—" if self._count is None else f"{self._count:,}"

    def _on_clicked(self) -> None:
        self.activated.emit(self._key)

    @override
    def sizeHint(self) -> QSize:
        word = QFontMetricsF(self._theme.font("dense")).horizontalAdvance(self._word)
        figure = QFontMetricsF(self._theme.font("figure", bold=True))
        number = figure.horizontalAdvance(self._number()) + 22
        lead = 20 if self._square or self._icon else 0
        return QSize(round(max(word + lead, number)) + 8, 64)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse() and self.isEnabled():
            fill_round(painter, QRectF(self.rect()), self._theme.colour("hover"), 6)
        left = 4.0
        if self._icon:
            paint_icon(painter, self._theme, *self._icon, QPointF(left, 5), 14)
            left += 20
        elif self._square:
            square = QRectF(left, 7, 10, 10)
            fill_round(painter, square, self._theme.colour(self._square), 3)
            left += 17
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._theme.font("dense"))
        painter.setPen(self._theme.colour("text_2"))
        painter.drawText(QRectF(left, 0, self.width(), 24), middle, self._word)
        font = self._theme.font("figure", bold=True)
        painter.setFont(font)
        painter.setPen(self._theme.colour(self._ink if self._count is not None else "text_3"))
        number = QRectF(4, 24, self.width(), 38)
        painter.drawText(number, middle, self._number())
        if self._count is not None:
            at = QPointF(4 + QFontMetricsF(font).horizontalAdvance(self._number()) + 4, 36)
            paint_icon(painter, self._theme, "chevron_right", "text_2", at, 14)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 6)
