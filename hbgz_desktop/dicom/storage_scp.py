"""The DICOM listener: C-ECHO, C-STORE and storage commitment, over pynetdicom's receive path.

The encoded dataset is handed on as received: nothing here decodes it.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pynetdicom.ae import ApplicationEntity

from hbgz_desktop.dicom.commitment import CommitmentReporter
from hbgz_desktop.dicom.contexts import configure, supported_contexts
from hbgz_desktop.dicom.dimse_handlers import DimseHandlers
from hbgz_desktop.dicom.file_meta import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME
from hbgz_desktop.dicom.listener import Listener, open_listener
from hbgz_desktop.dicom.peer_log import quieten
from hbgz_desktop.dicom.scp_options import LiveAssociation, ScpOptions
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from hbgz_desktop.dicom.association import ReceivingAssociation
    from hbgz_desktop.model.instance import InstanceReceiver

__all__ = ["LiveAssociation", "ScpOptions", "StorageScp"]

LOGGER = logging.getLogger(__name__)

_NEVER_REACHED = 100_000


class StorageScp:
    """The listener; handlers run on association threads, every method is safe from any thread.

    ``receiver.store`` may use ``incoming.dataset`` only until it returns.
    """

    def __init__(self, options: ScpOptions, receiver: InstanceReceiver) -> None:
        """Prepare; nothing listens before ``start``."""
        configure()
        quieten()
        self._options = options
        self._reporter = CommitmentReporter(
            options.ae_title, options.commitment_peers, options.dimse_timeout_s
        )
        self._handlers = DimseHandlers(options, receiver, self._reporter)
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port that is listened on; the configured one while stopped."""
        if self._listener is None:
            return self._options.port
        return int(self._listener.server_address[1])

    def start(self) -> None:
        """Bind, listen and serve; returns at once. Once for each object.

        Raises:
            DicomError: ``port_taken`` (facts: port, holder), ``port_forbidden``,
                ``port_unusable``, ``bind_address_unknown`` or ``ae_title_invalid``.
        """
        options = self._options
        listener = open_listener(
            self._application_entity(),
            options.bind_address,
            options.port,
            self._handlers.on_store,
        )
        listener.handlers = self._handlers.bindings()
        listener.stall_timeout_s = options.network_timeout_s
        listener.max_connections = options.max_associations
        listener.max_instance_bytes = options.max_instance_bytes
        listener.on_end = self._handlers.on_end
        self._reporter.start()
        self._listener = listener
        self._thread = threading.Thread(
            target=listener.serve_forever, args=(0.1,), name="dicom-listener", daemon=True
        )
        self._thread.start()
        LOGGER.info("scp_started port=%d", self.port)

    def stop(self, timeout_s: float = 10.0) -> None:
        """Stop listening, abort what is open and wait for handlers that are still storing.

        Args:
            timeout_s: At most so long altogether; what still runs then is left to end with the
                process.
        """
        listener, self._listener = self._listener, None
        if listener is None:
            return
        deadline = time.monotonic() + timeout_s
        listener.shutdown()
        connections = listener.connections()
        for assoc in connections:
            _abort_in_background(assoc)
        for assoc in connections:
            assoc.join(max(0.0, deadline - time.monotonic()))
        self._reporter.stop(max(0.1, deadline - time.monotonic()))
        if self._thread is not None:
            self._thread.join(max(0.1, deadline - time.monotonic()))
        LOGGER.info("scp_stopped left=%d", sum(assoc.is_alive() for assoc in connections))

    def associations(self) -> tuple[LiveAssociation, ...]:
        """Return the open associations, oldest first."""
        return tuple(
            LiveAssociation(
                entry.peer,
                entry.opened_at,
                datetime.fromtimestamp(entry.assoc.last_activity, UTC),
                entry.instances,
                entry.assoc.received_bytes,
            )
            for entry in self._handlers.open_associations()
        )

    def abort(self, association_id: int) -> bool:
        """Abort one association; returns False when it is not open any more."""
        assoc = self._handlers.find(association_id)
        if assoc is None:
            return False
        _abort_in_background(assoc)
        return True

    def _application_entity(self) -> ApplicationEntity:
        options = self._options
        try:
            ae = ApplicationEntity(options.ae_title)
        except ValueError as exc:
            raise DicomError("ae_title_invalid") from exc
        ae.implementation_class_uid = IMPLEMENTATION_CLASS_UID
        ae.implementation_version_name = IMPLEMENTATION_VERSION_NAME
        ae.supported_contexts = supported_contexts()
        ae.maximum_pdu_size = options.max_pdu
        ae.maximum_associations = _NEVER_REACHED  # DimseHandlers counts, and keeps one for C-ECHO
        ae.acse_timeout = options.acse_timeout_s
        ae.dimse_timeout = options.dimse_timeout_s
        ae.network_timeout = options.idle_timeout_s
        return ae


def _abort_in_background(assoc: ReceivingAssociation) -> None:
    """Abort without waiting; pynetdicom's abort waits for the socket thread."""
    assoc.give_up_waiting()
    threading.Thread(
        target=assoc.abort, name=f"dicom-abort-{assoc.association_id}", daemon=True
    ).start()
