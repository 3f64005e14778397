"""The drop folder: complete files are imported and put aside (issue 2, section 4)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.worker import Worker
from hbgz_desktop.sources.drop_folder import DropFolder, DropOutcome
from hbgz_desktop.system.durable_files import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.services.record_import import RecordImport
    from hbgz_desktop.storage.events import EventLog

LOG = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0


class DropWatch:
    """Looks into the folder every few seconds; a folder that cannot be reached is tried again."""

    def __init__(
        self, folder: Callable[[], Path], importing: RecordImport, events: EventLog
    ) -> None:
        """Watch the folder the settings name."""
        self._folder = folder
        self._importing = importing
        self._events = events
        self._watched: Path | None = None
        self._drop: DropFolder | None = None
        self.worker = Worker("drop-folder", self._step)

    def _step(self) -> float:
        drop = self._current()
        for path in drop.ready_files():
            if self.worker.stopping.is_set():
                break
            outcome = self._take(path)
            if outcome is not None:
                drop.finish(path, outcome)
        return LOOK_EVERY_S

    def _current(self) -> DropFolder:
        folder = self._folder()
        if self._drop is None or folder != self._watched:
            make_folder(folder)
            texts = ErrorTexts()
            self._drop = DropFolder(folder, lambda rule: texts.of(rule).title)
            self._watched = folder
        return self._drop

    def _take(self, path: Path) -> DropOutcome | None:
        """Import one file; None when it stays where it is, because the trouble may pass.

        A file that the program stumbles over is put aside like one that cannot be read: the files behind
        it must not wait for it.
        """
        try:
            report = self._importing.import_file(path)
        except HbgzError as error:
            LOG.warning("drop_file_refused code=%s", error.code)
            return None if error.retryable else self._refused(error.code)
        except Exception:
            LOG.exception("drop_file_bug")
            return self._refused("internal_error")
        taken = report.new + report.changed + report.same + report.settlements
        self._events.add(
            "drop_file_imported",
            level="warning" if report.problems else "info",
            taken=taken,
            problems=len(report.problems),
        )
        return DropOutcome(accepted=True, taken=taken, problems=report.problems)

    def _refused(self, code: str) -> DropOutcome:
        self._events.add("drop_file_refused", level="warning", code=code)
        return DropOutcome(accepted=False, file_rule=code)
