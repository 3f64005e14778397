"""Files that nothing names any more: replaced report PDFs, half fetched ones, settled quarantine (DESIGN 5.7)."""

from __future__ import annotations

import logging
import shutil
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

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
    """Removes them; each kind only when it is old, and no row needs it."""

    def __init__(
        self, *, reports: Spool, records: RecordStore, quarantine: Spool, refused: QuarantineStore
    ) -> None:
        """Wire the parts."""
        self._reports = reports
        self._records = records
        self._quarantine = quarantine
        self._refused = refused

    def sweep(self) -> int:
        """Remove what is left over; returns how many files and folders went."""
        return self._old_reports() + self._scratch() + self._settled_quarantine()

    def _old_reports(self) -> int:
        """PDFs that another version has replaced. A new one always gets a new name, so no row comes back to it."""
        old = {one for one in self._reports.files() if _is_old(self._reports.absolute(one))}
        unnamed = old - self._records.report_paths() if old else set()
        return sum(_unlink(self._reports.absolute(one)) for one in sorted(unnamed))

    def _scratch(self) -> int:
        """Folders of a fetch that was killed."""
        found = [one for one in self._reports.root.glob(SCRATCH) if one.is_dir() and _is_old(one)]
        for folder in found:
            shutil.rmtree(folder, ignore_errors=True)
        return sum(not folder.exists() for folder in found)

    def _settled_quarantine(self) -> int:
        """Refused objects a person has settled long ago; their rows stay."""
        gone = [
            row_id
            for row_id, path in self._refused.settled(before=datetime.now(UTC) - QUARANTINE_KEPT)
            if _unlink(self._quarantine.absolute(path))
        ]
        self._refused.mark_cleared(gone)
        return len(gone)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > OLD_S
    except OSError:
        return False


def _unlink(path: Path) -> bool:
    """True when the file is gone; a held one goes at the next sweep."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        LOG.info("leftover_held errno=%s", error.errno)
        return False
    return True
