"""Writes the rows of what was received: at once when idle, grouped when two or more wait."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError, StorageError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.services.worker import JOIN_LIMIT_S

if TYPE_CHECKING:
    from hbgz_desktop.model.instance import Committed, StoredInstance
    from hbgz_desktop.storage.reception import Reception

MAX_BATCH = 200


@dataclass(slots=True)
class _Waiting:
    instance: StoredInstance
    result: Committed | None = None
    error: Exception | None = None

    @property
    def is_done(self) -> bool:
        return self.result is not None or self.error is not None


class Committer:
    """Adaptive group commit (DESIGN 5.1). ``commit`` is called by association threads.

    Whoever comes while nobody writes, writes; who comes meanwhile waits, and one of those then writes
    for all of them. A thread of its own would cost each image two hand-overs.
    """

    def __init__(self, reception: Reception) -> None:
        """Write through ``reception``, one thread at a time."""
        self._reception = reception
        self._condition = threading.Condition()
        self._queue: list[_Waiting] = []
        self._is_started = False
        self._is_closed = False
        self._is_writing = False

    def start(self) -> None:
        """Begin to write."""
        with self._condition:
            self._is_started = True
            self._condition.notify_all()

    def stop(self) -> None:
        """Finish what waits; what comes later is refused."""
        with self._condition:
            self._is_closed = True
            self._condition.notify_all()
            self._condition.wait_for(self._is_idle, JOIN_LIMIT_S)

    def waiting_count(self) -> int:
        """How many instances wait for the transaction after the present one."""
        return len(self._queue)

    def commit(self, instance: StoredInstance) -> Committed:
        """Return once the row is committed.

        Raises:
            StorageError: It was not; nothing may be acknowledged.
        """
        own = _Waiting(instance)
        with self._condition:
            if self._is_closed:
                raise StorageError("engine_stopping")
            self._queue.append(own)
        while not own.is_done:
            batch = self._my_turn(own)
            if batch:
                self._write_for_all(batch)
        if own.result is None:
            raise own.error or StorageError("engine_stopping")
        return own.result

    def _is_idle(self) -> bool:
        return not self._is_writing and not self._queue

    def _my_turn(self, own: _Waiting) -> list[_Waiting]:
        """Wait until somebody wrote ``own`` or nobody writes; in that case take what waits."""
        with self._condition:
            self._condition.wait_for(lambda: own.is_done or self._may_write())
            if own.is_done:
                return []
            if not self._is_started:
                self._queue.remove(own)
                raise StorageError("engine_stopping")
            batch, self._queue = self._queue[:MAX_BATCH], self._queue[MAX_BATCH:]
            self._is_writing = True
            return batch

    def _may_write(self) -> bool:
        return not self._is_writing and (self._is_started or self._is_closed)

    def _write_for_all(self, batch: list[_Waiting]) -> None:
        try:
            self._write(batch)
        finally:
            with self._condition:
                self._is_writing = False
                self._condition.notify_all()

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            results = self._reception.commit([one.instance for one in batch])
            passing("receive.after_commit")
        except HbgzError as error:
            for one in batch:
                one.error = error
        except Exception as error:  # noqa: BLE001 - a bug must not leave association threads waiting for ever
            self._blame(batch, error)
        else:
            for one, result in zip(batch, results, strict=True):
                one.result = result

    def _blame(self, batch: list[_Waiting], error: Exception) -> None:
        """One row that cannot be written must not take the others of its batch with it."""
        if len(batch) == 1:
            batch[0].error = error
            return
        for one in batch:
            self._write([one])
