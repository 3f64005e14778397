"""A cause that holds something up: count, cause in plain words, source, who acts, one fix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_focus_ring
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import STRETCH, column, restyle, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


_COUNT_WIDTH = 44
"""The count stands in a column of its own; the widest unit is “studies”."""


@dataclass(frozen=True)
class Cause:
    """A group of things with the same problem.

    Attributes:
        key: Reported when the card is chosen.
        count: How many it holds up.
        unit: 份, 项 or 人.
        title: The cause in plain words.
        source: Field or source (examPart · RIS 视图 v_exam).
        who: Who acts and how (登记员：选一个代码，一次修好 37 份).
        action: The one fix's verb, or "" when choosing the card is the fix.
    """

    key: str
    count: int
    unit: str
    title: str
    source: str = ""
    who: str = ""
    action: str = ""


class CauseCard(Surface):
    """A card that can be chosen by mouse, Enter or Space.

    Signals:
        chosen: (key) The card was pressed.
        action_requested: (key) Its button was pressed.
    """

    chosen = Signal(str)
    action_requested = Signal(str)

    def __init__(self, theme: Theme, cause: Cause, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._theme = theme
        self._cause = cause
        self._count = Label("", "number", self)
        self._unit = Label("", "caption2", self)
        self._title = Label("", "strong", self, wrap=True)
        self._source = Label("", "caption2", self, wrap=True)
        self._who = Label("", "caption2", self, wrap=True)
        self._who_icon = IconLabel(theme, "user", "text_2", 14, self)
        self._button = Button(theme, "", parent=self)
        self._button.clicked.connect(self._on_action)
        number = QWidget(self)
        number.setMinimumWidth(_COUNT_WIDTH)
        number.setLayout(column(self._count, self._unit, STRETCH, gap=2))
        who = row(self._who_icon, self._who, gap=6)
        who.setStretch(1, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(number)
        layout.addLayout(column(self._title, self._source, 2, who, STRETCH, gap=4), 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_cause(cause)

    @property
    def cause(self) -> Cause:
        """What is shown."""
        return self._cause

    def set_cause(self, cause: Cause) -> None:
        """Show another cause, or the same with another count."""
        self._cause = cause
        self._count.setText(f"{cause.count:,}")
        self._unit.setText(cause.unit)
        self._title.setText(cause.title)
        self._source.setText(self._theme.dotted(cause.source))
        self._source.setVisible(bool(cause.source))
        self._who.setText(cause.who)
        self._who.setVisible(bool(cause.who))
        self._who_icon.setVisible(bool(cause.who))
        self._button.setText(cause.action)
        self._button.setVisible(bool(cause.action))
        self.setAccessibleName(clauses((cause.title, f"{cause.count} {cause.unit}")))
        self.setAccessibleDescription(cause.who)

    def set_selected(self, *, is_selected: bool) -> None:
        """Mark it as the one whose details are shown."""
        restyle(self, selected=is_selected)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(self._cause.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._cause.key)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            radius = self._theme.size("radius_card")
            paint_focus_ring(QPainter(self), self._theme, self.rect().toRectF(), radius)

    def _on_action(self) -> None:
        self.action_requested.emit(self._cause.key)
