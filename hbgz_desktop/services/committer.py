"""One thread writes the rows of what was received: at once when idle, grouped when two or more wait."""

from __future__ import annotations

import queue
import threading
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError, StorageError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.services.worker import JOIN_LIMIT_S

if TYPE_CHECKING:
    from hbgz_desktop.model.instance import Committed, StoredInstance
    from hbgz_desktop.storage.reception import Reception

MAX_BATCH = 200


@dataclass(frozen=True, slots=True)
class _Waiting:
    instance: StoredInstance
    result: Future[Committed]


class Committer:
    """Adaptive group commit (DESIGN 5.1). ``commit`` is called by association threads."""

    def __init__(self, reception: Reception) -> None:
        """Write through ``reception``."""
        self._reception = reception
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="hbgz-committer", daemon=True)
        self._lock = threading.Lock()
        self._is_closed = False

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what waits, then end; what comes later is refused."""
        with self._lock:
            self._is_closed = True
            self._queue.put(None)
        if self._thread.ident is not None:
            self._thread.join(JOIN_LIMIT_S)

    def waiting_count(self) -> int:
        """How many instances wait for the transaction after the present one."""
        return self._queue.qsize()

    def commit(self, instance: StoredInstance) -> Committed:
        """Wait until the row is committed.

        Raises:
            StorageError: It was not; nothing may be acknowledged.
        """
        waiting = _Waiting(instance, Future())
        with self._lock:  # nothing gets behind the last word of ``stop``
            if self._is_closed:
                raise StorageError("engine_stopping")
            self._queue.put(waiting)
        return waiting.result.result()

    def _run(self) -> None:
        while True:
            first = self._queue.get()
            if first is None:
                return
            batch, is_last = self._collect(first)
            self._write(batch)
            if is_last:
                return

    def _collect(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        batch = [first]
        while len(batch) < MAX_BATCH:
            try:
                more = self._queue.get_nowait()
            except queue.Empty:
                break
            if more is None:
                return batch, True
            batch.append(more)
        return batch, False

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            results = self._reception.commit([one.instance for one in batch])
            passing("receive.after_commit")
        except HbgzError as error:
            for one in batch:
                one.result.set_exception(error)
        except Exception as error:  # noqa: BLE001 - a bug must not leave association threads waiting for ever
            self._blame(batch, error)
        else:
            for one, result in zip(batch, results, strict=True):
                one.result.set_result(result)

    def _blame(self, batch: list[_Waiting], error: Exception) -> None:
        """One row that cannot be written must not take the others of its batch with it."""
        if len(batch) == 1:
            batch[0].result.set_exception(error)
            return
        for one in batch:
            self._write([one])
