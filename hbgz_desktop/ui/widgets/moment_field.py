"""A field for a local date and time that is typed as people write it: 1405, 14:05, 11-20 14:05."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.painting import paint_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.ui.theme import Theme

PRINTED = "%Y-%m-%d %H:%M:%S"
_CLOCK = re.compile(r"(\d{1,2})[:：]?(\d{2})(?:[:：]?(\d{2}))?", re.ASCII)
# 2026-11-20, 2026/11/20, 11-20, with year, month and day in Chinese, or 20261120
_DAY = re.compile(
    r"(?:(\d{4})[-/.\u5e74]?)?(\d{1,2})[-/.\u6708](\d{1,2})\u65e5?|(\d{4})(\d{2})(\d{2})", re.ASCII
)


def read_moment(text: str, now: datetime) -> str:
    """What was typed as ``yyyy-MM-dd HH:mm:ss``; day and year that were not typed are those of ``now``.

    Args:
        text: A time of day, or a day and a time of day.
        now: Local time.

    Returns:
        The moment as it is sent (H076), or "" when the text is no moment.
    """
    day, _, clock = text.strip().replace("T", " ").rpartition(" ")
    typed = _CLOCK.fullmatch(clock)
    when = _DAY.fullmatch(day.strip()) if day.strip() else None
    if typed is None or (day.strip() and when is None):
        return ""
    year, month, number = now.year, now.month, now.day
    if when is not None:
        parts = when.groups()
        year = int(parts[0] or parts[3] or now.year)
        month, number = int(parts[1] or parts[4]), int(parts[2] or parts[5])
    hour, minute, second = (int(part or 0) for part in typed.groups())
    try:
        moment = datetime(year, month, number, hour, minute, second, tzinfo=LOCAL)
    except ValueError:
        return ""
    return moment.strftime(PRINTED)


class MomentField(QLineEdit):
    """A line edit for a moment; says the present until a person types another.

    Signals:
        value_changed: The moment is another, by typing or by a setter.
    """

    value_changed = Signal()

    def __init__(
        self, theme: Theme, clock: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        """Begin at the present.

        Args:
            theme: Look.
            clock: Aware local time.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._is_own = False
        self.setTextMargins(26, 0, 0, 0)
        self.textEdited.connect(self._on_edited)
        self.set_now()

    @property
    def follows_clock(self) -> bool:
        """True until a person typed a moment or one was filled in."""
        return not self._is_own

    def value(self) -> str:
        """The moment as it is sent, ``yyyy-MM-dd HH:mm:ss``; what was typed when it is none."""
        return read_moment(self.text(), self._clock()) or self.text().strip()

    def set_value(self, moment: str) -> None:
        """Fill in a moment that belongs to something (the visit's own, H076)."""
        self._is_own = True
        self.setText(moment)
        self.value_changed.emit()

    def set_now(self) -> None:
        """The present, which goes on as long as nothing else is typed."""
        self._is_own = False
        self.setText(self._clock().strftime(PRINTED))
        self.value_changed.emit()

    def tick(self) -> None:
        """Move on with the clock while nobody has typed and nobody is about to."""
        if self.follows_clock and not self.hasFocus():
            self.setText(self._clock().strftime(PRINTED))

    def _on_edited(self) -> None:
        self._is_own = True
        self.value_changed.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        moment = read_moment(self.text(), self._clock())
        if moment and moment != self.text():
            self.setText(moment)
        super().focusOutEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        at = QPointF(11, (self.height() - 16) / 2)
        paint_icon(QPainter(self), self._theme, "calendar", "text_2", at, 16)
