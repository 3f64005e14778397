"""Work off the GUI thread comes back to bound slots, or not at all."""

from __future__ import annotations

import gc
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QThread, Signal

from hbgz_desktop.ui.tasks import CancelToken, TaskPool

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Receiver(QObject):
    """Notes what arrives, and in which thread."""

    arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: list[QThread] = []

    def on_done(self, result: object) -> None:
        self.results.append(result)
        self.threads.append(QThread.currentThread())
        self.arrived.emit()

    def on_error(self, error: Exception) -> None:
        self.errors.append(error)
        self.arrived.emit()


def _fail() -> None:
    raise ValueError("known")


def test_the_result_arrives_in_the_receivers_thread(tasks: TaskPool, qtbot: QtBot) -> None:
    receiver = Receiver()
    workers: list[int] = []
    with qtbot.waitSignal(receiver.arrived):
        tasks.run_task(lambda: workers.append(threading.get_ident()), receiver.on_done)
    assert receiver.threads == [receiver.thread()]
    assert workers != [threading.get_ident()]


def test_an_error_goes_to_its_slot(tasks: TaskPool, qtbot: QtBot) -> None:
    receiver = Receiver()
    with qtbot.waitSignal(receiver.arrived):
        tasks.run_task(_fail, receiver.on_done, receiver.on_error)
    assert [str(error) for error in receiver.errors] == ["known"]
    assert receiver.results == []


def test_an_error_without_a_slot_goes_to_the_pools_door(qtbot: QtBot) -> None:
    errors: list[Exception] = []
    pool = TaskPool(errors.append)
    pool.run_task(_fail, Receiver().on_done)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ValueError)
    assert pool.drain(1000)


@pytest.mark.parametrize("slot", [print, lambda value: None, [].append])
def test_only_bound_methods_of_qobjects_may_receive(tasks: TaskPool, slot: object) -> None:
    with pytest.raises(TypeError):
        tasks.run_task(int, slot)  # type: ignore[arg-type]  # the point of the test


def test_a_cancelled_result_is_dropped(tasks: TaskPool, qtbot: QtBot) -> None:
    receiver = Receiver()
    go = threading.Event()
    token = tasks.run_task(lambda: go.wait(5), receiver.on_done, receiver.on_error)
    token.cancel()
    go.set()
    with qtbot.waitSignal(receiver.arrived):
        tasks.run_task(lambda: "later", receiver.on_done)
    assert tasks.drain(1000)
    qtbot.waitUntil(lambda: receiver.results == ["later"])


def test_a_token_may_be_cancelled_after_the_work_is_done(tasks: TaskPool, qtbot: QtBot) -> None:
    receiver = Receiver()
    token = CancelToken()
    tasks.run_task(lambda: "done", receiver.on_done, token=token)
    assert tasks.drain(1000)
    token.cancel()
    with qtbot.assertNotEmitted(receiver.arrived, wait=30):
        pass
    assert receiver.results == []


def test_results_for_the_dead_are_dropped(tasks: TaskPool, qtbot: QtBot) -> None:
    witness = Receiver()
    for number in range(60):
        receiver = Receiver()
        tasks.run_task(partial(int, number), receiver.on_done)
        if number % 2:
            receiver.deleteLater()
        del receiver
        if number % 20 == 0:
            gc.collect()
    with qtbot.waitSignal(witness.arrived):
        tasks.run_task(lambda: 1, witness.on_done)
    assert witness.results == [1]


def test_many_tasks_all_come_back(tasks: TaskPool, qtbot: QtBot) -> None:
    receiver = Receiver()
    for number in range(300):
        tasks.run_task(partial(int, number), receiver.on_done)
    qtbot.waitUntil(lambda: len(receiver.results) == 300)
    assert sorted(map(str, receiver.results)) == sorted(map(str, range(300)))
