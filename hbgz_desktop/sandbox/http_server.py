"""A small HTTP/1.1 server whose connections can be cut on purpose and that always stops promptly.

Knows no platform: what is answered comes from one injected function. Every connection has a named
thread; ``stop`` shuts the sockets under them and joins them with a limit.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import os
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final, Protocol

from typing_extensions import override

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.system.cut_connection import cut_off, is_cut_off
from hbgz_desktop.system.exclusive_socket import make_exclusive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from email.message import Message

LOGGER = logging.getLogger(__name__)
IDLE_LIMIT_S: Final = 300.0
STOP_LIMIT_S: Final = 5.0
POLL_S: Final = 0.02
MAX_LINE: Final = 1024
DRAIN_BYTES: Final = 1 << 18
# What a peer that went away looks like: a reset, a silence past the idle limit, or a socket that
# stop() has shut; none of them is a fault of the server.
PEER_LOST: Final = (ConnectionError, TimeoutError)


class PeerGoneError(Exception):
    """The peer closed its side before the body it had announced was complete."""


class BadBodyError(Exception):
    """The framing of the request's body cannot be read."""


class CutConnectionError(Exception):
    """The connection must end now, without an answer.

    Attributes:
        is_reset: True for RST, False for an orderly FIN.
    """

    def __init__(self, *, is_reset: bool) -> None:
        """Remember how to cut."""
        super().__init__("reset" if is_reset else "closed")
        self.is_reset = is_reset


class ByteSource(Protocol):
    """The buffered reading side of a socket."""

    def read1(self, size: int = -1, /) -> bytes:
        """At most ``size`` bytes with at most one system call; b"" at the end."""

    def readline(self, size: int = -1, /) -> bytes:
        """One line, or ``size`` bytes of it."""


class RequestBody:
    """The body of one request, by Content-Length or in chunks, never read past its end.

    Attributes:
        position: Payload bytes handed out so far.
        length: Announced Content-Length, None when chunked.
        trip_at: The connection is reset once this many bytes were handed out.
    """

    def __init__(self, source: ByteSource, length: int | None) -> None:
        """Read from ``source``; ``length`` None means chunked transfer coding (RFC 9112, 7.1)."""
        self._source = source
        self.length = length
        self.position = 0
        self.trip_at: int | None = None
        self._left = length or 0
        self._is_ended = length == 0

    def read(self, limit: int) -> bytes:
        """Return 1 to ``limit`` bytes, or b"" at the end.

        Raises:
            PeerGoneError: The peer closed before the end.
            BadBodyError: A chunk header that is none.
            CutConnectionError: ``trip_at`` was reached.
        """
        if self.trip_at is not None:
            if self.position >= self.trip_at:
                raise CutConnectionError(is_reset=True)
            limit = min(limit, self.trip_at - self.position)
        if not self._is_ended and self._left == 0:
            self._next_chunk()
        if self._is_ended:
            return b""
        data = self._source.read1(min(limit, self._left))
        if not data:
            raise PeerGoneError
        self.position += len(data)
        self._left -= len(data)
        if self._left == 0:
            self._end_of_run()
        return data

    def read_all(self, limit: int) -> bytes:
        """Return the whole body; BadBodyError when it is longer than ``limit`` bytes."""
        pieces: list[bytes] = []
        while data := self.read(DRAIN_BYTES):
            pieces.append(data)
            if self.position > limit:
                raise BadBodyError
        return b"".join(pieces)

    def drain(self) -> None:
        """Read and drop the rest, so that no answer is lost to a reset."""
        while self.read(DRAIN_BYTES):
            pass

    def _end_of_run(self) -> None:
        if self.length is not None:
            self._is_ended = True
        elif self._source.readline(MAX_LINE).strip():
            raise BadBodyError

    def _next_chunk(self) -> None:
        line = self._source.readline(MAX_LINE)
        if not line:
            raise PeerGoneError
        try:
            self._left = int(line.split(b";", 1)[0].strip(), 16)
        except ValueError as exc:
            raise BadBodyError from exc
        if self._left < 0:
            raise BadBodyError
        if self._left == 0:
            while self._source.readline(MAX_LINE).strip():
                pass
            self._is_ended = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as the application sees it; ``path`` is without the ``query`` after its mark."""

    method: str
    path: str
    headers: Message
    body: RequestBody
    query: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Attributes:
        body: All of it, or what comes first.
        rest: What follows ``body``, made while it is sent; its length is ``rest_length``.
        cut_percent: The connection is reset once that share of the body was sent; None for whole.
    """

    status: int
    body: bytes
    content_type: str = "application/json;charset=UTF-8"
    headers: tuple[tuple[str, str], ...] = ()
    rest: Iterable[bytes] = ()
    rest_length: int = 0
    cut_percent: float | None = None

    @property
    def length(self) -> int:
        """Bytes of the whole body."""
        return len(self.body) + self.rest_length

    @classmethod
    def of_json(cls, value: object, status: int = 200) -> Reply:
        """Answer ``value`` as JSON."""
        return cls(status, json.dumps(value, ensure_ascii=False).encode("utf-8"))


class _Handler(BaseHTTPRequestHandler):
    """One connection, on its own thread."""

    protocol_version = "HTTP/1.1"
    server_version = "hbgz-sandbox"
    disable_nagle_algorithm = True
    timeout = IDLE_LIMIT_S
    server: SandboxServer

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: addresses and paths are the ledger's business."""

    @override
    def handle(self) -> None:
        try:
            super().handle()
        except PEER_LOST:
            return
        except OSError as error:
            if not is_cut_off(error):
                raise

    def _serve(self) -> None:
        try:
            body = self._body()
            path, _, query = self.path.partition("?")
            reply = self.server.answer(Exchange(self.command, path, self.headers, body, query))
            body.drain()
            self._send(reply)
        except BadBodyError:
            self.close_connection = True
            self._send(Reply.of_json({"code": 400, "message": "请求体无法读取"}, 400))
        except CutConnectionError as cut:
            self.close_connection = True
            if cut.is_reset:
                self.server.reset_on_close(self.connection)
        except (PeerGoneError, *PEER_LOST):
            self.close_connection = True

    def _body(self) -> RequestBody:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return RequestBody(self.rfile, None)
        try:
            length = int(self.headers.get("Content-Length", "0"))
        except ValueError as exc:
            raise BadBodyError from exc
        if length < 0:
            raise BadBodyError
        return RequestBody(self.rfile, length)

    def _send(self, reply: Reply) -> None:
        """Send head and body in one write, so that no answer waits for a delayed ACK.

        Raises:
            CutConnectionError: The answer wants to be cut.
        """
        head = [
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}",
            f"Date: {self.date_time_string()}",
            f"Content-Type: {reply.content_type}",
            f"Content-Length: {reply.length}",
            *(f"{name}: {value}" for name, value in reply.headers),
        ]
        if self.close_connection:
            head.append("Connection: close")
        allowed = reply.length
        if reply.cut_percent is not None:
            allowed = int(allowed * reply.cut_percent / 100)
        self.wfile.write("\r\n".join([*head, "", ""]).encode("ascii") + reply.body[:allowed])
        allowed -= len(reply.body)
        for piece in reply.rest:
            if allowed <= 0:
                break
            self.wfile.write(piece[:allowed])
            allowed -= len(piece)
        if reply.cut_percent is not None:
            raise CutConnectionError(is_reset=True)


class SandboxServer(ThreadingHTTPServer):
    """Listens at once; ``start`` begins to answer, ``stop`` ends every connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # The base class would set it on Windows too, where it lets a second program share the port.
    allow_reuse_address = False

    def __init__(self, host: str, port: int, answer: Callable[[Exchange], Reply]) -> None:
        """Bind ``host:port`` (0 = any free port).

        Args:
            host: Address to listen on.
            port: TCP port.
            answer: Called on connection threads, concurrently; may raise CutConnectionError.

        Raises:
            UsageError: ``sandbox_port_taken`` when the port cannot be had.
        """
        self.answer = answer
        self._host = host
        self._lock = threading.Lock()
        self._open: dict[Any, threading.Thread] = {}
        self._resets: set[Any] = set()
        self._numbers = itertools.count(1)
        self._acceptor = threading.Thread(
            target=self.serve_forever, args=(POLL_S,), name="sandbox-accept", daemon=True
        )
        try:
            super().__init__((host, port), _Handler)
        except OSError as exc:
            raise UsageError("sandbox_port_taken", port=port) from exc

    @property
    def port(self) -> int:
        """The TCP port it listens on."""
        return int(self.server_address[1])

    def start(self) -> None:
        """Begin to accept, on a thread of its own."""
        self._acceptor.start()

    def stop(self) -> None:
        """Stop accepting, end every connection, join their threads (at most STOP_LIMIT_S)."""
        if self._acceptor.is_alive():
            self.shutdown()
            self._acceptor.join(STOP_LIMIT_S)
        self.server_close()
        self.drop_connections()

    def drop_connections(self) -> None:
        """End every connection, as a proxy that restarts does, and join their threads."""
        with self._lock:
            connections = list(self._open.items())
        for connection, _ in connections:
            cut_off(connection)
        deadline = time.monotonic() + STOP_LIMIT_S
        for _, thread in connections:
            thread.join(max(0.0, deadline - time.monotonic()))

    def reset_on_close(self, connection: socket.socket) -> None:
        """Make the close of this connection an RST instead of a FIN."""
        layout = "hh" if os.name == "nt" else "ii"
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(layout, 1, 0))
        with self._lock:
            self._resets.add(connection)

    @override
    def server_bind(self) -> None:
        make_exclusive(self.socket)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        # The base class would ask the name service here, which can take seconds offline.
        self.server_name, self.server_port = self._host, self.port

    @override
    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread,
            args=(request, client_address),
            name=f"sandbox-http-{next(self._numbers)}",
            daemon=True,
        )
        with self._lock:
            self._open[request] = thread
        thread.start()

    @override
    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.pop(request, None)
            is_reset = request in self._resets
            self._resets.discard(request)
        if is_reset:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Log a bug of the sandbox; the connection ends, the server goes on."""
        LOGGER.error("sandbox_request_failed", exc_info=sys.exception())
