"""The simulated front end's C-STORE door (2.3 (5)): AE title and port of its own, faults on demand.

What may be stored is decided by an injected rule; the door itself accepts every storage class in
the first transfer syntax proposed, as a front end that keeps files as they come would.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity

from hbgz_desktop.dicom.contexts import acceptable_contexts, configure
from hbgz_desktop.dicom.dimse_status import PROCESSING_FAILURE, log_bug
from hbgz_desktop.dicom.listener import Listener, open_listener
from hbgz_desktop.model.errors import DicomError, UsageError
from hbgz_desktop.model.instance import StoreAnswer
from hbgz_desktop.sandbox.faults import ASSOCIATE, STATUS_OF, STORE, FaultKind, FaultRule

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from io import BytesIO

    from pynetdicom.dimse_primitives import C_STORE
    from pynetdicom.events import Event
    from pynetdicom.pdu_primitives import A_ASSOCIATE
    from pynetdicom.presentation import PresentationContext

    from hbgz_desktop.dicom.association import ReceivingAssociation
    from hbgz_desktop.sandbox.faults import FaultPlan

LOGGER = logging.getLogger(__name__)
DEFAULT_TITLE: Final = "MIE_FRONT"
POLL_S: Final = 0.02
STOP_LIMIT_S: Final = 5.0
SILENCE_S: Final = 600.0
LOCAL_LIMIT: Final = (0x02, 0x03, 0x02)
"""A-ASSOCIATE-RJ: transient, by the presentation service, local limit exceeded (PS3.8 9.3.4)."""
WRONG_TITLE: Final = (0x01, 0x01, 0x07)
"""A-ASSOCIATE-RJ: permanent, by the service user, called AE title not recognised."""
WARNINGS: Final = frozenset({FaultKind.B000, FaultKind.B006, FaultKind.B007})
_NO_LIMIT: Final = 100_000


@dataclass(frozen=True, slots=True)
class DicomDoor:
    """What the institution is told to send to (2.3 (5)).

    Attributes:
        ae_title: Of the front end; an association for another one is rejected.
        port: TCP port; 0 takes any free one at the first start.
    """

    ae_title: str = DEFAULT_TITLE
    port: int = 0


@dataclass(frozen=True, slots=True)
class ArrivingInstance:
    """One C-STORE request; ``dataset`` is the encoded dataset exactly as it came, valid until answered."""

    sop_class_uid: str
    sop_instance_uid: str
    transfer_syntax_uid: str
    calling_ae: str
    dataset: memoryview


class InstanceRule:
    """What the door asks about an instance; made anew for each."""

    def __init__(
        self,
        subjects: Collection[str],
        keep: Callable[[int], StoreAnswer],
        end: Callable[..., None],
    ) -> None:
        """Take what the platform found out.

        Args:
            subjects: Index codes, UIDs and accession numbers that a fault may name.
            keep: Checks and keeps it, to be answered with this status where all is well.
            end: Notes how the request ended; called with outcome, code, message and fault.
        """
        self.subjects = subjects
        self.keep = keep
        self.end = end


class GuizhouReceiver:
    """The listener. Every method is safe from any thread but start and stop."""

    def __init__(
        self,
        door: DicomDoor,
        host: str,
        faults: FaultPlan,
        look_at: Callable[[ArrivingInstance], InstanceRule],
        is_stopping: Callable[[], bool],
    ) -> None:
        """Prepare; nothing listens before ``start``.

        Args:
            door: Title and port.
            host: Address to listen on.
            faults: Of the platform.
            look_at: Reads an instance and says by which rule it is kept; on association threads.
            is_stopping: True once the platform is being stopped: nothing may wait any more.
        """
        configure()
        self.door = door
        self._host = host
        self._port = door.port
        self._faults = faults
        self._look_at = look_at
        self._is_stopping = is_stopping
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()

    @property
    def port(self) -> int:
        """The TCP port; 0 before the first start of one that takes any."""
        return self._port

    @property
    def is_listening(self) -> bool:
        """True between start and stop."""
        return self._listener is not None

    def start(self) -> None:
        """Listen, on a thread of its own.

        Raises:
            UsageError: ``sandbox_port_taken``.
        """
        ae = ApplicationEntity(self.door.ae_title)
        ae.maximum_associations = _NO_LIMIT
        ae.maximum_pdu_size = 131072
        try:
            listener = open_listener(ae, self._host, self._port, self._on_store)
        except DicomError as exc:
            raise UsageError("sandbox_port_taken", port=self._port) from exc
        listener.max_connections = _NO_LIMIT
        listener.max_instance_bytes = 2 * 1024**3
        listener.handlers = [
            (evt.EVT_REQUESTED, self._on_requested),
            (evt.EVT_ACCEPTED, self._on_accepted),
        ]
        listener.on_end = self._on_end
        self._listener = listener
        self._port = int(listener.server_address[1])
        self._thread = threading.Thread(
            target=listener.serve_forever, args=(POLL_S,), name="sandbox-dicom", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop listening and abort what is open, within seconds."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        listener.shutdown()
        for assoc in listener.connections():
            assoc.give_up_waiting()
            threading.Thread(target=assoc.abort, name="sandbox-dicom-abort", daemon=True).start()
        for assoc in listener.connections():
            assoc.join(STOP_LIMIT_S)
        if self._thread is not None:
            self._thread.join(STOP_LIMIT_S)

    def state(self) -> dict[str, object]:
        """Return title, port, associations by how they went, and answers by DIMSE status."""
        with self._lock:
            return {
                "ae_title": self.door.ae_title,
                "port": self._port,
                "associations": dict(self._counts),
                "answers": dict(self._statuses),
            }

    def reset(self) -> None:
        """Count anew."""
        with self._lock:
            self._counts.clear()
            self._statuses.clear()

    # -- associations

    def _on_requested(self, event: Event) -> None:
        assoc = cast("ReceivingAssociation", event.assoc)
        request = cast("A_ASSOCIATE", assoc.requestor.primitive)
        if (request.called_ae_title or "").strip() != self.door.ae_title:
            self._reject(assoc, WRONG_TITLE)
            return
        calling = (request.calling_ae_title or "").strip()
        fault = self._faults.choose(ASSOCIATE, None) or self._faults.choose(ASSOCIATE, {calling})
        if fault is not None and fault.kind is FaultKind.REFUSE_ASSOCIATION:
            self._reject(assoc, LOCAL_LIMIT)
            return
        proposed = list(request.presentation_context_definition_list)
        if fault is not None:
            self._count("context_refused")
            proposed = _without_refused(proposed, fault)
        assoc.acceptor.supported_contexts = acceptable_contexts(proposed)

    def _reject(self, assoc: ReceivingAssociation, reason: tuple[int, int, int]) -> None:
        self._count("rejected")
        assoc.reject(*reason)

    def _on_accepted(self, _event: Event) -> None:
        self._count("opened")

    def _on_end(self, assoc: ReceivingAssociation) -> None:
        if assoc.is_released:
            self._count("released")
        elif assoc.is_aborted or assoc.is_lost:
            self._count("aborted")

    def _count(self, name: str) -> None:
        with self._lock:
            self._counts[name] += 1

    # -- instances

    def _on_store(
        self, assoc: ReceivingAssociation, request: C_STORE, context: PresentationContext
    ) -> StoreAnswer:
        """Answer one instance; on the association's thread."""
        arriving = ArrivingInstance(
            str(request.AffectedSOPClassUID),
            str(request.AffectedSOPInstanceUID),
            str(context.transfer_syntax[0]),
            str(assoc.requestor.ae_title).strip(),
            cast("BytesIO", request.DataSet).getbuffer(),
        )
        try:
            return self._serve(assoc, self._look_at(arriving))
        except Exception as exc:  # noqa: BLE001 - a DIMSE handler is a door
            log_bug(LOGGER, "sandbox_store_failed", assoc.association_id, exc)
            return StoreAnswer(PROCESSING_FAILURE)

    def _serve(self, assoc: ReceivingAssociation, rule: InstanceRule) -> StoreAnswer:
        fault = self._faults.choose(STORE, None) or self._faults.choose(STORE, rule.subjects)
        answer = self._answer(rule, fault)
        if answer is None:
            # an orderly A-ABORT; what waits for the answer learns that there is none
            assoc.abort()
            return StoreAnswer(STATUS_OF[FaultKind.C000])
        with self._lock:
            self._statuses[f"{answer.status:04X}"] += 1
        return answer

    def _answer(self, rule: InstanceRule, fault: FaultRule | None) -> StoreAnswer | None:
        """Decide; None for no answer at all."""
        if fault is None or fault.kind in (FaultKind.SLOW, FaultKind.STORED_NO_ANSWER, *WARNINGS):
            return self._keep(rule, fault)
        if fault.kind in STATUS_OF:
            answer = StoreAnswer(STATUS_OF[fault.kind], fault.text("message", "simulated fault"))
            rule.end("fault", f"{answer.status:04X}", answer.comment, fault.kind.value)
            return answer
        if fault.kind is FaultKind.TIMEOUT:
            self._faults.hold(fault.number("seconds", SILENCE_S), self._is_stopping)
        rule.end("cut", "", "", fault.kind.value)
        return None

    def _keep(self, rule: InstanceRule, fault: FaultRule | None) -> StoreAnswer | None:
        answer = rule.keep(STATUS_OF.get(fault.kind, 0) if fault else 0)
        outcome = "accepted" if answer.status in (0, *map(STATUS_OF.get, WARNINGS)) else "refused"
        name = fault.kind.value if fault else ""
        rule.end(outcome, f"{answer.status:04X}", answer.comment, name)
        if fault is not None and fault.kind is FaultKind.SLOW:
            self._faults.hold(fault.number("seconds", 5), self._is_stopping)
        is_cut = fault is not None and fault.kind is FaultKind.STORED_NO_ANSWER
        return None if is_cut else answer


def _without_refused(
    proposed: list[PresentationContext], fault: FaultRule
) -> list[PresentationContext]:
    """Return the contexts a fault leaves; it names a class, a syntax, both, or nothing."""
    sop_class, syntax = fault.text("sop_class", ""), fault.text("syntax", "")
    if not sop_class and not syntax:
        return proposed[1:]
    return [
        cx
        for cx in proposed
        if (sop_class and str(cx.abstract_syntax) != sop_class)
        or (syntax and syntax not in map(str, cx.transfer_syntax))
    ]
