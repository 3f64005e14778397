"""Opening an association to a peer, and what it means when that fails."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydicom.uid import UID
from pynetdicom import evt
from pynetdicom.ae import ApplicationEntity
from pynetdicom.pdu_primitives import A_ASSOCIATE
from pynetdicom.transport import AddressInformation
from typing_extensions import override

from hbgz_desktop.dicom.closing_socket import ClosingSocket
from hbgz_desktop.dicom.contexts import configure
from hbgz_desktop.dicom.file_meta import IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME
from hbgz_desktop.dicom.peer_log import quieten
from hbgz_desktop.dicom.sending_association import SendingAssociation
from hbgz_desktop.dicom.tls import TlsContext, TlsOptions, tls_context
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.system.timer_resolution import fine_timer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from ssl import SSLContext

    from pynetdicom.association import Association
    from pynetdicom.events import Event
    from pynetdicom.presentation import PresentationContext

MAX_PDU = 131072

_REJECTION_CODES = {
    (1, 3): "rejected_calling_ae",
    (1, 7): "rejected_called_ae",
    (3, 1): "rejected_busy",
    (3, 2): "rejected_busy",
}
"""(source, diagnostic) of A-ASSOCIATE-RJ (PS3.8 table 9-21)."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Whom to call, as whom, how long to wait for each answer, and TLS if it is to be secured."""

    host: str
    port: int
    called_ae: str
    calling_ae: str
    timeout_s: float = 30.0
    tls: TlsOptions | None = None


class _Connection:
    """Sets a socket up once it is connected, and remembers that it was."""

    def __init__(self, stall_timeout_s: float, tls: TlsContext | None) -> None:
        self._stall_timeout_s = stall_timeout_s
        self.tls = tls
        self.was_open = False
        self._opened_at = 0.0

    def was_refused_unsaid(self, limit_s: float) -> bool:
        """Secured, then ended by the peer before it had to answer.

        TLS 1.3 tells a certificate that is not trusted, or missing, only after the handshake.
        """
        waited_s = time.monotonic() - self._opened_at
        return self.tls is not None and self.was_open and waited_s < limit_s

    def on_open(self, event: Event) -> None:
        self.was_open = True
        self._opened_at = time.monotonic()
        wrapper = event.assoc.dul.socket
        if wrapper is not None and wrapper.socket is not None:
            wrapper.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            wrapper.socket.settimeout(self._stall_timeout_s)


class Requestor(ApplicationEntity):
    """Our side as the one who calls; its sockets are closed for certain."""

    def __init__(self, ae_title: str) -> None:
        super().__init__(ae_title)
        quieten()
        self.implementation_class_uid = UID(IMPLEMENTATION_CLASS_UID)
        self.implementation_version_name = IMPLEMENTATION_VERSION_NAME

    @override
    def _create_socket(
        self,
        assoc: Association,
        address: AddressInformation,
        tls_args: tuple[SSLContext, str] | None,
    ) -> ClosingSocket:
        return ClosingSocket(assoc, address=address)


@contextmanager
def open_association(
    peer: Peer, contexts: Sequence[PresentationContext]
) -> Iterator[SendingAssociation]:
    """Open an association, release it at the end; runs in the calling thread.

    Yields:
        An established association; or one that is not established because the peer accepted it
        but refused every context (its ``rejected_contexts`` lists them all).

    Raises:
        DicomError: As ``negotiate``.
    """
    with fine_timer().needed():
        assoc = negotiate(peer, contexts)
        if assoc.is_established:
            assoc.start()
        try:
            yield assoc
        finally:
            assoc.release()


def negotiate(peer: Peer, contexts: Sequence[PresentationContext]) -> SendingAssociation:
    """Open an association and leave its reactor alone: the caller starts it or takes over.

    Returns:
        An established association, or one whose every context the peer refused.

    Raises:
        DicomError: ``peer_unreachable``, ``peer_silent``, ``peer_lost``, ``peer_tls_failed`` or
            ``rejected_busy`` (retryable); ``rejected_calling_ae``, ``rejected_called_ae``,
            ``association_rejected``, ``ae_title_invalid``, ``tls_file_unusable``.
    """
    configure()
    tls = tls_context(peer.tls) if peer.tls is not None else None
    connection = _Connection(peer.timeout_s, tls)
    assoc = _associate(peer, contexts, connection)
    if not assoc.is_established and not _was_accepted(assoc):
        raise _failure(assoc, connection, peer)
    return assoc


def _associate(
    peer: Peer, contexts: Sequence[PresentationContext], connection: _Connection
) -> SendingAssociation:
    """Do what ``ApplicationEntity.associate`` does, with an association of our own class."""
    try:
        ae = Requestor(peer.calling_ae)
        ae.connection_timeout = ae.acse_timeout = ae.dimse_timeout = peer.timeout_s
        ae.network_timeout = None
        remote = AddressInformation.from_addr_port(peer.host, peer.port)
        local = AddressInformation("" if remote.is_ipv4 else "::0", 0)
        assoc = SendingAssociation(ae)
        assoc.acceptor.ae_title = peer.called_ae
        assoc.acceptor.address_info = remote
        assoc.requestor.ae_title = ae.ae_title
        assoc.requestor.maximum_length = MAX_PDU
        assoc.requestor.implementation_class_uid = ae.implementation_class_uid
        assoc.requestor.implementation_version_name = ae.implementation_version_name
        assoc.requestor.requested_contexts = _numbered(contexts)
        assoc.bind(evt.EVT_CONN_OPEN, connection.on_open)
        assoc.connect_from(local, (connection.tls, peer.host) if connection.tls else None)
    except ValueError as exc:
        raise DicomError("ae_title_invalid") from exc
    except OSError as exc:
        raise DicomError("peer_unreachable", retryable=True, port=peer.port) from exc
    return assoc


def _numbered(contexts: Sequence[PresentationContext]) -> list[PresentationContext]:
    """Give contexts their ids: odd, from 1 (PS3.8 9.3.2.2)."""
    for index, context in enumerate(contexts):
        context.context_id = 2 * index + 1
    return list(contexts)


def _answer(assoc: Association) -> A_ASSOCIATE | None:
    return assoc.acceptor.primitive


def _was_accepted(assoc: Association) -> bool:
    answer = _answer(assoc)
    return answer is not None and answer.result == 0 and not assoc.accepted_contexts


def _failure(assoc: Association, connection: _Connection, peer: Peer) -> DicomError:
    if connection.tls is not None and connection.tls.failure:
        return DicomError("peer_tls_failed", retryable=True, reason=connection.tls.failure)
    if not connection.was_open:
        return DicomError("peer_unreachable", retryable=True, port=peer.port)
    answer = _answer(assoc) or _unread_rejection(assoc)
    if answer is not None and answer.result:
        reason = (answer.result_source or 0, answer.diagnostic or 0)
        code = _REJECTION_CODES.get(reason, "association_rejected")
        return DicomError(
            code, retryable=answer.result == 2, source=reason[0], diagnostic=reason[1]
        )
    if answer is None and connection.was_refused_unsaid(peer.timeout_s):
        return DicomError("peer_tls_failed", retryable=True, reason="ended_after_handshake")
    if answer is None and assoc.is_aborted:
        return DicomError("peer_silent", retryable=True)
    return DicomError("peer_lost", retryable=True)


def _unread_rejection(assoc: Association) -> A_ASSOCIATE | None:
    """Return a rejection so quick that pynetdicom found the socket closed and did not read it."""
    primitive = assoc.dul.receive_pdu(wait=False)
    return primitive if isinstance(primitive, A_ASSOCIATE) else None
