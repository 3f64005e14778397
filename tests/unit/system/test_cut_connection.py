"""A thread that waits for a peer's bytes is let go, on Windows as elsewhere."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

import pytest

from hbgz_desktop.system.cut_connection import cut_off, is_cut_off

GRACE_S = 10.0


@pytest.mark.parametrize("limit_s", [None, 300.0])
def test_a_waiting_reader_goes_on(limit_s: float | None) -> None:
    ours, theirs = socket.socketpair()
    ours.settimeout(limit_s)
    seen: list[object] = []

    def read() -> None:
        try:
            seen.append(ours.recv(1))
        except OSError as error:
            seen.append(is_cut_off(error))

    with closing(ours), closing(theirs):
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        reader.join(0.2)
        assert not seen
        cut_off(ours)
        reader.join(GRACE_S)
        assert seen in ([b""], [True])
        assert theirs.recv(1) == b""
        cut_off(ours)


def test_another_error_is_none_of_it() -> None:
    assert not is_cut_off(ConnectionResetError(104, "reset"))
    assert not is_cut_off(TimeoutError())
