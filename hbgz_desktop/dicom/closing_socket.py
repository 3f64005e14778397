"""pynetdicom's socket wrapper, closing for certain."""

from __future__ import annotations

import contextlib
import socket

from pynetdicom.transport import AssociationSocket
from typing_extensions import override


class ClosingSocket(AssociationSocket):
    """Closes the socket also when shutting it down fails.

    pynetdicom leaves it open when the peer was faster or never there: a sender that retries would
    pile them up.
    """

    @override
    def _shutdown_socket(self) -> None:
        closing = self.socket  # another thread may set it to None meanwhile
        if closing is not None:
            with contextlib.suppress(OSError):
                closing.shutdown(socket.SHUT_RDWR)
            closing.close()
