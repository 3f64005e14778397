"""Looks at a workbook's members before any library parses them (DESIGN 11)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from hbgz_desktop.model.errors import RecordError

if TYPE_CHECKING:
    from typing import IO

    from hbgz_desktop.sources.file_limits import FileLimits

_CHUNK_BYTES = 1024 * 1024
_SMALL_MEMBER_BYTES = 1024 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED_FLAG = 0x1
# The parser frees its tree at the end of each row or string: between two of these the number of
# tags decides what it keeps in memory. A row of a real sheet has at most 16,384 cells.
_TREE_END = re.compile(rb"</(?:\w+:)?(?:row|si)\b")
_MAX_TAGS_HELD = 300_000


def check_workbook(data: bytes, limits: FileLimits) -> None:
    """Refuse what unpacks or parses to more than it may cost.

    Declared sizes are binding: reading a member stops at its declared size, so a member that lies
    is cut and fails its checksum.

    Raises:
        RecordError: ``record_xlsx_bomb`` or ``record_xlsx_invalid``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members, limits)
            for member in members:
                with archive.open(member) as stream:
                    _check_member(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise RecordError("record_xlsx_invalid") from None


def _check_directory(members: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    if len(members) > limits.max_xlsx_members:
        raise RecordError("record_xlsx_bomb", members=len(members))
    total = sum(member.file_size for member in members)
    if total > limits.max_xlsx_bytes:
        raise RecordError("record_xlsx_bomb", unpacked_bytes=total)
    for member in members:
        if member.compress_type not in _METHODS or member.flag_bits & _ENCRYPTED_FLAG:
            raise RecordError("record_xlsx_invalid")
        is_small = member.file_size <= _SMALL_MEMBER_BYTES
        if not is_small and member.file_size > limits.max_xlsx_ratio * member.compress_size:
            raise RecordError("record_xlsx_bomb", unpacked_bytes=member.file_size)


def _check_member(stream: IO[bytes]) -> None:
    """Count tags and look for a document type, which a workbook never has."""
    prolog = _Prolog()
    held = 0
    while chunk := stream.read(_CHUNK_BYTES):
        prolog.feed(chunk)
        *closed, rest = _TREE_END.split(chunk)
        for piece in closed:
            _check_held(held + piece.count(b"<"))
            held = 0
        held += rest.count(b"<")
        _check_held(held)


def _check_held(tags: int) -> None:
    if tags > _MAX_TAGS_HELD:
        raise RecordError("record_xlsx_bomb", tags=tags)


class _RootReachedError(Exception):
    """The first element began: what follows cannot declare entities."""


class _Prolog:
    """Parses a member up to its first element, in whatever encoding it declares."""

    def __init__(self) -> None:
        self._parser: expat.XMLParserType | None = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._on_doctype
        self._parser.StartElementHandler = self._on_element

    def feed(self, chunk: bytes) -> None:
        if self._parser is None:
            return
        try:
            self._parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
        except (_RootReachedError, expat.ExpatError):
            self._parser = None  # not XML (a picture), or XML that declares nothing

    def _on_doctype(self, *_declaration: object) -> None:
        raise RecordError("record_xlsx_bomb", doctype=True)

    def _on_element(self, _name: str, _attributes: dict[str, str]) -> None:
        raise _RootReachedError
