"""A streaming reader of multipart/form-data (RFC 7578, RFC 2046 5.1) with one bounded buffer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

READ_BYTES: Final = 1 << 18
MAX_HEADER_BYTES: Final = 16 * 1024
MAX_PADDING_BYTES: Final = 1024
PARAMETER: Final = re.compile(r';\s*([A-Za-z*]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))')


class MultipartError(Exception):
    """The body is not multipart/form-data; ``reason`` is a short ASCII word."""

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        super().__init__(reason)
        self.reason = reason


def boundary_of(content_type: str) -> bytes:
    """Return the boundary of a Content-Type header value.

    Raises:
        MultipartError: Not multipart/form-data, or no usable boundary (1 to 70 ASCII characters).
    """
    header = Message()
    header["Content-Type"] = content_type
    if header.get_content_type() != "multipart/form-data":
        raise MultipartError("content_type")
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary.isascii() or not 1 <= len(boundary) <= 70:
        raise MultipartError("boundary")
    return boundary.encode("ascii")


@dataclass(slots=True)
class Part:
    """One part; its chunks must be used up before the next part is asked for.

    Attributes:
        name: Form field name, "" when the part has none.
        filename: As sent, never to be used as a path; None for an ordinary field.
        chunks: The content, piece by piece, in order.
    """

    name: str
    filename: str | None
    chunks: Iterator[bytes]

    def read(self, limit: int) -> bytes:
        """Return the whole content; MultipartError when it is longer than ``limit`` bytes."""
        content = bytearray()
        for chunk in self.chunks:
            content += chunk
            if len(content) > limit:
                raise MultipartError("field_too_long")
        return bytes(content)


class MultipartReader:
    """Splits a stream into parts, holding at most one read and one delimiter in memory."""

    def __init__(self, read: Callable[[int], bytes], boundary: bytes) -> None:
        """Read by ``read(limit)``, which returns b"" at the end of the body."""
        self._read = read
        self._delimiter = b"\r\n--" + boundary
        # The first delimiter may stand at the very start, where no CRLF precedes it.
        self._buffer = bytearray(b"\r\n")

    def parts(self) -> Iterator[Part]:
        """Yield the parts in order; an unfinished one is used up before the next.

        Raises:
            MultipartError: Truncated or malformed.
        """
        for _ in self._until_delimiter():
            pass  # the preamble is to be ignored (RFC 2046 5.1.1)
        while not self._is_last_delimiter():
            headers = self._headers()
            chunks = self._until_delimiter()
            name, filename = _disposition(headers)
            yield Part(name, filename, chunks)
            for _ in chunks:
                pass

    def _fill(self) -> None:
        data = self._read(READ_BYTES)
        if not data:
            raise MultipartError("truncated")
        self._buffer += data

    def _until_delimiter(self) -> Iterator[bytes]:
        """Yield what stands before the next delimiter, then take the delimiter away."""
        keep = len(self._delimiter) - 1
        while (at := self._buffer.find(self._delimiter)) < 0:
            ready = len(self._buffer) - keep
            if ready > 0:
                chunk = bytes(memoryview(self._buffer)[:ready])
                del self._buffer[:ready]
                yield chunk
            self._fill()
        chunk = bytes(memoryview(self._buffer)[:at])
        del self._buffer[: at + len(self._delimiter)]
        if chunk:
            yield chunk

    def _is_last_delimiter(self) -> bool:
        """Look at what follows a delimiter: ``--`` ends the body, blanks and CRLF begin a part."""
        while len(self._buffer) < 2:
            self._fill()
        if self._buffer.startswith(b"--"):
            return True
        while (at := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > MAX_PADDING_BYTES:
                raise MultipartError("delimiter")
            self._fill()
        if self._buffer[:at].strip(b" \t"):
            raise MultipartError("delimiter")
        # The CRLF stays: with it an empty header block also ends in CRLF CRLF.
        del self._buffer[:at]
        return False

    def _headers(self) -> dict[str, str]:
        while (at := self._buffer.find(b"\r\n\r\n")) < 0:
            if len(self._buffer) > MAX_HEADER_BYTES:
                raise MultipartError("part_header")
            self._fill()
        block = self._buffer[:at].decode("utf-8", "replace")
        # Two bytes stay behind so that the delimiter of an empty content is still found.
        del self._buffer[: at + 2]
        self._skip_blank_line()
        headers: dict[str, str] = {}
        for line in block.split("\r\n"):
            name, colon, value = line.partition(":")
            if colon:
                headers[name.strip().lower()] = value.strip()
        return headers

    def _skip_blank_line(self) -> None:
        """Take away the CRLF that ends the header block unless it begins the delimiter itself."""
        while len(self._buffer) < len(self._delimiter) and self._delimiter.startswith(
            bytes(self._buffer)
        ):
            self._fill()
        if not self._buffer.startswith(self._delimiter):
            del self._buffer[:2]


def _disposition(headers: dict[str, str]) -> tuple[str, str | None]:
    """Return name and filename of a part's Content-Disposition."""
    values: dict[str, str] = {}
    for key, quoted, bare in PARAMETER.findall(headers.get("content-disposition", "")):
        values[key.lower()] = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare
    return values.get("name", ""), values.get("filename", values.get("filename*"))
