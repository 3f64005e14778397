"""The table: keys and clicks as in Explorer, 100,000 rows without a stall."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from hbgz_desktop.ui.delegates.row_delegate import ClerkRowDelegate, ItRowDelegate
from hbgz_desktop.ui.models import paged_table_model
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.theme import Density
from hbgz_desktop.ui.widgets.table_panel import TablePanel
from tests.ui.sample_table import COLUMNS, Item, Items

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.tasks import TaskPool
    from hbgz_desktop.ui.theme import Theme
    from hbgz_desktop.ui.widgets.paged_table_view import PagedTableView

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Table:
    """A shown panel and what is needed to drive it."""

    def __init__(
        self, qtbot: QtBot, theme: Theme, tasks: TaskPool, items: Items, *, has_ticks: bool
    ) -> None:
        self.items = items
        self.model: PagedTableModel[Item] = PagedTableModel(tasks, COLUMNS, has_ticks=has_ticks)
        self.panel = TablePanel(theme, self.model, "份")
        self.model.setParent(self.panel)
        self.panel.resize(900, 600)
        qtbot.addWidget(self.panel)
        with qtbot.waitSignal(self.model.opened):
            self.model.set_source(items.source)
        with qtbot.waitActive(self.panel):
            self.panel.show()
        self.view.setFocus()

    @property
    def view(self) -> PagedTableView:
        return self.panel.view

    def click(self, row: int, column: int = 1, modifier: Qt.KeyboardModifier | None = None) -> None:
        rect = self.view.visualRect(self.model.index(row, column))
        QTest.mouseClick(
            self.view.viewport(),
            Qt.MouseButton.LeftButton,
            modifier or Qt.KeyboardModifier.NoModifier,
            rect.center(),
        )

    def press(self, key: Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.view, key, modifier or Qt.KeyboardModifier.NoModifier)


@pytest.fixture(autouse=True)
def quick_arrivals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for new rows at every refresh instead of every two seconds."""
    monkeypatch.setattr(paged_table_model, "ARRIVALS_S", 0.0)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, tasks: TaskPool) -> Table:
    return Table(qtbot, theme, tasks, Items(500), has_ticks=False)


@pytest.fixture
def ticked(qtbot: QtBot, theme: Theme, tasks: TaskPool) -> Table:
    return Table(qtbot, theme, tasks, Items(500), has_ticks=True)


def test_click_ctrl_and_shift_select_as_in_explorer(table: Table) -> None:
    table.click(2)
    assert table.model.selection.ids == {497}
    table.click(4, modifier=CTRL)
    assert table.model.selection.ids == {497, 495}
    table.click(6, modifier=SHIFT)
    assert table.model.selection.ids == {495, 494, 493}
    table.click(1)
    assert table.model.selection.ids == {498}


def test_arrows_move_and_select_shift_extends(table: Table) -> None:
    table.click(0)
    table.press(Key.Key_Down)
    assert table.model.selection.ids == {498}
    assert table.view.current_id() == 498
    table.press(Key.Key_Down, SHIFT)
    assert table.model.selection.ids == {498, 497}


def test_ticks_stay_while_arrows_move(ticked: Table) -> None:
    ticked.click(0, column=0)
    ticked.click(3, column=0)
    ticked.press(Key.Key_Down)
    ticked.press(Key.Key_Space)
    assert ticked.model.selection.ids == {499, 496, 495}
    ticked.press(Key.Key_Space)
    assert ticked.model.selection.ids == {499, 496}


def test_ctrl_a_takes_all_that_match_and_esc_clears(ticked: Table, qtbot: QtBot) -> None:
    ticked.press(Key.Key_A, CTRL)
    assert len(ticked.model.selection) == 500
    with qtbot.assertNotEmitted(ticked.view.escape_pressed):
        ticked.press(Key.Key_Escape)
    assert len(ticked.model.selection) == 0
    with qtbot.waitSignal(ticked.view.escape_pressed):
        ticked.press(Key.Key_Escape)


def test_enter_and_double_click_open(table: Table, qtbot: QtBot) -> None:
    table.click(5)
    with qtbot.waitSignal(table.view.row_activated) as opened:
        table.press(Key.Key_Return)
    assert opened.args == [494]
    centre = table.view.visualRect(table.model.index(7, 1)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    with qtbot.waitSignal(table.view.row_activated) as opened:
        QTest.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert opened.args == [492]


def test_nothing_is_selected_by_default_and_focus_makes_the_first_row_current(
    table: Table,
) -> None:
    assert table.model.selection.ids == frozenset()
    assert table.view.current_id() == 499


def test_going_to_a_row_brings_it_into_sight(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.view.current_changed) as told:
        assert table.view.go_to(10)
    assert told.args == [10]
    first, last = table.view.visible_rows()
    assert first <= 490 <= last
    assert not table.view.go_to(10_000)
    table.view.move_current(1)
    assert table.view.current_id() == 9


def test_a_header_click_asks_the_source_and_a_second_one_turns_it_round(
    table: Table, qtbot: QtBot
) -> None:
    header = table.view.horizontalHeader()
    at = QPoint(header.sectionPosition(2) + 20, 10)
    for is_descending in (False, True):
        with qtbot.waitSignal(table.model.opened):
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        sorting = table.items.sortings[-1]
        assert (sorting.key, sorting.is_descending) == ("number", is_descending)


def test_a_refresh_moves_nothing(table: Table, qtbot: QtBot) -> None:
    table.view.go_to(300)
    qtbot.waitUntil(lambda: table.model.row_at(199) is not None)
    table.model.selection.replace([300, 301])
    scroll = table.view.verticalScrollBar().value()
    table.items.change(300, State.CONFIRMED)
    table.items.add(9000)
    with qtbot.waitSignals([table.model.dataChanged, table.model.arrivals_changed]):
        table.model.refresh()
    assert table.view.verticalScrollBar().value() == scroll
    assert table.view.current_id() == 300
    assert table.model.selection.ids == {300, 301}


def test_the_footer_says_what_is_in_sight_and_selected(table: Table) -> None:
    words = table.panel.findChildren(type(table.panel._range))
    assert any("共 500 份" in label.text() for label in words)
    table.model.select_all()
    assert "已选全部 500 份" in table.panel._range.text()


def test_an_empty_list_shows_why(qtbot: QtBot, theme: Theme, tasks: TaskPool) -> None:
    empty = Table(qtbot, theme, tasks, Items(0), has_ticks=False)
    empty.panel.empty.set_content("studies", "没有符合筛选的检查", "筛选：今天", "清除筛选")
    assert empty.panel.empty.isVisible()
    assert not empty.view.isVisible()


def test_rows_are_as_high_as_the_density_says(table: Table, theme: Theme) -> None:
    assert table.view.rowHeight(0) == 44
    theme.set_density(Density.IT)
    assert table.view.rowHeight(0) == 32
    table.view.set_delegate(ClerkRowDelegate(theme, table.view))
    assert table.view.rowHeight(0) == 44
    table.view.set_delegate(ItRowDelegate(theme, table.view))
    assert table.view.rowHeight(0) == 32


def test_a_hundred_thousand_rows_open_within_a_second_and_scroll_without_a_stall(
    qtbot: QtBot, theme: Theme, tasks: TaskPool
) -> None:
    items = Items(100_000)
    begun = time.process_time()
    table = Table(qtbot, theme, tasks, items, has_ticks=True)
    index = table.model.index(0, 1)
    qtbot.waitUntil(lambda: table.model.data(index) is not None)
    table.view.repaint()
    # Time of all our threads: other programs on the machine are not the table's.
    assert time.process_time() - begun < 1.0
    bar = table.view.verticalScrollBar()
    waits: list[float] = []
    works: list[float] = []
    for step in range(80):
        began, worked = time.monotonic(), time.thread_time()
        bar.setValue(bar.maximum() * (step * 37 % 80) // 80)
        table.view.viewport().repaint()
        qtbot.wait(1)
        waits.append(time.monotonic() - began)
        works.append(time.thread_time() - worked)
    # The worst is the GUI thread's own work.
    assert max(works) < 0.1
    assert statistics.median(waits) < 0.1
    assert len(items.asked) <= 2 * 80 + 1
