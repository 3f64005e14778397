"""A person in a short list: masked name, a small line, taken with Enter or a click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from hbgz_desktop.ui.widgets.link_card import LinkCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.theme import Theme


class PatientLine(LinkCard):
    """One line of a list; its key is its number.

    Signals:
        stepped: (number, +1 or -1) ↓ or ↑: go to the next or previous line.
    """

    stepped = Signal(int, int)

    def __init__(
        self, theme: Theme, number: int, title: str, detail: str, parent: QWidget | None = None
    ) -> None:
        """Build it for a masked person."""
        super().__init__(theme, f"{number}", "user", title, detail, parent)
        self._number = number

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(self._number, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
