"""A still icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_icon

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class IconLabel(QWidget):
    """An icon of a fixed size, in a token's colour; says nothing to a screen reader."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        token: str = "text_2",
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name, self._token, self._size = name, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size, size)

    def set_icon(self, name: str, token: str) -> None:
        """Show another icon, or the same in another colour."""
        if (name, token) != (self._name, self._token):
            self._name, self._token = name, token
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._theme, self._name, self._token, QPointF(0, 0), self._size)
