"""The last studies on 总览: a few lines, each a link to its study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.lane_badges import lane_badge
from hbgz_desktop.ui.pages.studies_words import plain_name
from hbgz_desktop.ui.painting import paint_focus_ring
from hbgz_desktop.ui.styling import clear_layout
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from hbgz_desktop.model.views import StudyRow
    from hbgz_desktop.ui.page_context import PageContext

_ROW_HEIGHT = 38
_BADGE_WIDTH = 134
"""Fits the longest badge in English (Needs settlement)."""


class _StudyLine(QWidget):
    """State, patient, study, images, time; opens the study."""

    chosen = Signal(int, int)

    def __init__(self, context: PageContext, row: StudyRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._ids = (row.examination_id or 0, row.study_id or 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(12)
        badge_room = QWidget(self)
        badge_room.setFixedWidth(_BADGE_WIDTH)
        badge_layout = QHBoxLayout(badge_room)
        badge_layout.setContentsMargins(0, 0, 0, 0)
        badge_layout.addWidget(StateBadge(context.theme, lane_badge(row.lane, row.progress)))
        badge_layout.addStretch(1)
        layout.addWidget(badge_room)
        name = Label(mask_name(plain_name(row.patient_name)), "", self)
        name.setFixedWidth(96)
        layout.addWidget(name)
        what = context.theme.join(row.modality, row.description)
        layout.addWidget(ElidedLabel(what, "", self), 1)
        whole = row.expected if row.expected is not None else row.sendable
        layout.addWidget(Label(f"{row.confirmed:,}/{whole:,}", "body2", self))
        layout.addWidget(Label(f"{row.at.astimezone(LOCAL):%H:%M}", "body2", self))
        self.setFixedHeight(_ROW_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{lane_badge(row.lane).word} {row.accession_number}")

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit(*self._ids)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(*self._ids)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus_ring(painter, self._theme, QRectF(self.rect()), 6)

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, _ROW_HEIGHT)


class RecentStudies(Card):
    """最近的检查."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it empty."""
        self._all = Button(context.theme, "", kind="quiet")
        super().__init__("", "", self._all, parent=parent, flush=True)
        self._context = context
        self.title.setText(self.tr("最近的检查"))
        self._all.setText(self.tr("全部检查"))
        self._all.clicked.connect(self._on_all)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.body.setSpacing(0)
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

    def show_rows(self, rows: tuple[StudyRow, ...]) -> None:
        """Show these, newest first."""
        clear_layout(self._lines)
        if not rows:
            empty = EmptyState(self._context.theme, parent=self)
            empty.set_content(
                "studies", self.tr("还没有收到检查"), self.tr("设备发来图像后，最近的会列在这里")
            )
            self._lines.addWidget(empty)
        for row in rows:
            self._lines.addWidget(rule(self))
            line = _StudyLine(self._context, row, self)
            line.chosen.connect(self._on_chosen)
            self._lines.addWidget(line)

    def _on_chosen(self, examination_id: int, study_id: int) -> None:
        self._context.show_study(examination_id, study_id)

    def _on_all(self) -> None:
        self._context.open_page("studies", "")
