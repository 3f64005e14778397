"""From the bytes of a text file to text: UTF-8, UTF-16 with a mark, or GB18030."""

from __future__ import annotations

import codecs
import re

from hbgz_desktop.model.errors import RecordError

_SNIFFED_BYTES = 8192
_UNREADABLE = re.compile("[\x00\ud800-\udfff\ufffd]")


def is_readable(text: str) -> bool:
    """Whether a text holds no trace of a failed decoding: NUL, half a character, U+FFFD."""
    return _UNREADABLE.search(text) is None


def without_unreadable(text: str) -> str:
    """Show a damaged text: ``?`` for what could not be read."""
    return _UNREADABLE.sub("?", text)


def decode_text(data: bytes) -> tuple[str, str]:
    """Decode a whole file; one damaged line does not decide for the others.

    A file that is not UTF-8 throughout is judged by its lines: each line with non-ASCII bytes
    votes for UTF-8 or against it. In the code set that wins, undecodable bytes become U+FFFD, which
    makes their row a problem and leaves the rows around it alone.

    Returns:
        The text without byte order mark, and the codec used.

    Raises:
        RecordError: The bytes are not text (``record_file_kind_unknown``).
    """
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", errors="replace"), "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    if b"\x00" in data[:_SNIFFED_BYTES]:
        raise RecordError("record_file_kind_unknown", size_bytes=len(data))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        codec = "utf-8" if _is_mostly_utf8(data) else "gb18030"
        return data.decode(codec, errors="replace"), codec


def _is_mostly_utf8(data: bytes) -> bool:
    """Count lines; a line feed is never a trail byte in UTF-8 or GB18030."""
    votes = 0
    for line in data.split(b"\n"):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            votes -= 1
        else:
            votes += 1
    return votes > 0
