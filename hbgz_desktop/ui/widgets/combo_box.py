"""A drop-down list for forms, with our own chevron."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme


class ComboBox(QComboBox):
    """QComboBox over (key, text) options; the wheel does not change it by accident."""

    def __init__(
        self,
        theme: Theme,
        options: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        for key, text in options:
            self.addItem(text, key)

    def key(self) -> str:
        """Key of the chosen option, or ""."""
        return str(self.currentData() or "")

    def set_key(self, key: str) -> None:
        """Choose an option by its key; an unknown one is ignored."""
        at = self.findData(key)
        if at >= 0:
            self.setCurrentIndex(at)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_at_end(self, self._theme, "chevron_down", 14)


class DateTimeField(QDateTimeEdit):
    """Date and time as the platforms print it, with a calendar icon and pop-up."""

    def __init__(
        self,
        theme: Theme,
        display_format: str = "yyyy-MM-dd HH:mm",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setDisplayFormat(display_format)
        self.setCalendarPopup(True)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_at_end(self, self._theme, "calendar", 16)


def _paint_at_end(field: QWidget, theme: Theme, icon: str, size: int) -> None:
    at = QPointF(field.width() - size - 10, (field.height() - size) / 2)
    paint_icon(QPainter(field), theme, icon, "text_2", at, size)
