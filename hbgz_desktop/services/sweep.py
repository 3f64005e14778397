"""After a crash: what the spool and the database say of each other is brought together again."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.file_meta import read_file_meta
from hbgz_desktop.dicom.header import check_uids, read_header
from hbgz_desktop.model.errors import DicomError, HbgzError
from hbgz_desktop.model.held_file import HeldPlace
from hbgz_desktop.model.instance import StoredInstance
from hbgz_desktop.services.stored_dataset import as_cleared, dataset_of, hold_same_dataset

if TYPE_CHECKING:
    from hbgz_desktop.model.instance import KnownInstance
    from hbgz_desktop.services.committer import Committer
    from hbgz_desktop.services.held_files import HeldFiles
    from hbgz_desktop.services.intake import Intake
    from hbgz_desktop.storage.deliveries import DeliveryQueue
    from hbgz_desktop.storage.reception import Reception
    from hbgz_desktop.storage.spool import Spool

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a start found: "recovered 3 receives, 2 sends, 0 lost".

    Attributes:
        receives: Files without a row that were adopted.
        sends: Deliveries that were running and are ready again.
        lost: Rows whose file was found to be gone now; those of earlier starts stay marked.
        parts: Temp files removed; they had never been acknowledged.
    """

    receives: int
    sends: int
    lost: int
    parts: int


class StartupSweep:
    """Runs once, after the engine lock is held and the committer runs, before the listener opens."""

    def __init__(
        self,
        *,
        spool: Spool,
        quarantine: Spool,
        reception: Reception,
        committer: Committer,
        queue: DeliveryQueue,
        intake: Intake,
        held: HeldFiles,
    ) -> None:
        """Wire the parts."""
        self._spool = spool
        self._quarantine = quarantine
        self._reception = reception
        self._committer = committer
        self._queue = queue
        self._intake = intake
        self._held = held

    def run(self, owner_prefix: str) -> SweepReport:
        """Adopt files without rows, mark rows without files, release this engine's running deliveries."""
        self._held.sweep()
        parts = self._spool.remove_parts() + self._quarantine.remove_parts()
        named = self._reception.paths()
        present = set(self._spool.files())
        nobodys = present - named - self._held.waiting(HeldPlace.SPOOL)
        adopted = sum(self._adopt(path) for path in sorted(nobodys))
        missing = named - present
        lost = self._reception.mark_lost(sorted(missing)) if missing else 0
        self._reception.mark_found(sorted(named & present))
        self._list_quarantined()
        sends = self._queue.recover(owner_prefix)
        return SweepReport(adopted, sends, lost, parts)

    def _list_quarantined(self) -> None:
        """Refused objects whose bytes were kept and whose row the crash prevented."""
        nobodys = set(self._quarantine.files()) - self._reception.quarantined_paths()
        for path in sorted(nobodys - self._held.waiting(HeldPlace.QUARANTINE)):
            self._reception.quarantine(
                {
                    "path": path,
                    "size_bytes": self._quarantine.absolute(path).stat().st_size,
                    "reason": "found_at_start",
                    "received_at": datetime.now(UTC),
                }
            )

    def _adopt(self, path: str) -> bool:
        file = self._spool.absolute(path)
        try:
            meta = read_file_meta(file)
            header = read_header(file, meta.transfer_syntax_uid, fallback_charset="gb18030")
            check_uids(header, meta.sop_class_uid, meta.sop_instance_uid)
        except DicomError as error:
            LOG.warning("orphan_unreadable code=%s", error.code)
            return False
        instance = StoredInstance(
            header=header,
            path=path,
            size_bytes=file.stat().st_size,
            calling_ae="",
            received_at=datetime.now(UTC),
            is_sendable=self._intake.is_sendable(header),
        )
        try:
            committed = self._committer.commit(instance)
        except HbgzError as error:
            LOG.warning("orphan_not_adopted code=%s", error.code)
            return False
        if committed.known is None:
            return True
        known = committed.known
        if hold_same_dataset(file, self._spool.absolute(known.path)) or self._was_cleared(
            instance, known
        ):
            self._spool.remove(path)
            return False
        self._committer.commit(replace(instance, version=known.version + 1, takes_over=False))
        return True

    def _was_cleared(self, instance: StoredInstance, known: KnownInstance) -> bool:
        """The bytes of a cleared file: what the platform has confirmed, or a sender still waits to be answered."""
        files = self._reception.cleared.of(known) if known.has_cleared else ()
        try:
            with dataset_of(self._spool.absolute(instance.path)) as (_, dataset):
                return as_cleared(files, instance.header, dataset) is not None
        except (DicomError, OSError, ValueError):
            return False
