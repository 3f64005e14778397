"""What happens on association requests, C-STORE and N-ACTION: the doors to the program's receiver.

pynetdicom calls these on association threads, concurrently. A bug of the receiver is logged with
its type and place only, and ends neither the association nor the listener.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from pynetdicom import evt

from hbgz_desktop.dicom.commitment import CommitmentReport, references_of
from hbgz_desktop.dicom.contexts import (
    STORAGE_COMMITMENT_PUSH,
    VERIFICATION,
    acceptable_contexts,
    is_only_verification,
)
from hbgz_desktop.dicom.dimse_status import (
    PROCESSING_FAILURE,
    SOP_CLASS_NOT_SUPPORTED,
    answer_for,
    log_bug,
)
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.instance import (
    Admission,
    IncomingInstance,
    PeerAssociation,
    StoreAnswer,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BytesIO
    from typing import Any

    from pynetdicom.dimse_primitives import C_STORE
    from pynetdicom.events import Event
    from pynetdicom.pdu_primitives import A_ASSOCIATE
    from pynetdicom.presentation import PresentationContext

    from hbgz_desktop.dicom.association import ReceivingAssociation
    from hbgz_desktop.dicom.commitment import CommitmentReporter
    from hbgz_desktop.dicom.scp_options import ScpOptions
    from hbgz_desktop.model.instance import InstanceReceiver

LOGGER = logging.getLogger(__name__)

_REJECTIONS = {
    Admission.REJECT_CALLING_AE: (0x01, 0x01, 0x03),
    Admission.REJECT_CALLED_AE: (0x01, 0x01, 0x07),
    Admission.REJECT_BUSY: (0x02, 0x03, 0x02),
}
"""Result, source and diagnostic of A-ASSOCIATE-RJ (PS3.8 table 9-21)."""

_NO_SUCH_ACTION = 0x0123
_INVALID_ARGUMENT = 0x0115
_RESOURCE_LIMITATION = 0x0213
_REQUEST_COMMITMENT = 1
_NOT_A_STORAGE_CLASS = StoreAnswer(SOP_CLASS_NOT_SUPPORTED)


@dataclass(slots=True)
class Admitted:
    """An association that was let in; ``is_open`` once its acceptance went out."""

    assoc: ReceivingAssociation
    peer: PeerAssociation
    opened_at: datetime
    is_open: bool = False
    instances: int = 0


class DimseHandlers:
    """The handlers of one listener and its list of admitted associations."""

    def __init__(
        self, options: ScpOptions, receiver: InstanceReceiver, reporter: CommitmentReporter
    ) -> None:
        self._options = options
        self._receiver = receiver
        self._reporter = reporter
        self._lock = threading.Lock()
        self._admitted: dict[int, Admitted] = {}

    def bindings(self) -> list[tuple[evt.EventType, Callable[..., Any]]]:
        """Return what to bind to each association."""
        return [
            (evt.EVT_REQUESTED, self._on_requested),
            (evt.EVT_ACCEPTED, self._on_accepted),
            (evt.EVT_N_ACTION, self._on_n_action),
        ]

    def open_associations(self) -> tuple[Admitted, ...]:
        """Return the open associations, oldest first; safe from any thread."""
        with self._lock:
            return tuple(entry for entry in self._admitted.values() if entry.is_open)

    def find(self, association_id: int) -> ReceivingAssociation | None:
        """Return an admitted association that has not ended; safe from any thread."""
        with self._lock:
            entry = self._admitted.get(association_id)
        return None if entry is None else entry.assoc

    def _on_requested(self, event: Event) -> None:
        assoc = cast("ReceivingAssociation", event.assoc)
        request = cast("A_ASSOCIATE", assoc.requestor.primitive)
        peer = PeerAssociation(
            association_id=assoc.association_id,
            calling_ae=(request.calling_ae_title or "").strip(),
            called_ae=(request.called_ae_title or "").strip(),
            address=str(assoc.requestor.address),
            port=int(assoc.requestor.port or 0),
        )
        admission = self._decide(assoc, request, peer)
        if admission is Admission.ACCEPT:
            proposed = request.presentation_context_definition_list
            assoc.acceptor.supported_contexts = acceptable_contexts(proposed)
            return
        assoc.reject(*_REJECTIONS[admission])
        self._tell(self._receiver.rejected, peer, admission)

    def _decide(
        self, assoc: ReceivingAssociation, request: A_ASSOCIATE, peer: PeerAssociation
    ) -> Admission:
        if self._options.check_called_ae and peer.called_ae != self._options.ae_title.strip():
            return Admission.REJECT_CALLED_AE
        try:
            admission = self._receiver.admit(peer)
        except Exception as exc:  # noqa: BLE001 - a DIMSE handler is a door
            log_bug(LOGGER, "admit_failed", peer.association_id, exc)
            return Admission.REJECT_BUSY
        if admission is not Admission.ACCEPT:
            return admission
        is_echo = is_only_verification(request.presentation_context_definition_list)
        limit = self._options.max_associations - (0 if is_echo else 1)
        with self._lock:
            if len(self._admitted) >= limit:
                return Admission.REJECT_BUSY
            self._admitted[peer.association_id] = Admitted(assoc, peer, datetime.now(UTC))
        return Admission.ACCEPT

    def _on_accepted(self, event: Event) -> None:
        assoc = cast("ReceivingAssociation", event.assoc)
        with self._lock:
            entry = self._admitted[assoc.association_id]
            entry.is_open = True
        LOGGER.info("association_opened association=%d", assoc.association_id)
        self._tell(self._receiver.opened, entry.peer)
        proposed = cast("A_ASSOCIATE", assoc.requestor.primitive)
        by_id = {cx.context_id: cx for cx in proposed.presentation_context_definition_list}
        for refused in assoc.rejected_contexts:
            context = by_id[refused.context_id]
            self._tell(
                self._receiver.context_refused,
                entry.peer,
                str(context.abstract_syntax),
                tuple(str(syntax) for syntax in context.transfer_syntax),
            )

    def on_end(self, assoc: ReceivingAssociation) -> None:
        """Drop an association that ended; runs once for each connection, on its thread."""
        with self._lock:
            entry = self._admitted.pop(assoc.association_id, None)
        if entry is None or not entry.is_open:
            return
        reason = "released" if assoc.is_released else "lost" if assoc.is_lost else "aborted"
        LOGGER.info("association_closed association=%d reason=%s", assoc.association_id, reason)
        self._tell(self._receiver.closed, entry.peer, reason)

    def on_store(
        self, assoc: ReceivingAssociation, request: C_STORE, context: PresentationContext
    ) -> StoreAnswer:
        """Hand one dataset to the receiver; on the association's thread."""
        if context.abstract_syntax in {VERIFICATION, STORAGE_COMMITMENT_PUSH}:
            return _NOT_A_STORAGE_CLASS
        with self._lock:
            entry = self._admitted[assoc.association_id]
        answer = self._store(
            IncomingInstance(
                peer=entry.peer,
                sop_class_uid=str(request.AffectedSOPClassUID),
                sop_instance_uid=str(request.AffectedSOPInstanceUID),
                transfer_syntax_uid=str(context.transfer_syntax[0]),
                dataset=cast("BytesIO", request.DataSet).getbuffer(),
            )
        )
        if answer.status == 0:
            entry.instances += 1
        return answer

    def _store(self, incoming: IncomingInstance) -> StoreAnswer:
        try:
            return self._receiver.store(incoming)
        except HbgzError as exc:
            LOGGER.info(
                "store_refused association=%d code=%s", incoming.peer.association_id, exc.code
            )
            return answer_for(exc)
        except Exception as exc:  # noqa: BLE001 - a DIMSE handler is a door
            log_bug(LOGGER, "store_failed", incoming.peer.association_id, exc)
            return answer_for(exc)

    def _on_n_action(self, event: Event) -> tuple[int, None]:
        try:
            return self._commit(event), None
        except Exception as exc:  # noqa: BLE001 - a DIMSE handler is a door
            association_id = cast("ReceivingAssociation", event.assoc).association_id
            log_bug(LOGGER, "commitment_failed", association_id, exc)
            return PROCESSING_FAILURE, None

    def _commit(self, event: Event) -> int:
        assoc = cast("ReceivingAssociation", event.assoc)
        if event.action_type != _REQUEST_COMMITMENT:
            return _NO_SUCH_ACTION
        if not self._reporter.has_room():
            return _RESOURCE_LIMITATION
        ds = event.action_information
        references = references_of(ds)
        if "TransactionUID" not in ds or not references:
            return _INVALID_ARGUMENT
        committed, failed = self._receiver.committed(references)
        report = CommitmentReport(
            association=assoc,
            context_id=event.context.context_id,
            transfer_syntax_uid=str(event.context.transfer_syntax),
            caller_ae=str(assoc.requestor.ae_title).strip(),
            transaction_uid=str(ds.TransactionUID),
            committed=committed,
            failed=failed,
        )
        assoc.after_request = lambda: self._reporter.submit(report)
        return 0

    def _tell(self, notify: Callable[..., None], peer: PeerAssociation, *facts: object) -> None:
        """Tell the receiver; its bug must not end the association."""
        try:
            notify(peer, *facts)
        except Exception as exc:  # noqa: BLE001 - a DIMSE handler is a door
            log_bug(LOGGER, f"receiver_{notify.__name__}_failed", peer.association_id, exc)
