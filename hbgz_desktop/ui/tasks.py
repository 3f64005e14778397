"""Work off the GUI thread: ``run_task`` over a thread pool, results to bound slots only."""

from __future__ import annotations

import inspect
import threading
from collections import deque
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

_THREADS = 4
_KEPT = 2 * _THREADS


class CancelToken:
    """Says that a result is no longer wanted. Safe from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; its result is then dropped."""
        self._event.set()

    @property
    def is_cancelled(self) -> bool:
        """True after ``cancel``; long work asks between its steps."""
        return self._event.is_set()


class _TaskSignals(QObject):
    """Apart from the runnable: an object that is both crashed in stress runs (STYLE 2, fact 3).

    ``finished`` crosses the threads; the other two are emitted in the GUI thread, after a last
    look at the token.
    """

    finished = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)


class _Task(QRunnable):
    def __init__(self, func: Callable[[], object], token: CancelToken) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = _TaskSignals()
        self.token = token
        self._func = func
        self._result: object = None
        self._error: Exception | None = None

    @override
    def run(self) -> None:
        try:
            if not self.token.is_cancelled:
                self._result = self._func()
        except Exception as error:  # noqa: BLE001 - one of the four doors (STYLE 4)
            self._error = error
        finally:
            self.signals.finished.emit(self)

    def deliver(self) -> None:
        """Give the slots what came out, and keep nothing of it; GUI thread only."""
        result, self._result = self._result, None
        error, self._error = self._error, None
        self._func = _nothing
        if self.token.is_cancelled:
            return
        if error is None:
            self.signals.succeeded.emit(result)
        else:
            self.signals.failed.emit(error)


class TaskPool(QObject):
    """Runs short work (a query, a service call) on at most four threads.

    Make it in the GUI thread and hand it to pages by constructor.
    """

    def __init__(
        self, on_unhandled: Callable[[Exception], None], parent: QObject | None = None
    ) -> None:
        """Make the pool.

        Args:
            on_unhandled: Gets the error of a task that was run without ``on_error``;
                called in the GUI thread.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_THREADS)
        self._on_unhandled = on_unhandled
        self._running: set[_Task] = set()
        # A task must not die in its own thread: the last reference is given up here, later.
        self._finished: deque[_Task] = deque(maxlen=_KEPT)

    def run_task(
        self,
        func: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None] | None = None,
        *,
        token: CancelToken | None = None,
    ) -> CancelToken:
        """Run ``func`` on a pool thread.

        The slots run later in their objects' thread; a result for an object that is gone, or
        for a cancelled token, is dropped without a word.

        Args:
            func: Takes nothing; may block. Must not touch widgets.
            on_done: Bound method of a QObject; gets the result.
            on_error: Bound method of a QObject; gets the exception. Left out, the error goes to
                the pool's own door.
            token: To cancel with; a new one is made when left out.

        Returns:
            The token.

        Raises:
            TypeError: A slot is no bound method of a QObject: it would run in the worker thread.
        """
        token = token or CancelToken()
        task = _Task(func, token)
        task.signals.succeeded.connect(_bound(on_done))
        task.signals.failed.connect(_bound(on_error or self._on_task_failed))
        queued = Qt.ConnectionType.QueuedConnection
        task.signals.finished.connect(self._on_task_finished, queued)
        self._running.add(task)
        self._pool.start(task)
        return token

    def drain(self, limit_ms: int) -> bool:
        """Wait at shutdown until running work ends; False when the limit passed first."""
        self._pool.clear()
        return self._pool.waitForDone(limit_ms)

    def _on_task_failed(self, error: Exception) -> None:
        self._on_unhandled(error)

    def _on_task_finished(self, task: _Task) -> None:
        self._running.discard(task)
        self._finished.append(task)
        task.deliver()


def _nothing() -> None:
    """What a task that is over would do."""


def _bound(slot: Callable[..., None]) -> Callable[..., None]:
    if not (inspect.ismethod(slot) and isinstance(slot.__self__, QObject)):
        raise TypeError("run_task needs bound methods of a QObject")
    return slot
