"""Facts from other threads arrive together, in order, seldom."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread

from hbgz_desktop.ui.event_bridge import EventBridge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.tasks import TaskPool


class Receiver(QObject):
    """Notes batches and when they came."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[tuple[object, ...]] = []
        self.times: list[float] = []
        self.is_gui = True

    def on_facts(self, facts: tuple[object, ...]) -> None:
        self.batches.append(facts)
        self.times.append(time.monotonic())
        self.is_gui = self.is_gui and QThread.currentThread() is self.thread()

    @property
    def facts(self) -> list[object]:
        return [fact for batch in self.batches for fact in batch]


def test_posts_of_a_thread_are_collated(tasks: TaskPool, qtbot: QtBot) -> None:
    bridge, receiver = EventBridge(tasks), Receiver()
    bridge.facts_arrived.connect(receiver.on_facts)

    def post_all() -> None:
        for number in range(1000):
            bridge.post(number)

    thread = threading.Thread(target=post_all, name="poster")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(receiver.facts) == 1000)
    assert receiver.facts == list(range(1000))
    assert len(receiver.batches) == 1
    assert receiver.is_gui


def test_at_most_four_batches_a_second(tasks: TaskPool, qtbot: QtBot) -> None:
    bridge, receiver = EventBridge(tasks), Receiver()
    bridge.facts_arrived.connect(receiver.on_facts)
    stop = threading.Event()

    def post() -> None:
        while not stop.wait(0.002):
            bridge.post(1)

    thread = threading.Thread(target=post, name="poster")
    thread.start()
    qtbot.waitUntil(lambda: len(receiver.batches) >= 4, timeout=5000)
    stop.set()
    thread.join()
    gaps = [b - a for a, b in zip(receiver.times, receiver.times[1:], strict=False)]
    assert min(gaps) > 0.2


def test_polling_takes_turns_and_never_overlaps(tasks: TaskPool, qtbot: QtBot) -> None:
    asked: list[int] = []
    inside = threading.Lock()

    def poll() -> Sequence[object]:
        assert inside.acquire(blocking=False)
        asked.append(1)
        inside.release()
        return [f"fact {len(asked)}"]

    bridge, receiver = EventBridge(tasks, poll), Receiver()
    bridge.facts_arrived.connect(receiver.on_facts)
    bridge.start()
    qtbot.waitUntil(lambda: len(receiver.facts) >= 2, timeout=5000)
    bridge.stop()
    assert receiver.facts[:2] == ["fact 1", "fact 2"]


def test_a_failed_poll_is_told_and_tried_again(tasks: TaskPool, qtbot: QtBot) -> None:
    asked: list[int] = []

    def poll() -> Sequence[object]:
        asked.append(1)
        if len(asked) == 1:
            raise ValueError("busy")
        return ["fact"] if len(asked) == 2 else []

    bridge, receiver = EventBridge(tasks, poll), Receiver()
    bridge.facts_arrived.connect(receiver.on_facts)
    with qtbot.waitSignal(bridge.poll_failed):
        bridge.start()
    qtbot.waitUntil(lambda: receiver.facts == ["fact"], timeout=5000)
    bridge.stop()
