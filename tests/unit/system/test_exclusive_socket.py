"""Nobody shares our port, by whatever option he asks."""

from __future__ import annotations

import socket

import pytest

from hbgz_desktop.system.exclusive_socket import make_exclusive


@pytest.mark.parametrize("option", ["none", "reuse", "exclusive"])
def test_a_second_listener_is_refused(option: str) -> None:
    with socket.socket() as ours, socket.socket() as other:
        make_exclusive(ours)
        ours.bind(("127.0.0.1", 0))
        ours.listen()
        if option == "reuse":
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        elif option == "exclusive":
            make_exclusive(other)
        with pytest.raises(OSError, match=r"."):
            listen_at(other, ours.getsockname())


def listen_at(other: socket.socket, place: tuple[str, int]) -> None:
    other.bind(place)
    other.listen()


def test_a_port_is_free_again_at_once() -> None:
    """Connections of the listener before do not count."""
    with socket.socket() as first:
        make_exclusive(first)
        first.bind(("127.0.0.1", 0))
        first.listen()
        place = first.getsockname()
        with socket.create_connection(place), first.accept()[0]:
            pass
    with socket.socket() as again:
        make_exclusive(again)
        listen_at(again, place)
