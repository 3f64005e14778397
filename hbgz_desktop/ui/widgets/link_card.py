"""A card that leads somewhere: icon, title, detail, chevron."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_focus_ring, paint_icon

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class LinkCard(QAbstractButton):
    """One choice of a short list, or one thing to do.

    Signals:
        activated: (key) It was pressed.
    """

    activated = Signal(str)

    def __init__(
        self,
        theme: Theme,
        key: str,
        icon: str,
        title: str,
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._icon = icon
        self._detail = theme.dotted(detail)
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.activated.emit(self._key)

    @override
    def sizeHint(self) -> QSize:
        title = QFontMetricsF(self._theme.font("body", bold=True)).horizontalAdvance(self.text())
        detail = QFontMetricsF(self._theme.font("caption")).horizontalAdvance(self._detail)
        return QSize(50 + round(max(title, detail)) + 40, 66)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = self._theme.size("radius_card")
        ground = "hover" if self.underMouse() else "surface"
        fill_round(painter, box, self._theme.colour(ground), radius)
        outline_round(painter, box, self._theme.colour("border"), radius)
        top = (self.height() - 18) / 2
        paint_icon(painter, self._theme, self._icon, "text_2", QPointF(16, top), 18)
        end = QPointF(self.width() - 28, (self.height() - 14) / 2)
        paint_icon(painter, self._theme, "chevron_right", "text_2", end, 14)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        words = box.adjusted(50, 0, -32, 0)
        painter.setFont(self._theme.font("body", bold=True))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QRectF(words.left(), 12, words.width(), 22), middle, self.text())
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text_2"))
        painter.drawText(QRectF(words.left(), 35, words.width(), 20), middle, self._detail)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, radius)
