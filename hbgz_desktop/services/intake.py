"""One received instance: checked, spooled, committed, only then acknowledged (DESIGN 5.1)."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.file_meta import build_file_meta
from hbgz_desktop.dicom.header import check_uids, read_header
from hbgz_desktop.dicom.sop_classes import is_image_class
from hbgz_desktop.model.errors import (
    DatabaseBusyError,
    DiskFullError,
    HbgzError,
    InvalidInstanceError,
    StorageError,
)
from hbgz_desktop.model.failpoints import passing
from hbgz_desktop.model.instance import (
    SUCCESS,
    Admission,
    IncomingInstance,
    InstanceHeader,
    KnownInstance,
    PeerAssociation,
    StoreAnswer,
    StoredInstance,
)
from hbgz_desktop.model.settings import IMAGE_STORAGE, Settings
from hbgz_desktop.services.stored_dataset import as_cleared, holds_dataset
from hbgz_desktop.system.durable_files import durable_rename, make_folder, sync_folder
from hbgz_desktop.system.os_errors import translate_os_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.association_book import AssociationBook
    from hbgz_desktop.services.committer import Committer
    from hbgz_desktop.storage.reception import Reception
    from hbgz_desktop.storage.spool import Spool

_STRIPES = 256
REFUSE_S = 5.0
"""How long new associations are rejected after disk or database could not take an image."""
NO_SUCH_OBJECT = 0x0112
CLASS_INSTANCE_CONFLICT = 0x0119


class Intake:
    """What the listener calls (``InstanceReceiver``); every method runs on association threads, concurrently."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        spool: Spool,
        quarantine: Spool,
        reception: Reception,
        committer: Committer,
        book: AssociationBook,
        on_stored: Callable[[], None],
    ) -> None:
        """Wire the parts; ``on_stored`` is told after each new row (it wakes the digest worker)."""
        self._settings = settings
        self._spool = spool
        self._quarantine = quarantine
        self._reception = reception
        self._committer = committer
        self._book = book
        self._on_stored = on_stored
        self._stripes = [threading.Lock() for _ in range(_STRIPES)]
        self._refuse_until = 0.0

    def admit(self, peer: PeerAssociation) -> Admission:
        """Turn callers away while nothing could be stored, and those a person has not let in."""
        if not self._spool.has_room(1) or time.monotonic() < self._refuse_until:
            return Admission.REJECT_BUSY
        return self._book.admit(peer)

    def opened(self, peer: PeerAssociation) -> None:
        """An association was accepted."""
        self._book.opened(peer)

    def closed(self, peer: PeerAssociation, reason: str) -> None:
        """It ended."""
        self._book.closed(peer, reason)

    def rejected(self, peer: PeerAssociation, reason: Admission) -> None:
        """An association request was turned away."""
        self._book.rejected(peer, reason)

    def context_refused(
        self, peer: PeerAssociation, abstract_syntax: str, syntaxes: tuple[str, ...]
    ) -> None:
        """A presentation context was not accepted."""
        self._book.context_refused(peer, abstract_syntax, syntaxes)

    def store(self, incoming: IncomingInstance) -> StoreAnswer:
        """Store durably, then answer.

        Raises:
            InvalidInstanceError: Not an instance; its bytes are in quarantine.
            StorageError: Not stored; nothing may be acknowledged.
        """
        if not self._spool.has_room(len(incoming.dataset)):
            raise DiskFullError("disk_reserve_reached")
        header = read_header(
            incoming.dataset,
            incoming.transfer_syntax_uid,
            fallback_charset=self._book.fallback_charset(incoming.peer.calling_ae),
        )
        try:
            check_uids(header, incoming.sop_class_uid, incoming.sop_instance_uid)
        except InvalidInstanceError as error:
            self._keep_apart(incoming, error.code)
            raise
        if not header.is_readable:
            self._keep_apart(incoming, "unreadable")
            return SUCCESS
        header = replace(header, sop_class_uid=incoming.sop_class_uid)
        self._book.touched(incoming.peer, header.study_instance_uid, len(incoming.dataset))
        stripe = self._stripes[hash(header.sop_instance_uid) % _STRIPES]
        try:
            with stripe:
                self._store(incoming, header)
        except (
            StorageError
        ):  # new callers are turned away for a while; the first after that is a trial
            self._refuse_until = time.monotonic() + REFUSE_S
            raise
        return SUCCESS

    def _store(self, incoming: IncomingInstance, header: InstanceHeader) -> None:
        meta = build_file_meta(
            header.sop_class_uid, header.sop_instance_uid, incoming.transfer_syntax_uid
        )
        spooled = self._spool.write(meta, incoming.dataset)
        instance = StoredInstance(
            header=header,
            path=spooled.path,
            size_bytes=spooled.size_bytes,
            calling_ae=incoming.peer.calling_ae,
            received_at=datetime.now(UTC),
            is_sendable=self.is_sendable(header),
        )
        try:
            committed = self._committer.commit(instance)
            if committed.known is not None:
                self._again(instance, meta, incoming.dataset, committed.known)
        except HbgzError as error:
            if _is_surely_unwritten(error):  # else the sweep finds out whether a row names it
                self._spool.remove(spooled.path)
            raise
        passing("receive.before_answer")
        self._on_stored()

    def _again(
        self,
        instance: StoredInstance,
        meta: bytes,
        dataset: bytes | memoryview,
        known: KnownInstance,
    ) -> None:
        if known.has_cleared and self._bring_back(instance, meta, dataset, known):
            return
        is_there = self._spool.absolute(known.path).is_file()
        if is_there and self._is_stored(instance, dataset, known):
            self._spool.remove(instance.path)
        elif self._bring_back(instance, meta, dataset, known):  # cleared at this moment
            return
        elif not is_there:
            self._heal(instance, meta, dataset, known)
        else:
            self._committer.commit(
                replace(instance, version=known.version + 1, takes_over=not known.is_confirmed)
            )

    def _is_stored(
        self, instance: StoredInstance, dataset: bytes | memoryview, known: KnownInstance
    ) -> bool:
        syntax = instance.header.transfer_syntax_uid
        paths = (known.path, known.current_path)
        return any(holds_dataset(self._spool.absolute(p), syntax, dataset) for p in paths if p)

    def _bring_back(
        self,
        instance: StoredInstance,
        meta: bytes,
        dataset: bytes | memoryview,
        known: KnownInstance,
    ) -> bool:
        """The same bytes as a file that was cleared: it lies here again, and nothing is sent for it.

        The file is the same to its last byte, its header as the version of the program wrote it that
        received it first: what the platform was told of it holds.
        """
        found = as_cleared(self._reception.cleared.of(known), instance.header, dataset)
        if found is None:
            return False
        file, old_meta = found
        path = instance.path
        if old_meta != meta:
            path = self._spool.write(old_meta, dataset).path
            self._spool.remove(instance.path)
        if not self._reception.cleared.restore(file.instance_id, path):
            self._spool.remove(path)
        return True

    def _heal(
        self,
        instance: StoredInstance,
        meta: bytes,
        dataset: bytes | memoryview,
        known: KnownInstance,
    ) -> None:
        """The stored file is gone: the sender's copy takes its place, or follows it as another version."""
        digest = hashlib.sha256(meta)
        digest.update(dataset)
        if digest.hexdigest() == known.sha256:
            self._put_back(instance.path, known.path)
        else:
            self._committer.commit(
                replace(instance, version=known.version + 1, takes_over=not known.is_confirmed)
            )

    def _put_back(self, path: str, missing: str) -> None:
        target = self._spool.absolute(missing)
        try:
            make_folder(target.parent)
            durable_rename(self._spool.absolute(path), target)
            sync_folder(target.parent)
        except OSError as error:
            raise translate_os_error(error) from error
        self._reception.mark_found([missing])

    def is_sendable(self, header: InstanceHeader) -> bool:
        """True when ``upload.sop_classes`` names the instance's class."""
        wanted = self._settings().upload.sop_classes
        if header.sop_class_uid in wanted:
            return True
        return IMAGE_STORAGE in wanted and is_image_class(
            header.sop_class_uid, has_pixels=header.number_of_frames > 0
        )

    def _keep_apart(self, incoming: IncomingInstance, reason: str) -> None:
        meta = build_file_meta(
            incoming.sop_class_uid[:64],
            incoming.sop_instance_uid[:64],
            incoming.transfer_syntax_uid,
        )
        spooled = self._quarantine.write(meta, incoming.dataset)
        self._reception.quarantine(
            {
                "path": spooled.path,
                "size_bytes": spooled.size_bytes,
                "reason": reason,
                "sop_class_uid": incoming.sop_class_uid[:64],
                "transfer_syntax_uid": incoming.transfer_syntax_uid,
                "calling_ae": incoming.peer.calling_ae,
                "address": incoming.peer.address,
                "received_at": datetime.now(UTC),
            }
        )

    def committed(
        self, references: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, int], ...]]:
        """Storage commitment: what is durably stored, and what is not with its reason (PS3.4 J.3.3)."""
        stored = self._reception.stored(references)
        success = []
        failures = []
        for sop_class, sop_instance in references:
            known = stored.get(sop_instance)
            if known is None:
                failures.append((sop_class, sop_instance, NO_SUCH_OBJECT))
            elif known != sop_class:
                failures.append((sop_class, sop_instance, CLASS_INSTANCE_CONFLICT))
            else:
                success.append((sop_class, sop_instance))
        return tuple(success), tuple(failures)


def _is_surely_unwritten(error: HbgzError) -> bool:
    """True when no row can name the file: the transaction never began, or was rolled back as a whole."""
    return isinstance(error, (DatabaseBusyError, DiskFullError)) or error.code == "engine_stopping"
