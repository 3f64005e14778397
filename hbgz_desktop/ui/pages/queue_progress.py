"""How far the images of one delivery are: one bar and the same figures in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.painting import paint_parts
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from hbgz_desktop.model.queue_lane import ItemProgress
    from hbgz_desktop.ui.theme import Theme

_BAR_HEIGHT = 8


class QueueProgress(QWidget):
    """Confirmed, sent, still to send; survives restarts because the database counts it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._theme = theme
        self._bar = _Bar(theme, self)
        self._words = Label("", "caption2", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)

    def show_progress(self, progress: ItemProgress) -> None:
        """Show the counts; hidden for a delivery without images."""
        self.setVisible(progress.total > 0)
        self._bar.set_parts(
            (
                (progress.confirmed, "fill_confirmed"),
                (progress.sent, "fill_running"),
                (progress.open, "fill_queued"),
            )
        )
        confirmed = self.tr("已确认 {n} 幅").format(n=f"{progress.confirmed:,}")
        sent = self.tr("发出、没有确认 {n} 幅").format(n=f"{progress.sent:,}")
        still = self.tr("还没发 {n} 幅").format(n=f"{progress.open:,}")
        whole = self.tr("共 {n} 幅", "", progress.total).format(n=f"{progress.total:,}")
        words = self._theme.join(
            confirmed, sent if progress.sent else "", still if progress.open else "", whole
        )
        self._words.setText(words)
        self.setAccessibleName(words)


class _Bar(QWidget):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_BAR_HEIGHT)

    def set_parts(self, parts: tuple[tuple[int, str], ...]) -> None:
        if parts != self._parts:
            self._parts = parts
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_parts(QPainter(self), self._theme, QRectF(self.rect()), self._parts)
