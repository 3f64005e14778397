"""Grounds and lines: cards, sunken fields, rules."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import STRETCH, Item, row
from hbgz_desktop.ui.widgets.label import Label


class Surface(QFrame):
    """A frame with one of the sheet's grounds.

    Kinds: card, sunken, nav, header, status, drawer, popup, dialog, toast, banner, nextstep,
    grouphead, foot, rule, vrule.
    """

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", kind)


class Card(Surface):
    """A white card with an optional head line; add content to ``body``.

    Attributes:
        body: Vertical layout below the head, 16–20 px from the card's edge.
        title: The head's title label; hidden while it is empty.
        note: Small text beside the title.
    """

    def __init__(
        self,
        title: str = "",
        note: str = "",
        *trailing: Item,
        parent: QWidget | None = None,
        flush: bool = False,
    ) -> None:
        """Build the card.

        Args:
            title: Head line; empty for none.
            note: Small text after the title (unit and window of what is shown).
            trailing: Widgets at the right end of the head.
            parent: Qt parent.
            flush: True when the body reaches the card's edges (tables, row lists).
        """
        super().__init__("card", parent)
        self.title = Label(title, "section", self)
        self.note = Label(note, "caption", self)
        edge = 0 if flush else 16
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 1, 0 if flush else 16)
        outer.setSpacing(0)
        if title or trailing:
            outer.addLayout(
                row(self.title, self.note, STRETCH, *trailing, gap=8, margins=(16, 12, 16, 8))
            )
        else:
            self.title.hide()
            self.note.hide()
            outer.addSpacing(0 if flush else 16)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(edge, 0, edge, 0)
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)


def rule(parent: QWidget | None = None) -> Surface:
    """A horizontal hairline."""
    return Surface("rule", parent)


def vertical_rule(parent: QWidget | None = None) -> Surface:
    """A vertical hairline."""
    return Surface("vrule", parent)
