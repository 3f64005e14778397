"""Status bar: receiver, each platform, disk, last start; icon + word + number, each a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, paint_focus_ring, paint_icon
from hbgz_desktop.ui.states import State, state_icon, state_icon_token
from hbgz_desktop.ui.widgets.card import Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class StatusItem:
    """One fact of the status bar.

    Attributes:
        key: Reported when it is pressed.
        state: Gives the icon; None for none.
        word: What it is about (接收).
        detail: State and number (正常 · 2 台在发).
        is_trailing: True stands at the right end.
        is_action: True for a verb that is done at once, in the colour of links.
    """

    key: str
    state: State | None
    word: str
    detail: str
    is_trailing: bool = False
    is_action: bool = False


class StatusBar(Surface):
    """30 px at the bottom of the window.

    Signals:
        item_activated: (key) A fact was pressed: open its page.
    """

    item_activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("status", parent)
        self._theme = theme
        self._items: dict[str, _Fact] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(8, 1, 8, 0)
        self._layout.setSpacing(4)
        self._layout.addStretch(1)
        self._leading = 0
        self.setFixedHeight(theme.size("row_status_bar"))

    def set_items(self, items: Sequence[StatusItem]) -> None:
        """Show these facts; facts whose key stays keep place and focus."""
        wanted = {item.key: item for item in items}
        for key in [key for key in self._items if key not in wanted]:
            fact = self._items.pop(key)
            self._leading -= 0 if fact.item.is_trailing else 1
            fact.hide()
            fact.deleteLater()
        for item in items:
            if item.key not in self._items:
                self._add(item)
            self._items[item.key].set_item(item)

    def _add(self, item: StatusItem) -> None:
        fact = _Fact(self._theme, item, self)
        fact.clicked.connect(self._on_clicked)
        if item.is_trailing:
            self._layout.addWidget(fact)
        else:
            self._layout.insertWidget(self._leading, fact)
            self._leading += 1
        self._items[item.key] = fact

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Fact):
            self.item_activated.emit(sender.item.key)


class _Fact(QAbstractButton):
    def __init__(self, theme: Theme, item: StatusItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.item = item
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_item(self, item: StatusItem) -> None:
        self.item = item
        self.setAccessibleName(f"{item.word} {item.detail}".strip())
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[str, str, float]:
        detail = self._theme.dotted(self.item.detail)
        metrics = QFontMetricsF(self._theme.font("caption"))
        word = metrics.horizontalAdvance(self.item.word)
        return detail, self.item.word, word + (6 if self.item.word and detail else 0)

    @override
    def sizeHint(self) -> QSize:
        detail, _, word_width = self._parts()
        metrics = QFontMetricsF(self._theme.font("caption"))
        lead = 20 if self.item.state is not None else 0
        return QSize(round(8 + lead + word_width + metrics.horizontalAdvance(detail) + 9), 28)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse():
            fill_round(painter, box, self._theme.colour("hover"), 4)
        left = 8.0
        if self.item.state is not None:
            name, token = state_icon(self.item.state), state_icon_token(self.item.state)
            paint_icon(painter, self._theme, name, token, QPointF(left, 7), 14)
            left += 20
        detail, word, word_width = self._parts()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(box.adjusted(left, 0, 0, 0), middle, word)
        painter.setPen(self._theme.colour("accent" if self.item.is_action else "text_2"))
        painter.drawText(box.adjusted(left + word_width, 0, 0, 0), middle, detail)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, 4)
