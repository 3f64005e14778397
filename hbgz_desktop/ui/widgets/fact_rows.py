"""Rows of small facts: a check with its state, a value to copy, a cause with one fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import State, state_icon, state_icon_token
from hbgz_desktop.ui.styling import STRETCH, column
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class FactRow(QWidget):
    """State icon, one line, one small line (现在能传了吗)."""

    def __init__(
        self,
        theme: Theme,
        state: State,
        title: str,
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = IconLabel(theme, state_icon(state), state_icon_token(state), 16, self)
        self._title = Label("", "", self, wrap=True)
        self._detail = Label("", "caption2", self, wrap=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(column(self._title, self._detail, gap=2), 1)
        self.set_fact(state, title, detail)

    def set_fact(self, state: State, title: str, detail: str = "") -> None:
        """Show another finding."""
        self._icon.set_icon(state_icon(state), state_icon_token(state))
        self._title.setText(title)
        self._detail.setText(self._theme.dotted(detail))
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(f"{title} {detail}".strip())


class CopyRow(QWidget):
    """Name, value in fixed width, 复制 (first run: AE title, address, port)."""

    def __init__(
        self, theme: Theme, name: str, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        caption = Label(name, "caption2", self)
        caption.setFixedWidth(84)
        self._value = ElidedLabel(value, "mono", self)
        self._copy = Button(theme, self.tr("复制"), "quiet", "copy", self)
        self._copy.setAccessibleName(self.tr("复制{name}").format(name=name))
        self._copy.clicked.connect(self._on_copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 8, 2)
        layout.setSpacing(8)
        layout.addWidget(caption)
        layout.addWidget(self._value, 1)
        layout.addWidget(self._copy)

    def set_value(self, value: str) -> None:
        """Show another value."""
        self._value.setText(value)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._value.text())
        announce(self, self.tr("已复制"))


class CauseRow(QWidget):
    """Icon, cause and who acts, count, one button (overview: 等人处理).

    Signals:
        action_requested: (key) The button was pressed.
    """

    action_requested = Signal(str)

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._icon = IconLabel(theme, "state_needs_fix", "fill_needs_fix", 18, self)
        self._title = ElidedLabel("", "strong", self)
        self._detail = ElidedLabel("", "caption2", self)
        self._count = Label("", "number", self)
        self._button = Button(theme, "", parent=self)
        self._button.setMinimumWidth(84)
        self._button.clicked.connect(self._on_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(self._icon)
        layout.addLayout(column(STRETCH, self._title, self._detail, STRETCH, gap=3), 1)
        layout.addWidget(self._count)
        layout.addWidget(self._button)
        self.setFixedHeight(60)

    def set_cause(
        self,
        icon: tuple[str, str],
        title: str,
        detail: str,
        count: int | None,
        action: str,
    ) -> None:
        """Show a cause.

        Args:
            icon: Icon name and colour token.
            title: The cause in plain words.
            detail: Field or source, and who acts.
            count: How many it holds up; None shows no number.
            action: Words of the one button.
        """
        self._icon.set_icon(*icon)
        self._title.setText(title)
        self._detail.setText(self._theme.dotted(detail))
        self._count.setText("" if count is None else f"{count:,}")
        self._button.setText(action)
        self.setAccessibleName(f"{title} {'' if count is None else count}".strip())
        self._button.setAccessibleName(clauses((action, title)))

    def _on_clicked(self) -> None:
        self.action_requested.emit(self._key)
