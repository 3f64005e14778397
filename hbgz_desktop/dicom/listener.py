"""The listening socket: exclusive, bounded, and accepting associations of our own class."""

from __future__ import annotations

import errno
import gc
import itertools
import logging
import socket
import sys
import threading
import time
from socketserver import BaseServer
from typing import TYPE_CHECKING, Any, cast

import psutil
from pynetdicom.transport import AddressInformation, AssociationServer, RequestHandler
from typing_extensions import override

from hbgz_desktop.dicom.association import BoundedSocket, ReceivingAssociation, StoreHandler
from hbgz_desktop.dicom.dimse_status import where
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.system.exclusive_socket import make_exclusive

if TYPE_CHECKING:
    from collections.abc import Callable

    from pynetdicom import evt
    from pynetdicom.ae import ApplicationEntity
    from pynetdicom.association import Association

LOGGER = logging.getLogger(__name__)

_SPARE_CONNECTIONS = 16
"""Connections that did not ask for an association yet (port scans), or are being rejected."""

_COLLECT_EVERY_S = 120.0

_TAKEN = {errno.EADDRINUSE, 10048, 10013}
"""Windows: WSAEADDRINUSE, and WSAEACCES for a port another program holds exclusively."""


class ConnectionHandler(RequestHandler):
    """Turns an accepted connection into a ReceivingAssociation; runs on the listener thread."""

    server: Listener

    @override
    def _create_association(self) -> Association:
        server = self.server
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.request.settimeout(server.stall_timeout_s)
        assoc = ReceivingAssociation(
            server,
            next(server.ids),
            server.forget,
            server.on_store,
            server.max_instance_bytes,
        )
        assoc.set_socket(BoundedSocket(assoc, self.request))
        assoc.acceptor.maximum_length = self.ae.maximum_pdu_size
        assoc.acceptor.ae_title = server.ae_title
        assoc.acceptor.address_info = self.local
        assoc.acceptor.implementation_class_uid = self.ae.implementation_class_uid
        assoc.acceptor.implementation_version_name = self.ae.implementation_version_name
        assoc.acceptor.supported_contexts = self.ae.supported_contexts
        assoc.requestor.address_info = self.remote
        for event, handler in server.handlers:
            assoc.bind(event, handler)
        server.remember(assoc)
        return assoc


class Listener(AssociationServer):
    """The listening socket and the connections it made.

    Attributes:
        handlers: Event handlers every association gets.
        on_store: Stores a dataset and says what to answer.
        stall_timeout_s: Seconds a read inside a PDU, or a write, may stand still.
        ids: Numbers for associations, unique within this process.
    """

    request_queue_size = 64
    ids = itertools.count(1)

    def __init__(
        self, ae: ApplicationEntity, address: tuple[str, int], on_store: StoreHandler
    ) -> None:
        self.on_store = on_store
        self.handlers: list[tuple[evt.EventType, Callable[..., Any]]] = []
        self.stall_timeout_s = 60.0
        self.max_connections = 0
        self.max_instance_bytes = 0
        self.on_end: Callable[[ReceivingAssociation], None] | None = None
        self._lock = threading.Lock()
        self._connections: dict[int, ReceivingAssociation] = {}
        self._ended_count = 0
        self._collected_at = time.monotonic()
        super().__init__(
            ae, address, ae.ae_title, ae.supported_contexts, request_handler=ConnectionHandler
        )

    @property
    @override
    def active_associations(self) -> list[Association]:
        """Connections whose association thread has not ended."""
        return list(self.connections())

    def connections(self) -> tuple[ReceivingAssociation, ...]:
        """Return the live connections; safe from any thread."""
        with self._lock:
            return tuple(self._connections.values())

    def remember(self, assoc: ReceivingAssociation) -> None:
        """Note a new connection."""
        with self._lock:
            self._connections[assoc.association_id] = assoc

    def forget(self, assoc: ReceivingAssociation) -> None:
        """Tell the owner that an association ended, then drop it; on the association's thread."""
        try:
            if self.on_end is not None:
                self.on_end(assoc)
        finally:
            with self._lock:
                self._connections.pop(assoc.association_id, None)
                self._ended_count += 1

    @override
    def verify_request(self, request: object, client_address: object) -> bool:
        """Refuse connections beyond the limit at once: each costs two threads."""
        with self._lock:
            return len(self._connections) < self.max_connections + _SPARE_CONNECTIONS

    @override
    def server_bind(self) -> None:
        """Bind exclusively; pynetdicom would set SO_REUSEADDR on Windows too."""
        listening = cast("socket.socket", self.socket)
        make_exclusive(listening)
        listening.bind(self.server_address)
        self.server_address = listening.getsockname()

    @override
    def shutdown(self) -> None:
        """Stop serving and close the listening socket; associations go on."""
        BaseServer.shutdown(self)
        self.server_close()

    @override
    def service_actions(self) -> None:
        """Collect dead associations, which are cycles: now and then, not at every few polls."""
        if self._ended_count and time.monotonic() - self._collected_at > _COLLECT_EVERY_S:
            self._ended_count, self._collected_at = 0, time.monotonic()
            gc.collect()

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Log what went wrong while accepting; socketserver would print it."""
        error = sys.exc_info()[1]
        LOGGER.warning("accept_failed error=%s", where(error) if error else "")


def open_listener(
    ae: ApplicationEntity, bind_address: str, port: int, on_store: StoreHandler
) -> Listener:
    """Bind and listen.

    Raises:
        DicomError: ``port_taken`` (facts: port, and holder when visible), ``port_forbidden``, or
            ``bind_address_unknown``.
    """
    try:
        address = AddressInformation(bind_address, port)
        return Listener(ae, cast("tuple[str, int]", address.as_tuple), on_store)
    except socket.gaierror as exc:
        raise DicomError("bind_address_unknown", port=port) from exc
    except OSError as exc:
        raise _bind_error(exc, port) from exc


def _bind_error(exc: OSError, port: int) -> DicomError:
    if exc.errno in _TAKEN and not (sys.platform != "win32" and exc.errno == errno.EACCES):
        return DicomError("port_taken", retryable=True, port=port, holder=port_holder(port))
    if exc.errno == errno.EACCES:
        return DicomError("port_forbidden", port=port)
    if exc.errno in {errno.EADDRNOTAVAIL, 10049}:
        return DicomError("bind_address_unknown", port=port)
    return DicomError("port_unusable", retryable=True, port=port, errno=exc.errno)


def port_holder(port: int) -> str:
    """Return the name of the process listening on a TCP port, "" when it cannot be seen."""
    try:
        for connection in psutil.net_connections("tcp"):
            is_listening = connection.status == psutil.CONN_LISTEN and connection.pid
            if is_listening and connection.laddr and connection.laddr[1] == port:
                return str(psutil.Process(connection.pid).name())
    except (psutil.Error, OSError):
        return ""
    return ""
