"""Whose answer an answer is: one to another request or another instance proves nothing (PS3.7 9.3.1.2)."""

from __future__ import annotations

import socket
import struct
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.dicom.store_channel import StoreChannel, StoreReply, StoreRequest
from hbgz_desktop.model.errors import DicomError
from tests.unit.dicom.samples import CT

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = "1.2.826.0.1.3680043.10.1.5"
REQUEST = StoreRequest(CT, OURS, message_id=7, context_id=3)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Our end and the peer's."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname())
        peers, _ = server.accept()
    with ours, peers:
        yield ours, peers


def element(number: int, value: bytes) -> bytes:
    return struct.pack("<HHL", 0, number, len(value)) + value


def answer(*extra: bytes, message_id: int = 7, context_id: int = 3, status: int = 0) -> bytes:
    """A C-STORE-RSP in one PDU."""
    body = b"".join(
        (
            element(0x0100, struct.pack("<H", 0x8001)),
            element(0x0120, struct.pack("<H", message_id)),
            element(0x0800, struct.pack("<H", 0x0101)),
            element(0x0900, struct.pack("<H", status)),
            *extra,
        )
    )
    command = element(0, struct.pack("<L", len(body))) + body
    piece = struct.pack(">LBB", len(command) + 2, context_id, 3) + command
    return struct.pack(">BBL", 4, 0, len(piece)) + piece


def store(ends: tuple[socket.socket, socket.socket], reply: bytes) -> StoreReply:
    ours, peers = ends
    peers.sendall(reply)
    return StoreChannel(ours, 0).store(REQUEST, memoryview(b"\0\0"), 5.0)


@pytest.mark.parametrize(
    "uid", [(), (b"",), (OURS.encode(),), (OURS.encode() + b"\0",), (OURS.encode() + b" ",)]
)
def test_an_answer_that_names_this_instance_or_none_counts(
    ends: tuple[socket.socket, socket.socket], uid: tuple[bytes, ...]
) -> None:
    assert store(ends, answer(*(element(0x1000, one) for one in uid))).status == 0


@pytest.mark.parametrize(
    "reply",
    [
        answer(element(0x1000, b"1.2.826.0.1.3680043.10.1.6")),
        answer(message_id=8),
        answer(context_id=5),
        answer(status=0)[:-10],
    ],
    ids=["instance", "message", "context", "cut"],
)
def test_an_answer_to_something_else_proves_nothing(
    ends: tuple[socket.socket, socket.socket], reply: bytes
) -> None:
    ends[1].sendall(reply)
    ends[1].shutdown(socket.SHUT_WR)
    with pytest.raises(DicomError, match="peer_lost"):
        StoreChannel(ends[0], 0).store(REQUEST, memoryview(b"\0\0"), 5.0)
