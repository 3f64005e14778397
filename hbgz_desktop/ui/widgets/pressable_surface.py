"""A surface that is pressed as a whole, by mouse or keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_focus_ring
from hbgz_desktop.ui.widgets.card import Surface

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.theme import Theme


class PressableSurface(Surface):
    """Takes the focus, shows it, and answers to a click, Enter and Space.

    Signals:
        activated: It was pressed.
    """

    activated = Signal()

    def __init__(self, theme: Theme, surface: str, parent: QWidget | None = None) -> None:
        super().__init__(surface, parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            radius = self._theme.size("radius_card")
            paint_focus_ring(QPainter(self), self._theme, self.rect().toRectF(), radius)
