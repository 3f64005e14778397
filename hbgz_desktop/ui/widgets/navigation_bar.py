"""Left navigation: product, search, pages by section, the person and the privacy eye (LOOK 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import fill_round, outline_round, paint_focus_ring, paint_icon
from hbgz_desktop.ui.styling import clear_layout, column, row, upright_scroller
from hbgz_desktop.ui.widgets.button import icon_button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.key_hint import KeyHint
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.navigation_item import CountKind, NavigationItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.theme import Theme


@dataclass(frozen=True)
class NavigationEntry:
    """A page as the navigation shows it; entries of one section stand together."""

    key: str
    title: str
    icon: str
    section: str = ""


class NavigationBar(Surface):
    """216 px wide, or 56 px of icons when folded.

    Signals:
        page_requested: (key) An entry was pressed.
        count_activated: (key) An entry's count was pressed.
        search_requested: The search field was pressed (Ctrl+K is the window's).
        privacy_requested: The eye was pressed: hide or show everything.
        person_requested: The person was pressed: change who is working.
    """

    page_requested = Signal(str)
    count_activated = Signal(str)
    search_requested = Signal()
    privacy_requested = Signal()
    person_requested = Signal()

    def __init__(
        self, theme: Theme, product: str, hospital: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("nav", parent)
        self._theme = theme
        self._items: dict[str, NavigationItem] = {}
        self._captions: list[QWidget] = []
        self._folded = False
        self._brand = _Brand(theme, product, hospital, self)
        self._search = _SearchField(theme, self)
        self._search.clicked.connect(self.search_requested)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(0)
        self._entries.setContentsMargins(0, 0, 0, 0)
        self._foot = _Person(theme, self)
        self._foot.eye.clicked.connect(self.privacy_requested)
        self._foot.clicked.connect(self.person_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 14, 0, 10)
        layout.setSpacing(10)
        layout.addWidget(self._brand)
        layout.addWidget(self._search)
        layout.addWidget(self._scroller(), 1)
        layout.addWidget(self._foot)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._apply_width()

    def _scroller(self) -> QScrollArea:
        inner = QWidget(self)
        inner.setProperty("surface", "clear")
        inner.setLayout(column(self._entries, -1, gap=0))
        return upright_scroller(inner, self)

    def set_entries(self, entries: Sequence[NavigationEntry]) -> None:
        """Replace all entries; a caption stands where the section changes."""
        clear_layout(self._entries)
        self._items.clear()
        self._captions.clear()
        section = ""
        for entry in entries:
            if entry.section != section:
                section = entry.section
                self._add_caption(section)
            item = NavigationItem(self._theme, entry.key, entry.title, entry.icon, self)
            item.page_requested.connect(self.page_requested)
            item.count_activated.connect(self.count_activated)
            item.stepped.connect(self._on_stepped)
            item.set_folded(is_folded=self._folded)
            self._items[entry.key] = item
            self._entries.addWidget(item)

    def _add_caption(self, section: str) -> None:
        caption = Label(section, "caption2", self)
        caption.setContentsMargins(20, 8, 0, 0)
        caption.setMinimumWidth(1)  # a caption never makes the icon-wide column wider than the bar
        caption.setFixedHeight(self._theme.size("row_navigation_section"))
        caption.setVisible(not self._folded)
        self._captions.append(caption)
        self._entries.addWidget(caption)

    def set_current(self, key: str) -> None:
        """Mark the entry of the page that is shown."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_count(self, key: str, count: int, kind: CountKind, name: str) -> None:
        """Show a count at an entry; 0 takes it away; an unknown key is ignored.

        Args:
            key: Entry's key.
            count: How many rows.
            kind: WARM a person is awaited, BAD something failed, NEWS plain grey number.
            name: What a screen reader says and the tooltip shows (待处理，52 份).
        """
        if key in self._items:
            self._items[key].set_count(count, kind, name)

    def set_hospital(self, name: str) -> None:
        """Show the hospital's name below the product's."""
        self._brand.hospital.setText(name)

    def set_person(self, name: str, detail: str) -> None:
        """Show who is working, and the role below."""
        self._foot.set_person(name, detail)

    def set_privacy(self, *, is_hidden: bool) -> None:
        """Show whether everything is masked now."""
        self._foot.set_privacy(is_hidden=is_hidden)

    def set_folded(self, *, is_folded: bool) -> None:
        """Fold to icons, or unfold."""
        if is_folded == self._folded:
            return
        self._folded = is_folded
        for item in self._items.values():
            item.set_folded(is_folded=is_folded)
        for caption in self._captions:
            caption.setVisible(not is_folded)
        self._brand.set_folded(is_folded=is_folded)
        self._search.set_folded(is_folded=is_folded)
        self._foot.set_folded(is_folded=is_folded)
        self._apply_width()

    @property
    def is_folded(self) -> bool:
        """True while only icons are shown."""
        return self._folded

    def focus_current(self) -> None:
        """Put the keyboard focus on the current entry (F6)."""
        for item in self._items.values():
            if item.isChecked():
                item.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _on_stepped(self, step: int) -> None:
        items = list(self._items.values())
        at = next((n for n, item in enumerate(items) if item.hasFocus()), 0)
        items[(at + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def _apply_width(self) -> None:
        name = "width_navigation_folded" if self._folded else "width_navigation"
        self.setFixedWidth(self._theme.size(name))


class _Brand(QWidget):
    def __init__(self, theme: Theme, product: str, hospital: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = QWidget(self)
        name = Label(product, "captionstrong", self._words)
        name.setFont(theme.font("dense", bold=True))
        self.hospital = ElidedLabel(hospital, "caption2", self._words)
        self._words.setLayout(column(name, self.hospital, gap=1))
        self.setLayout(row(self._words, margins=(54, 0, 12, 0)))
        self.setFixedHeight(40)

    def set_folded(self, *, is_folded: bool) -> None:
        self._words.setVisible(not is_folded)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = (self.width() - 28) / 2 if self._words.isHidden() else 16.0
        box = QRectF(left, (self.height() - 28) / 2, 28, 28)
        fill_round(painter, box, self._theme.colour("accent_fill"), 6)
        at = QPointF(box.left() + 5, box.top() + 5)
        paint_icon(painter, self._theme, "logo", "on_accent", at, 18)


class _SearchField(QAbstractButton):
    """Looks like a field, opens the patient search."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folded = False
        self.setText(self.tr("查患者 / 检查号"))
        self.setAccessibleName(self.tr("查患者或检查号，Ctrl+K"))
        self.setToolTip(self.tr("查患者或检查号，Ctrl+K"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(34)
        self._hint = KeyHint("Ctrl K", self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(row(-1, self._hint, margins=(0, 0, 19, 0)))

    def set_folded(self, *, is_folded: bool) -> None:
        self._folded = is_folded
        self._hint.setVisible(not is_folded)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(56 if self._folded else 216, 34)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = 8 if self._folded else 12
        box = QRectF(self.rect()).adjusted(side, 0, -side, 0)
        ground = "hover" if self.underMouse() else "surface"
        fill_round(painter, box, self._theme.colour(ground), 6)
        outline_round(painter, box, self._theme.colour("border_control"), 6)
        left = (self.width() - 16) / 2 if self._folded else box.left() + 11
        paint_icon(painter, self._theme, "search", "text_2", QPointF(left, 9), 16)
        if not self._folded:
            painter.setFont(self._theme.font("dense"))
            painter.setPen(self._theme.colour("text_2"))
            words = box.adjusted(35, 0, 0, 0)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, 6)


class _Person(QAbstractButton):
    """Who is working, and the eye that hides everything."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._icon = IconLabel(theme, "user", "text_2", 18, self)
        self._name = ElidedLabel("", "", self)
        self._name.setFont(theme.font("dense"))
        self._detail = ElidedLabel("", "caption2", self)
        self._words = QWidget(self)
        self._words.setLayout(column(self._name, self._detail, gap=1))
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.eye = icon_button(theme, "eye", self.tr("全部遮住，Ctrl+Shift+H"), self)
        self._line = row(self._icon, self._words, self.eye, gap=12, margins=(19, 0, 10, 0))
        self.setLayout(self._line)
        self.setFixedHeight(44)

    def set_person(self, name: str, detail: str) -> None:
        self._name.setText(name)
        self._detail.setText(detail)
        self.setAccessibleName(name)
        self.setAccessibleDescription(detail)

    def set_privacy(self, *, is_hidden: bool) -> None:
        self.eye.set_icon("eye_off" if is_hidden else "eye", "accent" if is_hidden else "")
        words = self.tr("取消全部遮住，Ctrl+Shift+H") if is_hidden else ""
        words = words or self.tr("全部遮住，Ctrl+Shift+H")
        self.eye.setAccessibleName(words)
        self.eye.setToolTip(words)

    def set_folded(self, *, is_folded: bool) -> None:
        self._words.setVisible(not is_folded)
        self._icon.setVisible(not is_folded)
        self._line.setContentsMargins(12 if is_folded else 19, 0, 10, 0)
        self.setToolTip(self.accessibleName() if is_folded else "")

    @override
    def sizeHint(self) -> QSize:
        return QSize(56, 44)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        if self.hasFocus():
            paint_focus_ring(painter, self._theme, box, 6)
        elif self.underMouse() and not self.eye.underMouse():
            fill_round(painter, box, self._theme.colour("hover"), 6)
