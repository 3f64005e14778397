"""Stored values → what the eye sees, in 8 bits (PS3.3 C.7.6.3, C.11.1, C.11.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.pixels.processing import apply_color_lut

from hbgz_desktop.dicom.pixel_grey import (
    Grey,
    first_number,
    is_inverted,
    looked_up,
    most_of,
    normalised,
    rescale,
    voi_tables,
    windows,
)

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from hbgz_desktop.dicom.pixel_frames import Frame
    from hbgz_desktop.dicom.pixel_source import PixelSource

Shown = NDArray[np.uint8]

_YBR_TO_RGB = np.array(
    [[1.0, 1.0, 1.0], [0.0, -0.344136, 1.772], [1.402, -0.714136, 0.0]], np.float32
)


def displayed(source: PixelSource, frame: Frame) -> Image.Image:
    """Return a frame as an 8-bit grey or RGB picture of the frame's size."""
    if frame.photometric == "PALETTE COLOR":
        return Image.fromarray(_palette(source, frame))
    if frame.pixels.ndim == 3:
        return Image.fromarray(_colour(source, frame))
    return Image.fromarray(_grey(source, frame))


def _palette(source: PixelSource, frame: Frame) -> Shown:
    indexes = np.clip(frame.pixels, 0, 65535).astype(np.uint16)
    if not (indexes > 255).any():
        indexes = indexes.astype(np.uint8)
    colours = apply_color_lut(indexes, source.ds)[..., :3]
    if colours.dtype == np.uint8:
        return cast("Shown", colours)
    highest = int(colours.max()) if colours.size else 0
    return cast("Shown", (colours >> 8 if highest > 255 else colours).astype(np.uint8))


def _colour(source: PixelSource, frame: Frame) -> Shown:
    pixels = frame.pixels[..., :3].astype(np.float32)
    if source.bits_stored > 8 and frame.pixels.dtype != np.uint8 and pixels.max(initial=0) > 255:
        pixels = pixels / float(1 << (source.bits_stored - 8))
    if frame.photometric in {"YBR_FULL", "YBR_FULL_422"}:
        pixels = (pixels - np.array([0, 128, 128], np.float32)) @ _YBR_TO_RGB
    return cast("Shown", np.clip(pixels + 0.5, 0, 255).astype(np.uint8))


def _grey(source: PixelSource, frame: Frame) -> Shown:
    stored = frame.pixels
    if source.bits_allocated == 1:
        return cast("Shown", stored.astype(np.uint8))
    values = _rescaled(source.ds, stored.astype(np.float32))
    shown = _windowed(source.ds, values, _padding(source.ds, stored))
    if is_inverted(source.ds, frame.photometric):
        shown = 1.0 - shown
    return cast("Shown", (np.clip(shown, 0.0, 1.0) * 255 + 0.5).astype(np.uint8))


def _rescaled(ds: Dataset, values: Grey) -> Grey:
    """Apply the modality LUT: a table, or slope and intercept."""
    table = ds.get("ModalityLUTSequence")
    if table:
        return looked_up(table[0], values)
    slope, intercept = rescale(ds)
    if (slope, intercept) == (1.0, 0.0):
        return values
    return cast("Grey", values * np.float32(slope) + np.float32(intercept))


def _windowed(ds: Dataset, values: Grey, padding: NDArray[np.bool_] | None) -> Grey:
    """Apply the first VOI LUT or window, else the range of nearly all values; returns 0 to 1."""
    tables = voi_tables(ds)
    if tables:
        return normalised(looked_up(tables[0], values), tables[0])
    given = windows(ds)
    if not given:
        return _stretched(values, padding)
    return _window(values, given[0].centre, given[0].width, given[0].function)


def _window(values: Grey, centre: float, width: float, function: str) -> Grey:
    """Apply a window (PS3.3 C.11.2.1.2 and .3)."""
    if function == "SIGMOID":
        return cast("Grey", 1.0 / (1.0 + np.exp(np.clip(-4 * (values - centre) / width, -60, 60))))
    if function == "LINEAR_EXACT" or width <= 1:
        return cast("Grey", (values - centre) / max(width, 1e-6) + 0.5)
    return cast("Grey", (values - (centre - 0.5)) / (width - 1) + 0.5)


def _stretched(values: Grey, padding: NDArray[np.bool_] | None) -> Grey:
    seen = values[~padding] if padding is not None and not padding.all() else values.ravel()
    low, high = most_of(seen)
    return cast("Grey", np.nan_to_num((values - low) / (high - low)))


def _padding(ds: Dataset, stored: NDArray[Any]) -> NDArray[np.bool_] | None:
    value = first_number(ds, "PixelPaddingValue")
    return None if value is None else cast("NDArray[np.bool_]", stored == value)
