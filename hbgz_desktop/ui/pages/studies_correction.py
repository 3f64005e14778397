"""A correction of one examination: each changed field, the value the platform took and the new one (G071)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from hbgz_desktop.ui.styling import clear_layout, column
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.deletion import CorrectionView
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_MOST = 12
_LABEL_WIDTH = 96


class CorrectionSection(QWidget):
    """Hidden while there is no correction; personal values are masked."""

    def __init__(self, words: StudyWords, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._words = words
        self._shown: CorrectionView | None = None
        self._note = Label("", "caption2", self, wrap=True)
        self._table = Surface("sunken", self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        head = Label(self.tr("更正"), "strong", self)
        self.setLayout(column(head, self._note, self._table, gap=4))
        self.hide()

    def show_correction(self, view: CorrectionView | None) -> None:
        """Show one, or nothing."""
        self.setVisible(view is not None and bool(view.changes))
        if view == self._shown:
            return
        self._shown = view
        clear_layout(self._grid)
        if view is None:
            return
        self._note.setText(self._when(view))
        for at, head in enumerate((self.tr("原来传的"), self.tr("改成")), 1):
            self._grid.addWidget(Label(head, "captionstrong", self._table), 0, at)
        for at, change in enumerate(view.changes[:_MOST], 1):
            old, new = (
                self._words.masked_value(change.name, value) or "—"
                for value in (change.old, change.new)
            )
            label = Label(change.label, "caption2", self._table, wrap=True)
            label.setFixedWidth(_LABEL_WIDTH)
            values = (
                Label(old, "body2", self._table, wrap=True),
                Label(new, "", self._table, wrap=True),
            )
            said = self.tr("{label}，原来 {old}，改成 {new}")
            values[1].setAccessibleName(said.format(label=change.label, old=old, new=new))
            for place, widget in enumerate((label, *values)):
                self._grid.addWidget(widget, at, place)
        more = len(view.changes) - _MOST
        if more > 0:
            words = self.tr("另有 {n} 项", "", more).format(n=more)
            self._grid.addWidget(Label(words, "caption2", self._table), _MOST + 1, 0, 1, 3)

    def _when(self, view: CorrectionView) -> str:
        sent = self._words.full_moment(view.sent_at)
        if view.corrected_at is None:
            return self.tr("{time} 传过；下面的改动等着按更正上传").format(time=sent)
        again = self._words.full_moment(view.corrected_at)
        return self.tr("{time} 传过，{again} 按更正又传了一遍").format(time=sent, again=again)
