"""A named thread of ours: it can be stopped, is joined with a limit, and survives its own bugs."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError

if TYPE_CHECKING:
    from collections.abc import Callable

LOG = logging.getLogger(__name__)
JOIN_LIMIT_S = 10.0
PAUSE_AFTER_BUG_S = 5.0


class Worker:
    """Calls ``step`` again and again on a thread of its own.

    ``step`` returns the seconds to wait before the next call (0 = at once); ``wake`` ends a wait early.
    A known error is logged with its code, anything else as a bug; the thread goes on in both cases.
    """

    def __init__(self, name: str, step: Callable[[], float]) -> None:
        """Prepare the thread ``hbgz-<name>``."""
        self._step = step
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"hbgz-{name}", daemon=True)

    @property
    def stopping(self) -> threading.Event:
        """Set when the thread has been asked to end."""
        return self._stop

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """End the present wait; safe from any thread."""
        self._wake.set()

    def stop(self) -> None:
        """Ask the thread to end; ``join`` waits for it."""
        self._stop.set()
        self._wake.set()

    def join(self, timeout_s: float = JOIN_LIMIT_S) -> bool:
        """Wait for the end; False when the limit passed first."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            wait_s = self._safe_step()
            if wait_s > 0 and not self._stop.is_set():
                self._wake.wait(wait_s)
            self._wake.clear()

    def _safe_step(self) -> float:
        try:
            return self._step()
        except HbgzError as error:
            LOG.warning("worker_failed thread=%s code=%s", self._thread.name, error.code)
        except Exception:
            LOG.exception("worker_bug thread=%s", self._thread.name)
        return PAUSE_AFTER_BUG_S
