"""Thumbnails: made by a process of its own, cached, a broken image tried once."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.thumbnail_client import ThumbnailProcess
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.services.worker import Worker
from hbgz_desktop.storage.thumbnail_index import READY, ThumbnailIndex
from hbgz_desktop.system.durable_files import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.spool import Spool

IDLE_S = 2.0
SIDE_PX = 256


def thumbnail_path(folder: Path, instance_id: int) -> Path:
    """Where the picture of one instance is, named by our own id."""
    return folder / f"{instance_id % 256:02x}" / f"{instance_id}.jpg"


class Thumbnails:
    """One image at a time: first what a person looks at, then a picture of each complete series."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        index: ThumbnailIndex,
        spool: Spool,
        folder: Path,
    ) -> None:
        """Write pictures below ``folder``; a cache that may be deleted at any time."""
        self._settings = settings
        self._index = index
        self._spool = spool
        self._folder = folder
        self._process = ThumbnailProcess()
        self._asked: deque[int] = deque()
        self.worker = Worker("thumbnails", self._step)

    def want(self, study_id: int) -> int:
        """Make every missing picture of one study next, for its drawer; returns how many there are.

        Safe from any thread; does not wait for them.
        """
        count = len(self._index.of_study(study_id))
        if count and study_id not in self._asked:
            self._asked.append(study_id)
            self.worker.wake()
        return count

    def _step(self) -> float:
        if not self._settings().storage.thumbnails:
            self._asked.clear()
            return IDLE_S
        wanted = self._wanted()
        for instance_id, path in wanted:
            if self.worker.stopping.is_set():
                return 0.0
            self.render(instance_id, path)
        return 0.0 if wanted else IDLE_S

    def _wanted(self) -> tuple[tuple[int, str], ...]:
        """What a person looks at, else what is missing anyway."""
        while self._asked:
            if wanted := self._index.of_study(self._asked[0]):
                return wanted
            self._asked.popleft()
        return self._index.wanted()

    def render(self, instance_id: int, path: str) -> None:
        """Make one picture, or note why there is none."""
        out = thumbnail_path(self._folder, instance_id)
        make_folder(out.parent)
        try:
            self._process.render(self._spool.absolute(path), out, side_px=SIDE_PX)
        except DicomError as error:
            self._index.set_state(instance_id, str(error.facts.get("reason", error.code)))
            return
        self._index.set_state(instance_id, READY)

    def close(self) -> None:
        """End the process."""
        self._process.close()
