"""The image of 2.8: taken out of the answer and decoded while it arrives (G061)."""

from __future__ import annotations

import binascii
import hashlib
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import PlatformError, PlatformRejectedError, PlatformUnreachableError
from hbgz_desktop.platforms.guizhou.content_filter import ContentFilter
from hbgz_desktop.platforms.http_answer import MAX_ANSWER_BYTES, Answer, answer_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from typing import BinaryIO

    import httpx

_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_BLANKS = b" \t\r\n\x0b\x0c"
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_MARKER_AT = 128
_MARKER = b"DICM"
_HEAD_BYTES = _MARKER_AT + len(_MARKER)
_SLACK = 1024 * 1024


class ImageContent:
    """Decodes Base64 piece by piece into a file; what is wrong with it is said by ``close``.

    Blanks and line breaks anywhere, the URL-safe alphabet and missing padding do no harm; any other
    character does.
    """

    def __init__(
        self, out: BinaryIO, *, max_bytes: int, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        """Write to ``out`` once the first 132 bytes are those of a DICOM file.

        Args:
            out: Gets the bytes.
            max_bytes: Of the image.
            on_bytes: Called with the count of bytes written so far.
        """
        self._out = out
        self._max_bytes = max_bytes
        self.max_characters = max_bytes * 4 // 3 + max_bytes // 16 + _SLACK
        self._on_bytes = on_bytes
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._rest = b""
        self._head = b""
        self._characters = 0
        self._is_padded = False
        self._error: PlatformError | None = None
        self.size_bytes = 0

    @property
    def md5(self) -> str:
        """Of what was decoded so far, upper-case hex (G045)."""
        return self._md5.hexdigest().upper()

    def feed(self, characters: bytes) -> None:
        """Take the next piece of Base64.

        Raises:
            PlatformRejectedError: ``image_too_large``; nothing more is worth reading.
        """
        self._characters += len(characters)
        if self._characters > self.max_characters:
            raise self.too_large()
        if self._error is not None:
            return
        plain = characters.translate(_URL_SAFE, _BLANKS)
        data = plain.rstrip(b"=")
        if data.translate(None, _ALPHABET) or (data and self._is_padded):
            self._error = PlatformRejectedError("image_damaged", retryable=True)
            return
        self._is_padded = self._is_padded or len(data) < len(plain)
        data = self._rest + data
        whole = len(data) // 4 * 4
        self._rest = data[whole:]
        self._write(binascii.a2b_base64(data[:whole]))
        self._end_if_too_large()

    def _end_if_too_large(self) -> None:
        if self._error is not None and self._error.code == "image_too_large":
            raise self._error

    def too_large(self) -> PlatformRejectedError:
        """The refusal of an image over the limit."""
        return PlatformRejectedError("image_too_large", limit_mb=round(self._max_bytes / 2**20, 1))

    def close(self) -> PlatformError | None:
        """Write what is left; returns what is wrong, None when a whole image came."""
        if not self._characters or (self._error is None and not self._anything):
            return PlatformRejectedError("image_absent")
        if self._error is None and len(self._rest) == 1:
            self._error = PlatformRejectedError("image_damaged", retryable=True)
        if self._error is None and self._rest:
            last, self._rest = self._rest, b""
            self._write(binascii.a2b_base64(last + b"=" * (-len(last) % 4)))
        if self._error is None and self.size_bytes < _HEAD_BYTES:
            self._error = PlatformRejectedError("image_not_dicom")
        return self._error

    @property
    def _anything(self) -> bool:
        return bool(self.size_bytes or self._head or self._rest)

    def _write(self, data: bytes) -> None:
        if not self.size_bytes:
            data = self._head + data
            if len(data) < _HEAD_BYTES:
                self._head = data
                return
            if data[_MARKER_AT:_HEAD_BYTES] != _MARKER:
                self._error = PlatformRejectedError("image_not_dicom")
                return
        if self.size_bytes + len(data) > self._max_bytes:
            self._error = self.too_large()
            return
        self._md5.update(data)
        self._out.write(data)
        self.size_bytes += len(data)
        if self._on_bytes is not None and data:
            self._on_bytes(self.size_bytes)


def read_image(
    response: httpx.Response, content: ImageContent, stop: threading.Event | None
) -> Answer:
    """Read an answer of 2.8, its ``fileContent`` into ``content``.

    Args:
        response: Open stream.
        content: Gets the image.
        stop: Set by whoever no longer wants it.

    Returns:
        The answer without the image.

    Raises:
        httpx.HTTPError: Among them ReadTimeout when the peer falls silent.
        PlatformError: ``image_too_large``, ``image_stopped``.
    """
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > content.max_characters + _SLACK:
        raise content.too_large()
    charset = response.charset_encoding
    answer = ContentFilter(
        "fileContent", content.feed, is_gb=(charset or "").lower().startswith("gb")
    )
    for chunk in response.iter_bytes():
        if stop is not None and stop.is_set():
            raise PlatformUnreachableError("image_stopped")
        answer.feed(chunk)
        if len(answer.kept) > MAX_ANSWER_BYTES:
            break
    return answer_of(response, bytes(answer.kept[:MAX_ANSWER_BYTES]))
