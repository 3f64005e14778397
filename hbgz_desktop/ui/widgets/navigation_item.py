"""One entry of the navigation, and the count at its right end, which is a link of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, paint_focus_ring, paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from hbgz_desktop.ui.theme import Theme


class CountKind(StrEnum):
    """What a navigation count means: a person is awaited, something failed, or only news."""

    WARM = "warm"
    BAD = "bad"
    NEWS = "news"


_LOOK = {
    CountKind.WARM: ("state_needs_fix", "fill_needs_fix", "needs_fix", "needs_fix_bg"),
    CountKind.BAD: ("state_failed", "fill_failed", "failed", "failed_bg"),
    CountKind.NEWS: ("", "", "text_2", ""),
}


class NavigationCount(QAbstractButton):
    """The count of an entry; opens exactly the rows it counts."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = CountKind.NEWS
        self._folded = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def set_count(self, count: int, kind: CountKind, name: str) -> None:
        """Show a count; 0 hides it. ``name`` is read out: entry and count."""
        self._kind = kind
        self.setText(f"{count:,}")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setVisible(count > 0)
        self.resize(self.sizeHint())
        self.update()

    def set_folded(self, *, is_folded: bool) -> None:
        """Only the number, for the icon-wide navigation."""
        self._folded = is_folded
        self.resize(self.sizeHint())

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._theme.font("caption", bold=self._is_loud))
        width = metrics.horizontalAdvance(self.text())
        if self._folded:
            return QSize(round(width) + 8, 16)
        return QSize(round(width) + (31 if self._is_loud else 16), 32)

    @property
    def _is_loud(self) -> bool:
        return self._kind is not CountKind.NEWS

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon, icon_token, ink, ground = _LOOK[self._kind]
        box = QRectF(self.rect())
        if not self._folded:
            box = box.adjusted(0, 6, 0, -6)
        if ground or self._folded:
            fill_round(painter, box, self._theme.colour(ground or "surface"), 4)
        elif self.underMouse():
            fill_round(painter, box, self._theme.colour("hover"), 4)
        if icon and not self._folded:
            at = QPointF(box.left() + 6, box.center().y() - 6)
            paint_icon(painter, self._theme, icon, icon_token, at, 12)
        painter.setFont(self._theme.font("caption", bold=self._is_loud))
        painter.setPen(self._theme.colour(ink))
        right = Qt.AlignmentFlag.AlignCenter
        if not self._folded:
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            box = box.adjusted(0, 0, -7, 0)
        painter.drawText(box, int(right), self.text())
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box.adjusted(0, 0, 7, 0), 4)


class NavigationItem(QAbstractButton):
    """Icon and title of a page; checked while that page is shown.

    Signals:
        count_activated: (key) The count was pressed, not the entry.
        page_requested: (key) The entry was pressed.
        stepped: (+1 or -1) An arrow key was pressed: go to the next or previous entry.
    """

    count_activated = Signal(str)
    page_requested = Signal(str)
    stepped = Signal(int)

    def __init__(self, theme: Theme, key: str, title: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._icon = icon
        self._folded = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.count = NavigationCount(theme, self)
        self.count.clicked.connect(self._on_count_clicked)
        self.clicked.connect(self._on_clicked)

    def set_count(self, count: int, kind: CountKind, name: str) -> None:
        """Show a count beside the title; ``name`` says both for a screen reader."""
        self.count.set_count(count, kind, name)
        self.setAccessibleDescription(name if count else "")
        self._place_count()

    def set_folded(self, *, is_folded: bool) -> None:
        """Show the icon only; the title becomes the tooltip."""
        self._folded = is_folded
        self.setToolTip(self.text() if is_folded else "")
        self.count.set_folded(is_folded=is_folded)
        self._place_count()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(40 if self._folded else 200, self._theme.size("row_navigation_row"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_count()

    def _place_count(self) -> None:
        if self._folded:
            self.count.move(self.width() - self.count.width() - 4, 0)
        else:
            self.count.move(self.width() - self.count.width() - 18, 1)

    @override
    def nextCheckState(self) -> None:
        """The window says which entry is current; a press alone does not."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        body = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if self.isChecked():
            fill_round(painter, body, self._theme.colour("selected"), 4)
            bar = QRectF(body.left(), body.top() + 8, 3, body.height() - 16)
            fill_round(painter, bar, self._theme.colour("accent"), 1.5)
        elif self.underMouse():
            fill_round(painter, body, self._theme.colour("hover"), 4)
        ink = "accent" if self.isChecked() else "text"
        icon_left = (self.width() - 18) / 2 if self._folded else body.left() + 12
        at = QPointF(icon_left, (self.height() - 18) / 2)
        token = "accent" if self.isChecked() else "text_2"
        paint_icon(painter, self._theme, self._icon, token, at, 18)
        if not self._folded:
            painter.setFont(self._theme.font("dense", bold=self.isChecked()))
            painter.setPen(self._theme.colour(ink))
            text = body.adjusted(40, 0, 0, 0)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, body, 4)

    def _on_clicked(self) -> None:
        self.page_requested.emit(self._key)

    def _on_count_clicked(self) -> None:
        self.count_activated.emit(self._key)
