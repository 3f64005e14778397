"""C-STORE requests on the socket of an association that is already negotiated.

pynetdicom negotiates and then steps aside: its queues and its looks every millisecond cost five
times the sending itself. Here one thread writes the bytes of a mapped file and reads the answer.
"""

from __future__ import annotations

import itertools
import socket
import ssl
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.model.failpoints import passing

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FRAGMENT = 131072
"""DCMTK takes no larger ones, and larger ones gain nothing."""
_LONGEST_ANSWER = 1 << 20
_PIECES_AT_ONCE = 64
_PDU_HEAD = struct.Struct(">BBLLBB")
_P_DATA, _RELEASE_RQ, _RELEASE_RP, _ABORT = 4, 5, 6, 7
_RELEASE = struct.pack(">BBL4x", _RELEASE_RQ, 0, 4)
_ABORT_BY_USER = struct.pack(">BBLBBBB", _ABORT, 0, 4, 0, 0, 0, 0)
_COMMAND_LAST, _DATASET, _DATASET_LAST = 3, 0, 2
_C_STORE_RSP = 0x8001

_Piece = bytes | memoryview


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


class StoreChannel:
    """One association after its negotiation; used by one thread.

    Args:
        connection: Connected socket, plain or TLS; closed by ``release`` or ``abort``.
        longest_pdu: What the peer said it takes, 0 = no limit (PS3.8 D.1).
    """

    def __init__(self, connection: socket.socket, longest_pdu: int) -> None:
        self._socket = connection
        self._is_tls = isinstance(connection, ssl.SSLSocket)
        self._step = max(2, (min(longest_pdu or MAX_FRAGMENT, MAX_FRAGMENT) - 6) & ~1)

    def store(self, request: StoreRequest, dataset: memoryview, timeout_s: float) -> StoreReply:
        """Send one dataset and wait for the answer.

        Args:
            request: What the command says.
            dataset: The encoded dataset, in the syntax of the context.
            timeout_s: Seconds without any progress while sending, and for the answer.

        Raises:
            DicomError: ``peer_silent`` when no answer came in time, else ``peer_lost``; the channel
                is of no use any more: a late answer must not be taken for the next one's.
        """
        self._socket.settimeout(timeout_s)
        try:
            self._write(self._pieces(request, dataset))
            passing("upload.before_answer")
            reply = self._reply(request)
        except TimeoutError as exc:
            self.abort()
            raise DicomError("peer_silent", retryable=True) from exc
        except (OSError, EOFError, struct.error) as exc:
            self.abort()
            raise DicomError("peer_lost", retryable=True) from exc
        return reply

    def release(self, timeout_s: float) -> None:
        """End the association in good order; a peer that does not answer is left."""
        with suppress(OSError, EOFError):
            self._socket.settimeout(timeout_s)
            self._socket.sendall(_RELEASE)
            while self._read_pdu()[0] not in (_RELEASE_RP, _ABORT):
                continue
        self._close()

    def abort(self) -> None:
        """End the association at once."""
        with suppress(OSError):
            self._socket.settimeout(1.0)
            self._socket.sendall(_ABORT_BY_USER)
        self._close()

    def _close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    # -- sending

    def _pieces(self, request: StoreRequest, dataset: memoryview) -> Iterator[_Piece]:
        """The command and the dataset as PDUs of one fragment each, cut evenly.

        A deflated dataset of odd length gets its padding here where the file lacks it (PS3.5 A.5);
        DCMTK aborts on an odd fragment.
        """
        command = _command(request)
        for start in range(0, len(command), self._step):
            part = command[start : start + self._step]
            is_last = start + self._step >= len(command)
            yield _head(request.context_id, len(part), _COMMAND_LAST if is_last else 1) + part
        for start in range(0, len(dataset), self._step) or (0,):
            passing("upload.during_body")
            piece = dataset[start : start + self._step]
            is_last = start + self._step >= len(dataset)
            padding = len(piece) & 1
            flags = _DATASET_LAST if is_last else _DATASET
            yield _head(request.context_id, len(piece) + padding, flags)
            yield piece
            if padding:
                yield b"\0"

    def _write(self, pieces: Iterator[_Piece]) -> None:
        while group := list(itertools.islice(pieces, _PIECES_AT_ONCE)):
            self._send_group(group)

    if sys.platform != "win32":

        def _send_group(self, group: list[_Piece]) -> None:
            """Write straight from the mapped file; what the kernel does not take at once follows."""
            if self._is_tls:  # it has no sendmsg
                self._socket.sendall(b"".join(group))
                return
            sent = self._socket.sendmsg(group)
            for piece in group:
                if sent >= len(piece):
                    sent -= len(piece)
                    continue
                self._socket.sendall(memoryview(piece)[sent:])
                sent = 0

    else:

        def _send_group(self, group: list[_Piece]) -> None:
            self._socket.sendall(b"".join(group))

    # -- the answer

    def _reply(self, request: StoreRequest) -> StoreReply:
        command = bytearray()
        while True:
            kind, body = self._read_pdu()
            if kind != _P_DATA:
                raise EOFError(f"PDU {kind}")
            for context_id, flags, fragment in _fragments(body):
                if not flags & 1:
                    raise EOFError("a dataset where an answer was due")
                if context_id != request.context_id:
                    raise EOFError("an answer on another context")
                command += fragment
                if flags & 2:
                    return _read_reply(bytes(command), request)

    def _read_pdu(self) -> tuple[int, bytes]:
        head = self._read(6)
        length = int.from_bytes(head[2:], "big")
        if length > _LONGEST_ANSWER:
            raise EOFError("an answer without end")
        return head[0], self._read(length)

    def _read(self, count: int) -> bytes:
        data = bytearray(count)
        view, done = memoryview(data), 0
        while done < count:
            self._hurry()
            got = self._socket.recv_into(view[done:])
            if not got:
                raise EOFError("the peer closed the connection")
            done += got
        return bytes(data)

    def _hurry(self) -> None:
        """Acknowledge at once: a peer without TCP_NODELAY holds half of its answer back until then.

        Debian's DCMTK is one; the delayed acknowledgement costs 40 ms an image. Holds until the
        next read only, and on Linux only.
        """
        if sys.platform == "linux":
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _head(context_id: int, length: int, flags: int) -> bytes:
    return _PDU_HEAD.pack(_P_DATA, 0, length + 6, length + 2, context_id, flags)


def _element(number: int, value: bytes) -> bytes:
    value += b"\0" * (len(value) & 1)
    return struct.pack("<HHL", 0, number, len(value)) + value


def _command(request: StoreRequest) -> bytes:
    """C-STORE-RQ with medium priority, in implicit little endian (PS3.7 6.3.1, 9.3.1.1)."""
    body = b"".join(
        (
            _element(0x0002, request.sop_class_uid.encode("ascii", "replace")),
            _element(0x0100, struct.pack("<H", 0x0001)),
            _element(0x0110, struct.pack("<H", request.message_id)),
            _element(0x0700, struct.pack("<H", 0)),
            _element(0x0800, struct.pack("<H", 0x0001)),
            _element(0x1000, request.sop_instance_uid.encode("ascii", "replace")),
        )
    )
    return _element(0x0000, struct.pack("<L", len(body))) + body


def _fragments(body: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(context id, flags, bytes) of each presentation data value of a P-DATA-TF (PS3.8 9.3.5)."""
    position = 0
    while position < len(body):
        (length,) = struct.unpack_from(">L", body, position)
        end = position + 4 + length
        if length < 2 or end > len(body):
            raise EOFError("a broken fragment")
        yield body[position + 4], body[position + 5], body[position + 6 : end]
        position = end


def _read_reply(command: bytes, request: StoreRequest) -> StoreReply:
    values: dict[int, bytes] = {}
    position = 0
    while position + 8 <= len(command):
        group, element, length = struct.unpack_from("<HHL", command, position)
        if group != 0 or position + 8 + length > len(command):
            raise EOFError("a broken answer")
        values[element] = command[position + 8 : position + 8 + length]
        position += 8 + length
    kind, number, status = (_number(values, element) for element in (0x0100, 0x0120, 0x0900))
    if kind != _C_STORE_RSP or number != request.message_id:
        raise EOFError("an answer to something else")
    named = values.get(0x1000, b"").rstrip(b"\0 ")  # optional (PS3.7 9.3.1.2)
    if named and named != request.sop_instance_uid.encode("ascii", "replace"):
        raise EOFError("an answer about another instance")
    comment = values.get(0x0902, b"").rstrip(b"\0 ").decode("ascii", "replace")
    return StoreReply(status, comment)


def _number(values: dict[int, bytes], element: int) -> int:
    (number,) = struct.unpack("<H", values.get(element, b""))
    return int(number)
