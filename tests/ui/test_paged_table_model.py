"""The paged model: asked little, never jumping, quick at 100,000 rows."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from hbgz_desktop.ui.cells import CELL_ROLE, BadgeCell
from hbgz_desktop.ui.models import paged_table_model
from hbgz_desktop.ui.models.page_store import PAGES_KEPT
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Sorting
from hbgz_desktop.ui.states import State, state_word
from tests.ui.sample_table import COLUMNS, Item, Items

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.tasks import TaskPool

Model = PagedTableModel[Item]


@pytest.fixture(autouse=True)
def quick_arrivals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for new rows at every refresh instead of every two seconds."""
    monkeypatch.setattr(paged_table_model, "ARRIVALS_S", 0.0)


def opened(qtbot: QtBot, tasks: TaskPool, items: Items, *, has_ticks: bool = False) -> Model:
    model: Model = PagedTableModel(tasks, COLUMNS, has_ticks=has_ticks)
    if len(items.ids(Sorting())) <= 1000:
        # Qt's tester looks at everything whenever something changed.
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        QAbstractItemModelTester(model, mode, parent=model)
    with qtbot.waitSignal(model.opened):
        model.set_source(items.source)
    return model


def look(qtbot: QtBot, model: Model, row: int) -> str:
    """What the state column says, once the row is here."""
    index = model.index(row, 0)
    qtbot.waitUntil(lambda: model.data(index) is not None)
    return str(model.data(index))


def test_it_is_a_proper_model(qtbot: QtBot, tasks: TaskPool) -> None:
    model = opened(qtbot, tasks, Items(450), has_ticks=True)
    look_at = model.index(449, 1)
    qtbot.waitUntil(lambda: model.data(look_at) is not None)
    model.selection.toggle(3)
    assert (model.rowCount(), model.columnCount()) == (450, 4)
    assert (model.rowCount(look_at), model.columnCount(look_at)) == (0, 0)
    assert model.headerData(0, Qt.Orientation.Horizontal) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "状态"
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_a_page_is_asked_for_once_and_only_when_looked_at(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(1000)
    model = opened(qtbot, tasks, items)
    items.asked.clear()
    for _ in range(3):
        for row in range(400, 420):
            model.data(model.index(row, 0))
    assert look(qtbot, model, 400) == state_word(State.WAITING)
    # Qt's own tester looks at the first row as well.
    assert {ids[0] for ids in items.asked} <= {599, 999}
    assert [ids[0] for ids in items.asked].count(599) == 1
    assert {len(ids) for ids in items.asked} == {200}


def test_a_row_on_its_way_has_no_cell(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(300)
    items.gate = threading.Event()
    model = opened(qtbot, tasks, items)
    assert model.data(model.index(250, 1), CELL_ROLE) is None
    assert model.row_at(250) is None
    qtbot.waitUntil(lambda: model.is_loading)
    items.gate.set()
    with qtbot.waitSignal(model.page_loaded):
        pass
    look(qtbot, model, 250)
    assert model.row_at(250) == Item(49, "检查 49")
    assert "检查 49" in str(model.data(model.index(250, 1), Qt.ItemDataRole.ToolTipRole))


def test_only_fifty_pages_are_kept(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(200 * (PAGES_KEPT + 10))
    model = opened(qtbot, tasks, items)
    for page in range(PAGES_KEPT + 5):
        look(qtbot, model, page * 200)
    assert model.row_at(200) is None
    assert model.row_at((PAGES_KEPT + 4) * 200) is not None


def test_refresh_changes_values_in_place(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(300)
    model = opened(qtbot, tasks, items)
    model.set_visible_rows(0, 20)
    look(qtbot, model, 0)
    items.change(295, State.CONFIRMED)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh()
    assert [(i.row(), i.column()) for i in told.args[:2]] == [(4, 0), (4, 2)]
    cell = model.data(model.index(4, 0), CELL_ROLE)
    assert isinstance(cell, BadgeCell)
    assert cell.badge.word == state_word(State.CONFIRMED)
    assert resets == []


def test_refreshes_become_one_at_most_four_times_a_second(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(100)
    model = opened(qtbot, tasks, items)
    look(qtbot, model, 0)
    items.asked.clear()
    for _ in range(50):
        model.refresh()
    qtbot.waitUntil(lambda: len(items.asked) == 1)
    qtbot.wait(60)
    assert len(items.asked) == 1


def test_new_rows_wait_until_they_are_asked_for(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(100)
    model = opened(qtbot, tasks, items)
    look(qtbot, model, 0)
    for number in range(100, 106):
        items.add(number)
    with qtbot.waitSignal(model.arrivals_changed, check_params_cb=lambda count: count == 6):
        model.refresh()
    assert (model.total, model.arrivals) == (100, 6)
    assert list(model.ids_between(0, 0)) == [99]
    with qtbot.waitSignal(model.opened):
        model.open()
    assert (model.total, model.arrivals) == (106, 0)


def test_a_row_that_is_gone_keeps_its_place(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(50)
    model = opened(qtbot, tasks, items)
    look(qtbot, model, 0)
    items.remove(40)
    items.change(39, State.FAILED)
    with qtbot.waitSignal(model.dataChanged):
        model.refresh()
    assert model.row_at(9) == Item(40, "检查 40")
    assert model.total == 50


def test_sorting_is_the_sources_work(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(500)
    model = opened(qtbot, tasks, items)
    with qtbot.waitSignal(model.opened):
        model.sort_by("number", is_descending=False)
    assert items.sortings[-1] == Sorting("number", False)
    assert list(model.ids_between(0, 2)) == [0, 1, 2]
    assert model.number_of(499) == 499
    assert model.number_of("none") is None


def test_the_selection_is_a_frozen_set_of_ids(qtbot: QtBot, tasks: TaskPool) -> None:
    items = Items(1000)
    model = opened(qtbot, tasks, items, has_ticks=True)
    model.select_all()
    frozen = model.selection.ids
    items.add(1000)
    with qtbot.waitSignal(model.opened):
        model.open()
    assert len(frozen) == 1000
    assert 1000 not in model.selection
    assert model.is_selected(1)
    assert not model.is_selected(0)
    ticks = [model.data(model.index(n, 0), Qt.ItemDataRole.CheckStateRole) for n in (0, 1)]
    assert [Qt.CheckState(tick) for tick in ticks] == [
        Qt.CheckState.Unchecked,
        Qt.CheckState.Checked,
    ]


def test_another_filter_selects_nothing(qtbot: QtBot, tasks: TaskPool) -> None:
    model = opened(qtbot, tasks, Items(10))
    model.selection.toggle(3)
    with qtbot.waitSignal(model.opened):
        model.set_source(Items(5).source)
    assert model.selection.ids == frozenset()


def test_a_failing_page_is_told_once_and_tried_at_the_next_refresh(
    qtbot: QtBot, tasks: TaskPool
) -> None:
    items = Items(100)
    items.fail_with = OSError("busy")
    model = opened(qtbot, tasks, items)
    index = model.index(0, 0)
    with qtbot.waitSignal(model.load_failed):
        model.data(index)
    with qtbot.assertNotEmitted(model.load_failed, wait=50):
        model.data(index)
    items.fail_with = None
    model.refresh()
    qtbot.waitUntil(lambda: not model.is_loading, timeout=2000)
    qtbot.waitUntil(lambda: model.data(index) is not None)


def test_a_failing_open_is_told(qtbot: QtBot, tasks: TaskPool) -> None:
    def fail(sorting: Sorting) -> list[int]:
        raise OSError("busy")

    items = Items(1)
    model: Model = PagedTableModel(tasks, COLUMNS)
    source = items.source
    with qtbot.waitSignal(model.load_failed):
        model.set_source(type(source)(fail, source.rows, source.row_id))
    assert not model.is_open
    assert not model.is_loading


def test_the_last_question_wins(qtbot: QtBot, tasks: TaskPool) -> None:
    model: Model = PagedTableModel(tasks, COLUMNS)
    totals: list[int] = []
    model.opened.connect(totals.append)
    for count in (10, 20, 30):
        model.set_source(Items(count).source)
    qtbot.waitUntil(lambda: totals[-1:] == [30])
    qtbot.wait(30)
    assert totals == [30]
