"""Style properties and layouts in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

STRETCH = -1
"""In a row or column: all room that is left goes here."""

Item = QWidget | QLayout | int | None
Margins = tuple[int, int, int, int]
LayoutT = TypeVar("LayoutT", bound=QBoxLayout)


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set properties the style sheet selects by, and let the sheet look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def row(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout of widgets, layouts, blanks (pixels), ``STRETCH``; None is left out."""
    return _fill(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout of widgets, layouts, blanks (pixels), ``STRETCH``; None is left out."""
    return _fill(QVBoxLayout(), items, gap, margins)


def _fill(layout: LayoutT, items: Iterable[Item], gap: int, margins: Margins) -> LayoutT:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        elif item == STRETCH:
            layout.addStretch(1)
        elif item is not None:
            layout.addSpacing(item)
    return layout


def upright_scroller(inner: QWidget, parent: QWidget) -> QScrollArea:
    """A frameless area that scrolls ``inner`` up and down and is no stop of the Tab key."""
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    return area


def clear_layout(layout: QLayout) -> None:
    """Take every item out and delete the widgets among them once control is back in the loop."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


def fit_height(dialog: QWidget) -> None:
    """Make a dialog of fixed width exactly as high as its wrapped words need; Qt guesses too little or too much."""
    layout = dialog.layout()
    if layout is None:
        return
    layout.activate()
    height = layout.totalHeightForWidth(dialog.width()) if layout.hasHeightForWidth() else -1
    dialog.setFixedHeight(height if height > 0 else layout.totalSizeHint().height())
