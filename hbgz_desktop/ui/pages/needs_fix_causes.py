"""The left column of 待处理: causes in an order that stands still."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.cause_card import CauseCard
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.fix_views import FixGroup
    from hbgz_desktop.services.fix_desk import FixLook
    from hbgz_desktop.ui.pages.needs_fix_words import FixWords
    from hbgz_desktop.ui.theme import Theme

_WIDTH = 316


class FixCauses(QWidget):
    """Cards of a ``FixLook``. Counts change in place; what comes or goes waits behind a line.

    Signals:
        chosen: (group) Another cause is to be worked on.
        renewal_requested: Show the causes anew, in their present order.
    """

    chosen = Signal(object)
    renewal_requested = Signal()

    def __init__(self, theme: Theme, words: FixWords, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._groups: dict[str, FixGroup] = {}
        self._cards: dict[str, CauseCard] = {}
        self._chosen = ""
        self._changes = Button(theme, "", "quiet", "refresh", self)
        self._changes.clicked.connect(self.renewal_requested)
        self._changes.hide()
        inner = QWidget(self)
        inner.setProperty("surface", "clear")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(8)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        foot = Label(self.tr("修好的会自动重新校验并上传，不用再点。"), "caption2", self, wrap=True)
        head = row(Label(self.tr("原因"), "section", self), STRETCH, self._changes)
        head.setContentsMargins(0, 0, 4, 0)
        self.setLayout(column(head, self._area, foot, gap=10))
        self.setFixedWidth(_WIDTH)

    def show_anew(self, look: FixLook) -> None:
        """Take the order of now; the chosen cause stays chosen while it is there."""
        keys = [group.key for group in look.groups]
        for key in [key for key in self._cards if key not in keys]:
            card = self._cards.pop(key)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._groups = {group.key: group for group in look.groups}
        for number, group in enumerate(look.groups):
            card = self._cards.get(group.key) or self._add(group)
            self._column.removeWidget(card)
            self._column.insertWidget(number, card)
            card.show()
        self.show_counts(look)
        self.choose(self._chosen if self._chosen in self._groups else next(iter(keys), ""))

    def show_counts(self, look: FixLook) -> None:
        """Bring counts up to date in place."""
        now = {group.key: group for group in look.groups}
        for key, card in self._cards.items():
            group = now.get(key) or replace(self._groups[key], count=0)
            self._groups[key] = group
            card.set_cause(self._words.cause(group))
        gone = sum(not group.count for group in self._groups.values())
        changes = gone + len(now.keys() - self._cards.keys())
        self._changes.setText(self.tr("{n} 组有变化·刷新", "", changes).format(n=changes))
        self._changes.setVisible(changes > 0)

    def _add(self, group: FixGroup) -> CauseCard:
        card = CauseCard(self._theme, self._words.cause(group), self._area.widget())
        card.chosen.connect(self.choose)
        self._cards[group.key] = card
        return card

    # Choosing

    @property
    def groups(self) -> tuple[FixGroup, ...]:
        """From top to bottom."""
        return tuple(self._groups.values())

    @property
    def current(self) -> FixGroup | None:
        """The chosen cause, None when there is none."""
        return self._groups.get(self._chosen)

    @property
    def position(self) -> int:
        """Of the chosen cause, from 1; 0 when there is none."""
        keys = list(self._groups)
        return keys.index(self._chosen) + 1 if self._chosen in keys else 0

    def choose(self, key: str) -> None:
        """Work on a cause; an unknown one is ignored."""
        if key and key not in self._groups:
            return
        self._chosen = key
        for name, card in self._cards.items():
            card.set_selected(is_selected=name == key)
        if key:
            self._area.ensureWidgetVisible(self._cards[key], 0, 8)
        self.chosen.emit(self._groups.get(key))

    def step(self, step: int) -> None:
        """Go to the next or previous cause that holds something up, round and round."""
        keys = [key for key, group in self._groups.items() if group.count]
        if not keys:
            return
        at = keys.index(self._chosen) if self._chosen in keys else -1 if step > 0 else 0
        self.choose(keys[(at + step) % len(keys)])

    def focus_current(self) -> None:
        """Put the focus on the chosen card."""
        card = self._cards.get(self._chosen)
        if card is not None:
            card.setFocus()
