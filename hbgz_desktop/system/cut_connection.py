"""Ending a connection while another thread waits for its bytes."""

from __future__ import annotations

import contextlib
import errno
import socket
import sys

_CLOSED_MEANWHILE = (10004, 10022, 10038)
"""WSAEINTR, WSAEINVAL, WSAENOTSOCK: what a thread that waited is told on Windows."""


def cut_off(connection: socket.socket) -> None:
    """End the connection, so that a thread that reads from it goes on; safe from any thread.

    On Windows a shutdown does not wake a thread that waits; that its socket is closed does.
    """
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    if sys.platform == "win32":
        handle = connection.detach()
        if handle >= 0:
            with contextlib.suppress(OSError):
                socket.close(handle)


def is_cut_off(error: OSError) -> bool:
    """Whether a read or write failed because ``cut_off`` was called meanwhile."""
    if getattr(error, "winerror", None) in _CLOSED_MEANWHILE:
        return True
    return error.errno in (errno.EBADF, errno.ENOTCONN)
