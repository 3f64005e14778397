"""One box, one sentence, one button: what happens next and who does it (LOOK 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import column, restyle
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class NextStepBox(Surface):
    """A tinted box with a bar at its left edge.

    Signals:
        action_requested: The button was pressed.
    """

    action_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        tone: Tone = Tone.COOL,
        title: str = "",
        detail: str = "",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("nextstep", parent)
        name, token = tone_icon(tone)
        self._icon = IconLabel(theme, name, token, 18, self)
        self._title = Label("", "strong", self, wrap=True)
        self._detail = Label("", "body2", self, wrap=True)
        self._button = Button(theme, "", parent=self)
        self._button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(column(self._title, self._detail, gap=3), 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.set_step(tone, title, detail, action)

    def set_step(self, tone: Tone, title: str, detail: str = "", action: str = "") -> None:
        """Show another step.

        Args:
            tone: COOL the program acts, WARM a person must, OK proven, BAD failed.
            title: One sentence, bold.
            detail: What is kept or when, or "".
            action: The button's verb with its count; "" hides the button.
        """
        self._icon.set_icon(*tone_icon(tone))
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        restyle(self, tone=str(tone))
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)

    @property
    def button(self) -> Button:
        """The one button, to disable it with a reason."""
        return self._button

    def _on_clicked(self) -> None:
        self.action_requested.emit()
