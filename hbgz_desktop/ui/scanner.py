"""A card reader or scanner that types: a fast burst of keys that ends with Enter, wherever the cursor is."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.ui.widgets.masked_field import MaskedField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MOST_BETWEEN_S = 0.06
"""Nobody types eighteen characters with less than this between any two; readers need a tenth of it."""
_CARD = re.compile(r"[1-9]\d{16}[\dXx]", re.ASCII)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Scanner(QObject):
    """Listens to some fields for an identity number that was not typed by a hand.

    The field that had the cursor gets back what it held before the burst, unless it is the one
    the number belongs to.

    Signals:
        scanned: (number) Eighteen characters of an identity card came in one burst.
    """

    scanned = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hear nothing yet; ``clock`` gives seconds that never go back."""
        super().__init__(parent)
        self._clock = clock
        self._burst = ""
        self._last_at = 0.0
        self._before = ""
        self._field: QObject | None = None

    def listen(self, fields: Iterable[QWidget]) -> None:
        """Watch the keys of these widgets too."""
        for field in fields:
            field.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._hear(watched, event)
        return False

    def _hear(self, watched: QObject, event: QKeyEvent) -> bool:
        now = self._clock()
        is_quick = watched is self._field and now - self._last_at <= MOST_BETWEEN_S
        self._last_at = now
        if event.key() in _ENTER:
            number, self._burst = self._burst, ""
            if is_quick and _CARD.fullmatch(number):
                self._give_back()
                self.scanned.emit(number.upper())
                return True
            return False
        text = event.text()
        if len(text) != 1 or not text.isprintable():
            return False
        if not is_quick:
            self._begin(watched)
        self._burst += text
        return False

    def _begin(self, watched: QObject) -> None:
        self._burst = ""
        self._field = watched
        self._before = _held(watched)

    def _give_back(self) -> None:
        field, before = self._field, self._before
        self._field, self._before = None, ""
        if isinstance(field, MaskedField):
            field.set_value(before)
        elif isinstance(field, QLineEdit):
            field.setText(before)


def _held(widget: QObject) -> str:
    if isinstance(widget, MaskedField):
        return widget.value()
    return widget.text() if isinstance(widget, QLineEdit) else ""
