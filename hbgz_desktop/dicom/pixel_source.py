"""Where a stored file's pixels are and how they are to be read, found without reading them.

For decoding processes only: it trusts nothing, but it may fail in any way.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, BinaryIO, cast

from pydicom.encaps import get_frame
from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag

from hbgz_desktop.dicom.contexts import (
    DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
    EXPLICIT_VR_BIG_ENDIAN,
    EXPLICIT_VR_LITTLE_ENDIAN,
    IMPLICIT_VR_LITTLE_ENDIAN,
)
from hbgz_desktop.dicom.file_meta import parse_file_meta
from hbgz_desktop.dicom.header_scan import inflate_head
from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.dicom.view_reader import ViewReader

if TYPE_CHECKING:
    from pathlib import Path

    from pydicom.dataset import Dataset

INFLATE_LIMIT = 256 * 1024 * 1024
RAW_SYNTAXES = frozenset(
    {
        IMPLICIT_VR_LITTLE_ENDIAN,
        EXPLICIT_VR_LITTLE_ENDIAN,
        EXPLICIT_VR_BIG_ENDIAN,
        DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
    }
)

_FLOAT_PIXELS = 0x7FE00008
_DOUBLE_PIXELS = 0x7FE00009
_PIXELS = 0x7FE00010
_UNDEFINED = 0xFFFFFFFF
_MAX_SIDE = 65535
_MAX_FRAMES = 1_000_000

_TAGS: list[BaseTag | int] = [
    BaseTag(tag)
    for tag in (
        0x00080005, 0x00080016, 0x00080060, 0x00181164, 0x00182010, 0x00280002, 0x00280004,
        0x00280006, 0x00280008, 0x00280010, 0x00280011, 0x00280030, 0x00280034, 0x00280100,
        0x00280101, 0x00280102, 0x00280103, 0x00280120, 0x00280121, 0x00281050, 0x00281051,
        0x00281052, 0x00281053, 0x00281054, 0x00281055, 0x00281056, 0x00281101, 0x00281102,
        0x00281103, 0x00281201, 0x00281202, 0x00281203, 0x00281221, 0x00281222, 0x00281223,
        0x00283000, 0x00283010, 0x20500020, 0x52009229, 0x7FE00001, 0x7FE00002,
    )
]  # fmt: skip
_PER_FRAME_GROUPS = BaseTag(0x52009230)


@dataclass(frozen=True, slots=True)
class PixelSource:
    """The pixels of one file.

    Attributes:
        ds: The header elements that say how to show them.
        data: From the first byte of the pixel data element's value to the end of the dataset.
        length: The element's length; 0xFFFFFFFF when encapsulated.
        kind: ``integer``, ``float`` or ``double``.
    """

    ds: Dataset
    data: memoryview
    length: int
    kind: str
    transfer_syntax_uid: str
    rows: int
    columns: int
    samples: int
    frames: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    is_signed: bool
    photometric: str
    vr: bytes

    @property
    def are_bytes_swapped(self) -> bool:
        """True for 8-bit pixels in 16-bit words of big endian (PS3.5 annex D)."""
        return not self.is_little_endian and self.bits_allocated == 8 and self.vr == b"OW"

    @property
    def is_little_endian(self) -> bool:
        """Byte order of the pixels."""
        return self.transfer_syntax_uid != EXPLICIT_VR_BIG_ENDIAN

    @property
    def is_raw(self) -> bool:
        """True when frames stand uncompressed one after another."""
        return self.length != _UNDEFINED

    @property
    def middle(self) -> int:
        """Index of the frame to show: the middle one tells more than the first."""
        return self.frames // 2

    def encapsulated_frame(self, index: int) -> bytes:
        """Return one compressed frame (PS3.5 A.4)."""
        reader = cast("BinaryIO", ViewReader(self.data))
        offsets = self.ds.get("ExtendedOffsetTable"), self.ds.get("ExtendedOffsetTableLengths")
        extended = offsets if None not in offsets else None
        return get_frame(reader, index, number_of_frames=self.frames, extended_offsets=extended)


def find_pixels(path: Path, *, with_frame_groups: bool = False) -> PixelSource:
    """Map a stored file and find its pixels; the map is held by what is returned.

    Args:
        path: A file with file meta.
        with_frame_groups: Read what is said of single frames too; slow for thousands of them.

    Raises:
        DicomError: ``thumbnail_unavailable`` with reason ``no_pixels``, ``broken`` or
            ``unreadable``.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap(file.fileno(), 0, access=ACCESS_READ)
    except OSError as exc:
        raise unavailable("unreadable") from exc
    except ValueError as exc:
        raise unavailable("broken") from exc
    return _locate(memoryview(mapped), [_PER_FRAME_GROUPS] if with_frame_groups else [])


def _locate(view: memoryview, more_tags: list[BaseTag]) -> PixelSource:
    meta = parse_file_meta(view)
    syntax = meta.transfer_syntax_uid
    body = view[meta.dataset_offset :]
    if syntax == DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN:
        body = memoryview(inflate_head(body, INFLATE_LIMIT))
    is_implicit = syntax == IMPLICIT_VR_LITTLE_ENDIAN
    reader = ViewReader(body)
    ds = read_dataset(
        cast("BinaryIO", reader),
        is_implicit,
        syntax != EXPLICIT_VR_BIG_ENDIAN,
        stop_when=lambda tag, _vr, _length: int(tag) >= _FLOAT_PIXELS,
        specific_tags=[*_TAGS, *more_tags],
    )
    order = ">" if syntax == EXPLICIT_VR_BIG_ENDIAN else "<"
    position = reader.tell()
    tag, length, start = _pixel_element(body, position, order, is_implicit=is_implicit)
    kinds = {_PIXELS: "integer", _FLOAT_PIXELS: "float", _DOUBLE_PIXELS: "double"}
    if tag not in kinds or "Rows" not in ds or "Columns" not in ds:
        raise unavailable("no_pixels")
    source = _described(ds, body[start:], length, kinds[tag], syntax)
    return source if is_implicit else replace(source, vr=bytes(body[position + 4 : position + 6]))


def _pixel_element(
    body: memoryview, position: int, order: str, *, is_implicit: bool
) -> tuple[int, int, int]:
    """Return tag, length and value position of the element at ``position``."""
    if position + 12 > len(body):
        raise unavailable("no_pixels")
    group, element = struct.unpack_from(f"{order}HH", body, position)
    has_long_length = not is_implicit and bytes(body[position + 4 : position + 6]).isalpha()
    start = position + (8 if has_long_length else 4)
    (length,) = struct.unpack_from(f"{order}L", body, start)
    return group << 16 | element, length, start + 4


def _described(ds: Dataset, data: memoryview, length: int, kind: str, syntax: str) -> PixelSource:
    allocated = {"float": 32, "double": 64}.get(kind) or _number(ds, "BitsAllocated", 16)
    stored = min(_number(ds, "BitsStored", allocated) or allocated, allocated)
    source = PixelSource(
        ds=ds,
        data=data,
        length=length,
        kind=kind,
        transfer_syntax_uid=syntax,
        rows=_number(ds, "Rows", 0),
        columns=_number(ds, "Columns", 0),
        samples=_number(ds, "SamplesPerPixel", 1),
        frames=max(1, min(_number(ds, "NumberOfFrames", 1), _MAX_FRAMES)),
        bits_allocated=allocated,
        bits_stored=stored,
        high_bit=_number(ds, "HighBit", stored - 1),
        is_signed=_number(ds, "PixelRepresentation", 0) == 1,
        photometric=str(ds.get("PhotometricInterpretation", "MONOCHROME2")).strip(),
        vr=b"OW",
    )
    if not (0 < source.rows <= _MAX_SIDE and 0 < source.columns <= _MAX_SIDE):
        raise unavailable("broken")
    if source.samples not in {1, 3, 4}:
        raise unavailable("unsupported_pixels")
    return source


def _number(ds: Dataset, keyword: str, default: int) -> int:
    try:
        return int(ds.get(keyword) or default)
    except (TypeError, ValueError):
        return default
