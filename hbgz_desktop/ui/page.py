"""What every page is: header, banners, content, perhaps a drawer (LOOK 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.widgets.banner_stack import BannerStack
from hbgz_desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from hbgz_desktop.ui.theme import Theme
    from hbgz_desktop.ui.widgets.drawer import Drawer

_EDGE = 24
_FOOT = 20


class Page(QWidget):
    """Base of all pages. Subclasses fill ``content`` and override what the window asks.

    Attributes:
        header: Title line and buttons; connect ``header.primary_requested``.
        banners: Below the header; the window fills it with what holds everywhere.
        content: Vertical layout with the page margins and 16 px gaps.
        drawer: Set by ``add_drawer``; None for a page without.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        subtitle: str = "",
        *,
        scrolls: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Build the frame; ``scrolls`` lets the content (not the header) scroll as a whole."""
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._covers = False
        self.header = PageHeader(theme, title, subtitle, self)
        self.banners = BannerStack(theme, self)
        self.drawer: Drawer | None = None
        self._inner = QWidget(self)
        self._inner.setProperty("surface", "clear")
        self.content = QVBoxLayout(self._inner)
        self.content.setContentsMargins(_EDGE, 0, _EDGE, _FOOT)
        self.content.setSpacing(16)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._body.addWidget(self._scroller() if scrolls else self._inner, 1)
        self._frame = QVBoxLayout()
        self._frame.addWidget(self.banners)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(self._frame)
        layout.addLayout(self._body, 1)

    def _scroller(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self._inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        return area

    @property
    def theme(self) -> Theme:
        """What the page was made with, for its parts."""
        return self._theme

    def add_drawer(self, drawer: Drawer) -> None:
        """Put a drawer at the right; below 1280 px it covers the content instead."""
        self.drawer = drawer
        drawer.setParent(self)
        self._body.addWidget(drawer)
        drawer.hide()
        drawer.closed.connect(self._on_drawer_closed)

    def open_drawer(self) -> None:
        """Show the drawer; the list keeps the focus."""
        if self.drawer is not None:
            self.drawer.open_drawer()
            self._place_drawer()

    def set_drawer_covers(self, *, covers: bool) -> None:
        """The window became narrower or wider than 1280 px."""
        if self.drawer is None or covers == self._covers:
            self._covers = covers
            return
        self._covers = covers
        is_open = self.drawer.isVisible()
        if covers:
            self._body.removeWidget(self.drawer)
        else:
            self._body.addWidget(self.drawer)
        self.drawer.setVisible(is_open)
        self._place_drawer()

    def set_banner_gap(self) -> None:
        """Leave 12 px below the banners while there are any."""
        gap = 12 if self.banners.banners else 0
        self._frame.setContentsMargins(_EDGE, 0, _EDGE, gap)

    def _place_drawer(self) -> None:
        if self.drawer is None:
            return
        is_beside = self.drawer.isVisible() and not self._covers
        self.content.setContentsMargins(_EDGE, 0, 16 if is_beside else _EDGE, _FOOT)
        if self._covers:
            top = self.header.height()
            left = self.width() - self.drawer.width()
            self.drawer.setGeometry(left, top, self.drawer.width(), self.height() - top)
            self.drawer.raise_()

    def _on_drawer_closed(self) -> None:
        self._place_drawer()
        self.focus_content()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_drawer()

    # What the window asks; a page overrides what it has

    def activate(self) -> None:
        """The page is shown: begin to follow live data."""

    def deactivate(self) -> None:
        """Another page is shown: stop following live data; bulk work goes on."""

    def refresh(self) -> None:
        """F5: ask again for everything that is shown."""

    def focus_filter(self) -> None:
        """Ctrl+F: put the focus into this page's list filter."""

    def focus_content(self) -> None:
        """F6, and when the window opens: put the focus into the list."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_problem(self, step: int) -> None:
        """F8 (+1) or Shift+F8 (-1): go to the next or previous problem."""

    def show_rows(self, rows: str) -> None:
        """A number elsewhere was pressed: show exactly the rows it counts.

        Args:
            rows: A name this page knows, such as a chip's key.
        """

    def set_privacy(self, *, is_hidden: bool) -> None:
        """Ctrl+Shift+H: mask everything now, or allow the eyes again."""

    def help_text(self) -> str:
        """F1: what this page is for, in a few sentences."""
        return ""
