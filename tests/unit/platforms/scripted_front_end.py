"""A front end over real sockets whose answers a test scripts."""

from __future__ import annotations

import email.parser
import email.policy
import hashlib
import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast

from typing_extensions import override

if TYPE_CHECKING:
    import ssl
    from email.message import EmailMessage
    from types import TracebackType

BLOCK = 256 * 1024


@dataclass
class SeenRequest:
    """What arrived; a body over 1 MiB is only counted and hashed."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    body_bytes: int
    body_md5: str
    connection: int

    def json(self) -> dict[str, object]:
        return cast("dict[str, object]", json.loads(self.body.decode("utf-8")))

    def parts(self) -> dict[str, EmailMessage]:
        """The parts of a form, read by another reader than the one under test."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        parser = email.parser.BytesParser(policy=email.policy.HTTP)
        message = parser.parsebytes(head + self.body)
        found = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            found[str(name)] = cast("EmailMessage", part)
        return found


@dataclass
class ScriptedAnswer:
    """How to answer: status, headers and body, or something no server should do."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    wait_for: threading.Event | None = None
    hang_up: bool = False
    hang_up_before_body: bool = False


class ScriptedFrontEnd:
    """Answers each request by the next scripted answer; the last one repeats."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[SeenRequest] = []
        self.answers: deque[ScriptedAnswer] = deque()
        self.connections = 0
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.front_end = self
        self._scheme = "http"
        if tls is not None:
            self._scheme = "https"
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="front-end"
        )

    @property
    def base_url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}/mie/api/mie"

    def answer(self, body: object, **how: object) -> None:
        """Script one answer; anything but bytes is sent as JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.answers.append(ScriptedAnswer(data, **how))  # type: ignore[arg-type] # by name

    def next_answer(self) -> ScriptedAnswer:
        return self.answers.popleft() if len(self.answers) > 1 else self.answers[0]

    def __enter__(self) -> ScriptedFrontEnd:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    front_end: ScriptedFrontEnd

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gives up in the middle is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    server: _Server

    @override
    def setup(self) -> None:
        self.server.front_end.connections += 1
        self.connection_number = self.server.front_end.connections
        super().setup()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        front_end = self.server.front_end
        answer = front_end.next_answer()
        if answer.hang_up_before_body:
            self.rfile.read1(1024)
            self.close_connection = True
            return
        front_end.requests.append(self._read_request())
        if answer.wait_for is not None:
            answer.wait_for.wait(10)
        if answer.hang_up:
            self.close_connection = True
            return
        self._write(answer)

    def _read_request(self) -> SeenRequest:
        size = int(self.headers.get("Content-Length") or 0)
        digest = hashlib.md5(usedforsecurity=False)
        kept = bytearray()
        buffer = memoryview(bytearray(BLOCK))
        left = size
        while left:
            count = self.rfile.readinto(buffer[: min(left, BLOCK)])
            if not count:
                break
            digest.update(buffer[:count])
            if size <= 1024 * 1024:
                kept += buffer[:count]
            left -= count
        headers = {name.lower(): value for name, value in self.headers.items()}
        return SeenRequest(
            self.command,
            self.path,
            headers,
            bytes(kept),
            size - left,
            digest.hexdigest(),
            self.connection_number,
        )

    def _write(self, answer: ScriptedAnswer) -> None:
        self.send_response(answer.status)
        announced = len(answer.body) if answer.announced is None else answer.announced
        for name, value in ({"Content-Length": str(announced)} | answer.headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)
        if announced != len(answer.body):
            self.close_connection = True
