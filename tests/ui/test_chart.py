"""The overview's chart: its room is kept, the numbers wait for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pyqtgraph as pg

from hbgz_desktop.model.views import Throughput
from hbgz_desktop.ui.charts.chart_place import ChartPlace
from hbgz_desktop.ui.charts.throughput_chart import ThroughputChart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.tasks import TaskPool
    from hbgz_desktop.ui.theme import Theme

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def slots(*received: int) -> tuple[Throughput, ...]:
    return tuple(
        Throughput(START + timedelta(minutes=10 * n), count, count // 2)
        for n, count in enumerate(received)
    )


def curves(place: ChartPlace) -> list[list[float]]:
    """What the two lines show, the confirmed first."""
    (plot,) = place.findChildren(pg.PlotWidget)
    return [list(curve.yData) for curve in plot.getPlotItem().listDataItems()]


def test_the_first_numbers_bring_it_and_later_ones_move_it(
    theme: Theme, tasks: TaskPool, qtbot: QtBot
) -> None:
    place = ChartPlace(theme, tasks)
    qtbot.addWidget(place)
    empty = place.minimumHeight()
    assert place.findChildren(pg.PlotWidget) == []
    place.set_slots(slots(2, 4))
    place.set_slots(slots(2, 6))  # before what draws them is there
    qtbot.waitUntil(lambda: bool(place.findChildren(ThroughputChart)))
    assert curves(place) == [[1, 3], [2, 6]]
    place.set_slots(slots(8, 10, 12))
    assert curves(place) == [[4, 5, 6], [8, 10, 12]]
    assert place.findChildren(pg.PlotWidget)[0].getPlotItem().viewRange()[1][1] >= 12
    assert place.minimumHeight() == empty
