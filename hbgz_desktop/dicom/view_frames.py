"""Frames for the viewer. For the viewing processes only: decoders get hostile bytes.

Grey leaves as 16-bit indexes with the line that makes values of them, so that the console can apply
any window by a table of 65536 entries; colour leaves as RGB.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from hbgz_desktop.dicom.contexts import configure
from hbgz_desktop.dicom.pixel_display import displayed
from hbgz_desktop.dicom.pixel_frames import read_frame
from hbgz_desktop.dicom.pixel_grey import (
    first_number,
    is_inverted,
    looked_up,
    macro,
    most_of,
    normalised,
    rescale,
    voi_tables,
    windows,
)
from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.dicom.pixel_source import find_pixels
from hbgz_desktop.model.errors import DicomError
from hbgz_desktop.model.view_frame import ViewFrame, VoiWindow

if TYPE_CHECKING:
    from pathlib import Path

    from pydicom.dataset import Dataset

    from hbgz_desktop.dicom.pixel_frames import Frame
    from hbgz_desktop.dicom.pixel_source import PixelSource

MAX_FRAME_BYTES = 128 * 1024 * 1024
"""A larger frame is shrunk until it fits: nobody sees more than a screen of it at once."""

_WHOLE = 1 << 20
_INDEXES = 65536
_HALF = 32768
_MOST_TABLES = 3
_SAMPLE = 20_000
_SPACINGS = ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing", "PixelAspectRatio")

Indexes = NDArray[np.uint16]


class FrameReader:
    """Reads frames; a file of several stays open for the next one. One thread only."""

    def __init__(self) -> None:
        """Open nothing."""
        configure()
        self._open: tuple[Path, PixelSource] | None = None

    def read(self, path: Path, index: int, side_px: int) -> ViewFrame:
        """Decode one frame.

        Args:
            path: A file with file meta.
            index: From 0.
            side_px: The frame may be shrunk, but not below this length; 0 = leave it whole.

        Raises:
            DicomError: ``thumbnail_unavailable`` with a ``reason`` as in ``render_thumbnail``, or
                ``gone``.
        """
        try:
            with warnings.catch_warnings(action="ignore"):  # pydicom's warnings name values
                return self._read(path, index, side_px)
        except DicomError as exc:
            if exc.code == "thumbnail_unavailable":
                raise
            raise unavailable("broken") from exc
        except MemoryError as exc:
            raise unavailable("out_of_memory") from exc
        except Exception as exc:  # decoders raise anything at all on hostile bytes
            raise unavailable("broken") from exc

    def _read(self, path: Path, index: int, side_px: int) -> ViewFrame:
        source = self._source(path)
        if not 0 <= index < source.frames:
            raise unavailable("broken")
        frame = read_frame(source, _allowed_side(source, side_px), index)
        if frame.pixels.ndim == 3 or frame.photometric == "PALETTE COLOR":
            return _colour(source, frame)
        return _grey(source, frame, index)

    def _source(self, path: Path) -> PixelSource:
        if self._open is not None and self._open[0] == path:
            return self._open[1]
        self._open = None
        if not path.exists():
            raise unavailable("gone")
        source = find_pixels(path, with_frame_groups=True)
        if source.frames > 1:  # a single one is read once; its file is let go
            self._open = path, source
        return source


def _allowed_side(source: PixelSource, side_px: int) -> int:
    """Keep what is sent within ``MAX_FRAME_BYTES``."""
    side = side_px if side_px > 0 else _WHOLE
    size = source.rows * source.columns * (2 if source.samples == 1 else 3)
    if size <= MAX_FRAME_BYTES:
        return side
    longest = max(source.rows, source.columns)
    step = int(np.ceil(np.sqrt(size / MAX_FRAME_BYTES)))
    return max(1, min(side, longest // step))


def _colour(source: PixelSource, frame: Frame) -> ViewFrame:
    pixels = np.asarray(displayed(source, frame).convert("RGB"))
    return ViewFrame(
        pixels=pixels.tobytes(),
        width=pixels.shape[1],
        height=pixels.shape[0],
        full_width=max(source.columns, pixels.shape[1]),
        full_height=max(source.rows, pixels.shape[0]),
        frames=source.frames,
        is_colour=True,
        stretch=_stretch(source.ds, 0),
    )


def _grey(source: PixelSource, frame: Frame, index: int) -> ViewFrame:
    ds, pixels = source.ds, frame.pixels
    table = ds.get("ModalityLUTSequence")
    slope, intercept = (1.0, 0.0) if table else rescale(ds, index)
    if table:
        pixels = np.rint(looked_up(table[0], pixels.astype(np.float32))).astype(np.int32)
    elif pixels.dtype.kind == "f" and source.kind == "integer":
        pixels = np.rint(pixels).astype(np.int64)  # the mean of several pixels
    indexes, scale, first = _indexed(pixels)
    slope, intercept = scale * slope, first * slope + intercept
    padding = None if table else _padding(source, scale, first)
    return ViewFrame(
        pixels=indexes.tobytes(),
        width=indexes.shape[1],
        height=indexes.shape[0],
        full_width=max(source.columns, indexes.shape[1]),
        full_height=max(source.rows, indexes.shape[0]),
        frames=source.frames,
        is_colour=False,
        slope=slope,
        intercept=intercept,
        windows=windows(ds, index),
        auto=_automatic(indexes, padding, slope, intercept),
        tables=_tables(ds, slope, intercept),
        is_inverted=is_inverted(ds, frame.photometric),
        padding=padding,
        stretch=_stretch(ds, index),
        is_hounsfield=_is_hounsfield(ds, index),
    )


def _indexed(pixels: NDArray[Any]) -> tuple[Indexes, float, float]:
    """Return 16-bit indexes with the scale and the first value that lead back from them."""
    kind, size = pixels.dtype.kind, pixels.dtype.itemsize
    if kind == "u" and size <= 2:
        return pixels.astype("<u2", copy=False), 1.0, 0.0
    if kind == "i" and size <= 2:
        shifted = pixels.astype("<i2", copy=False).view("<u2") ^ np.uint16(_HALF)
        return cast("Indexes", shifted), 1.0, float(-_HALF)
    seen = pixels[np.isfinite(pixels)] if kind == "f" else pixels
    if not seen.size:
        raise unavailable("broken")
    low, high = float(seen.min()), float(seen.max())
    if kind != "f" and high - low < _INDEXES:
        first = 0.0 if low >= 0 and high < _INDEXES else float(-_HALF)
        if not (low >= first and high - first < _INDEXES):
            first = low
        return cast("Indexes", (pixels - int(first)).astype("<u2")), 1.0, first
    scale = (high - low) / (_INDEXES - 1) or 1.0
    spread = np.nan_to_num((pixels.astype(np.float64) - low) / scale, posinf=_INDEXES - 1, neginf=0)
    return np.clip(np.rint(spread), 0, _INDEXES - 1).astype("<u2"), scale, low


def _padding(source: PixelSource, scale: float, first: float) -> tuple[int, int] | None:
    """Return the indexes of what lies outside the image (PS3.3 C.7.5.1.1.2)."""
    value = first_number(source.ds, "PixelPaddingValue")
    if value is None or source.kind != "integer" or scale != 1.0:
        return None
    limit = first_number(source.ds, "PixelPaddingRangeLimit")
    ends = [_signed(source, one) - first for one in (value, value if limit is None else limit)]
    low, high = int(min(ends)), int(max(ends))
    if high < 0 or low >= _INDEXES:
        return None
    return max(0, low), min(high, _INDEXES - 1)


def _signed(source: PixelSource, value: float) -> float:
    """Return a padding value as the pixels count; some devices write it as if it had no sign."""
    if source.is_signed and value >= 1 << (source.bits_allocated - 1):
        return value - (1 << source.bits_allocated)
    return value


def _automatic(
    indexes: Indexes, padding: tuple[int, int] | None, slope: float, intercept: float
) -> VoiWindow:
    """Return the window over nearly all values, from a sample of them."""
    step = max(1, int(np.sqrt(indexes.size / _SAMPLE)))
    seen = indexes[::step, ::step].ravel()
    if padding is not None:
        inside = seen[(seen < padding[0]) | (seen > padding[1])]
        seen = inside if inside.size else seen
    low, high = sorted(one * slope + intercept for one in most_of(seen))
    # a linear window reaches from c - 0.5 - (w - 1) / 2 to c - 0.5 + (w - 1) / 2
    return VoiWindow((low + high) / 2, high - low, "LINEAR_EXACT")


def _tables(ds: Dataset, slope: float, intercept: float) -> tuple[bytes, ...]:
    """Return the file's VOI LUTs as brightness of each index."""
    items = voi_tables(ds)[:_MOST_TABLES]
    if not items:
        return ()
    values = (np.arange(_INDEXES) * slope + intercept).astype(np.float32)
    shown = (normalised(looked_up(item, values), item) for item in items)
    return tuple((np.clip(one, 0, 1) * 255 + 0.5).astype(np.uint8).tobytes() for one in shown)


def _stretch(ds: Dataset, index: int) -> float:
    """Return the height of a pixel by its width (PS3.3 C.7.6.3.1.7, 10.7); 1 when it is senseless."""
    for keyword in _SPACINGS:
        holder = macro(ds, "PixelMeasuresSequence", index) if keyword == "PixelSpacing" else ds
        given = holder.get(keyword)
        try:
            down, across = (float(one) for one in given or ())
        except (TypeError, ValueError):
            continue
        if down > 0 and across > 0 and 0.05 <= down / across <= 20:
            return down / across
    return 1.0


def _is_hounsfield(ds: Dataset, index: int) -> bool:
    holder = macro(ds, "PixelValueTransformationSequence", index)
    is_rescaled = first_number(holder, "RescaleIntercept") is not None
    return ds.get("Modality") == "CT" and is_rescaled and holder.get("RescaleType", "HU") == "HU"
