"""A cause of the queue that opens to show its rows (LOOK picture 03)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import State, state_icon, state_icon_token
from hbgz_desktop.ui.styling import STRETCH, column, restyle
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.pressable_surface import PressableSurface

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class Group:
    """What the head of a group says.

    Attributes:
        key: Reported by its signals.
        state: Icon of the whole group.
        count: How many rows.
        title: The cause.
        detail: Who acts and when.
        action: Words of the button while it is closed (看这 14 项, 继续 2 项).
    """

    key: str
    state: State
    count: int
    title: str
    detail: str
    action: str


class GroupCard(Surface):
    """Head with count and cause; a body that shows while it is open.

    Signals:
        toggled: (key, is_open) The head was pressed.
        action_requested: (key) The button was pressed while it does something else than open.

    Attributes:
        body: Vertical layout without margins; put the table in.
    """

    toggled = Signal(str, bool)
    action_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        group: Group,
        *,
        button_opens: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Build it closed; ``button_opens`` False reports the button instead (继续 2 项)."""
        super().__init__("card", parent)
        self._theme = theme
        self._group = group
        self._button_opens = button_opens
        self._open = False
        self._head = _Head(theme, self)
        self._head.activated.connect(self._on_head_pressed)
        self._head.button.clicked.connect(self._on_button)
        self._holder = QWidget(self)
        self.body = QVBoxLayout(self._holder)
        self.body.setContentsMargins(1, 0, 1, 1)
        self.body.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._holder)
        self._holder.hide()
        self.set_group(group)

    def set_group(self, group: Group) -> None:
        """Show new words and counts; stays open or closed."""
        self._group = group
        self._head.show_group(group, is_open=self._open)

    @property
    def is_open(self) -> bool:
        """True while the rows show."""
        return self._open

    def set_open(self, *, is_open: bool) -> None:
        """Open or close without reporting it."""
        self._open = is_open
        self._holder.setVisible(is_open)
        self._head.show_group(self._group, is_open=is_open)

    def _on_head_pressed(self) -> None:
        self.set_open(is_open=not self._open)
        self.toggled.emit(self._group.key, self._open)

    def _on_button(self) -> None:
        if self._button_opens or self._open:
            self._on_head_pressed()
        else:
            self.action_requested.emit(self._group.key)


class _Head(PressableSurface):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "grouphead", parent)
        self._chevron = IconLabel(theme, "chevron_right", "text_2", 14, self)
        self._icon = IconLabel(theme, "state_waiting", "waiting", 18, self)
        self._count = Label("", "number", self)
        self._count.setMinimumWidth(40)
        self._title = ElidedLabel("", "strong", self)
        self._detail = ElidedLabel("", "caption2", self)
        self.button = Button(theme, "", parent=self)
        self.button.setMinimumWidth(96)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 12, 0)
        layout.setSpacing(14)
        layout.addWidget(self._chevron)
        layout.addWidget(self._icon)
        layout.addWidget(self._count)
        layout.addLayout(column(STRETCH, self._title, self._detail, STRETCH, gap=3), 1)
        layout.addWidget(self.button)
        self.setFixedHeight(58)

    def show_group(self, group: Group, *, is_open: bool) -> None:
        self._chevron.set_icon("chevron_down" if is_open else "chevron_right", "text_2")
        self._icon.set_icon(state_icon(group.state), state_icon_token(group.state))
        self._count.setText(f"{group.count:,}")
        self._title.setText(group.title)
        self._detail.setText(self._theme.dotted(group.detail))
        self.button.setText(self.tr("收起") if is_open else group.action)
        self.setAccessibleName(clauses((group.title, str(group.count))))
        self.setAccessibleDescription(group.detail)
        restyle(self, open=is_open)
