"""What is selected and what will likely come of it, before anything is pressed (LOOK 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import State, state_icon, state_icon_token
from hbgz_desktop.ui.styling import clear_layout
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme


class SelectionBar(Surface):
    """已选 14 项 · 11 项多半能成 · 3 项要等平台恢复, and the secondary actions.

    Hidden while nothing is selected.

    Signals:
        action_requested: (key) A button was pressed.
    """

    action_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._theme = theme
        self._buttons: dict[str, Button] = {}
        self._count = Label("", "strong", self)
        self._hint = Label(self.tr("按 Esc 取消选择"), "caption2", self)
        self._forecast = QHBoxLayout()
        self._forecast.setSpacing(8)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 8, 12, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self._count)
        self._line.addWidget(self._hint)
        self._line.addSpacing(12)
        self._line.addLayout(self._forecast)
        self._line.addStretch(1)
        self.hide()

    def set_selection(
        self, text: str, forecast: Sequence[tuple[State, str]] = (), *, is_loading: bool = False
    ) -> None:
        """Show what is selected.

        Args:
            text: With its count (已选 14 项); "" hides the bar.
            forecast: State and words of each likely outcome.
            is_loading: True while the forecast is still being worked out.
        """
        self._count.setText(text)
        clear_layout(self._forecast)
        for state, words in forecast:
            icon = IconLabel(self._theme, state_icon(state), state_icon_token(state), 16, self)
            self._forecast.addWidget(icon)
            self._forecast.addWidget(Label(words, "", self))
            self._forecast.addSpacing(8)
        if is_loading:
            self._forecast.addWidget(Label(self.tr("正在看能成几项…"), "caption2", self))
        spoken = clauses([text, *(words for _, words in forecast)])
        self.setAccessibleName(spoken)
        self.setVisible(bool(text))

    def set_action(self, key: str, text: str, *, reason: str = "") -> None:
        """Add a button, or change its words; ``reason`` disables it and says why."""
        if key not in self._buttons:
            button = Button(self._theme, text, parent=self)
            button.setProperty("key", key)
            button.clicked.connect(self._on_clicked)
            self._buttons[key] = button
            self._line.addWidget(button)
        self._buttons[key].setText(text)
        self._buttons[key].set_allowed(reason)

    def _on_clicked(self) -> None:
        self.action_requested.emit(str(self.sender().property("key")))
