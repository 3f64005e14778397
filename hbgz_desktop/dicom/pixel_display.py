"""Stored values → what the eye sees, in 8 bits (PS3.3 C.7.6.3, C.11.1, C.11.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.pixels.processing import apply_color_lut

from hbgz_desktop.dicom.pixel_reasons import unavailable

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

    from hbgz_desktop.dicom.pixel_frames import Frame
    from hbgz_desktop.dicom.pixel_source import PixelSource

Grey = NDArray[np.float32]
Shown = NDArray[np.uint8]

_YBR_TO_RGB = np.array(
    [[1.0, 1.0, 1.0], [0.0, -0.344136, 1.772], [1.402, -0.714136, 0.0]], np.float32
)
_LOW_PERCENT = 0.5
_HIGH_PERCENT = 99.5


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
    groups = _functional_groups(source.ds)
    values = _rescaled(source.ds, groups, stored.astype(np.float32))
    shown = _windowed(source.ds, groups, values, _padding(source.ds, stored))
    if (frame.photometric == "MONOCHROME1") != (source.ds.get("PresentationLUTShape") == "INVERSE"):
        shown = 1.0 - shown
    return cast("Shown", (np.clip(shown, 0.0, 1.0) * 255 + 0.5).astype(np.uint8))


def _functional_groups(ds: Dataset) -> Dataset | None:
    shared = ds.get("SharedFunctionalGroupsSequence")
    return shared[0] if shared else None


def _macro(groups: Dataset | None, keyword: str) -> Dataset | None:
    sequence = groups.get(keyword) if groups is not None else None
    return sequence[0] if sequence else None


def _rescaled(ds: Dataset, groups: Dataset | None, values: Grey) -> Grey:
    """Apply the modality LUT: a table, or slope and intercept."""
    table = ds.get("ModalityLUTSequence")
    if table:
        return _looked_up(table[0], values)
    holder = _macro(groups, "PixelValueTransformationSequence") or ds
    slope, intercept = _first(holder, "RescaleSlope"), _first(holder, "RescaleIntercept")
    if slope is None or slope == 0:
        return values
    return cast("Grey", values * np.float32(slope) + np.float32(intercept or 0.0))


def _windowed(
    ds: Dataset, groups: Dataset | None, values: Grey, padding: NDArray[np.bool_] | None
) -> Grey:
    """Apply the first VOI LUT or window, else the range of nearly all values; returns 0 to 1."""
    table = ds.get("VOILUTSequence")
    if table and len(table[0].get("LUTDescriptor", ())) == 3:
        return _normalised(_looked_up(table[0], values), table[0])
    holder = _macro(groups, "FrameVOILUTSequence") or ds
    centre, width = _first(holder, "WindowCenter"), _first(holder, "WindowWidth")
    if centre is None or width is None or width <= 0:
        return _stretched(values, padding)
    function = str(holder.get("VOILUTFunction", "LINEAR"))
    return _window(values, centre, width, function)


def _window(values: Grey, centre: float, width: float, function: str) -> Grey:
    """Apply a window (PS3.3 C.11.2.1.2 and .3)."""
    if function == "SIGMOID":
        return cast("Grey", 1.0 / (1.0 + np.exp(np.clip(-4 * (values - centre) / width, -60, 60))))
    if function == "LINEAR_EXACT" or width <= 1:
        return cast("Grey", (values - centre) / max(width, 1e-6) + 0.5)
    return cast("Grey", (values - (centre - 0.5)) / (width - 1) + 0.5)


def _stretched(values: Grey, padding: NDArray[np.bool_] | None) -> Grey:
    seen = values[~padding] if padding is not None and not padding.all() else values.ravel()
    seen = seen[np.isfinite(seen)]
    if not seen.size:
        raise unavailable("broken")
    low, high = np.percentile(seen, (_LOW_PERCENT, _HIGH_PERCENT))
    if high <= low:
        low, high = float(seen.min()), float(seen.max())
    span = float(high - low) or 1.0
    return cast("Grey", np.nan_to_num((values - low) / span))


def _padding(ds: Dataset, stored: NDArray[Any]) -> NDArray[np.bool_] | None:
    value = _first(ds, "PixelPaddingValue")
    return None if value is None else cast("NDArray[np.bool_]", stored == value)


def _looked_up(item: Dataset, values: Grey) -> Grey:
    """Map values through a LUT of a Modality or VOI LUT sequence item."""
    descriptor = [int(number) for number in item["LUTDescriptor"].value]
    count, first = descriptor[0] or 65536, descriptor[1]
    data: Any = item["LUTData"].value
    if isinstance(data, bytes):
        data = np.frombuffer(data, np.uint8 if len(data) < count * 2 else np.dtype("<u2"))
    table = np.asarray(data, np.float32)[:count]
    if not table.size:
        raise unavailable("broken")
    return table[np.clip(values - first, 0, table.size - 1).astype(np.int64)]


def _normalised(values: Grey, item: Dataset) -> Grey:
    bits = int(item["LUTDescriptor"].value[2])
    highest = float((1 << min(max(bits, 1), 16)) - 1)
    if values.max(initial=0) > highest:
        highest = float(values.max())
    return cast("Grey", values / highest)


def _first(ds: Dataset, keyword: str) -> float | None:
    """Return the first number of an element that may hold several, or nonsense."""
    value = ds.get(keyword)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        value = value[0] if len(value) else None
    try:
        return None if value is None or value == "" else float(value)
    except (TypeError, ValueError):
        return None
