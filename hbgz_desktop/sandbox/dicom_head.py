"""What the sandbox reads from a DICOM file by itself: marker and meta group (PS3.10 7.1)."""

from __future__ import annotations

import struct
from typing import Final

HEAD_BYTES: Final = 4096
PREAMBLE: Final = 128
MARKER: Final = b"DICM"
LONG_VRS: Final = frozenset({b"OB", b"OW", b"UN", b"SQ", b"UT", b"OF", b"OD", b"UC", b"UR"})
SOP_INSTANCE_UID: Final = (0x0002, 0x0003)


def has_marker(head: bytes) -> bool:
    """Tell whether a file's first bytes carry the DICM marker behind the preamble."""
    return head[PREAMBLE : PREAMBLE + 4] == MARKER


def sop_instance_uid_of(head: bytes) -> str:
    """Return (0002,0003) of a file's first bytes, "" when it cannot be read.

    The meta group is always explicit VR little endian (PS3.10 7.1).
    """
    at = PREAMBLE + 4
    while at + 8 <= len(head):
        group, element = struct.unpack_from("<HH", head, at)
        if group != 0x0002:
            break
        if head[at + 4 : at + 6] in LONG_VRS:
            if at + 12 > len(head):
                break
            (length,) = struct.unpack_from("<I", head, at + 8)
            start = at + 12
        else:
            (length,) = struct.unpack_from("<H", head, at + 6)
            start = at + 8
        if (group, element) == SOP_INSTANCE_UID:
            return head[start : start + length].decode("ascii", "replace").rstrip("\0 ")
        at = start + length
    return ""
