"""Choosing a platform code: one field, the list opens below it in place (LOOK 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.painting import fill_round, paint_icon
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from hbgz_desktop.ui.theme import Theme

_ROW = 36
_CAPTION = 28
_MOST_ROWS = 8
_CHOICE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class CodeChoice:
    """One code that can be chosen.

    Attributes:
        code: The platform's code.
        name: The platform's name of it.
        reason: Why it is suggested, or what speaks against it; "" for none.
        is_suggestion: Stands in the upper part, under 建议.
        is_as_printed: The printed standard has this code in an odd form; marked 照原文.
    """

    code: str
    name: str
    reason: str = ""
    is_suggestion: bool = False
    is_as_printed: bool = False


class CodePicker(QWidget):
    """A search field and, below it in the layout (never floating), the list of codes.

    ``search`` runs on every pause in typing, in the GUI thread: it must only look into memory.
    It gets the stripped text ("" for the suggestions alone) and gives codes best first.

    Signals:
        code_chosen: (CodeChoice) Enter or a click on a row; nothing is ever chosen by itself.
        list_closed: Esc closed the list.
    """

    code_chosen = Signal(object)
    list_closed = Signal()

    def __init__(
        self,
        theme: Theme,
        search: Callable[[str], Sequence[CodeChoice]],
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        words = placeholder or self.tr("编码、名称或拼音首字母")
        self.field = _PickerField(theme, words, self)
        self.field.search_changed.connect(self._on_search_changed)
        self.field.key_pressed.connect(self._on_key)
        self.field.focused.connect(self.open_list)
        self._model = QStandardItemModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_ChoiceDelegate(theme, self))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setAccessibleName(self.tr("可选的代码"))
        self._list.clicked.connect(self._on_row_clicked)
        self._summary = Label("", "caption2", self)
        self._panel = Surface("popup", self)
        self._build()
        self.setFocusProxy(self.field)

    def _build(self) -> None:
        hint = Label(self.tr("↑↓ 选择   Enter 用它   Esc 关闭"), "caption2", self)
        head = row(self._summary, STRETCH, hint, margins=(16, 8, 18, 2))
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(0, 0, 0, 6)
        inner.setSpacing(0)
        inner.addLayout(head)
        inner.addWidget(self._list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self._panel)
        self._panel.hide()

    def open_list(self) -> None:
        """Show the list for what is in the field."""
        self._fill(self.field.text().strip())
        self._panel.show()

    def close_list(self) -> None:
        """Hide the list; what is in the field stays."""
        self._panel.hide()

    @property
    def is_open(self) -> bool:
        """True while the list shows."""
        return not self._panel.isHidden()

    def current(self) -> CodeChoice | None:
        """The highlighted code, which Enter would take."""
        index = self._list.currentIndex()
        choice = index.data(_CHOICE) if index.isValid() else None
        return choice if isinstance(choice, CodeChoice) else None

    def clear(self) -> None:
        """Empty the field and close the list, for the next problem."""
        self.field.clear()
        self.close_list()

    def _fill(self, text: str) -> None:
        choices = self._search(text)
        suggestions = [c for c in choices if c.is_suggestion]
        others = [c for c in choices if not c.is_suggestion]
        self._model.clear()
        self._add_all(suggestions)
        if suggestions and others:
            self._add_caption(self.tr("按 {text} 找到的其他").format(text=text))
        self._add_all(others)
        self._summary.setText(self._summary_words(text, suggestions, others))
        first = next((r for r in range(self._model.rowCount()) if self._choice_at(r)), -1)
        self._list.setCurrentIndex(self._model.index(first, 0) if first >= 0 else QModelIndex())
        rows = min(len(choices), _MOST_ROWS)
        captions = _CAPTION if suggestions and others else 0
        self._list.setFixedHeight(rows * _ROW + captions + 2)

    def _summary_words(
        self, text: str, suggestions: Sequence[CodeChoice], others: Sequence[CodeChoice]
    ) -> str:
        if suggestions:
            return self.tr("建议")
        if others and not text:
            return self.tr("全部 {count} 个").format(count=len(others))
        if others:
            return self.tr("按 {text} 找到 {count} 个").format(text=text, count=len(others))
        return self.tr("没有找到“{text}”，换个写法试试").format(text=text)

    def _add_all(self, choices: Sequence[CodeChoice]) -> None:
        for choice in choices:
            item = QStandardItem(f"{choice.code} {choice.name}")
            item.setData(choice, _CHOICE)
            item.setEditable(False)
            item.setToolTip(choice.name)
            item.setSizeHint(QSize(100, _ROW))
            words = clauses((choice.name, choice.code, choice.reason))
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)

    def _add_caption(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(100, _CAPTION))
        self._model.appendRow(item)

    def _choice_at(self, number: int) -> CodeChoice | None:
        choice = self._model.index(number, 0).data(_CHOICE)
        return choice if isinstance(choice, CodeChoice) else None

    def _on_search_changed(self, text: str) -> None:
        self._fill(text)
        self._panel.setVisible(self.field.hasFocus() or self.is_open)

    def _on_key(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self.close_list()
            self.list_closed.emit()
        elif not self.is_open:
            self.open_list()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if key == Qt.Key.Key_Down else -1)
        else:
            self._choose(self.current())

    def _move(self, step: int) -> None:
        at = self._list.currentIndex().row() + step
        while 0 <= at < self._model.rowCount() and self._choice_at(at) is None:
            at += step
        if 0 <= at < self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(at, 0))
            choice = self.current()
            announce(self.field, f"{choice.name} {choice.reason}" if choice else "")

    def _on_row_clicked(self, index: QModelIndex) -> None:
        self._choose(self._choice_at(index.row()))

    def _choose(self, choice: CodeChoice | None) -> None:
        if choice is not None:
            self.close_list()
            self.code_chosen.emit(choice)


class _PickerField(SearchField):
    """Gives the list its keys."""

    key_pressed = Signal(int)
    focused = Signal()

    def __init__(self, theme: Theme, placeholder: str, parent: CodePicker) -> None:
        super().__init__(theme, placeholder, parent)
        self._picker = parent

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if self._picker.is_open:
            keys.add(Qt.Key.Key_Escape)
        if event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._report()
            self.key_pressed.emit(event.key())
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.focused.emit()


class _ChoiceDelegate(QStyledItemDelegate):
    """Tick for the current row, code in mono, name, reason at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        choice = index.data(_CHOICE)
        box = QRectF(option.rect)
        if isinstance(choice, CodeChoice):
            is_current = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_choice(painter, box, choice, is_current=is_current)
        else:
            painter.setFont(self._theme.font("caption"))
            painter.setPen(self._theme.colour("text_2"))
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(box.adjusted(16, 0, 0, 0), middle, str(index.data()))
        painter.restore()

    def _paint_choice(
        self, painter: QPainter, box: QRectF, choice: CodeChoice, *, is_current: bool
    ) -> None:
        theme = self._theme
        if is_current:
            fill_round(painter, box.adjusted(6, 0, -6, 0), theme.colour("selected"), 4)
            at = QPointF(16, box.center().y() - 7)
            paint_icon(painter, theme, "check", "accent", at, 14)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        code_font = theme.font("caption", mono=True)
        painter.setFont(code_font)
        painter.setPen(theme.colour("text_2"))
        painter.drawText(box.adjusted(40, 0, 0, 0), middle, choice.code)
        code_width = QFontMetricsF(code_font).horizontalAdvance("B020ZYZZZ0")
        left = 40 + max(code_width, QFontMetricsF(code_font).horizontalAdvance(choice.code) + 10)
        reason = choice.reason
        if choice.is_as_printed:
            reason = theme.join(self.tr("照原文"), reason)
        reason_width = QFontMetricsF(theme.font("caption")).horizontalAdvance(reason)
        name_font = theme.font("body", bold=is_current)
        room = box.width() - left - reason_width - 34
        name = QFontMetricsF(name_font).elidedText(
            choice.name, Qt.TextElideMode.ElideRight, max(room, 40)
        )
        painter.setFont(name_font)
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(left, 0, 0, 0), middle, name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text_2"))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(box.adjusted(0, 0, -18, 0), right, reason)
