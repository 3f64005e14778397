"""The index code of one examination: masked, part by part in words, copied once it is revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.services.index_words import IndexWords, explain_index
from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.phrases import statements
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.masked_label import REVEAL_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.ui.page_context import PageContext

_PLATFORM = "guizhou"
_MOST_PARTS = 6


class IndexSection(QWidget):
    """Hidden while the examination has no index.

    Signals:
        revealed: The certificate number in it is about to be shown: write the audit row.
    """

    revealed = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._code = ""
        self._words: IndexWords | None = None
        self._eye = Button(context.theme, self.tr("显示"), "quiet", "eye", self)
        self._eye.setAccessibleName(self.tr("显示索引编码里的证件号"))
        self._eye.clicked.connect(self._on_eye)
        self._copy = Button(context.theme, self.tr("复制"), "quiet", "copy", self)
        self._copy.setAccessibleName(self.tr("复制索引编码"))
        self._copy.clicked.connect(self._on_copy)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEAL_S * 1000)
        self._timer.timeout.connect(self.hide_value)
        self._rows = [
            (
                Label("", "caption2", self),
                Label("", "monocaption", self),
                Label("", "caption2", self, wrap=True),
            )
            for _ in range(_MOST_PARTS)
        ]
        self._warning = Label("", "warn", self, wrap=True)
        head = row(Label(self.tr("索引编码"), "strong", self), STRETCH, self._copy, self._eye)
        self.setLayout(column(head, self._grid(), self._warning, gap=4))
        self.hide()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for at, labels in enumerate(self._rows):
            for place, label in enumerate(labels):
                grid.addWidget(label, at, place)
        return grid

    def show_codes(self, codes: Mapping[str, str]) -> None:
        """Show the index in force, or nothing; another one is masked at once."""
        code = codes.get(_PLATFORM, "")
        if code == self._code:
            return
        self._code = code
        self._words = self._explained(code)
        self.setVisible(self._words is not None)
        self._warning.setText(statements(self._words.warnings) if self._words else "")
        self._warning.setVisible(bool(self._warning.text()))
        self.hide_value()

    def _explained(self, code: str) -> IndexWords | None:
        if not code:
            return None
        try:
            book = self._context.services.work.code_book
            return explain_index(code, self._context.texts, book)
        except RecordError:  # of a platform with another grammar
            return None

    @property
    def is_revealed(self) -> bool:
        """True while the certificate number is on the screen."""
        return self._timer.isActive()

    def set_reveal_allowed(self, *, is_allowed: bool) -> None:
        """Forbid the eye while everything is hidden; masks at once."""
        self._eye.setEnabled(is_allowed)
        if not is_allowed:
            self.hide_value()

    def hide_value(self) -> None:
        """Mask again (30 s are over, another study, Ctrl+Shift+H)."""
        self._timer.stop()
        self._show()

    def _show(self) -> None:
        is_clear = self.is_revealed
        self._eye.setText(self.tr("遮住") if is_clear else self.tr("显示"))
        self._eye.set_icon("eye_off" if is_clear else "eye")
        self._copy.set_allowed("" if is_clear else self.tr("先显示，再复制"))
        lines = self._words.lines if self._words is not None else ()
        for at, labels in enumerate(self._rows):
            line = lines[at] if at < len(lines) else None
            for label in labels:
                label.setVisible(line is not None)
            if line is not None:
                value = line.value if is_clear else line.shown
                for label, text in zip(labels, (line.label, value, line.meaning), strict=True):
                    label.setText(text)

    def _on_eye(self) -> None:
        if self.is_revealed:
            self.hide_value()
            return
        self._timer.start()
        self._show()
        self.revealed.emit()

    def _on_copy(self) -> None:
        if self.is_revealed:
            QGuiApplication.clipboard().setText(self._code)
            announce(self, self.tr("已复制"))
