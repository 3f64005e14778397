"""Listening sockets that no other program shares (DESIGN 2)."""

from __future__ import annotations

import socket
import sys


def make_exclusive(listening: socket.socket) -> None:
    """Claim the address the socket will be bound to, before ``bind``.

    Windows: SO_EXCLUSIVEADDRUSE; without it, or with SO_REUSEADDR, a second program may bind the same port
    and take the images meant for us. Elsewhere SO_REUSEADDR only means that connections of a listener which
    has just ended do not count; two can never listen.
    """
    if sys.platform == "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
