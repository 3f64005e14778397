"""One step of the first run: its number or tick, title, state, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_icon
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

_MARK = 22


class StepMark(QWidget):
    """A ring with the step's number: filled while it is the next one, a tick once it is done."""

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._is_done = self._is_next = False
        self.setFixedSize(_MARK, _MARK)

    def set_number(self, number: int) -> None:
        """Another place in the order."""
        self._number = number
        self.update()

    def set_state(self, *, is_done: bool, is_next: bool) -> None:
        """Show where the step stands."""
        self._is_done, self._is_next = is_done, is_next
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_done:
            at = QPointF(1, 1)
            paint_icon(painter, self._theme, "state_confirmed", "fill_confirmed", at, 20)
            return
        mark = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        radius = mark.width() / 2
        if self._is_next:
            fill_round(painter, mark, self._theme.colour("accent_fill"), radius)
        else:
            outline_round(painter, mark, self._theme.colour("border_control"), radius, 1.4)
        painter.setFont(self._theme.font("caption", bold=True))
        painter.setPen(self._theme.colour("on_accent" if self._is_next else "text_2"))
        painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class StepCard(Card):
    """A card with its mark, title and badge; add what the step asks to ``body``."""

    def __init__(
        self, theme: Theme, number: int, title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._title = Label(title, "section", self)
        self._mark = StepMark(theme, number, self)
        self._badge = StateBadge(theme, Badge.neutral(self.tr("还没做")), self)
        self.body.setContentsMargins(20, 4, 20, 4)
        self.body.setSpacing(10)
        self.body.addLayout(row(self._mark, self._title, STRETCH, self._badge, gap=12))

    def set_title(self, title: str) -> None:
        """Name the step."""
        self._title.setText(title)

    def set_number(self, number: int) -> None:
        """Another place in the order of the steps."""
        self._mark.set_number(number)

    def set_state(self, *, is_done: bool, is_next: bool, doing: str = "") -> None:
        """Tick it off, or say what it waits for.

        Args:
            is_done: The facts say so.
            is_next: It is the first that is not done.
            doing: The program's part (正在听), "" while it has none.
        """
        self._mark.set_state(is_done=is_done, is_next=is_next)
        if is_done:
            badge = Badge.of(State.CONFIRMED, self.tr("好了"))
        elif doing:
            badge = Badge.of(State.RUNNING, doing)
        else:
            badge = Badge.neutral(self.tr("还没做"))
        self._badge.set_badge(badge)
        self.setAccessibleName(clauses((self._title.text(), badge.word)))

    @property
    def word(self) -> str:
        """The badge's word."""
        return self._badge.badge.word
