"""One shared result in full: labelled values as printed, and links to image and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from hbgz_desktop.ui.phrases import noted
from hbgz_desktop.ui.styling import STRETCH, clear_layout, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.shared_answers import ReadableField, ReadableGroup
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.shared_words import SharedWords

LINKS = ("imageUrl", "pdfUrl")
_NODES = ("studyDetails", "labDetails")
"""Shown as groups of their own."""
_LABEL_WIDTH = 128


class SharedDrawer(Drawer):
    """Shows a ``ReadableGroup``, the chosen one of its details first.

    Signals:
        link_requested: (url) Open an image or a PDF, if its host is allowed.
    """

    link_requested = Signal(str)

    def __init__(self, context: PageContext, words: SharedWords, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(context.theme, parent)
        self._context = context
        self._words = words
        self._badge = StateBadge(context.theme, words.recognised(None), self)
        self._reason = Label("", "body2", self, wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(row(self._badge, STRETCH))
        self.body.addWidget(self._reason)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_group(self, group: ReadableGroup, detail: int) -> None:
        """Show a result; of a laboratory report the chosen value first."""
        own = group.details[detail] if 0 <= detail < len(group.details) else group
        self.set_head(own.title)
        self._badge.set_badge(self._words.recognised(own.is_recognised))
        self._reason.setText(own.reason)
        self._reason.setVisible(bool(own.reason))
        clear_layout(self._lines)
        self._add_links([own, group, *(group.details if own is group else ())])
        if own is not group:
            self._add_fields(own)
            self._lines.addWidget(Label(group.title, "strong", self, wrap=True))
        self._add_fields(group)
        for one in group.details if own is group else ():
            self._lines.addWidget(Label(one.title, "strong", self, wrap=True))
            self._add_fields(one)

    def _add_links(self, groups: Iterable[ReadableGroup]) -> None:
        found = {(one.name, one.value): None for group in groups for one in group.fields}
        for name, url in found:
            if name in LINKS:
                self._lines.addLayout(row(self._link(name, url), STRETCH))

    def _add_fields(self, group: ReadableGroup) -> None:
        for field in group.fields:
            if field.name in LINKS or field.name in _NODES:
                continue
            caption = Label(field.label, "caption2", self, wrap=True)
            caption.setFixedWidth(_LABEL_WIDTH)
            value = Label(
                noted(field.meaning or field.value, self._code(field)), "", self, wrap=True
            )
            line = row(caption, value, gap=8)
            line.setStretch(1, 1)
            self._lines.addLayout(line)

    def _code(self, field: ReadableField) -> str:
        return field.value if field.meaning and self._context.is_it else ""

    def _link(self, name: str, url: str) -> Button:
        words = (
            self.tr("在浏览器里看影像") if name == "imageUrl" else self.tr("在浏览器里看 PDF 报告")
        )
        button = Button(self._context.theme, words, "", "external_link", self)
        button.setProperty("url", url)
        button.clicked.connect(self._on_link)
        return button

    def _on_link(self) -> None:
        self.link_requested.emit(str(self.sender().property("url")))
