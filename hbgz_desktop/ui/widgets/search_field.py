"""A field that filters what is below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_icon

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_PAUSE_MS = 200


class SearchField(QLineEdit):
    """A line edit with a magnifier; reports after a short pause in typing.

    Esc empties it. Input methods are left alone: text being composed is not reported.

    Signals:
        search_changed: (text) The words to filter by, stripped; 200 ms after the last change,
            or at once on Enter.
    """

    search_changed = Signal(str)

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._reported = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(26, 0, 0, 0)
        self.setClearButtonEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._report)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._report)

    def search_text(self) -> str:
        """The words as they were last reported."""
        return self._reported

    def _on_text_changed(self) -> None:
        self._pause.start()

    def _report(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._reported:
            self._reported = text
            self.search_changed.emit(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._report()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        at = QPointF(11, (self.height() - 16) / 2)
        paint_icon(painter, self._theme, "search", "text_2", at, 16)
