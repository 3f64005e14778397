"""A cheap C-STORE sender on bare sockets, so that the receiver is what is measured.

Files are read before the clock starts. TCP_QUICKACK is armed before each read where the system has
it: DCMTK leaves Nagle on unless TCP_NODELAY=1 stands in its environment, and a delayed
acknowledgement would add 40 ms an image.
"""

from __future__ import annotations

import multiprocessing
import socket
import struct
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier
    from pathlib import Path

LIMIT_S = 600
MAX_PDU = 131_072  # DCMTK sends no larger ones
PIECES_AT_ONCE = 512
APPLICATION_CONTEXT = b"1.2.840.10008.3.1.1.1"
IMPLEMENTATION = b"1.2.826.0.1.3680043.8.498.99"


@dataclass(frozen=True)
class Target:
    """Where to send."""

    host: str
    port: int
    called_ae: str
    calling_ae: str = "BENCHSCU"


@dataclass(frozen=True)
class Image:
    """One file, cut for sending."""

    sop_class: bytes
    sop_instance: bytes
    syntax: bytes
    body: bytes


@dataclass(frozen=True)
class Sent:
    """What one association, or all of a run, did; latencies in seconds."""

    latencies: list[float]
    failed: int
    size_bytes: int
    seconds: float


def load(path: Path) -> Image:
    """Read a file with an explicit little-endian meta header."""
    data = path.read_bytes()
    values: dict[int, bytes] = {}
    position, end = 132, len(data)
    while position < end:
        _, element, vr, length = struct.unpack_from("<HH2sH", data, position)
        size = 8
        if vr == b"OB":
            length, size = struct.unpack_from("<L", data, position + 8)[0], 12
        value = data[position + size : position + size + length]
        position += size + length
        if element == 0:
            end = position + struct.unpack("<L", value)[0]
        values[element] = value.rstrip(b"\0")
    return Image(values[2], values[3], values[0x10], data[position:])


def _item(kind: int, body: bytes) -> bytes:
    return struct.pack(">BBH", kind, 0, len(body)) + body


def _element(number: int, value: bytes) -> bytes:
    value += b"\0" * (len(value) & 1)
    return struct.pack("<HHL", 0, number, len(value)) + value


class Association:
    """One association of ours; one C-STORE at a time."""

    def __init__(self, target: Target, images: Sequence[Image]) -> None:
        """Connect and negotiate one context for each pair of class and syntax."""
        self._socket = socket.create_connection((target.host, target.port), timeout=LIMIT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pairs = sorted({(image.sop_class, image.syntax) for image in images})
        self._contexts = {pair: 2 * index + 1 for index, pair in enumerate(pairs)}
        self._socket.sendall(self._request(target))
        kind, answer = self._read_pdu()
        if kind != 2:
            raise ConnectionError(f"association refused, PDU type {kind}")
        self._max_pdu = min(self._accepted(answer) or MAX_PDU, MAX_PDU)

    def _request(self, target: Target) -> bytes:
        items = _item(0x10, APPLICATION_CONTEXT)
        for (sop_class, syntax), number in self._contexts.items():
            names = _item(0x30, sop_class) + _item(0x40, syntax)
            items += _item(0x20, struct.pack(">BBBB", number, 0, 0, 0) + names)
        items += _item(0x50, _item(0x51, struct.pack(">L", 16_384)) + _item(0x52, IMPLEMENTATION))
        called, calling = target.called_ae.encode().ljust(16), target.calling_ae.encode().ljust(16)
        body = struct.pack(">HH16s16s32x", 1, 0, called, calling) + items
        return struct.pack(">BBL", 1, 0, len(body)) + body

    def _accepted(self, answer: bytes) -> int:
        """Largest PDU the peer takes; every context must have been accepted."""
        position, max_pdu = 68, 0
        while position < len(answer):
            kind, length = struct.unpack_from(">BxH", answer, position)
            if kind == 0x21 and answer[position + 6]:
                raise ConnectionError(f"presentation context {answer[position + 4]} refused")
            if kind == 0x50 and answer[position + 4] == 0x51:
                max_pdu = struct.unpack_from(">L", answer, position + 8)[0]
            position += 4 + length
        return max_pdu

    def _read(self, count: int) -> bytes:
        if sys.platform == "linux":
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        data = bytearray(count)
        view, done = memoryview(data), 0
        while done < count:
            got = self._socket.recv_into(view[done:])
            if not got:
                raise EOFError("the peer closed the connection")
            done += got
        return bytes(data)

    def _read_pdu(self) -> tuple[int, bytes]:
        head = self._read(6)
        return head[0], self._read(struct.unpack(">L", head[2:])[0])

    def store(self, image: Image, message_id: int) -> int:
        """Send one image; the status of the answer."""
        context = self._contexts[image.sop_class, image.syntax]
        self._write(self._pieces(image, context, message_id))
        while True:
            kind, data = self._read_pdu()
            if kind != 4:
                raise ConnectionError(f"PDU type {kind} in place of C-STORE-RSP")
            if data[5] & 2:
                position = data.find(b"\0\0\0\x09\x02\0\0\0")
                return int(struct.unpack_from("<H", data, position + 8)[0])

    def _pieces(self, image: Image, context: int, message_id: int) -> list[bytes | memoryview]:
        command = _element(2, image.sop_class) + _element(0x100, struct.pack("<H", 1))
        command += _element(0x110, struct.pack("<H", message_id))
        command += _element(0x700, struct.pack("<H", 0)) + _element(0x800, struct.pack("<H", 1))
        command += _element(0x1000, image.sop_instance)
        command = _element(0, struct.pack("<L", len(command))) + command
        length = len(command)
        head = struct.pack(">BBLLBB", 4, 0, length + 6, length + 2, context, 3)
        pieces: list[bytes | memoryview] = [head + command]
        body, step = memoryview(image.body), self._max_pdu - 6
        for start in range(0, len(body), step):
            part = body[start : start + step]
            flags = 2 if start + step >= len(body) else 0
            size = len(part)
            pieces += [struct.pack(">BBLLBB", 4, 0, size + 6, size + 2, context, flags), part]
        return pieces

    def _write(self, pieces: list[bytes | memoryview]) -> None:
        if sys.platform == "win32":
            self._socket.sendall(b"".join(pieces))
            return
        for start in range(0, len(pieces), PIECES_AT_ONCE):
            part = pieces[start : start + PIECES_AT_ONCE]
            sent = self._socket.sendmsg(part)
            if sent < sum(map(len, part)):
                self._socket.sendall(memoryview(b"".join(part))[sent:])

    def release(self) -> None:
        """End the association in good order."""
        self._socket.sendall(b"\x05\0\0\0\0\x04\0\0\0\0")
        self._read_pdu()
        self._socket.close()


def _work(
    target: Target, files: Sequence[Path], go: Barrier, results: Queue[tuple[Sent, float] | str]
) -> None:
    """One association, in a process of its own; its outcome and when it ended."""
    try:
        images = [load(path) for path in files]
        go.wait(LIMIT_S)
        association = Association(target, images)
        latencies, failed = [], 0
        for number, image in enumerate(images, 1):
            start = time.perf_counter()
            failed += association.store(image, number % 65_535 + 1) != 0
            latencies.append(time.perf_counter() - start)
        association.release()
        size_bytes = sum(len(image.body) for image in images)
        results.put((Sent(latencies, failed, size_bytes, sum(latencies)), time.monotonic()))
    except (ArithmeticError, EOFError, OSError, struct.error, RuntimeError) as error:
        go.abort()
        results.put(f"{type(error).__name__}: {error}")


def send(target: Target, files: Sequence[Path], associations: int) -> Sent:
    """Send the files over so many associations at once.

    Raises:
        ConnectionError: An association was refused or broke.
    """
    context = multiprocessing.get_context("spawn")
    go, results = context.Barrier(associations + 1), context.Queue()
    workers = [
        context.Process(target=_work, args=(target, files[k::associations], go, results))
        for k in range(associations)
    ]
    for worker in workers:
        worker.start()
    with suppress(threading.BrokenBarrierError):
        go.wait(LIMIT_S)
    start = time.monotonic()
    outcomes = [results.get(timeout=LIMIT_S) for _ in workers]
    for worker in workers:
        worker.join()
    if broken := [outcome for outcome in outcomes if isinstance(outcome, str)]:
        raise ConnectionError(broken[0])
    done = [outcome for outcome in outcomes if not isinstance(outcome, str)]
    return Sent(
        sorted(latency for sent, _ in done for latency in sent.latencies),
        sum(sent.failed for sent, _ in done),
        sum(sent.size_bytes for sent, _ in done),
        max(ended_at for _, ended_at in done) - start,
    )
