"""Ctrl+K: find a patient from any page by name, pinyin, initials, patient id or accession number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.services.study_desk import StudyDesk
from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.pages.studies_words import StudyWords
from hbgz_desktop.ui.painting import badge_width, fill_round, paint_badge, paint_icon
from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import STRETCH, clear_layout, row
from hbgz_desktop.ui.widgets.card import Surface, rule
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.tasks import CancelToken

PAUSE_MS = 150
MOST = 8
_WIDTH = 620
_TOP = 72
_LINE = 52


class PatientSearch(QWidget):
    """Covers the window; a panel with a field and up to eight lines, used by keyboard alone.

    ↑↓ choose, Enter opens the study's drawer, Esc or a click beside the panel goes back. What is
    typed stays on this machine and in no log.
    """

    def __init__(self, context: PageContext, window: QWidget) -> None:
        """Build it hidden; connect the window's ``search_requested`` to ``open_search``."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._desk = StudyDesk(context.services)
        self._words = StudyWords(context.texts, self._desk.field_label, self)
        self._token: CancelToken | None = None
        self._lines: list[_ResultLine] = []
        self._at = -1
        self._opens_first = False
        self._before: QWidget | None = None
        self._field = _SearchLine(self.tr("姓名、拼音、首字母、检查号、患者号"), self)
        self._field.textChanged.connect(self._on_text)
        self._field.moved.connect(self._move)
        self._field.accepted.connect(self._on_enter)
        self._field.left.connect(self.leave)
        self._hint = Label("", "caption2", self, wrap=True)
        self._results = QVBoxLayout()
        self._results.setContentsMargins(8, 0, 8, 0)
        self._results.setSpacing(0)
        self._panel = Surface("popup", self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._build()
        window.installEventFilter(self)
        self.hide()

    def _build(self) -> None:
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(1, 8, 1, 8)
        layout.setSpacing(6)
        icon = _SearchIcon(self._context, self._panel)
        line = row(icon, self._field, gap=10, margins=(16, 2, 16, 2))
        layout.addLayout(line)
        layout.addWidget(rule(self._panel))
        layout.addLayout(self._results)
        layout.addLayout(row(self._hint, gap=0, margins=(16, 4, 16, 4)))
        keys = Label(self.tr("↑↓ 选择   Enter 打开   Esc 返回"), "caption2", self._panel)
        layout.addLayout(row(STRETCH, keys, margins=(16, 0, 16, 0)))
        self._panel.setFixedWidth(_WIDTH)

    def open_search(self) -> None:
        """Show the panel with an empty field, or select what is typed when it is open already."""
        if not self.isVisible():
            self._before = self._window.focusWidget()
            self._field.clear()
            self._show_rows("", ())
            self.show()
        self._place()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def leave(self) -> None:
        """Hide; the focus returns to where it was."""
        self._pause.stop()
        if self._token is not None:
            self._token.cancel()
        self.hide()
        self._field.clear()
        self._show_rows("", ())
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def rows(self) -> tuple[StudyRow, ...]:
        """What is found now."""
        return tuple(line.study for line in self._lines)

    # Asking

    def _on_text(self) -> None:
        self._opens_first = False
        self._pause.start()

    def _ask(self) -> None:
        if self._token is not None:
            self._token.cancel()
        text = self._field.text().strip()
        if not text:
            self._show_rows("", ())
            return
        ask = partial(_find, self._desk, text)
        self._token = self._context.tasks.run_task(ask, self._on_found, self._on_failed)

    def _on_found(self, answer: tuple[str, tuple[StudyRow, ...]]) -> None:
        text, rows = answer
        if not self.isVisible() or text != self._field.text().strip():
            return
        self._show_rows(text, rows)
        if self._opens_first and rows:
            self._choose(0)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)

    # Showing

    def _show_rows(self, text: str, rows: tuple[StudyRow, ...]) -> None:
        clear_layout(self._results)
        self._lines = []
        for study in rows:
            line = _ResultLine(self._context, self._words, study, self._panel)
            line.pressed.connect(self._on_pressed)
            self._results.addWidget(line)
            line.show()
            self._lines.append(line)
        self._at = -1
        self._mark(0 if rows else -1)
        self._hint.setText(self._hint_words(text, len(rows)))
        self._hint.setVisible(bool(self._hint.text()))
        self._place()

    def _hint_words(self, text: str, count: int) -> str:
        if not text:
            return self.tr("打几个字就开始找；所有日期都找，最新的在前。")
        if not count:
            return self.tr("没有找到。可以试试检查号，或姓名的首字母，如 ouyn。")
        if count == MOST:
            return self.tr("只列最新的 {n} 份；再多打几个字会更准。").format(n=MOST)
        return ""

    def _mark(self, at: int) -> None:
        self._at = at
        for number, line in enumerate(self._lines):
            line.set_current(is_current=number == at)
        if 0 <= at < len(self._lines):
            announce(self._field, self._lines[at].accessibleName())

    def _move(self, step: int) -> None:
        if self._lines:
            self._mark((self._at + step) % len(self._lines))

    def _on_enter(self) -> None:
        if self._pause.isActive():
            # typed and entered in one go: open the first as soon as it is found
            self._pause.stop()
            self._opens_first = True
            self._ask()
        elif 0 <= self._at < len(self._lines):
            self._choose(self._at)

    def _on_pressed(self) -> None:
        line = self.sender()
        if isinstance(line, _ResultLine):
            self._choose(self._lines.index(line))

    def _choose(self, at: int) -> None:
        study = self._lines[at].study
        self._before = None
        self.leave()
        self._context.show_study(study.examination_id or 0, study.study_id or 0)

    # Covering the window

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        layout = self._panel.layout()
        if layout is not None:
            layout.activate()
        self._panel.setFixedHeight(self._panel.sizeHint().height())
        self._panel.move(max(0, (self.width() - _WIDTH) // 2), _TOP)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.leave()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shade = self._context.theme.colour("scrim")
        shade.setAlpha(70)
        painter.fillRect(self.rect(), shade)


class _SearchLine(QLineEdit):
    """A bare field that keeps the focus while the arrows walk through the results."""

    moved = Signal(int)
    accepted = Signal()
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)  # noqa: FBT003  # Qt's own signature
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setMaxLength(64)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key is Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:  # Qt's own name
        self.moved.emit(1 if next else -1)
        return True


class _SearchIcon(QWidget):
    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self.setFixedSize(18, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._theme, "search", "text_2", QPointF(0, 0), 18)


class _ResultLine(QFrame):
    """Who and what on two lines, state and time at the right."""

    pressed = Signal()

    def __init__(
        self, context: PageContext, words: StudyWords, study: StudyRow, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self.study = study
        self._is_current = False
        join = context.theme.join
        self._badge = words.badge(study)
        self._who = words.person(study)
        self._what = join(study.accession_number, study.modality, study.description)
        self._when = words.full_moment(study.at)
        self.setFixedHeight(_LINE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        parts = (self._who, self._badge.word, self._what, self._when)
        self.setAccessibleName(clauses(parts))

    def set_current(self, *, is_current: bool) -> None:
        if is_current != self._is_current:
            self._is_current = is_current
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH - 18, _LINE)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, box = self._theme, QRectF(self.rect())
        if self._is_current:
            fill_round(painter, box, theme.colour("selected"), theme.size("radius_control"))
        wide = badge_width(theme, self._badge)
        room = box.width() - wide - 36
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(12, 5, room, 22), middle, self._who)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text_2"))
        elide = Qt.TextElideMode.ElideRight
        what = QFontMetricsF(painter.font()).elidedText(self._what, elide, room)
        painter.drawText(QRectF(12, 27, room, 19), middle, what)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(0, 29, box.width() - 12, 19), right, self._when)
        at = QPointF(box.right() - wide - 12, 5)
        paint_badge(painter, theme, at, self._badge, on_selected=self._is_current)


def _find(desk: StudyDesk, text: str) -> tuple[str, tuple[StudyRow, ...]]:
    return text, desk.search(text, MOST)
