"""Who is connected, what each association holds, and who may come in."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.instance import Admission, PeerAssociation

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.engine_state import AssociationStore

LOG = logging.getLogger(__name__)
_LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class _Open:
    peer: PeerAssociation
    row_id: int
    instances: int = 0
    size: int = 0
    last_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    studies: set[str] = field(default_factory=set)
    is_dirty: bool = False


class AssociationBook:
    """In memory for the receive path, in the database for everyone else. Safe from any thread.

    A failing database must not keep images out when it is only the list that cannot be written: such
    failures are logged and forgotten; storing itself still answers 0xA700.
    """

    def __init__(self, store: AssociationStore, settings: Callable[[], Settings]) -> None:
        """Keep the list in ``store``."""
        self._store = store
        self._settings = settings
        self._open: dict[int, _Open] = {}
        self._charsets: dict[str, str] = {}
        self._policies: dict[str, str] = {}
        self._lock = threading.Lock()
        self.rejected_count = 0

    def reload_peers(self) -> None:
        """Take in what a person changed about devices."""
        peers = self._store.peers()
        with self._lock:
            self._charsets = {one.ae_title: one.fallback_charset for one in peers}
            self._policies = {one.ae_title: one.policy for one in peers}

    def admit(self, peer: PeerAssociation) -> Admission:
        """As the device's own policy says, else ``dicom.unknown_callers``."""
        if self._is_own(peer):
            return Admission.ACCEPT
        policy = self._policies.get(peer.calling_ae, "")
        if not policy:
            policy = self._settings().dicom.unknown_callers
        return Admission.ACCEPT if policy == "accept" else Admission.REJECT_CALLING_AE

    def _is_own(self, peer: PeerAssociation) -> bool:
        """Our own connectivity test: it comes from this machine under our own title."""
        dicom = self._settings().dicom
        is_here = peer.address in (_LOOPBACK, "::1", dicom.bind_address)
        return is_here and peer.calling_ae == dicom.ae_title

    def fallback_charset(self, calling_ae: str) -> str:
        """Charset to read this device's names by when it declares none."""
        return self._charsets.get(calling_ae) or self._settings().dicom.fallback_charset

    def opened(self, peer: PeerAssociation) -> None:
        """An association was accepted."""
        row_id = 0
        try:
            row_id = 0 if self._is_own(peer) else self._store.open(peer)
        except HbgzError as error:
            LOG.warning("association_not_listed code=%s", error.code)
        with self._lock:
            self._open[peer.association_id] = _Open(peer, row_id)

    def touched(self, peer: PeerAssociation, study_instance_uid: str, size_bytes: int) -> None:
        """An instance of a study came on it."""
        with self._lock:
            entry = self._open.get(peer.association_id)
            if entry is not None:
                entry.studies.add(study_instance_uid)
                entry.instances += 1
                entry.size += size_bytes
                entry.last_at = datetime.now(UTC)
                entry.is_dirty = True

    def closed(self, peer: PeerAssociation, reason: str) -> None:
        """It ended."""
        with self._lock:
            entry = self._open.pop(peer.association_id, None)
        if entry is None or not entry.row_id:
            return
        try:
            self._store.close(
                entry.row_id,
                reason,
                calling_ae=peer.calling_ae,
                count=entry.instances,
                size=entry.size,
            )
        except HbgzError as error:
            LOG.warning("association_not_listed code=%s", error.code)

    def rejected(self, peer: PeerAssociation, reason: Admission) -> None:
        """An association request was turned away."""
        with self._lock:
            self.rejected_count += 1
        try:
            self._store.reject(peer, reason.value)
        except HbgzError as error:
            LOG.warning("association_not_listed code=%s", error.code)

    def context_refused(
        self, peer: PeerAssociation, abstract_syntax: str, syntaxes: tuple[str, ...]
    ) -> None:
        """A presentation context was not accepted."""
        LOG.info("context_refused class=%s syntaxes=%d", abstract_syntax, len(syntaxes))
        try:
            self._store.refuse_context(peer, abstract_syntax)
        except HbgzError as error:
            LOG.warning("association_not_listed code=%s", error.code)

    def held_studies(self) -> set[str]:
        """UIDs of studies that an open association has sent images of (DESIGN 5.2)."""
        with self._lock:
            return set().union(*(entry.studies for entry in self._open.values()))

    def live_count(self) -> int:
        """Open associations."""
        with self._lock:
            return len(self._open)

    def flush(self) -> None:
        """Write the counts of live associations, once in a while."""
        with self._lock:
            rows = {
                entry.row_id: (entry.instances, entry.size, entry.last_at)
                for entry in self._open.values()
                if entry.is_dirty and entry.row_id
            }
            for entry in self._open.values():
                entry.is_dirty = False
        if not rows:
            return
        try:
            self._store.progress(rows)
        except HbgzError as error:
            LOG.warning("association_not_listed code=%s", error.code)
