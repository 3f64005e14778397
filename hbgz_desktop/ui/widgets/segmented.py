"""Two or three ways side by side, one in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_focus_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme


class Segmented(QWidget):
    """A segmented choice; arrows left and right change it.

    Signals:
        value_changed: (key) Another value was chosen by the user, or by ``set_value``.
    """

    value_changed = Signal(str)

    def __init__(
        self, theme: Theme, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """Build it with (key, text) options; the first is chosen."""
        super().__init__(parent)
        self._theme = theme
        self._options = list(options)
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    @property
    def value(self) -> str:
        """Key of the chosen option."""
        return self._options[self._at][0]

    def set_value(self, key: str) -> None:
        """Choose an option; an unknown key is ignored."""
        keys = [name for name, _ in self._options]
        if key in keys and key != self.value:
            self._at = keys.index(key)
            self._describe()
            self.update()
            self.value_changed.emit(key)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._options[self._at][1])

    def _widths(self) -> list[int]:
        metrics = QFontMetricsF(self._theme.font("body", bold=True))
        return [round(metrics.horizontalAdvance(text)) + 32 for _, text in self._options]

    @override
    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), self._theme.control_height)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _cells(self) -> list[QRectF]:
        cells, left = [], 0
        for width in self._widths():
            cells.append(QRectF(left, 0, width, self.height()))
            left += width
        return cells

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        for (key, _), cell in zip(self._options, self._cells(), strict=True):
            if cell.contains(event.position()):
                self.set_value(key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            at = min(max(self._at + step, 0), len(self._options) - 1)
            self.set_value(self._options[at][0])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = self._theme.size("radius_control")
        fill_round(painter, box, self._theme.colour("surface"), radius)
        clip = QPainterPath()
        clip.addRoundedRect(box, radius, radius)
        for number, cell in enumerate(self._cells()):
            is_chosen = number == self._at
            if is_chosen:
                painter.save()
                painter.setClipPath(clip)
                painter.fillRect(cell, self._theme.colour("selected"))
                painter.restore()
            painter.setFont(self._theme.font("body", bold=is_chosen))
            painter.setPen(self._theme.colour("accent" if is_chosen else "text"))
            painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), self._options[number][1])
        outline_round(painter, box, self._theme.colour("border_control"), radius)
        chosen = self._cells()[self._at]
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, radius)
        else:
            outline_round(painter, chosen, self._theme.colour("accent"), radius)
