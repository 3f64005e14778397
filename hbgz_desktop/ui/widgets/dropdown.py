"""A small choice shown as ``日期 今天 ⌄``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_focus_ring, paint_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme

_PAD = 12
_GAP = 6


class Dropdown(QPushButton):
    """A label and the chosen value; a menu with all values opens below.

    Signals:
        value_changed: (key) Another value was chosen by the user, or by ``set_value``.
    """

    value_changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        """Build it with (key, text) options; the first is chosen."""
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._options: dict[str, str] = {}
        self._value = ""
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the choices; keeps the value if it is still there, else takes the first."""
        self._options = dict(options)
        self._menu.clear()
        for key, text in options:
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setProperty("key", key)
            self._group.addAction(action)
        if self._value not in self._options:
            self._value = next(iter(self._options), "")
        self._show_value()

    @property
    def value(self) -> str:
        """Key of the chosen value."""
        return self._value

    def set_value(self, key: str) -> None:
        """Choose a value; an unknown key is ignored."""
        if key in self._options and key != self._value:
            self._value = key
            self._show_value()
            self.value_changed.emit(key)

    def reset(self) -> None:
        """Return to the first choice."""
        self.set_value(next(iter(self._options), ""))

    def _show_value(self) -> None:
        text = self._options.get(self._value, "")
        self.setAccessibleName(f"{self._label} {text}".strip())
        for action in self._menu.actions():
            action.setChecked(str(action.property("key")) == self._value)
        self.updateGeometry()
        self.update()

    def _on_triggered(self) -> None:
        action = self._group.checkedAction()
        if action is not None:
            self.set_value(str(action.property("key")))

    def _widths(self) -> tuple[float, float]:
        label = QFontMetricsF(self._theme.font("dense")).horizontalAdvance(self._label)
        longest = QFontMetricsF(self._theme.font("body"))
        value = max((longest.horizontalAdvance(t) for t in self._options.values()), default=0.0)
        return label + (_GAP if self._label else 0), value

    @override
    def sizeHint(self) -> QSize:
        label, value = self._widths()
        width = _PAD + label + value + 8 + 14 + 10
        return QSize(round(width), self._theme.control_height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = self._theme.size("radius_control")
        ground = "hover" if self.underMouse() else "surface"
        fill_round(painter, box, self._theme.colour(ground), radius)
        outline_round(painter, box, self._theme.colour("border_control"), radius)
        label, _ = self._widths()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._theme.font("dense"))
        painter.setPen(self._theme.colour("text_2"))
        painter.drawText(box.adjusted(_PAD, 0, 0, 0), middle, self._label)
        painter.setFont(self._theme.font("body"))
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "text_3"))
        value = self._options.get(self._value, "")
        painter.drawText(box.adjusted(_PAD + label, 0, 0, 0), middle, value)
        at = QPointF(box.right() - 24, (self.height() - 14) / 2)
        paint_icon(painter, self._theme, "chevron_down", "text_2", at, 14)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, radius)
