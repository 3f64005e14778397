"""Where the overview's chart stands: what draws it is imported with the first numbers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.views import Throughput
    from hbgz_desktop.ui.charts.throughput_chart import ThroughputChart
    from hbgz_desktop.ui.tasks import TaskPool
    from hbgz_desktop.ui.theme import Theme

_LEAST_HEIGHT = 150


class ChartPlace(QWidget):
    """Keeps the chart's room, and the newest numbers until it is there."""

    def __init__(self, theme: Theme, tasks: TaskPool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tasks = tasks
        self._slots: Sequence[Throughput] | None = None
        self._chart: ThroughputChart | None = None
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.setMinimumHeight(_LEAST_HEIGHT)

    def set_slots(self, slots: Sequence[Throughput]) -> None:
        """Show equal slots of time, oldest first; at once, or when the chart is there."""
        is_first, self._slots = self._slots is None, slots
        if is_first:
            self._tasks.run_task(import_chart, self._on_imported)
        if self._chart is not None:
            self._chart.set_slots(slots)

    def _on_imported(self, _module: object) -> None:
        from hbgz_desktop.ui.charts.throughput_chart import ThroughputChart  # in memory by now

        self._chart = ThroughputChart(self._theme, self)
        self._room.addWidget(self._chart)
        if self._slots is not None:
            self._chart.set_slots(self._slots)


def import_chart() -> object:
    """Have what draws it in memory. On any thread."""
    return import_module("hbgz_desktop.ui.charts.throughput_chart")
