"""What a viewer shows: series of files, and one decoded frame of one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SeriesToView:
    """The files of one series, in the order they are shown.

    Attributes:
        key: Names it among the series of its study.
        title: Shown on the picture; never a person's name unless the page has revealed it.
        paths: DICOM files; one that is gone is said where it would stand.
    """

    key: str
    title: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class VoiWindow:
    """A window on the values after the modality LUT (PS3.3 C.11.2).

    Attributes:
        function: ``LINEAR``, ``LINEAR_EXACT`` or ``SIGMOID``.
        name: What the device calls it, mostly nothing.
    """

    centre: float
    width: float
    function: str = "LINEAR"
    name: str = ""


@dataclass(frozen=True, slots=True)
class ViewFrame:
    """One frame, decoded and perhaps shrunk; colour is ready to be shown, grey needs a window.

    Attributes:
        pixels: Grey: 16-bit indexes, little endian; colour: RGB, a byte each; row by row, without gaps.
        width: Of ``pixels``, as ``height``.
        full_width: Of the image itself, as ``full_height``.
        frames: How many the file has.
        slope: The value of an index is ``index * slope + intercept`` (modality LUT applied).
        windows: The file's own, first one first.
        auto: The range of nearly all values of this frame.
        tables: The file's VOI LUTs: the brightness of each of the 65536 indexes, a byte each.
        is_inverted: Low values are bright (MONOCHROME1); window first, invert then.
        padding: First and last index that means "outside the image".
        stretch: Height of a pixel divided by its width.
        is_hounsfield: Values are Hounsfield units of a CT.
    """

    pixels: bytearray | bytes = field(repr=False)
    width: int
    height: int
    full_width: int
    full_height: int
    frames: int
    is_colour: bool
    slope: float = 1.0
    intercept: float = 0.0
    windows: tuple[VoiWindow, ...] = ()
    auto: VoiWindow = VoiWindow(127.5, 255.0)
    tables: tuple[bytes, ...] = field(default=(), repr=False)
    is_inverted: bool = False
    padding: tuple[int, int] | None = None
    stretch: float = 1.0
    is_hounsfield: bool = False

    @property
    def size_bytes(self) -> int:
        """What it occupies."""
        return len(self.pixels) + sum(len(table) for table in self.tables)

    @property
    def is_full(self) -> bool:
        """True when nothing was shrunk away."""
        return self.width >= self.full_width and self.height >= self.full_height

    def serves(self, side_px: float) -> bool:
        """True when it is fine enough to be shown ``side_px`` long."""
        return self.is_full or max(self.width, self.height) >= side_px


@dataclass(frozen=True, slots=True)
class FrameFailure:
    """Why a frame cannot be shown.

    Attributes:
        reason: ``gone``, ``unreadable``, ``no_pixels``, ``broken``, ``too_large``, ``unsupported_syntax``,
            ``unsupported_pixels``, ``out_of_memory``, ``timeout`` or ``crashed``.
    """

    reason: str
