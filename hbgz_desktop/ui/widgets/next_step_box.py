"""One box, one sentence, one button: what happens next and who does it (LOOK 3).

Where a person has to choose between two ways, the other way is a quiet button below.
"""

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
        other_requested: The quiet button was pressed.
    """

    action_requested = Signal()
    other_requested = Signal()

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
        self._other = Button(theme, "", "quiet", parent=self)
        self._other.clicked.connect(self._on_other)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(12)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(column(self._title, self._detail, gap=3), 1)
        buttons = column(self._button, self._other, gap=4)
        buttons.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(buttons)
        self.set_step(tone, title, detail, action)

    def set_step(
        self, tone: Tone, title: str, detail: str = "", action: str = "", other: str = ""
    ) -> None:
        """Show another step.

        Args:
            tone: COOL the program acts, WARM a person must, OK proven, BAD failed.
            title: One sentence, bold.
            detail: What is kept or when, or "".
            action: The button's verb with its count; "" hides the button.
            other: Verb of the other way a person may choose; "" hides its button.
        """
        self._icon.set_icon(*tone_icon(tone))
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._other.setText(other)
        self._other.setVisible(bool(other))
        restyle(self, tone=str(tone))
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)

    @property
    def button(self) -> Button:
        """The one button, to disable it with a reason."""
        return self._button

    @property
    def other(self) -> Button:
        """The quiet button."""
        return self._other

    def _on_clicked(self) -> None:
        self.action_requested.emit()

    def _on_other(self) -> None:
        self.other_requested.emit()
