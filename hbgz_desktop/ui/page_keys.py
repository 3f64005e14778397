"""Keys that go to the page that is shown (LOOK 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.page import Page


class PageKeys(QObject):
    """Ctrl+F, F5, F8, Shift+F8 and Ctrl+Enter, anywhere in the window."""

    def __init__(self, window: QWidget, current_page: Callable[[], Page | None]) -> None:
        """Listen in ``window``; ``current_page`` gives the page a key is meant for."""
        super().__init__(window)
        self._current_page = current_page
        keys: list[tuple[str, Callable[[], None]]] = [
            ("Ctrl+F", self._on_filter),
            ("F5", self._on_refresh),
            ("F8", self._on_next_problem),
            ("Shift+F8", self._on_previous_problem),
            ("Ctrl+Return", self._on_primary),
            ("Ctrl+Enter", self._on_primary),
        ]
        for sequence, slot in keys:
            QShortcut(QKeySequence(sequence), window).activated.connect(slot)

    def _on_filter(self) -> None:
        if page := self._current_page():
            page.focus_filter()

    def _on_refresh(self) -> None:
        if page := self._current_page():
            page.refresh()

    def _on_primary(self) -> None:
        if page := self._current_page():
            page.header.press_primary()

    def _on_next_problem(self) -> None:
        if page := self._current_page():
            page.go_to_problem(1)

    def _on_previous_problem(self) -> None:
        if page := self._current_page():
            page.go_to_problem(-1)
