"""State badge: icon, word and colour, 22 px high."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import BADGE_HEIGHT, badge_width, paint_badge

if TYPE_CHECKING:
    from hbgz_desktop.ui.states import Badge
    from hbgz_desktop.ui.theme import Theme


class StateBadge(QWidget):
    """Shows a ``Badge``; as wide as its word needs."""

    def __init__(self, theme: Theme, badge: Badge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._badge = badge
        self._on_selected = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(badge.word)

    @property
    def badge(self) -> Badge:
        """What is shown."""
        return self._badge

    def set_badge(self, badge: Badge) -> None:
        """Show another state or word."""
        if badge != self._badge:
            self._badge = badge
            self.setAccessibleName(badge.word)
            self.updateGeometry()
            self.update()

    def set_on_selected(self, *, is_selected: bool) -> None:
        """Take the ``surface`` ground, for use on a selected row or card."""
        self._on_selected = is_selected
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(math.ceil(badge_width(self._theme, self._badge)), BADGE_HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self._theme, QPointF(0, 0), self._badge, on_selected=self._on_selected)
