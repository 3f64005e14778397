"""The one door through which facts from other threads reach widgets."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.ui.tasks import TaskPool

COLLATE_MS = 250
POLL_MS = 500
_MOST_HELD = 10_000


class EventBridge(QObject):
    """Collects facts and hands them on, together, at most four times a second.

    Facts come by ``post`` from any thread, or from ``poll``, which is asked on a pool thread and
    gives what is new since it was asked last (the events table by its highest id).

    Signals:
        facts_arrived: (tuple of facts) Oldest first; in the GUI thread.
        poll_failed: (error) Asking failed; asked again at the next turn.
    """

    facts_arrived = Signal(object)
    poll_failed = Signal(object)
    _posted = Signal()

    def __init__(
        self,
        tasks: TaskPool,
        poll: Callable[[], Sequence[object]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Make the bridge in the GUI thread; it polls only after ``start``."""
        super().__init__(parent)
        self._tasks = tasks
        self._poll = poll
        self._lock = threading.Lock()
        self._facts: deque[object] = deque(maxlen=_MOST_HELD)
        self._is_polling = False
        self._collate = QTimer(self)
        self._collate.setSingleShot(True)
        self._collate.setInterval(COLLATE_MS)
        self._collate.timeout.connect(self._on_collated)
        self._turn = QTimer(self)
        self._turn.setInterval(POLL_MS)
        self._turn.timeout.connect(self._on_turn)
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def post(self, fact: object) -> None:
        """Hand over a frozen fact; safe from any thread, returns at once.

        Past ten thousand facts that nobody took, the oldest are dropped: the database has them.
        """
        with self._lock:
            was_empty = not self._facts
            self._facts.append(fact)
        if was_empty:
            self._posted.emit()

    def start(self) -> None:
        """Begin to poll, at once and then twice a second."""
        if self._poll is not None:
            self._turn.start()
            self._on_turn()

    def stop(self) -> None:
        """End polling; facts already collected are still handed on."""
        self._turn.stop()

    def _on_posted(self) -> None:
        if not self._collate.isActive():
            self._collate.start()

    def _on_collated(self) -> None:
        with self._lock:
            facts = tuple(self._facts)
            self._facts.clear()
        if facts:
            self.facts_arrived.emit(facts)

    def _on_turn(self) -> None:
        if self._poll is None or self._is_polling:
            return
        self._is_polling = True
        self._tasks.run_task(self._poll, self._on_polled, self._on_poll_failed)

    def _on_polled(self, facts: Sequence[object]) -> None:
        self._is_polling = False
        for fact in facts:
            self.post(fact)

    def _on_poll_failed(self, error: Exception) -> None:
        self._is_polling = False
        self.poll_failed.emit(error)
