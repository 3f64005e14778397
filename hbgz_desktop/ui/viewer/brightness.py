"""Window and inversion → the brightness of each of the 65536 indexes of a grey frame."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from hbgz_desktop.model.view_frame import ViewFrame, VoiWindow

INDEXES = 65536

Brightness = NDArray[np.uint8]


@dataclass(frozen=True)
class PictureLook:
    """How grey is shown; the same for every image of a series until it is changed.

    Attributes:
        window: Set by hand or a preset; None = what each image says itself.
        own: Which of the image's own VOI LUTs and windows, tables first.
        is_automatic: Rather the range of each image's values.
        is_inverted: Black for white.
    """

    window: VoiWindow | None = None
    own: int = 0
    is_automatic: bool = False
    is_inverted: bool = False

    def inverted(self) -> PictureLook:
        """The same, black for white."""
        return replace(self, is_inverted=not self.is_inverted)


def shown_window(frame: ViewFrame, look: PictureLook) -> VoiWindow | None:
    """The window in force; None when a table of the file is."""
    if look.window is not None:
        return look.window
    own = len(frame.tables) + len(frame.windows)
    if look.is_automatic or not own:
        return frame.auto
    chosen = look.own % own
    return None if chosen < len(frame.tables) else frame.windows[chosen - len(frame.tables)]


def first_window(frame: ViewFrame, look: PictureLook) -> VoiWindow:
    """Where dragging begins: the window in force, or what comes near a table."""
    window = shown_window(frame, look)
    return window or (frame.windows[0] if frame.windows else frame.auto)


def brightness(frame: ViewFrame, look: PictureLook) -> Brightness:
    """Brightness by index: VOI LUT or window, then inversion, padding black (PS3.3 C.11.2, C.7.6.3.1.2)."""
    window = shown_window(frame, look)
    is_inverted = frame.is_inverted != look.is_inverted
    if window is not None:
        return _by_window(frame.slope, frame.intercept, window, is_inverted, frame.padding)
    own = look.own % (len(frame.tables) + len(frame.windows))
    return _finished(np.frombuffer(frame.tables[own], np.uint8), is_inverted, frame.padding)


@lru_cache(maxsize=16)
def _by_window(
    slope: float,
    intercept: float,
    window: VoiWindow,
    is_inverted: bool,  # noqa: FBT001  # part of the cache's key
    padding: tuple[int, int] | None,
) -> Brightness:
    values = np.arange(INDEXES) * slope + intercept
    centre, width = window.centre, window.width
    if window.function == "SIGMOID":
        parts = 1 / (1 + np.exp(np.clip(-4 * (values - centre) / max(width, 1e-9), -60, 60)))
    elif window.function == "LINEAR_EXACT" or width <= 1:
        parts = (values - centre) / max(width, 1e-9) + 0.5
    else:
        parts = (values - (centre - 0.5)) / (width - 1) + 0.5
    table = (np.clip(parts, 0, 1) * 255 + 0.5).astype(np.uint8)
    return _finished(table, is_inverted, padding)


def _finished(
    table: Brightness,
    is_inverted: bool,  # noqa: FBT001  # see above
    padding: tuple[int, int] | None,
) -> Brightness:
    done = 255 - table if is_inverted else table.copy()
    if padding is not None:
        done[padding[0] : padding[1] + 1] = 0
    return done
