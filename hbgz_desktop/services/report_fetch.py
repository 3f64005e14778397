"""Report PDFs into the spool, within the limits of DESIGN 11."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.sources.report_files import fetch_report
from hbgz_desktop.system.os_errors import translate_os_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.record import Report
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.records import RecordStore
    from hbgz_desktop.storage.spool import Spool

_MEGABYTE = 1024 * 1024


class ReportFetch:
    """Fetches one report at a time; the problem of one is kept with it and shown."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        records: RecordStore,
        spool: Spool,
        drop_folder: Callable[[], Path],
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._records = records
        self._spool = spool
        self._drop_folder = drop_folder

    def fetch(self, report: Report, folder: Path) -> str:
        """Bring a report's PDF into the spool when it is new or has changed.

        Args:
            report: As stored.
            folder: Folder of the imported file; relative paths start here.

        Returns:
            "" when it is there or none was named, else the error code that is now kept with the report.
        """
        if not report.reference:
            return ""
        try:
            self._fetch(report, folder)
        except OSError as error:
            return self._note(report, translate_os_error(error).code)
        except HbgzError as error:
            return self._note(report, error.code)
        return ""

    def _note(self, report: Report, problem: str) -> str:
        if not report.path:
            self._records.set_report_problem(report.id, problem)
        return problem

    def _fetch(self, report: Report, folder: Path) -> None:
        settings = self._settings().reports
        with tempfile.TemporaryDirectory(
            dir=self._spool.root, prefix=".fetch-", ignore_cleanup_errors=True
        ) as scratch:
            out = Path(scratch) / "report.pdf"
            fetch_report(
                report.reference,
                base_folder=folder,
                allowed_folders=[self._drop_folder(), *map(Path, settings.allowed_folders)],
                allowed_hosts=settings.allowed_hosts,
                max_bytes=settings.max_mb * _MEGABYTE,
                out=out,
            )
            content = out.read_bytes()
        md5 = hashlib.md5(content, usedforsecurity=False).hexdigest().upper()
        if md5 == report.md5 and report.path:
            return
        spooled = self._spool.write(content)
        self._records.set_report_file(
            report.id, path=spooled.path, size_bytes=spooled.size_bytes, md5=md5
        )
