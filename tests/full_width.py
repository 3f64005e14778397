"""Finds punctuation of Chinese in what a window says in English."""

from __future__ import annotations

import re

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

FULL_WIDTH = re.compile("[、，：（）。；！？“”]")


def full_width(widget: QWidget) -> list[str]:
    """Visible words, and those for screen readers and tooltips, that hold such a character."""
    parts = [part for part in (widget, *widget.findChildren(QWidget)) if part.isVisible()]
    return sorted({words for part in parts for words in _words(part) if FULL_WIDTH.search(words)})


def _words(part: QWidget) -> list[str]:
    said = [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
    if isinstance(part, QLabel | QAbstractButton):
        said.append(part.text())
    if isinstance(part, QLineEdit):
        said.append(part.placeholderText())
    if isinstance(part, QAbstractItemView):
        said += _cells(part.model())
    return said


def _cells(model: QAbstractItemModel | None) -> list[str]:
    if model is None:
        return []
    places = [
        model.index(row, column)
        for row in range(min(model.rowCount(), 50))
        for column in range(model.columnCount())
    ]
    return [str(model.data(place, Qt.ItemDataRole.DisplayRole) or "") for place in places]
