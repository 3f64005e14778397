"""An accepted association: pynetdicom's own, with bounds, atomic messages and one sure end.

Each runs two threads of pynetdicom, ``dicom-assoc-<id>`` (DIMSE; our handlers run here) and
``dicom-dul-<id>`` (socket and state machine).
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from pynetdicom import evt
from pynetdicom._globals import MODE_ACCEPTOR
from pynetdicom.association import Association
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_primitives import C_STORE, N_EVENT_REPORT
from pynetdicom.pdu_primitives import A_P_ABORT, P_DATA
from typing_extensions import override

from hbgz_desktop.dicom.closing_socket import ClosingSocket
from hbgz_desktop.dicom.dimse_status import CANNOT_UNDERSTAND
from hbgz_desktop.dicom.evented_dul import LOOK_EVERY_S, EventedDul
from hbgz_desktop.dicom.store_response import store_response
from hbgz_desktop.model.instance import StoreAnswer
from hbgz_desktop.system.timer_resolution import fine_timer

if TYPE_CHECKING:
    import socket

    from pynetdicom.ae import ApplicationEntity
    from pynetdicom.dimse_primitives import DimsePrimitiveType, DimseServiceType
    from pynetdicom.events import Event
    from pynetdicom.presentation import PresentationContext
    from pynetdicom.transport import AssociationServer

MAX_PDU_BYTES = 4 * 1024 * 1024
"""A peer that announces a longer PDU is cut off; what we advertise is far less."""

_LOW_PRIORITY = 2
_INCOMPLETE = StoreAnswer(CANNOT_UNDERSTAND, "incomplete_request")


StoreHandler = Callable[["ReceivingAssociation", C_STORE, "PresentationContext"], StoreAnswer]
"""Stores the request's dataset durably; runs on the association thread, raises nothing."""


class BoundedSocket(ClosingSocket):
    """The peer's socket: reads in large pieces, counts bytes, refuses absurd PDU lengths."""

    def __init__(self, assoc: ReceivingAssociation, client_socket: socket.socket) -> None:
        super().__init__(assoc, client_socket=client_socket)
        self._receiver = assoc

    @override
    def recv(self, nr_bytes: int) -> bytearray:
        """Read exactly ``nr_bytes``, fewer at the end of the stream.

        Raises:
            OSError: The connection broke, stalled past its timeout, or the length is absurd.
        """
        buffer = bytearray(nr_bytes if nr_bytes <= MAX_PDU_BYTES else 0)
        done = 0
        try:
            done = self._fill(buffer, nr_bytes)
        finally:
            if done < nr_bytes:
                self._receiver.give_up_waiting()
        self._receiver.count_received(done)
        del buffer[done:]
        return buffer

    def _fill(self, buffer: bytearray, wanted: int) -> int:
        source = self.socket
        if source is None or len(buffer) < wanted:
            raise OSError("PDU too long or socket closed")
        done = 0
        with memoryview(buffer) as view:
            while done < wanted:
                count = source.recv_into(view[done:])
                if not count:
                    break
                done += count
        return done


class AtomicDimse(DIMSEServiceProvider):
    """Sends a message's fragments together: a report of ours never lands inside a response."""

    def __init__(self, assoc: ReceivingAssociation, max_instance_bytes: int) -> None:
        super().__init__(assoc)
        self._send_lock = threading.Lock()
        self._max_instance_bytes = max_instance_bytes

    def wake(self) -> None:
        """Make the association thread look at its state now; safe from any thread."""
        self.msg_queue.put((None, None))

    @override
    def get_msg(self, block: bool = False) -> tuple[int, DimseServiceType] | tuple[None, None]:
        """Return the next message; ``(None, None)`` after a wake-up or when none came for a while.

        pynetdicom's reactor asks without blocking and sleeps; here asking waits.
        """
        timeout_s = self.dimse_timeout if block else LOOK_EVERY_S
        try:
            return self.msg_queue.get(timeout=timeout_s)
        except queue.Empty:
            return None, None

    @override
    def send_msg(self, primitive: DimsePrimitiveType, context_id: int) -> None:
        with self._send_lock:
            super().send_msg(primitive, context_id)

    def answer_store(
        self, context_id: int, message_id: int, uids: tuple[str, str], answer: StoreAnswer
    ) -> None:
        """Send a C-STORE-RSP; see ``store_response``."""
        with self._send_lock:
            for primitive in store_response(
                context_id, message_id, uids, answer, self.maximum_pdu_size
            ):
                self.dul.send_pdu(primitive)

    @override
    def receive_primitive(self, primitive: P_DATA) -> None:
        super().receive_primitive(primitive)
        message = self.message
        data_set = message.data_set if message is not None else None
        if data_set is not None and data_set.tell() > self._max_instance_bytes:
            self.message = None
            self.dul.event_queue.put("Evt19")  # invalid PDU: aborts the association


class ReceivingAssociation(Association):
    """One accepted association.

    Attributes:
        association_id: Unique within this process.
        received_bytes: Bytes read from the peer.
        last_activity: ``time.time()`` of the last byte read.
        is_lost: The connection ended without release or abort by a peer.
        after_request: Run once on the association thread after the current request was answered.
    """

    def __init__(
        self,
        server: AssociationServer,
        association_id: int,
        on_end: Callable[[ReceivingAssociation], None],
        on_store: StoreHandler,
        max_instance_bytes: int,
    ) -> None:
        ae: ApplicationEntity = server.ae
        super().__init__(ae, MODE_ACCEPTOR)
        self._server = server
        self._on_end = on_end
        self._on_store = on_store
        self.association_id = association_id
        self.received_bytes = 0
        self.last_activity = time.time()
        self.is_lost = False
        self.after_request: Callable[[], None] | None = None
        self.dimse: AtomicDimse = AtomicDimse(self, max_instance_bytes)
        self.dul: EventedDul = EventedDul(self, self.dimse.wake)
        # set once more: they go to the timers of the thread that took the stock one's place
        self.acse_timeout = ae.acse_timeout
        self.network_timeout = ae.network_timeout
        self.name = f"dicom-assoc-{association_id}"
        self.dul.name = f"dicom-dul-{association_id}"
        self.dul.daemon = True
        self._report_lock = threading.Lock()
        self._reports: dict[int, Callable[[int], None]] = {}
        self.bind(evt.EVT_ACSE_RECV, self._on_acse_received)

    def count_received(self, count: int) -> None:
        """Note bytes read from the peer; called on the socket thread."""
        self.received_bytes += count
        self.last_activity = time.time()

    def give_up_waiting(self) -> None:
        """Stop waiting for the association request; it will not come."""
        if self.requestor.primitive is None:
            self.dul.to_user_queue.put(cast("Any", None))  # receive_pdu() takes it for a timeout

    def reject(self, result: int, source: int, diagnostic: int) -> None:
        """Send A-ASSOCIATE-RJ (PS3.8 9.3.4) and end; for use in EVT_REQUESTED."""
        self.acse.send_reject(result, source, diagnostic)
        self.kill()

    def send_report(
        self, request: N_EVENT_REPORT, context_id: int, on_answer: Callable[[int], None]
    ) -> None:
        """Send an N-EVENT-REPORT while the peer may go on sending; ``on_answer`` gets the status.

        pynetdicom's ``send_n_event_report`` would take the peer's next C-STORE for the answer. Safe
        from any thread; ``on_answer`` runs on the association thread.
        """
        message_id = request.MessageID or 0
        with self._report_lock:
            self._reports[message_id] = on_answer
        self.dimse.send_msg(request, context_id)

    @override
    def start(self) -> None:
        """Start the thread; where the system has none left, the connection ends here."""
        try:
            super().start()
        except RuntimeError:
            self._end()
            raise

    @override
    def run_reactor(self) -> None:
        """Run pynetdicom's reactor; whatever happens in it, the end is told exactly once."""
        try:
            with fine_timer().needed():
                super().run_reactor()
        finally:
            self._end()

    def _end(self) -> None:
        try:
            self._close_socket()
        finally:
            self._on_end(self)

    def _close_socket(self) -> None:
        """End the socket thread too; it may still be there after an exception in the reactor."""
        self.is_established = False
        self.dul.kill_dul()
        if self.dul.ident is None:
            self.dul.close_waking()
        wrapper = self.dul.socket
        if wrapper is not None:
            wrapper.close()

    def _on_acse_received(self, event: Event) -> None:
        if isinstance(getattr(event, "primitive", None), A_P_ABORT):
            self.is_lost = True

    @override
    def _serve_request(self, msg: DimseServiceType, context_id: int) -> None:
        """Serve this message and those that follow at once: the reactor sleeps 1 ms before each.

        An N-EVENT-REPORT request comes on a thread of pynetdicom's own, which takes no other message.
        """
        if threading.current_thread() is not self:
            super()._serve_request(msg, context_id)
            return
        following: DimseServiceType | None = msg
        while following is not None:
            self._serve_one(following, context_id)
            if self._kill or not self.is_established or not self._reactor_checkpoint.is_set():
                return
            next_id, following = self.dimse.get_msg()
            context_id = next_id or 0

    def _serve_one(self, msg: DimseServiceType, context_id: int) -> None:
        if isinstance(msg, N_EVENT_REPORT) and msg.MessageIDBeingRespondedTo is not None:
            self._take_report_answer(msg)
            return
        context = self._accepted_cx.get(context_id)
        if isinstance(msg, C_STORE) and context is not None:
            self._serve_store(msg, context)
        else:
            super()._serve_request(msg, context_id)
        hook, self.after_request = self.after_request, None
        if hook is not None:
            hook()

    def _serve_store(self, request: C_STORE, context: PresentationContext) -> None:
        """Serve any C-STORE as storage, whatever its SOP class; pynetdicom knows only some."""
        if request.MessageIDBeingRespondedTo is not None or request.MessageID is None:
            return
        if cast("int | None", request.Priority) is None:
            request.Priority = _LOW_PRIORITY
        is_complete = request.is_valid_request  # else pynetdicom would leave its sender waiting
        answer = self._on_store(self, request, context) if is_complete else _INCOMPLETE
        if self.is_established:
            uids = str(request.AffectedSOPClassUID or ""), str(request.AffectedSOPInstanceUID or "")
            self.dimse.answer_store(context.context_id or 0, request.MessageID, uids, answer)

    def _take_report_answer(self, answer: N_EVENT_REPORT) -> None:
        with self._report_lock:
            on_answer = self._reports.pop(answer.MessageIDBeingRespondedTo or 0, None)
        if on_answer is not None:
            on_answer(answer.Status if answer.Status is not None else 0x0110)
