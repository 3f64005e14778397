"""Shows widgets in a window of their own, active, as a person has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """The widgets in a shown, active window; conftest closes it after the test."""
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    KEPT.append(window)
    return window


KEPT: list[QWidget] = []
"""Windows live as long as their test: Qt forgets what Python does not hold."""
