"""The drawer: details of one row, 480 px at the right, not modal, closed by Esc (LOOK 2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.styling import STRETCH, column, row, upright_scroller
from hbgz_desktop.ui.widgets.button import Button, icon_button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from hbgz_desktop.ui.theme import Theme


class Drawer(Surface):
    """A head that says who and what, and a body that scrolls.

    The body keeps its widgets while the shown row changes: pages set values, they do not rebuild.

    Signals:
        closed: It was closed by Esc or the cross; the page gives the focus back to its list.
        action_chosen: (key) An entry behind … was chosen.

    Attributes:
        body: Vertical layout, 20 px margins, 16 px gaps; add the parts here.
        head_extra: Horizontal layout beside the title (a reveal button, for instance).
    """

    closed = Signal()
    action_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("drawer", parent)
        self._theme = theme
        self._title = Label("", "number", self)
        self._detail = Label("", "", self)
        self._line = ElidedLabel("", "caption", self)
        self.head_extra = row(gap=4)
        self._menu = QMenu(self)
        self._more = icon_button(theme, "more", self.tr("更多"), self)
        self._more.setMenu(self._menu)
        self._more.hide()
        self._close: Button = icon_button(theme, "close", self.tr("关闭，Esc"), self)
        self._close.clicked.connect(self.close_drawer)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self.body.setContentsMargins(20, 8, 16, 20)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self._scroller(), 1)
        self.setFixedWidth(theme.size("width_drawer"))
        self.hide()

    def _head(self) -> QVBoxLayout:
        first = row(
            self._title, self._detail, self.head_extra, STRETCH, self._more, self._close, gap=10
        )
        return column(first, self._line, gap=4, margins=(20, 0, 12, 4))

    def _scroller(self) -> QScrollArea:
        inner = QWidget(self)
        inner.setProperty("surface", "clear")
        inner.setLayout(self.body)
        return upright_scroller(inner, self)

    def set_head(self, title: str, detail: str = "", line: str = "") -> None:
        """Say who and what.

        Args:
            title: Large; a masked name.
            detail: Beside it (女 46 岁).
            line: Small below; dots are spaced to fit the font.
        """
        self._title.setText(title)
        self._detail.setText(detail)
        self._line.setText(self._theme.dotted(line))
        self.setAccessibleName(title)

    def add_action(self, key: str, text: str) -> None:
        """Add an entry behind the … button."""
        action = self._menu.addAction(text)
        action.setProperty("key", key)
        action.triggered.connect(self._on_triggered)
        self._more.show()

    def set_actions(self, entries: Sequence[tuple[str, str]]) -> None:
        """Replace all entries behind the … button by these (key, text)."""
        now = [(str(one.property("key")), one.text()) for one in self._menu.actions()]
        if now == list(entries):
            return
        self._menu.clear()
        for key, text in entries:
            self.add_action(key, text)
        self._more.setVisible(bool(entries))

    def open_drawer(self) -> None:
        """Show it; the focus stays where it is."""
        self.show()
        self.raise_()

    def focus_body(self) -> None:
        """Put the keyboard focus inside (F6)."""
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_drawer(self) -> None:
        """Hide it and report."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def _on_triggered(self) -> None:
        self.action_chosen.emit(str(self.sender().property("key")))
