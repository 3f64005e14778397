"""Finds words that do not fit their place."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from hbgz_desktop.ui.widgets.label import ElidedLabel


def clipped(widget: QWidget) -> list[str]:
    """Words of visible labels and buttons that are wider than their place."""
    found = []
    for part in widget.findChildren(QWidget):
        if not part.isVisible() or isinstance(part, ElidedLabel):
            continue
        is_label = isinstance(part, QLabel) and not part.wordWrap()
        if not (is_label or isinstance(part, QPushButton)):
            continue
        if (
            part.sizeHint().width() > part.width() + 1
            or part.sizeHint().height() > part.height() + 1
        ):
            found.append(part.text())  # type: ignore[attr-defined]  # labels and buttons have it
    return found
