"""A short list of sections of two lines each, with a mark at the right end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import (
    badge_width,
    fill_round,
    paint_badge,
    paint_focus_ring,
    paint_icon,
)
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import clear_layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.states import Badge
    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class Section:
    """One entry.

    Attributes:
        key: Reported when chosen.
        title: First line.
        detail: Second line, or "".
        badge: At the right end, or None.
        icon: Icon name and colour token at the right end, or None.
        is_changed: A dot: something in it is not saved.
        is_code: The second line is a field name: fixed-width font.
    """

    key: str
    title: str
    detail: str = ""
    badge: Badge | None = None
    icon: tuple[str, str] | None = None
    is_changed: bool = False
    is_code: bool = False


class SectionList(QWidget):
    """Sections below each other; one is chosen. Arrow keys move and choose.

    Signals:
        section_chosen: (key) Another section was chosen.
    """

    section_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: dict[str, _Entry] = {}
        self._chosen = ""
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Show these sections; entries whose keys stay keep their focus."""
        if [s.key for s in sections] != list(self._entries):
            clear_layout(self._layout)
            self._entries = {section.key: self._add(section) for section in sections}
        for section in sections:
            self._entries[section.key].set_section(section)
        if self._chosen not in self._entries and sections:
            self._chosen = sections[0].key
        self._mark()

    def _add(self, section: Section) -> _Entry:
        entry = _Entry(self._theme, section, self)
        entry.clicked.connect(self._on_clicked)
        self._layout.addWidget(entry)
        return entry

    @property
    def chosen(self) -> str:
        """Key of the chosen section."""
        return self._chosen

    def entry(self, key: str) -> QWidget:
        """The widget of a section, to scroll to."""
        return self._entries[key]

    def choose(self, key: str) -> None:
        """Choose a section; an unknown key is ignored."""
        if key in self._entries and key != self._chosen:
            self._chosen = key
            self._mark()
            self.section_chosen.emit(key)

    def _mark(self) -> None:
        for key, entry in self._entries.items():
            entry.setChecked(key == self._chosen)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _Entry):
            self.choose(sender.section.key)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        keys = list(self._entries)
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        at = min(max(keys.index(self._chosen) + step, 0), len(keys) - 1)
        self._entries[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)
        self.choose(keys[at])


class _Entry(QAbstractButton):
    def __init__(self, theme: Theme, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.section = section
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_section(self, section: Section) -> None:
        self.section = section
        mark = section.badge.word if section.badge else ""
        changed = self.tr("改过，还没保存") if section.is_changed else ""
        self.setAccessibleName(clauses((section.title, mark, changed)))
        self.setAccessibleDescription(section.detail)
        self.updateGeometry()
        self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the list moves and chooses
        else:
            super().keyPressEvent(event)

    @override
    def nextCheckState(self) -> None:
        """The list says which entry is chosen."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(180, 48 if self.section.detail else 38)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked():
            fill_round(painter, box, self._theme.colour("selected"), 6)
        elif self.underMouse():
            fill_round(painter, box, self._theme.colour("hover"), 6)
        room = box.width() - 24 - self._paint_mark(painter, box)
        font = self._theme.font("body", bold=self.isChecked())
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent" if self.isChecked() else "text"))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        title = box.adjusted(12, 4, 0, -4)
        if self.section.detail:
            title = QRectF(12, 4, box.width(), 22)
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(font).elidedText(self.section.title, elide, room)
        painter.drawText(title, middle, shown)
        painter.setFont(self._theme.font("caption", mono=self.section.is_code))
        painter.setPen(self._theme.colour("text_2"))
        small = QFontMetricsF(painter.font()).elidedText(self.section.detail, elide, room)
        painter.drawText(QRectF(12, 25, box.width(), 19), middle, small)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, 6)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> float:
        """Draw badge, icon or dot at the right end; the room it took."""
        section = self.section
        middle = box.center().y()
        if section.badge is not None:
            width = badge_width(self._theme, section.badge)
            at = QPointF(box.right() - width - 10, middle - 11)
            paint_badge(painter, self._theme, at, section.badge, on_selected=self.isChecked())
            return width + 10
        if section.icon is not None:
            at = QPointF(box.right() - 28, middle - 8)
            paint_icon(painter, self._theme, *section.icon, at, 16)
            return 28
        if section.is_changed:
            dot = QRectF(box.right() - 22, middle - 4, 8, 8)
            fill_round(painter, dot, self._theme.colour("accent_fill"), 4)
            return 22
        return 0
