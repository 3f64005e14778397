"""Which window is in force and how it is changed: by hand, by preset, by what the file says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.view_frame import VoiWindow
from hbgz_desktop.ui.viewer.brightness import PictureLook, first_window
from hbgz_desktop.ui.viewer.window_presets import CT_WINDOWS

if TYPE_CHECKING:
    from hbgz_desktop.model.view_frame import ViewFrame

BY_HAND, AUTOMATIC, OWN, CT = "hand", "auto", "own", "ct"

DRAG_PX = 250
"""A drag this long doubles the window's width, or moves its centre by a width."""


class LookControl(QObject):
    """The look of the series that is shown.

    Signals:
        changed: Shade again.

    Attributes:
        look: In force.
        chosen: ``auto``, ``own:<n>``, ``ct:<name>`` or ``hand``.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Show every image as its file says."""
        super().__init__(parent)
        self.look = PictureLook()
        self.chosen = f"{OWN}:0"
        self._drag_window = VoiWindow(0, 1)

    def reset(self) -> None:
        """As the file says, not inverted."""
        self._set(PictureLook(), f"{OWN}:0")

    def invert(self) -> None:
        """Black for white."""
        self._set(self.look.inverted(), self.chosen)

    def choose(self, key: str) -> None:
        """Show by ``auto``, ``own:<n>`` or ``ct:<name>``; others are ignored."""
        kind, _, what = key.partition(":")
        plain = PictureLook(is_inverted=self.look.is_inverted)
        if kind == CT and what in CT_WINDOWS:
            self._set(replace(plain, window=CT_WINDOWS[what]), key)
        elif kind == AUTOMATIC:
            self._set(replace(plain, is_automatic=True), key)
        elif kind == OWN:
            self._set(replace(plain, own=int(what or 0)), key)

    def choose_numbered(self, frame: ViewFrame, number: int) -> None:
        """The presets of a CT, else the file's own windows, counted from 0."""
        if frame.is_hounsfield:
            keys = [f"{CT}:{key}" for key in CT_WINDOWS]
        else:
            keys = [f"{OWN}:{at}" for at in range(len(frame.tables) + len(frame.windows))]
        if number < len(keys) and not frame.is_colour:
            self.choose(keys[number])

    def next_own(self, frame: ViewFrame) -> None:
        """The file's own window, at the next call its next one."""
        own = len(frame.tables) + len(frame.windows)
        kind, _, what = self.chosen.partition(":")
        self.choose(f"{OWN}:{(int(what) + 1) % own if kind == OWN and own else 0}")

    def begin_drag(self, frame: ViewFrame) -> None:
        """Dragging begins at the window in force."""
        self._drag_window = first_window(frame, self.look)

    def drag(self, frame: ViewFrame, right: float, down: float) -> None:
        """Wider to the right, darker downwards; pixels since the drag began."""
        if frame.is_colour:
            return
        window = self._drag_window
        width = max(abs(frame.slope), window.width * (1 + right / DRAG_PX))
        centre = window.centre + down * window.width / DRAG_PX
        dragged = replace(window, centre=centre, width=width, name="")
        self._set(replace(self.look, window=dragged), BY_HAND)

    def _set(self, look: PictureLook, chosen: str) -> None:
        self.look, self.chosen = look, chosen
        self.changed.emit()
