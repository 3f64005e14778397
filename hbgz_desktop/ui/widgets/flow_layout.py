"""A row that goes on in the next line where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem
from typing_extensions import override


class FlowLayout(QLayout):
    """Widgets from left to right, as many lines as they need; trailing ones end the first line.

    Widgets of one line share its middle.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._trailing: set[int] = set()
        self._gap = gap
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put a widget before the one at a position."""
        self.addChildWidget(widget)
        self._items.insert(at, QWidgetItem(widget))
        self.invalidate()

    def add_trailing(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of the first line."""
        self.addWidget(widget)
        self._trailing.add(id(self._items[-1]))

    @override
    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), is_trial=True)
        return self._heights[width]

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, is_trial=False)

    @override
    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(width, height)

    @override
    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        shown = self._shown()
        trailing = [item for item in shown if id(item) in self._trailing]
        room = width - sum(item.sizeHint().width() + self._gap for item in trailing)
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in shown:
            if item in trailing:
                continue
            wide = item.sizeHint().width()
            if lines[-1] and used + wide > room:
                lines.append([])
                used, room = 0, width
            lines[-1].append(item)
            used += wide + self._gap
        return lines

    def _place(self, rect: QRect, *, is_trial: bool) -> int:
        """Lay the lines out; their height with the gaps between them."""
        top = rect.top()
        trailing = [item for item in self._shown() if id(item) in self._trailing]
        for number, line in enumerate(self._lines(rect.width())):
            ends = trailing if number == 0 else []
            height = max((item.sizeHint().height() for item in (*line, *ends)), default=0)
            if not is_trial:
                self._place_line(line, rect.left(), top, height)
                wide = sum(item.sizeHint().width() + self._gap for item in ends) - self._gap
                self._place_line(ends, rect.left() + rect.width() - wide, top, height)
            top += height + self._gap
        return max(0, top - self._gap - rect.top())

    def _place_line(self, line: list[QLayoutItem], left: int, top: int, height: int) -> None:
        for item in line:
            size = item.sizeHint()
            at = QPoint(left, top + (height - size.height()) // 2)
            item.setGeometry(QRect(at, size))
            left += size.width() + self._gap
