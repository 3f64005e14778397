"""Files that nothing names any more: replaced report PDFs, half fetched ones, settled quarantine (DESIGN 5.7)."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.system.removal import remove_file, remove_tree

if TYPE_CHECKING:
    from pathlib import Path

    from hbgz_desktop.storage.quarantine import QuarantineStore
    from hbgz_desktop.storage.records import RecordStore
    from hbgz_desktop.storage.spool import Spool

LOG = logging.getLogger(__name__)
OLD_S = 86_400.0
"""Whatever was written within the last day may belong to somebody who is still at work."""
QUARANTINE_KEPT = timedelta(days=30)
SCRATCH = ".fetch-*"


class Leftovers:
    """Removes them; each kind only when it is old, and no row needs it.

    Attributes:
        held: Files and folders of the last sweep that somebody held; the next one finds them again.
    """

    def __init__(
        self, *, reports: Spool, records: RecordStore, quarantine: Spool, refused: QuarantineStore
    ) -> None:
        """Wire the parts."""
        self._reports = reports
        self._records = records
        self._quarantine = quarantine
        self._refused = refused
        self.held = 0

    def sweep(self) -> int:
        """Remove what is left over; returns how many files and folders went."""
        self.held = 0
        return self._old_reports() + self._scratch() + self._settled_quarantine()

    def _old_reports(self) -> int:
        """PDFs that another version has replaced. A new one always gets a new name, so no row comes back to it."""
        old = {one for one in self._reports.files() if _is_old(self._reports.absolute(one))}
        unnamed = old - self._records.report_paths() if old else set()
        return sum(self._remove(self._reports.absolute(one)) for one in sorted(unnamed))

    def _scratch(self) -> int:
        """Folders of a fetch that was killed."""
        found = [one for one in self._reports.root.glob(SCRATCH) if one.is_dir() and _is_old(one)]
        gone = sum(remove_tree(folder) for folder in found)
        self.held += len(found) - gone
        return gone

    def _settled_quarantine(self) -> int:
        """Refused objects a person has settled long ago; their rows stay."""
        gone = [
            row_id
            for row_id, path in self._refused.settled(before=datetime.now(UTC) - QUARANTINE_KEPT)
            if self._remove(self._quarantine.absolute(path))
        ]
        self._refused.mark_cleared(gone)
        return len(gone)

    def _remove(self, path: Path) -> bool:
        """True when the file is gone; False while somebody holds it."""
        try:
            remove_file(path)
        except OSError as error:
            LOG.info("leftover_held errno=%s", error.errno)
            self.held += 1
            return False
        return True


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > OLD_S
    except OSError:
        return False
