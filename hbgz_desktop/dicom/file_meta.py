"""Preamble and File Meta Information of stored files (PS3.10 7.1), by hand: the hot path."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop import __version__
from hbgz_desktop.model.errors import DicomError

if TYPE_CHECKING:
    from pathlib import Path

IMPLEMENTATION_CLASS_UID = "2.25.334915980264944186545810372916790873851"
IMPLEMENTATION_VERSION_NAME = f"HBGZ_{__version__}"[:16]

_PREFIX = b"\0" * 128 + b"DICM"
_LONG_VRS = frozenset({b"OB", b"OW", b"OF", b"OD", b"OL", b"OV", b"SQ", b"UC", b"UN", b"UR", b"UT"})
_META_LIMIT = 64 * 1024
_SOP_CLASS = 0x00020002
_SOP_INSTANCE = 0x00020003
_TRANSFER_SYNTAX = 0x00020010
_VERSION_NAME = 0x00020013


@dataclass(frozen=True, slots=True)
class FileMeta:
    """What the File Meta Information of a stored file says.

    Attributes:
        transfer_syntax_uid: Empty when it is missing; so may be the others.
        dataset_offset: Bytes before the dataset.
        version_name: Implementation Version Name of who wrote the file.
    """

    sop_class_uid: str
    sop_instance_uid: str
    transfer_syntax_uid: str
    dataset_offset: int
    version_name: str = ""


def _short(element: int, vr: bytes, value: bytes, pad: bytes) -> bytes:
    if len(value) & 1:
        value += pad
    return struct.pack("<HH2sH", 2, element, vr, len(value)) + value


def _uid(element: int, value: str) -> bytes:
    return _short(element, b"UI", value.encode("ascii", "replace"), b"\0")


def build_file_meta(
    sop_class_uid: str,
    sop_instance_uid: str,
    transfer_syntax_uid: str,
    source_ae: str = "",
    version_name: str = IMPLEMENTATION_VERSION_NAME,
) -> bytes:
    """Return what stands before the dataset in a stored file: preamble, ``DICM`` and group 0002.

    Args:
        sop_class_uid: Media Storage SOP Class UID (0002,0002).
        sop_instance_uid: Media Storage SOP Instance UID (0002,0003).
        transfer_syntax_uid: Syntax the dataset was received in (0002,0010).
        source_ae: Calling AE title (0002,0016); left out when empty.
        version_name: Implementation Version Name (0002,0013); another one only to build a file again
            as an earlier version of the program wrote it.
    """
    parts = [
        struct.pack("<HH2sHL", 2, 1, b"OB", 0, 2) + b"\0\1",
        _uid(0x0002, sop_class_uid),
        _uid(0x0003, sop_instance_uid),
        _uid(0x0010, transfer_syntax_uid),
        _uid(0x0012, IMPLEMENTATION_CLASS_UID),
        _short(0x0013, b"SH", version_name.encode("ascii"), b" "),
    ]
    if source_ae:
        parts.append(_short(0x0016, b"AE", source_ae.encode("ascii", "replace")[:16], b" "))
    body = b"".join(parts)
    return _PREFIX + struct.pack("<HH2sHL", 2, 0, b"UL", 4, len(body)) + body


def parse_file_meta(head: bytes | memoryview) -> FileMeta:
    """Read the File Meta Information at the start of a file, with or without its preamble.

    Args:
        head: The first bytes of the file, 64 KiB or the whole file.

    Raises:
        DicomError: ``not_a_dicom_file`` when there is no readable group 0002.
    """
    data = bytes(head[:_META_LIMIT])
    position = 132 if data[128:132] == b"DICM" else 0
    values: dict[int, bytes] = {}
    while position + 8 <= len(data):
        group, element, vr, length = struct.unpack_from("<HH2sH", data, position)
        if group != 2:
            break
        start = position + 8
        if vr in _LONG_VRS:
            if position + 12 > len(data):
                raise DicomError("not_a_dicom_file", reason="truncated_meta")
            (length,) = struct.unpack_from("<L", data, position + 8)
            start = position + 12
        if not vr.isalpha() or start + length > len(data):
            raise DicomError("not_a_dicom_file", reason="broken_meta")
        values[group << 16 | element] = data[start : start + length]
        position = start + length
    if not values:
        raise DicomError("not_a_dicom_file", reason="no_meta")
    return FileMeta(
        _text(values.get(_SOP_CLASS)),
        _text(values.get(_SOP_INSTANCE)),
        _text(values.get(_TRANSFER_SYNTAX)),
        position,
        _text(values.get(_VERSION_NAME)),
    )


def read_file_meta(path: Path) -> FileMeta:
    """Read the File Meta Information of a stored file.

    Raises:
        DicomError: ``not_a_dicom_file``, or ``file_unreadable`` when the file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_META_LIMIT)
    except OSError as exc:
        raise DicomError("file_unreadable", errno=exc.errno) from exc
    return parse_file_meta(head)


def _text(value: bytes | None) -> str:
    return (value or b"").rstrip(b"\0 ").decode("ascii", "replace").strip()
