"""What a list shows when it has no rows: what will be here, why not, one action (LOOK 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_LEAST = 240
_MOST = 480


class EmptyState(QWidget):
    """Icon, one bold line, one small line, perhaps one button, in the middle.

    Filter empty, nothing yet and all done are three different texts: the page chooses.

    Signals:
        action_requested: The button was pressed.
    """

    action_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str = "studies",
        title: str = "",
        reason: str = "",
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = IconLabel(theme, icon, "text_3", 28, self)
        self._title = Label(title, "strong", self)
        self._reason = Label(reason, "caption", self, wrap=True)
        self._button = Button(theme, action, parent=self)
        self._button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(1)
        for part in (self._icon, self._title, self._reason, self._button):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.set_content(icon, title, reason, action)

    def set_content(self, icon: str, title: str, reason: str = "", action: str = "") -> None:
        """Show other words; an empty ``action`` hides the button."""
        self._icon.set_icon(icon, "text_3")
        self._title.setText(title)
        self._reason.setText(reason)
        self._fit_reason()
        self._reason.setVisible(bool(reason))
        self._button.setText(action)
        self._button.setVisible(bool(action))

    def _fit_reason(self) -> None:
        """As wide as its longest line up to a limit, and as high as it then needs."""
        metrics = QFontMetrics(self._reason.font())
        lines = self._reason.text().split("\n")
        longest = max(metrics.horizontalAdvance(line) for line in lines) + 4
        width = min(max(longest, _LEAST), _MOST)
        self._reason.setMinimumWidth(width)
        self._reason.setMinimumHeight(max(0, self._reason.heightForWidth(width)))

    def _on_clicked(self) -> None:
        self.action_requested.emit()
