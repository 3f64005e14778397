"""The images of one examination over several threads, sent or fetched, which a stop ends between two files."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ItemT = TypeVar("ItemT")


class _Fan(Generic[ItemT]):
    """Hands out items until one fails or somebody stops it."""

    def __init__(
        self,
        items: Sequence[ItemT],
        send: Callable[[ItemT, Callable[[], bool]], None],
        stop: threading.Event,
    ) -> None:
        self._items: Iterator[ItemT] = iter(items)
        self._send = send
        self._stop = stop
        self._lock = threading.Lock()
        self.errors: list[BaseException] = []

    def is_over(self) -> bool:
        """True when no further file may be begun."""
        return bool(self.errors) or self._stop.is_set()

    def work(self) -> None:
        """Send until nothing is left; runs on several threads."""
        while (item := self._next()) is not None:
            try:
                self._send(item, self.is_over)
            except BaseException as error:  # noqa: BLE001 - the caller's thread raises it
                self.errors.append(error)

    def _next(self) -> ItemT | None:
        with self._lock:
            return None if self.is_over() else next(self._items, None)


def send_all(
    items: Sequence[ItemT],
    send: Callable[[ItemT, Callable[[], bool]], None],
    stop: threading.Event,
    *,
    threads: int,
    name: str,
) -> list[BaseException]:
    """Send every item; blocks until all threads have ended.

    The threads are daemons: a request that hangs does not keep the process from ending.

    Args:
        items: What is to be sent.
        send: Sends one; the second argument says whether it is too late to begin.
        stop: Set = begin no further item.
        threads: At most so many at a time.
        name: Of the threads.

    Returns:
        What went wrong, in the order it happened; after a failure no further item is begun.
    """
    fan = _Fan(items, send, stop)
    count = min(threads, len(items))
    if count < 2:
        fan.work()
        return fan.errors
    pool = [
        threading.Thread(target=fan.work, name=f"{name}-{number}", daemon=True)
        for number in range(1, count + 1)
    ]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    return fan.errors
