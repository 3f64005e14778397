"""One frame of a PixelSource → a small array, shrunk while reading where the encoding allows it.

Decoders are named, not searched for: pydicom's default choice is up to five times slower. Which one
is told by the frame's own first bytes, so that wrongly declared and private syntaxes are shown too.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import imagecodecs
import jpeg_ls
import numpy as np
from numpy.typing import NDArray
from openjpeg.utils import decode as openjpeg_decode
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.pixels.decoders.base import get_decoder
from pydicom.uid import UID

from hbgz_desktop.dicom.pixel_reasons import unavailable

if TYPE_CHECKING:
    from hbgz_desktop.dicom.pixel_source import PixelSource

Pixels = NDArray[Any]

MAX_DECODED_BYTES = 768 * 1024 * 1024
_RLE = "1.2.840.10008.1.2.5"
_JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70"
_DEFLATED_FRAME = "1.2.840.10008.1.2.8.1"
_VIDEO = "1.2.840.10008.1.2.4.10"
"""Prefix of the MPEG and HEVC syntaxes (1.2.840.10008.1.2.4.100 to .108)."""

_J2K_START = b"\xff\x4f\xff\x51"
_JXL_STARTS = (b"\xff\x0a", b"\0\0\0\x0cJXL ")
_JPEG_LS_FRAME = 0xF7
_HUFFMAN_8_BIT = frozenset({0xC0, 0xC1, 0xC2})

Image.MAX_IMAGE_PIXELS = None  # bounded by _check_size, before anything is decoded


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, possibly shrunk already.

    Attributes:
        pixels: rows × columns for grey and palette, rows × columns × 3 for colour; stored values,
            sign restored.
        photometric: As the pixels now are: ``RGB`` once a decoder has converted them.
    """

    pixels: Pixels
    photometric: str


def read_frame(source: PixelSource, side_px: int, index: int | None = None) -> Frame:
    """Read one frame, the middle one without ``index``, at least ``side_px`` long where it is that large.

    Raises:
        DicomError: ``thumbnail_unavailable``: ``broken``, ``too_large``, ``unsupported_syntax`` or
            ``unsupported_pixels``. Decoders may raise anything else on hostile bytes.
    """
    index = source.middle if index is None else index
    if source.is_raw:
        return Frame(_read_raw(source, source.data, index, side_px), source.photometric)
    if source.transfer_syntax_uid.startswith(_VIDEO):
        raise unavailable("unsupported_syntax")
    _check_size(source.rows, source.columns, source)
    frame = source.encapsulated_frame(index)
    if not frame:
        raise unavailable("broken")
    return _decode(source, frame, side_px)


def _check_size(rows: int, columns: int, source: PixelSource) -> None:
    sample_bytes = max(1, source.bits_allocated // 8)
    if rows * columns * source.samples * sample_bytes > MAX_DECODED_BYTES:
        raise unavailable("too_large")


# ---- uncompressed -------------------------------------------------------------------------------


def _dtype(source: PixelSource) -> np.dtype[Any]:
    order = "<" if source.is_little_endian else ">"
    size = source.bits_allocated // 8
    if source.kind != "integer":
        return np.dtype(f"{order}f{size}")
    if size not in {1, 2, 4} or source.bits_allocated % 8:
        raise unavailable("unsupported_pixels")
    return np.dtype(f"{order}u{size}")


def _read_raw(source: PixelSource, data: bytes | memoryview, index: int, side_px: int) -> Pixels:
    if source.bits_allocated == 1:
        return _read_bits(source, data, index)
    dtype = _dtype(source)
    if source.are_bytes_swapped:
        data = np.frombuffer(data, ">u2", len(data) // 2).astype("<u2").tobytes()
    if source.photometric == "YBR_FULL_422":
        return _read_422(source, data, index)
    count = source.rows * source.columns * source.samples
    offset = count * dtype.itemsize * index
    if offset + count * dtype.itemsize > len(data):
        raise unavailable("broken")
    flat = np.frombuffer(data, dtype, count, offset)
    if source.samples == 1:
        return _shrunk(source, flat.reshape(source.rows, source.columns), side_px)
    if source.ds.get("PlanarConfiguration") == 1:
        planes = flat.reshape(source.samples, source.rows, source.columns)
        return _shrunk(source, np.moveaxis(planes, 0, -1), side_px)
    return _shrunk(source, flat.reshape(source.rows, source.columns, source.samples), side_px)


def _read_bits(source: PixelSource, data: bytes | memoryview, index: int) -> Pixels:
    """Unpack one-bit pixels, whose frames need not begin on a byte (PS3.5 8.1.1)."""
    count = source.rows * source.columns
    first, skipped = divmod(count * index, 8)
    octets = np.frombuffer(data, np.uint8, (count + skipped + 7) // 8, first)
    bits = np.unpackbits(octets, bitorder="little")[skipped : skipped + count]
    return bits.reshape(source.rows, source.columns).astype(np.int32) * 255


def _read_422(source: PixelSource, data: bytes | memoryview, index: int) -> Pixels:
    """Expand Y1 Y2 Cb Cr groups (PS3.3 C.7.6.3.1.2)."""
    size = source.rows * source.columns * 2
    groups = np.frombuffer(data, np.uint8, size, size * index).reshape(source.rows, -1, 4)
    pixels = np.empty((source.rows, groups.shape[1] * 2, 3), np.uint8)
    pixels[:, 0::2, 0], pixels[:, 1::2, 0] = groups[..., 0], groups[..., 1]
    for channel in (1, 2):
        pixels[..., channel] = np.repeat(groups[..., channel + 1], 2, axis=1)
    return pixels


def _values(source: PixelSource, pixels: Pixels) -> Pixels:
    """Cut overlay bits away and restore the sign, in place of nothing: most pixels are left as they are."""
    if pixels.dtype.kind == "f":
        return pixels.astype(np.float32)
    if pixels.dtype.kind != "u":
        return pixels.astype(np.int32)
    values = pixels.astype(pixels.dtype.newbyteorder("="), copy=False)
    width = values.dtype.itemsize * 8
    shift = max(0, source.high_bit + 1 - source.bits_stored) if source.is_raw else 0
    if shift:
        values = values >> shift
    if source.bits_stored < width:
        values = values & ((1 << source.bits_stored) - 1)
    if not source.is_signed or source.bits_stored > width:
        return values
    if source.bits_stored < width:
        half = 1 << (source.bits_stored - 1)
        values = (values ^ half) - half  # wraps, and so is negative when read as signed
    return values.view(np.dtype(f"i{values.dtype.itemsize}"))


def _shrunk(source: PixelSource, pixels: Pixels, side_px: int) -> Pixels:
    """Average four points of each cell; of a palette take one, for its indexes have no mean."""
    step = max(1, max(pixels.shape[:2]) // side_px)
    if step == 1:
        return _values(source, pixels)
    if source.photometric == "PALETTE COLOR":
        return _values(source, pixels[::step, ::step])
    rows, columns = pixels.shape[0] // step * step, pixels.shape[1] // step * step
    if not rows or not columns:
        return _values(source, pixels[::step, ::step])
    half = step // 2
    total: Pixels = np.zeros(1, np.float32)
    for row in (0, half):
        for column in (0, half):
            view = pixels[row:rows:step, column:columns:step]
            total = total + _values(source, view).astype(np.float32)
    return total / 4


# ---- compressed ---------------------------------------------------------------------------------


def _decode(source: PixelSource, frame: bytes, side_px: int) -> Frame:
    if source.transfer_syntax_uid == _RLE:
        return _by_pydicom(source, frame, side_px, _RLE, "pydicom")
    if frame[:2] == b"\xff\xd8":
        return _decode_jpeg(source, frame, side_px)
    start = frame.find(_J2K_START, 0, 1024)
    if start >= 0:
        return _decode_j2k(source, frame, start, side_px)
    if frame.startswith(_JXL_STARTS):
        return _finish(source, imagecodecs.jpegxl_decode(frame), side_px, "RGB")
    return Frame(_read_raw(source, _inflated(source, frame), 0, side_px), source.photometric)


def _inflated(source: PixelSource, frame: bytes) -> bytes:
    """Return the raw pixels of a frame that is deflated or not compressed at all."""
    size = source.rows * source.columns * source.samples * source.bits_allocated // 8
    if source.transfer_syntax_uid == _DEFLATED_FRAME:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(frame, max(1, size))
    if len(frame) < size:
        raise unavailable("unsupported_syntax")
    return frame


def _finish(source: PixelSource, pixels: Pixels, side_px: int, colour: str) -> Frame:
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[..., 0]
    photometric = source.photometric if pixels.ndim == 2 else colour
    return Frame(_shrunk(source, pixels, side_px), photometric)


def _jpeg_frame(data: bytes) -> tuple[int, int, int, int]:
    """Return marker, precision, rows and columns of a JPEG stream's frame header."""
    position = 2
    while position + 9 <= len(data):
        if data[position] != 0xFF:
            break
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        if marker == _JPEG_LS_FRAME or (
            0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}
        ):
            precision, rows, columns = struct.unpack_from(">BHH", data, position + 4)
            return marker, precision, rows, columns
        position += 2 + length
    raise unavailable("broken")


def _decode_jpeg(source: PixelSource, frame: bytes, side_px: int) -> Frame:
    marker, precision, rows, columns = _jpeg_frame(frame)
    _check_size(rows, columns, source)
    if marker == _JPEG_LS_FRAME:
        return _decode_jpeg_ls(source, frame, side_px)
    if marker in _HUFFMAN_8_BIT and precision == 8:
        return _decode_with_pillow(source, frame, side_px)
    try:
        pixels = imagecodecs.jpeg8_decode(frame)
    except imagecodecs.Jpeg8Error:
        return _by_pydicom(source, frame, side_px, _JPEG_LOSSLESS, "gdcm")
    return _finish(source, pixels, side_px, "RGB")


def _decode_with_pillow(source: PixelSource, frame: bytes, side_px: int) -> Frame:
    """Decode 8-bit JPEG at the smallest scale of the DCT that is still large enough."""
    image = Image.open(BytesIO(frame), formats=("JPEG",))
    is_plain_rgb = source.photometric == "RGB" and image.mode == "RGB"
    is_untransformed = is_plain_rgb and not ({"adobe_transform", "jfif"} & image.info.keys())
    image.draft("YCbCr" if is_untransformed else image.mode, (side_px, side_px))
    pixels = np.asarray(image)
    return _finish(source, pixels, side_px, "RGB")


def _decode_jpeg_ls(source: PixelSource, frame: bytes, side_px: int) -> Frame:
    pixels = jpeg_ls.decode(np.frombuffer(frame, np.uint8))
    if pixels.ndim == 3 and pixels.shape[0] == source.samples != pixels.shape[2]:
        pixels = np.moveaxis(pixels, 0, -1)
    return _finish(source, pixels, side_px, source.photometric)


def _decode_j2k(source: PixelSource, frame: bytes, start: int, side_px: int) -> Frame:
    width, height, left, top = struct.unpack_from(">4L", frame, start + 8)
    _check_size(height - top, width - left, source)
    precision = (frame[start + 42] & 0x7F) + 1
    if precision <= 16 and (source.samples == 1 or precision == 8):
        levels = max(0, (max(width - left, height - top) // side_px).bit_length() - 1)
        for reduce in dict.fromkeys((levels, levels // 2, 0)):
            try:
                return _reduced_j2k(source, frame, start, reduce, side_px)
            except (OSError, ValueError):
                continue  # fewer resolution levels than asked for
    return _finish(source, openjpeg_decode(frame), side_px, "RGB")


def _reduced_j2k(source: PixelSource, frame: bytes, start: int, reduce: int, side_px: int) -> Frame:
    """Decode a smaller resolution; Pillow scales grey to its container and makes it unsigned."""
    image = Image.open(BytesIO(frame), formats=("JPEG2000",))
    image.reduce = reduce  # type: ignore[assignment,method-assign] # the plug-in's own way to ask
    pixels = np.asarray(image)
    precision = (frame[start + 42] & 0x7F) + 1
    is_signed = bool(frame[start + 42] & 0x80)
    if pixels.ndim == 2:
        container = 8 if pixels.dtype == np.uint8 else 16
        pixels = pixels.astype(np.uint16) >> max(0, container - precision)
        if is_signed:
            pixels = pixels.astype(np.int32) - (1 << (precision - 1))
    return _finish(source, pixels, side_px, "RGB")


def _by_pydicom(source: PixelSource, frame: bytes, side_px: int, syntax: str, plugin: str) -> Frame:
    """Decode with one of pydicom's own or wrapped decoders, named."""
    options: dict[str, Any] = {
        "transfer_syntax_uid": UID(syntax),
        "rows": source.rows,
        "columns": source.columns,
        "number_of_frames": 1,
        "samples_per_pixel": source.samples,
        "bits_allocated": source.bits_allocated,
        "bits_stored": source.bits_stored,
        "photometric_interpretation": source.photometric,
        "pixel_representation": int(source.is_signed),
        "planar_configuration": 0,
        "pixel_keyword": "PixelData",
    }
    decoder = get_decoder(UID(syntax))
    pixels, _ = decoder.as_array(
        encapsulate([frame]), index=0, raw=True, decoding_plugin=plugin, **options
    )
    return _finish(source, pixels, side_px, source.photometric)
