"""MD5 (for the platform) and SHA-256 of stored files, outside the reply path (DESIGN 5.1)."""

from __future__ import annotations

import hashlib
import logging
import time
from typing import TYPE_CHECKING

from hbgz_desktop.services.worker import Worker
from hbgz_desktop.system.os_errors import is_broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.storage.reception import Reception
    from hbgz_desktop.storage.spool import Spool

LOG = logging.getLogger(__name__)
_CHUNK = 1024 * 1024
IDLE_S = 2.0
QUIET_S = 0.3
LONGEST_WAIT_S = 5.0
"""Images that are arriving come first: their digests wait for a pause, but not longer than this."""


def file_digests(spool: Spool, path: str) -> tuple[str, str]:
    """(MD5 upper-case hex as the platform wants it, G045; SHA-256 lower-case hex) of one file.

    Raises:
        OSError: It cannot be read.
    """
    md5 = hashlib.md5(usedforsecurity=False)
    sha256 = hashlib.sha256()
    with spool.absolute(path).open("rb") as stream:
        while block := stream.read(_CHUNK):
            md5.update(block)
            sha256.update(block)
    return md5.hexdigest().upper(), sha256.hexdigest()


class DigestWorker:
    """Fills in the digests of rows that lack them, in small batches; also picks up those of an earlier life."""

    def __init__(self, reception: Reception, spool: Spool, on_done: Callable[[], None]) -> None:
        """``on_done`` is told after each batch."""
        self._reception = reception
        self._spool = spool
        self._on_done = on_done
        self._stored_at = 0.0
        self.worker = Worker("digests", self.step)

    def note_stored(self) -> None:
        """An image has come; safe from any thread."""
        self._stored_at = time.monotonic()
        self.worker.wake()

    def _wait_for_a_pause(self) -> None:
        limit = time.monotonic() + LONGEST_WAIT_S
        while time.monotonic() < min(limit, self._stored_at + QUIET_S):
            if self.worker.stopping.wait(QUIET_S / 3):
                return

    def step(self) -> float:
        """One batch; returns how long to wait before the next.

        A file that somebody holds (a virus scanner) is tried again later; one that is gone, or whose
        disk block is broken, is lost.
        """
        self._wait_for_a_pause()
        rows = self._reception.without_digest()
        digests = []
        lost = []
        for instance_id, path in rows:
            try:
                digests.append((instance_id, *file_digests(self._spool, path)))
            except FileNotFoundError:
                lost.append(path)
            except OSError as error:
                LOG.warning("file_not_read instance=%d errno=%s", instance_id, error.errno)
                if is_broken(error):
                    lost.append(path)
        self._reception.set_digests(digests)
        if lost:
            self._reception.mark_lost(lost)
        has_progress = bool(digests or lost)
        if has_progress:
            self._on_done()
        return 0.0 if has_progress else IDLE_S
