"""An association of ours as requestor that sends stored datasets byte for byte.

pynetdicom's ``send_c_store`` parses the file again, stumbles over private syntaxes, and queues a
whole file; here the bytes behind the file meta go out in pieces, a few at a time.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pydicom.uid import UID
from pynetdicom._globals import MODE_REQUESTOR
from pynetdicom.association import Association
from pynetdicom.dimse_messages import C_STORE_RQ
from pynetdicom.dimse_primitives import C_STORE
from pynetdicom.pdu_primitives import P_DATA

from hbgz_desktop.dicom.closing_socket import ClosingSocket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pynetdicom.ae import ApplicationEntity
    from pynetdicom.transport import AddressInformation

_MAX_FRAGMENT = 131072
_MAX_QUEUED = 16
_LAST_DATASET_FRAGMENT = b"\x02"
_DATASET_FRAGMENT = b"\x00"
_MEDIUM_PRIORITY = 0


@dataclass(frozen=True, slots=True)
class StoreRequest:
    """What a C-STORE command says (PS3.7 9.3.1.1)."""

    sop_class_uid: str
    sop_instance_uid: str
    message_id: int
    context_id: int


@dataclass(frozen=True, slots=True)
class StoreReply:
    """The peer's answer to a C-STORE."""

    status: int
    comment: str


class SendingAssociation(Association):
    """One association we ask for; its threads are ``dicom-scu-<n>`` and ``dicom-scu-dul-<n>``."""

    _numbers = itertools.count(1)

    def __init__(self, ae: ApplicationEntity) -> None:
        super().__init__(ae, MODE_REQUESTOR)
        number = next(self._numbers)
        self.name = f"dicom-scu-{number}"
        self.dul.name = f"dicom-scu-dul-{number}"
        self.dul.daemon = True

    def connect_from(self, local: AddressInformation) -> None:
        """Bind a local address and ask for the association; both ends must be described before."""
        self.requestor.address_info = local
        self.set_socket(ClosingSocket(self, address=local))
        self.request()
        if self.is_established:
            self.start()

    def store(
        self, request: StoreRequest, dataset: memoryview, timeout_s: float
    ) -> StoreReply | None:
        """Send one dataset and wait for the answer.

        Args:
            request: What the command says.
            dataset: The encoded dataset, in the syntax of the context.
            timeout_s: Seconds for sending and for the answer, each.

        Returns:
            The answer; None when there was none or no valid one. The association is ended then:
            a late answer must not be taken for the next one's.
        """
        if not self.is_established:
            return None
        self._pause()
        try:
            is_sent = self._send(request, dataset, time.monotonic() + timeout_s)
            self.dimse_timeout = timeout_s
            answer = self.dimse.get_msg(block=True)[1] if is_sent else None
        finally:
            self._reactor_checkpoint.set()
        if isinstance(answer, C_STORE) and _answers(answer, request):
            return StoreReply(answer.Status or 0, answer.ErrorComment or "")
        if self.is_established:
            self.abort()
        return None

    def _pause(self) -> None:
        """Keep the reactor from taking the answer."""
        self._reactor_checkpoint.clear()
        while not self._is_paused and self.is_alive():
            time.sleep(0.0001)

    def _send(self, request: StoreRequest, dataset: memoryview, deadline: float) -> bool:
        for fragment in itertools.chain(_command(request), self._fragments(dataset)):
            while self.dul.to_provider_queue.qsize() >= _MAX_QUEUED:
                if time.monotonic() > deadline or not self.dul.is_alive():
                    return False
                time.sleep(0.001)
            primitive = P_DATA()
            primitive.presentation_data_value_list.append((request.context_id, fragment))
            self.dul.send_pdu(primitive)
        return True

    def _fragments(self, dataset: memoryview) -> Iterator[bytes]:
        """Cut a dataset into even pieces the peer can take (PS3.8 D.1).

        A deflated dataset of odd length gets its padding here where the file lacks it (PS3.5 A.5);
        DCMTK aborts on an odd fragment.
        """
        longest = self.dimse.maximum_pdu_size or _MAX_FRAGMENT
        step = max(2, (min(longest, _MAX_FRAGMENT) - 6) & ~1)
        starts = range(0, len(dataset), step) or (0,)
        for start in starts:
            piece = bytes(dataset[start : start + step])
            if start + step < len(dataset):
                yield _DATASET_FRAGMENT + piece
            else:
                yield _LAST_DATASET_FRAGMENT + piece + b"\0" * (len(piece) & 1)


def _command(request: StoreRequest) -> Iterator[bytes]:
    """Encode the command set; it fits one fragment whatever the peer takes, but may be cut."""
    primitive = C_STORE()
    primitive.MessageID = request.message_id
    primitive.Priority = _MEDIUM_PRIORITY
    primitive.AffectedSOPClassUID = UID(request.sop_class_uid)
    primitive.AffectedSOPInstanceUID = UID(request.sop_instance_uid)
    primitive.DataSet = BytesIO(b"\0\0")  # says that a dataset follows; it is sent by ourselves
    message = C_STORE_RQ()
    message.primitive_to_message(primitive)
    message.data_set = None
    for pdata in message.encode_msg(request.context_id, _MAX_FRAGMENT):
        for _, fragment in pdata.presentation_data_value_list:
            yield fragment


def _answers(answer: C_STORE, request: StoreRequest) -> bool:
    is_answer = answer.is_valid_response and answer.MessageIDBeingRespondedTo == request.message_id
    return is_answer and answer.Status is not None
