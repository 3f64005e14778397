"""Results of a quick peer written down beside the sending, several in one transaction when they pile up."""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.services.delivery_ends import StoppedError, UnrecordedError
from hbgz_desktop.storage.delivery_results import ImageResult

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Delivery, DeliveryItem
    from hbgz_desktop.services.platform_adapter import Sent
    from hbgz_desktop.storage.deliveries import DeliveryQueue

LOG = logging.getLogger(__name__)
MOST_AT_ONCE = 32
"""So many fit in one transaction of at most 50 ms (DESIGN 6)."""


class ResultRecorder:
    """Writes each result under the claim's token, at once when idle, grouped when two or more wait.

    One thread of its own, which is a daemon and ends with ``close``. What a crash keeps it from writing is
    sent again, which is harmless (G046).
    """

    def __init__(self, delivery: Delivery, store: DeliveryQueue, stop: threading.Event) -> None:
        """Write to ``store``; ``stop`` is set when nothing further may be sent."""
        self._delivery = delivery
        self._store = store
        self._stop = stop
        self._waiting: queue.SimpleQueue[ImageResult | None] = queue.SimpleQueue()
        self._error: Exception | None = None
        self._thread = threading.Thread(
            target=self._run, name=f"hbgz-results-{delivery.id}", daemon=True
        )
        self._thread.start()

    def put(self, item: DeliveryItem, sent: Sent) -> None:
        """Have one result written; returns at once."""
        passing("upload.after_answer")
        is_there = sent.error is None or sent.already
        attempt = replace(
            sent.attempt,
            delivery_id=self._delivery.id,
            token=self._delivery.token,
            instance_id=item.instance_id,
            outcome="accepted" if is_there else sent.attempt.outcome,
        )
        is_final = sent.error is not None and not is_there and not sent.error.retryable
        self._waiting.put(
            ImageResult(
                attempt,
                item.md5 if is_there else "",
                sent.dimse_status,
                sent.attempt.cause if is_final else "",
            )
        )

    def close(self) -> None:
        """Write what waits.

        Raises:
            UnrecordedError: Something could not be written down.
            StoppedError: The claim is lost; what came since is kept as ``dropped``.
        """
        self._waiting.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while group := self._take():
            if isinstance(self._error, UnrecordedError):
                continue
            try:
                self._write(group)
            except HbgzError as error:
                self._end(UnrecordedError(error.code))
            except Exception as error:
                LOG.exception("recording_bug delivery=%d", self._delivery.id)
                self._end(UnrecordedError(type(error).__name__))

    def _take(self) -> list[ImageResult]:
        """What waits, at least one; nothing when all has been taken."""
        group: list[ImageResult] = []
        one = self._waiting.get()
        while one is not None:
            group.append(one)
            if len(group) == MOST_AT_ONCE or self._waiting.empty():
                return group
            one = self._waiting.get()
        if group:
            self._waiting.put(None)
        return group

    def _write(self, group: list[ImageResult]) -> None:
        is_ours = self._store.record_images(self._delivery, group)
        passing("upload.after_row")
        if not is_ours:
            self._end(StoppedError())

    def _end(self, error: Exception) -> None:
        self._error = error
        self._stop.set()
