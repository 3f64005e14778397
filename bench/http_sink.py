"""A cheap HTTP server that reads uploads, drops them and answers "accepted".

One thread a connection, bodies read into one large buffer. Prints its port when ready.
``--check`` compares each file with the form's ``fileMd5`` and answers 409 when they differ.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import socket
import threading
import time

BUFFER_BYTES = 1 << 20
ACCEPTED = json.dumps({"code": 0, "message": "成功"}).encode()


class Connection:
    """One kept-alive connection."""

    def __init__(self, sock: socket.socket, *, is_checking: bool, delay_s: float) -> None:
        """Serve this socket in a thread of the caller's."""
        self._socket = sock
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._is_checking = is_checking
        self._delay_s = delay_s
        self._buffer = memoryview(bytearray(BUFFER_BYTES))
        self._pending = b""

    def serve(self) -> None:
        """Answer requests until the client goes."""
        with self._socket:
            try:
                while self._answer_one():
                    pass
            except OSError:
                return

    def _answer_one(self) -> bool:
        head = self._read_head()
        if head is None:
            return False
        if b"expect: 100-continue" in head.lower():
            self._socket.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        found = re.search(rb"content-length:\s*(\d+)", head, re.IGNORECASE)
        kept = self._read_body(int(found[1]) if found else 0)
        status = b"200 OK" if not self._is_checking or is_whole(head, kept) else b"409 Conflict"
        if self._delay_s:
            time.sleep(self._delay_s)
        fields = b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(ACCEPTED)
        self._socket.sendall(b"HTTP/1.1 " + status + b"\r\n" + fields + ACCEPTED)
        return True

    def _read_head(self) -> bytes | None:
        while b"\r\n\r\n" not in self._pending:
            count = self._socket.recv_into(self._buffer)
            if not count:
                return None
            self._pending += self._buffer[:count]
        head, _, self._pending = self._pending.partition(b"\r\n\r\n")
        return head

    def _read_body(self, length: int) -> bytes:
        """Read the body; kept only when it is to be checked."""
        kept = bytearray(self._pending[:length] if self._is_checking else b"")
        left = length - min(length, len(self._pending))
        self._pending = self._pending[length:]
        while left:
            count = self._socket.recv_into(self._buffer, min(left, BUFFER_BYTES))
            if not count:
                raise ConnectionError("the client went in the middle of a body")
            if self._is_checking:
                kept += self._buffer[:count]
            left -= count
        return bytes(kept)


def is_whole(head: bytes, body: bytes) -> bool:
    """Whether the file in the form has the MD5 that the form names."""
    found = re.search(rb'boundary="?([^"\r\n;]+)', head)
    if found is None:
        return False
    md5, data = b"", b""
    for part in body.split(b"--" + found[1])[1:-1]:
        names, _, value = part.partition(b"\r\n\r\n")
        if b"filename=" in names:
            data = value[:-2]
        elif b'name="fileMd5"' in names:
            md5 = value[:-2]
    return hashlib.md5(data).hexdigest() == md5.decode().lower()  # noqa: S324 - the platform's sum


def main() -> None:
    """Listen until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--delay-ms", type=float, default=0)
    options = parser.parse_args()
    listener = socket.create_server(("127.0.0.1", options.port), backlog=256)
    print(listener.getsockname()[1], flush=True)
    while True:
        sock, _ = listener.accept()
        connection = Connection(sock, is_checking=options.check, delay_s=options.delay_ms / 1e3)
        threading.Thread(target=connection.serve, daemon=True, name="sink").start()


if __name__ == "__main__":
    main()
