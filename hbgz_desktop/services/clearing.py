"""Clears the files of studies that may go: intention, removal, and the word that they are gone (DESIGN 5.7).

Safe from any thread and any process on the same data folder, and against a kill at any point: what was begun
stands in the database, and whoever comes next ends it.
"""

from __future__ import annotations

import contextlib
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.file_meta import read_file_meta
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.model.held_file import HeldPlace
from hbgz_desktop.model.retention import ClearingPlan, Kept, Volume, why_kept
from hbgz_desktop.services.thumbnails import thumbnail_path
from hbgz_desktop.system.durable_files import sync_folder
from hbgz_desktop.system.removal import remove_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hbgz_desktop.model.retention import ClearingPolicy, ClearingReason, KeptStudy
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.services.held_files import HeldFiles
    from hbgz_desktop.storage.clearing import ClearingStore, DoomedFile
    from hbgz_desktop.storage.spool import Spool

LOG = logging.getLogger(__name__)
PAGE = 200
_IN_USE = timedelta(days=2)
"""Folders younger than this may still be written to."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one step did.

    Attributes:
        gone: Files that are gone, and noted so.
        held: Files somebody held; they go later.
    """

    gone: Volume
    held: int = 0


class Clearing:
    """The work of clearing, for the engine's thread, the console and the command line alike."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        store: ClearingStore,
        spool: Spool,
        thumbnails: Path,
        held: HeldFiles,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self.store = store
        self._spool = spool
        self._thumbnails = thumbnails
        self._held = held

    def studies(self) -> Iterator[tuple[KeptStudy, ...]]:
        """Every study with files here, those that were complete first in front, a page at a time."""
        after: tuple[datetime | None, int] = (None, 0)
        while page := self.store.with_files(after=after, limit=PAGE):
            yield self.store.facts([study_id for _, study_id in page])
            after = page[-1]

    def plan(
        self,
        policy: ClearingPolicy,
        *,
        now: datetime | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> ClearingPlan:
        """What a clearing would do now, exactly; changes nothing.

        Args:
            policy: How long files stay.
            now: Aware; None = the clock.
            is_stopped: Asked after every study; what was looked at by then is the plan.
        """
        moment = now or datetime.now(UTC)
        ids: list[int] = []
        moments: list[datetime] = []
        clearable, kept = Volume(), dict.fromkeys(Kept, Volume())
        for study in chain.from_iterable(self.studies()):
            reason = why_kept(study, policy, moment)
            files, size = (0, 0) if reason else self.store.volume_of(study, policy, moment)
            if files:
                ids.append(study.id)
                moments.append(study.settled_at)
                clearable = clearable.plus(files, size)
            left = study.files - files
            if left > 0:
                why = reason or (Kept.UNSENT if files else _of_no_file(study))
                kept[why] = kept[why].plus(left, study.size_bytes - size)
            if is_stopped():
                break
        return ClearingPlan(
            policy=policy,
            study_ids=tuple(ids),
            clearable=clearable,
            oldest_at=min(moments, default=None),
            newest_at=max(moments, default=None),
            kept={reason: volume for reason, volume in kept.items() if volume.studies},
        )

    def clear(
        self,
        study_id: int,
        policy: ClearingPolicy,
        *,
        reason: ClearingReason,
        actor: str,
        run_id: int | None = None,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Cleared:
        """Clear what may go of one study, slice by slice; looks at everything anew before each.

        Raises:
            StorageError: The database; what was marked is ended by whoever comes next.
        """
        gone, held = Volume(), 0
        while not is_stopped():
            doomed = self.store.doomed(study_id, policy, datetime.now(UTC))
            if doomed is None:
                break
            heads = {one.instance_id: self._version_name(one.path) for one in doomed.files}
            if not self.store.mark(doomed, heads, reason=reason, actor=actor):
                break
            passing("clear.after_mark")
            done = self.finish(doomed.files, run_id)
            gone = Volume(1, gone.files + done.gone.files, gone.size_bytes + done.gone.size_bytes)
            held += done.held
        if run_id is not None and gone.files:
            self.store.count_study(run_id)
        return Cleared(gone, held)

    def finish(self, files: Sequence[DoomedFile], run_id: int | None = None) -> Cleared:
        """Remove files that are marked, and note those that are gone; a held one stays marked."""
        removed = [one for one in files if self._remove(one)]
        for folder in {self._spool.absolute(one.path).parent for one in removed}:
            self._leave(folder)
        passing("clear.after_remove")
        gone = self.store.settle(removed, run_id) if removed else Volume()
        passing("clear.after_settle")
        return Cleared(gone, len(files) - len(removed))

    def resume(self, is_stopped: Callable[[], bool] = lambda: False) -> Cleared:
        """End what was begun and not ended: by a kill, or because somebody held a file.

        What has happened meanwhile is looked at first: a file that is needed by now stays.
        """
        gone, held, after = Volume(), 0, 0
        while not is_stopped() and (files := self.store.pending(after=after)):
            done = self.finish(self._still_doomed(files))
            gone = Volume(
                gone.studies + done.gone.studies,
                gone.files + done.gone.files,
                gone.size_bytes + done.gone.size_bytes,
            )
            held += done.held
            after = files[-1].instance_id
        return Cleared(gone, held)

    def _still_doomed(self, files: Sequence[DoomedFile]) -> tuple[DoomedFile, ...]:
        here = [one for one in files if self._spool.absolute(one.path).is_file()]
        kept = self.store.give_back(here) if here else frozenset()
        if kept:
            LOG.info("clearing_taken_back images=%d", len(kept))
        return tuple(one for one in files if one.instance_id not in kept)

    def _version_name(self, path: str) -> str:
        """Who wrote the file's header; "" when the file is gone or cannot be read."""
        try:
            return read_file_meta(self._spool.absolute(path)).version_name
        except DicomError:
            return ""

    def _remove(self, file: DoomedFile) -> bool:
        """True when the file is gone; False while somebody holds it (on Windows: a virus scanner)."""
        try:
            remove_file(self._spool.absolute(file.path))
        except OSError as error:
            LOG.warning("file_held instance=%d errno=%s", file.instance_id, error.errno)
            return False
        passing("clear.after_file")
        if file.has_thumbnail and not self._settings().storage.keep_thumbnails:
            picture = thumbnail_path(self._thumbnails, file.instance_id)
            self._held.remove(
                HeldPlace.THUMBNAILS, picture.relative_to(self._thumbnails).as_posix()
            )
        return True

    def _leave(self, folder: Path) -> None:
        """Make the removals durable; folders that are empty and no more written to go as well."""
        with contextlib.suppress(OSError):
            sync_folder(folder)
        day = datetime.now(UTC) - _IN_USE
        with contextlib.suppress(OSError):
            if folder.parent.parent == self._spool.root and folder.parent.name < f"{day:%Y%m%d}":
                folder.rmdir()
                folder.parent.rmdir()


def _of_no_file(study: KeptStudy) -> Kept:
    """Why nothing goes of a study that may go: an image was not proved, or its clearing has begun."""
    return Kept.UNSENT if not study.sendable else Kept.NOT_CONFIRMED
