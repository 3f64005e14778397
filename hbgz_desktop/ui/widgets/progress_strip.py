"""A long action: its name, n / N, time left and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme


class ProgressStrip(Surface):
    """Named progress bar with a stop button.

    Signals:
        stop_requested: 停下 was pressed; the button then says 正在停 and waits.
    """

    stop_requested = Signal()

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__("card", parent)
        self._theme = theme
        self._title = Label(title, "strong", self)
        self._detail = Label("", "caption2", self)
        self._stop = Button(theme, self.tr("停下"), "quiet", parent=self)
        self._stop.clicked.connect(self._on_stop_clicked)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(15, 8, 15, 13)
        layout.setSpacing(4)
        layout.addLayout(row(self._title, STRETCH, self._detail, self._stop))
        layout.addWidget(self._bar)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def start(self, title: str, total: int) -> None:
        """Show a new action from its beginning; ``total`` 0 means not known yet."""
        self._title.setText(title)
        self._bar.setAccessibleName(title)
        self._stop.setText(self.tr("停下"))
        self._stop.setEnabled(True)
        self.set_progress(0, total)

    def set_stoppable(self, *, is_stoppable: bool) -> None:
        """Leave 停下 out for what cannot be stopped half-way."""
        self._stop.setVisible(is_stoppable)

    def set_progress(self, done: int, total: int, remaining: str = "") -> None:
        """Update the bar and its words.

        Args:
            done: Steps finished.
            total: All steps; 0 when not known.
            remaining: Time left in words (约 3 秒), or "".
        """
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        count = self.tr("{done} / {total}").format(done=f"{done:,}", total=f"{total:,}")
        self._detail.setText(self._theme.join(count if total else "", remaining))

    def say_stopping(self) -> None:
        """It was asked to stop, here or in the status bar."""
        self._stop.setText(self.tr("正在停"))
        self._stop.setEnabled(False)

    def _on_stop_clicked(self) -> None:
        self.say_stopping()
        self.stop_requested.emit()
