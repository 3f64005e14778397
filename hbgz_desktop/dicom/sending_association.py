"""An association of ours as requestor: pynetdicom negotiates it, then its socket may be taken over."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pynetdicom._globals import MODE_REQUESTOR
from pynetdicom.association import Association

from hbgz_desktop.dicom.closing_socket import ClosingSocket
from hbgz_desktop.dicom.store_channel import StoreChannel
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from pynetdicom.ae import ApplicationEntity
    from pynetdicom.transport import AddressInformation

    from hbgz_desktop.dicom.tls import TlsContext


class SendingAssociation(Association):
    """One association we ask for; its threads are ``dicom-scu-<n>`` and ``dicom-scu-dul-<n>``."""

    _numbers = itertools.count(1)

    def __init__(self, ae: ApplicationEntity) -> None:
        super().__init__(ae, MODE_REQUESTOR)
        number = next(self._numbers)
        self.name = f"dicom-scu-{number}"
        self.dul.name = f"dicom-scu-dul-{number}"
        self.dul.daemon = True

    def connect_from(
        self, local: AddressInformation, secured: tuple[TlsContext, str] | None = None
    ) -> None:
        """Bind a local address and ask for the association; both ends must be described before.

        Args:
            local: Where to call from.
            secured: TLS, and the peer's name for its certificate.
        """
        self.requestor.address_info = local
        wrapper = ClosingSocket(self, address=local)
        wrapper.tls_args = secured
        self.set_socket(wrapper)
        self.request()

    def take_over(self) -> StoreChannel:
        """End pynetdicom's part after the negotiation; the caller releases the channel.

        Raises:
            DicomError: ``peer_lost``: the peer went away at once.
        """
        self.dul.kill_dul()
        self.dul.join()
        wrapper = self.dul.socket
        connection = wrapper.socket if wrapper is not None else None
        if wrapper is None or connection is None or not self.is_established:
            raise DicomError("peer_lost", retryable=True)
        wrapper.socket = None  # it is the channel's now
        self.is_established = False
        return StoreChannel(connection, self.acceptor.maximum_length or 0)
