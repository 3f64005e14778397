"""Takes one long text out of JSON while it arrives, so that the rest stays small enough to keep."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.answers import fold

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_NAME = 256
_MAX_DEPTH = 2
_STRING_STOP = re.compile(rb'["\\]')
# in GB18030 the second byte of a character may look like a backslash
_STRING_STOP_GB = re.compile(rb'["\\]|[\x81-\xfe]')
_BACKSLASH = 0x5C
_QUOTE = 0x22
_ESCAPE = re.compile(rb"\\(u[0-9A-Fa-f]{4}|[^u])", re.DOTALL)
_OPEN_ESCAPE = re.compile(rb"\\(u[0-9A-Fa-f]{0,3})?\Z")
_PLAIN = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}


class ContentFilter:
    """Copies JSON; the text of one member goes elsewhere, whatever stands before or after it.

    JSON that stands in a string (the whole answer, or ``data``) is unpacked, as ``parse_json`` and
    ``records_of`` do. What is no JSON at all is copied as it is.

    Attributes:
        kept: Everything but that text; its place holds "".
    """

    def __init__(
        self, member: str, sink: Callable[[bytes], None], *, is_gb: bool = False, depth: int = 0
    ) -> None:
        """Look for a member.

        Args:
            member: Its name; case and l for I do not count.
            sink: Gets the text in pieces, JSON's escapes resolved.
            is_gb: Whether the bytes are of a GB character set.
            depth: Strings this JSON stands in.
        """
        self.kept = bytearray()
        self._member = member
        self._sink = sink
        self._is_gb = is_gb
        self._depth = depth
        self._stop = _STRING_STOP_GB if is_gb else _STRING_STOP
        self._state = self._between
        self._gap = bytearray()
        self._string = bytearray()
        self._name = b""
        self._skip = 0
        self._escapes = _Unescaping()
        self._inner: ContentFilter | None = None

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        place = 0
        while place < len(data):
            place = self._state(data, place)

    # each state takes what is its own and returns the place where the next one begins

    def _between(self, data: bytes, place: int) -> int:
        quote = data.find(b'"', place)
        end = len(data) if quote < 0 else quote
        self._gap += data[place:end][-_MAX_NAME:]
        self.kept += data[place:end]
        if quote < 0:
            return end
        is_value = self._gap.strip(b" \t\r\n\xef\xbb\xbf") == b":"
        is_all = not self.kept.strip(b" \t\r\n\xef\xbb\xbf")
        self._gap.clear()
        self._string.clear()
        name = fold(self._name.decode("ascii", "replace")) if is_value else ""
        if name == fold(self._member):
            self.kept += b'"'
            self._state = self._content
        elif (is_all or name == "data") and self._depth < _MAX_DEPTH:
            self._state = self._opening
        else:
            self.kept += b'"'
            self._state = self._text
        return quote + 1

    def _opening(self, data: bytes, place: int) -> int:
        """The first character of a string that may hold JSON."""
        if data[place : place + 1] in (b"{", b"["):
            self._inner = ContentFilter(
                self._member, self._sink, is_gb=self._is_gb, depth=self._depth + 1
            )
            self._escapes = _Unescaping()
            self._state = self._nested
        else:
            self.kept += b'"'
            self._state = self._text
        return place

    def _text(self, data: bytes, place: int) -> int:
        end, is_over = self._string_end(data, place)
        piece = data[place:end]
        self._string += piece[: max(0, _MAX_NAME - len(self._string))]
        self.kept += piece
        if is_over:
            self.kept += b'"'
            self._name = bytes(self._string)
            self._state = self._between
            return end + 1
        return end

    def _nested(self, data: bytes, place: int) -> int:
        end, is_over = self._string_end(data, place)
        inner = self._inner
        if inner is not None:
            inner.feed(self._escapes.feed(data[place:end]))
            self.kept += inner.kept
            inner.kept.clear()
        if is_over:
            self._name = b""
            self._state = self._between
            return end + 1
        return end

    def _content(self, data: bytes, place: int) -> int:
        quote = data.find(b'"', place)
        end = len(data) if quote < 0 else quote
        self._sink(self._escapes.feed(data[place:end]))
        if quote < 0:
            return end
        self.kept += b'"'
        self._name = b""
        self._escapes = _Unescaping()
        self._state = self._between
        return quote + 1

    def _string_end(self, data: bytes, place: int) -> tuple[int, bool]:
        """Where the string ends in these bytes, and whether it does."""
        while True:
            place += min(self._skip, len(data) - place)
            self._skip = 0
            found = self._stop.search(data, place)
            if found is None:
                return len(data), False
            if data[found.start()] == _QUOTE:
                return found.start(), True
            place = found.end()
            self._skip = 1
            if place == len(data):
                return place, False


class _Unescaping:
    """Resolves JSON's escapes; one that is cut waits for its rest."""

    def __init__(self) -> None:
        self._open = b""

    def feed(self, data: bytes) -> bytes:
        data = self._open + data
        self._open = b""
        if _BACKSLASH not in data:
            return data
        # an even number of backslashes before the end is no open escape
        settled = _ESCAPE.sub(_keep_length, data)
        if (cut := _OPEN_ESCAPE.search(settled)) is not None:
            self._open, data = data[cut.start() :], data[: cut.start()]
        return _ESCAPE.sub(_resolved, data)


def _keep_length(match: re.Match[bytes]) -> bytes:
    return b"_" * len(match[0])


def _resolved(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    if escape[:1] == b"u" and len(escape) > 1:
        return chr(int(escape[1:], 16)).encode("utf-8", "surrogatepass")
    return _PLAIN.get(escape, escape)
