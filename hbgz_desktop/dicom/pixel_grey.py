"""What a header says of grey values: modality LUT, windows and VOI LUTs (PS3.3 C.7.6.3, C.11.1, C.11.2)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from hbgz_desktop.dicom.pixel_reasons import unavailable
from hbgz_desktop.model.view_frame import VoiWindow

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Grey = NDArray[np.float32]

_LOW_PERCENT = 0.5
_HIGH_PERCENT = 99.5
_MOST_WINDOWS = 12


def macro(ds: Dataset, keyword: str, frame: int | None = None) -> Dataset:
    """Return the item that holds a functional group's elements (PS3.3 C.7.6.16), else the dataset itself.

    Args:
        ds: A header.
        keyword: Of the group's sequence.
        frame: From 0; None leaves the groups of single frames alone.
    """
    own = ds.get("PerFrameFunctionalGroupsSequence") if frame is not None else None
    shared = ds.get("SharedFunctionalGroupsSequence")
    groups = [shared[0]] if shared else []
    if own and frame is not None and frame < len(own):
        groups.insert(0, own[frame])
    for group in groups:
        sequence = group.get(keyword)
        if sequence:
            return cast("Dataset", sequence[0])
    return ds


def rescale(ds: Dataset, frame: int | None = None) -> tuple[float, float]:
    """Return slope and intercept of the modality LUT; 1 and 0 without one."""
    holder = macro(ds, "PixelValueTransformationSequence", frame)
    slope, intercept = (
        first_number(holder, "RescaleSlope"),
        first_number(holder, "RescaleIntercept"),
    )
    if slope is None or slope == 0:
        return 1.0, 0.0
    return slope, intercept or 0.0


def windows(ds: Dataset, frame: int | None = None) -> tuple[VoiWindow, ...]:
    """Return the windows a header offers, in its order; senseless ones are left out."""
    holder = macro(ds, "FrameVOILUTSequence", frame)
    centres, widths = _numbers(holder, "WindowCenter"), _numbers(holder, "WindowWidth")
    names = holder.get("WindowCenterWidthExplanation") or ()
    names = [names] if isinstance(names, str) else [str(name) for name in names]
    function = str(holder.get("VOILUTFunction", "LINEAR"))
    names += [""] * len(centres)
    return tuple(
        VoiWindow(centre, width, function, name.strip())
        for centre, width, name in zip(centres, widths, names, strict=False)
        if width > 0
    )[:_MOST_WINDOWS]


def voi_tables(ds: Dataset) -> list[Dataset]:
    """Return the items of the VOI LUT sequence that can be used."""
    return [one for one in ds.get("VOILUTSequence") or () if len(one.get("LUTDescriptor", ())) == 3]


def is_inverted(ds: Dataset, photometric: str) -> bool:
    """True when low values are bright."""
    shape = str(ds.get("PresentationLUTShape", ""))
    return (photometric == "MONOCHROME1") != (shape == "INVERSE")


def most_of(values: NDArray[Any]) -> tuple[float, float]:
    """Return the range of nearly all values, never empty."""
    seen = values[np.isfinite(values)]
    if not seen.size:
        raise unavailable("broken")
    low, high = (float(one) for one in np.percentile(seen, (_LOW_PERCENT, _HIGH_PERCENT)))
    if high <= low:
        low, high = float(seen.min()), float(seen.max())
    return low, high if high > low else low + 1.0


def looked_up(item: Dataset, values: Grey) -> Grey:
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


def normalised(values: Grey, item: Dataset) -> Grey:
    """Return what ``looked_up`` gave as 0 to 1."""
    bits = int(item["LUTDescriptor"].value[2])
    highest = float((1 << min(max(bits, 1), 16)) - 1)
    if values.max(initial=0) > highest:
        highest = float(values.max())
    return cast("Grey", values / highest)


def first_number(ds: Dataset, keyword: str) -> float | None:
    """Return the first number of an element that may hold several, or nonsense."""
    found = _numbers(ds, keyword)
    return found[0] if found else None


def _numbers(ds: Dataset, keyword: str) -> list[float]:
    value = ds.get(keyword)
    many = isinstance(value, Sequence) and not isinstance(value, str | bytes)
    numbers = []
    for one in cast("Sequence[Any]", value) if many else (value,):
        try:
            number = float(one)
        except (TypeError, ValueError):
            break
        if not math.isfinite(number):
            break
        numbers.append(number)
    return numbers
