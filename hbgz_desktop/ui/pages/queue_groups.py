"""The queue by cause: cards in an order that stands still, each opens to its rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from hbgz_desktop.model.queue_lane import QueueLane, QueueQuery
from hbgz_desktop.ui.pages.queue_columns import hide_wide_columns
from hbgz_desktop.ui.pages.queue_group_table import QueueGroupTable
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.group_card import GroupCard
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.queue_lane import QueueGroup
    from hbgz_desktop.services.queue_desk import QueueDesk, QueueLook
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords
    from hbgz_desktop.ui.widgets.paged_table_view import PagedTableView

_PROBLEMS = (QueueLane.FAILED, QueueLane.NEEDS_FIX, QueueLane.RETRYING)
_ACTING = (QueueLane.PAUSED, QueueLane.NEEDS_FIX)


class QueueGroups(QScrollArea):
    """Cards of one ``QueueLook``. Counts change in place; what comes or goes waits behind a line.

    Signals:
        selection_changed: Ticks changed in some group.
        row_activated: (id) Enter or double-click on a row.
        current_changed: (id or None) Another row is current.
        all_requested: (group) Show all its rows in a list.
        action_requested: (group) The button of a group that does something else than open.
        renewal_requested: Show the groups anew, in their present order.
        escape_pressed: Esc in a table with nothing ticked.
    """

    selection_changed = Signal()
    row_activated = Signal(object)
    current_changed = Signal(object)
    all_requested = Signal(object)
    action_requested = Signal(object)
    renewal_requested = Signal()
    escape_pressed = Signal()

    def __init__(
        self, context: PageContext, desk: QueueDesk, words: QueueWords, parent: QWidget
    ) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._words = words
        self._wanted = QueueQuery()
        self._groups: dict[str, QueueGroup] = {}
        self._cards: dict[str, GroupCard] = {}
        self._tables: dict[str, QueueGroupTable] = {}
        self._to_open = ""
        self._in_sight: GroupCard | None = None
        self._is_narrow = False
        inner = QWidget(self)
        inner.setProperty("surface", "clear")
        self._changes = _ChangesLine(context, inner)
        self._changes.pressed.connect(self.renewal_requested)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._changes)
        self._column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    # What is shown

    def show_anew(self, look: QueueLook, wanted: QueueQuery) -> None:
        """Take the order of now; opened groups that are still there stay open."""
        self._wanted = wanted
        keys = [group.key for group in look.groups]
        for key in [key for key in self._cards if key not in keys]:
            self._drop(key)
        self._groups = {group.key: group for group in look.groups}
        for number, group in enumerate(look.groups):
            card = self._cards.get(group.key) or self._add(group, look)
            self._column.removeWidget(card)
            self._column.insertWidget(1 + number, card)
            card.show()
        self._changes.set_count(0)
        self.show_counts(look)
        for table in self._tables.values():
            table.model.open()
        if self._to_open:
            key, self._to_open = self._to_open, ""
            self.open_group(key)

    def show_counts(self, look: QueueLook) -> None:
        """Bring counts and words up to date in place; order and cards stay."""
        now = {group.key: group for group in look.groups}
        health = {one.platform: one for one in look.platforms}
        if self._wanted.platform:
            health = {k: one for k, one in health.items() if k == self._wanted.platform}
        for key, card in self._cards.items():
            group = now.get(key) or _emptied(self._groups[key])
            self._groups[key] = group
            card.set_group(self._words.group(group, health, look.at))
        gone = sum(not group.count for group in self._groups.values())
        self._changes.set_count(gone + len(now.keys() - self._cards.keys()))

    def refresh_rows(self) -> None:
        """Read the rows of opened groups again, in place."""
        for table in self._tables.values():
            table.model.refresh()

    def _add(self, group: QueueGroup, look: QueueLook) -> GroupCard:
        health = {one.platform: one for one in look.platforms}
        words = self._words.group(group, health, look.at)
        opens = group.lane not in _ACTING
        card = GroupCard(self._context.theme, words, button_opens=opens, parent=self.widget())
        card.toggled.connect(self._on_toggled)
        card.action_requested.connect(self._on_action)
        self._cards[group.key] = card
        return card

    def _drop(self, key: str) -> None:
        self._close_table(key)
        card = self._cards.pop(key)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    # Opening

    def open_group(self, key: str) -> None:
        """Open a group and bring it into sight; one that is not there yet opens when it comes."""
        card = self._cards.get(key)
        if card is None:
            self._to_open = key
            return
        if not card.is_open:
            card.set_open(is_open=True)
            self._on_toggled(key, is_open=True)
        self._in_sight = card
        QTimer.singleShot(0, self._on_settled)

    def _on_settled(self) -> None:
        """The opened rows have their height now."""
        if self._in_sight is not None and self._in_sight in self._cards.values():
            self.ensureWidgetVisible(self._in_sight, 0, 8)

    def _on_toggled(self, key: str, is_open: bool) -> None:  # noqa: FBT001  # the signal's own shape
        if not is_open:
            self._close_table(key)
            return
        narrow = self._groups[key].narrow(self._wanted)
        table = QueueGroupTable(self._context, self._desk, self._words, narrow, self._cards[key])
        table.setProperty("key", key)
        table.model.selection.changed.connect(self.selection_changed)
        table.view.row_activated.connect(self.row_activated)
        table.view.current_changed.connect(self.current_changed)
        table.view.escape_pressed.connect(self.escape_pressed)
        table.all_requested.connect(self._on_all)
        hide_wide_columns(table.view, table.model, is_hidden=self._is_narrow)
        self._tables[key] = table
        self._cards[key].body.addWidget(table)

    def _close_table(self, key: str) -> None:
        table = self._tables.pop(key, None)
        if table is None:
            return
        had_any = bool(len(table.model.selection))
        table.hide()
        table.deleteLater()
        if had_any:
            self.selection_changed.emit()

    def _on_all(self) -> None:
        self.all_requested.emit(self._groups[str(self.sender().property("key"))])

    def _on_action(self, key: str) -> None:
        self.action_requested.emit(self._groups[key])

    def hide_wide_columns(self, *, is_hidden: bool) -> None:
        """Leave room for the drawer, or take it back."""
        self._is_narrow = is_hidden
        for table in self._tables.values():
            hide_wide_columns(table.view, table.model, is_hidden=is_hidden)

    # Selection

    def selected_ids(self) -> tuple[int, ...]:
        """Everything ticked, in all opened groups."""
        return tuple(
            one
            for table in self._tables.values()
            for one in table.model.selection.ids
            if isinstance(one, int)
        )

    def clear_selection(self) -> None:
        """Untick everything."""
        for table in self._tables.values():
            table.model.selection.clear()

    @property
    def tables(self) -> Sequence[QueueGroupTable]:
        """Rows of the opened groups, from top to bottom."""
        order = [key for key in self._groups if key in self._tables]
        return [self._tables[key] for key in order]

    @property
    def keys(self) -> tuple[str, ...]:
        """The groups from top to bottom."""
        return tuple(self._groups)

    def card(self, key: str) -> GroupCard:
        """A card by its group's key.

        Raises:
            KeyError: There is none.
        """
        return self._cards[key]

    def view(self) -> PagedTableView | None:
        """The table that has the focus, else the first opened one."""
        focused = [table.view for table in self.tables if table.view.hasFocus()]
        return next(iter([*focused, *(table.view for table in self.tables)]), None)

    def focus_first(self) -> None:
        """Put the focus into an opened table, else on the first card."""
        view = self.view()
        if view is not None:
            view.setFocus()
        elif self._cards:
            next(iter(self._cards.values())).setFocus()

    def go_to_problem(self, step: int) -> None:
        """Open the next or previous group in which something is wrong."""
        keys = [key for key, one in self._groups.items() if one.lane in _PROBLEMS]
        if not keys:
            return
        opened = [n for n, key in enumerate(keys) if key in self._tables]
        at = (opened[-1] if opened else (-1 if step > 0 else 0)) + step
        for n in opened:
            self._cards[keys[n]].set_open(is_open=False)
            self._close_table(keys[n])
        self.open_group(keys[at % len(keys)])


def _emptied(group: QueueGroup) -> QueueGroup:
    return replace(group, count=0)


class _ChangesLine(Surface):
    """2 组有变化·刷新: the order waits until it is asked for."""

    pressed = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("banner", parent)
        self._theme = context.theme
        self.setProperty("tone", "cool")
        self._words = Label("", "caption2", self)
        button = Button(context.theme, self.tr("刷新"), "quiet", parent=self)
        button.clicked.connect(self.pressed)
        self.setLayout(row(STRETCH, self._words, button, STRETCH, gap=4, margins=(16, 0, 8, 0)))
        self.hide()

    def set_count(self, count: int) -> None:
        self._words.setText(self.tr("{n} 组有变化", "", count).format(n=count))
        self.setVisible(count > 0)
