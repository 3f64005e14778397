"""Studies received and confirmed over time: a dashed and a full line, axis from 0 (LOOK 3, charts)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.phrases import clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.views import Throughput
    from hbgz_desktop.ui.theme import Theme


_HOUR_S = 3600
_LEAST_TOP = 4


def _hours(first_s: float, last_s: float) -> list[tuple[float, str]]:
    """Full hours between two times in seconds since 1970, as the machine's clock shows them."""
    start = int(first_s // _HOUR_S + 1) * _HOUR_S
    return [
        (float(at), f"{datetime.fromtimestamp(at, UTC).astimezone(LOCAL):%H:%M}")
        for at in range(start, int(last_s) + 1, _HOUR_S)
    ]


class ThroughputChart(QWidget):
    """The overview's chart; fed with ready numbers, updated in place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plot = pg.PlotWidget(self)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._confirmed = self._plot.plot([], [])
        self._received = self._plot.plot([], [])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self._plot.setYRange(0, _LEAST_TOP, padding=0)
        self._plot.getAxis("bottom").setTicks([[]])

    def _apply_theme(self) -> None:
        theme = self._theme
        ink = theme.colour("text_2")
        self._plot.setBackground(theme.colour("surface"))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(theme.colour("border")))
            axis.setTextPen(pg.mkPen(ink))
            axis.setTickFont(theme.font("caption"))
        self._plot.showGrid(x=False, y=True, alpha=0.25)
        self._received.setPen(
            pg.mkPen(theme.colour("accent"), width=1.8, style=Qt.PenStyle.DashLine)
        )
        fill = theme.colour("fill_confirmed")
        self._confirmed.setPen(pg.mkPen(fill, width=1.8))
        soft = QColor(fill)
        soft.setAlpha(28)
        self._confirmed.setFillLevel(0)
        self._confirmed.setBrush(pg.mkBrush(soft))

    def set_slots(self, slots: Sequence[Throughput]) -> None:
        """Show equal slots of time, oldest first."""
        at = np.array([slot.start.timestamp() for slot in slots])
        received = np.array([slot.received for slot in slots])
        confirmed = np.array([slot.confirmed for slot in slots])
        self._received.setData(at, received)
        self._confirmed.setData(at, confirmed)
        top = max(
            _LEAST_TOP, int(max(received.max(initial=0), confirmed.max(initial=0)) * 1.15) + 1
        )
        self._plot.setYRange(0, top, padding=0)
        if len(at):
            self._plot.setXRange(at[0], at[-1], padding=0)
            self._plot.getAxis("bottom").setTicks([_hours(at[0], at[-1])])
        words = clauses(
            f"{slot.start.astimezone(LOCAL):%H:%M} {slot.received}/{slot.confirmed}"
            for slot in slots
        )
        self.setAccessibleDescription(words)
