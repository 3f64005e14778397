"""PySide6 6.12.0 on Python 3.11 loses a reference to True per emit and aborts (STYLE 2, fact 1)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal, qVersion


class _Sender(QObject):
    flipped = Signal(bool)


class _Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def on_flipped(self, value: bool) -> None:
        self.count += value


def test_emitting_does_not_lose_references_to_true() -> None:
    sender, receiver = _Sender(), _Receiver()
    sender.flipped.connect(receiver.on_flipped)
    before = sys.getrefcount(True)
    for _ in range(100):
        sender.flipped.emit(True)
    assert receiver.count == 100
    assert sys.getrefcount(True) >= before - 5


def test_qt_is_the_supported_series() -> None:
    assert qVersion().startswith("6.11.")
