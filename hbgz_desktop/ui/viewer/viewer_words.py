"""What the viewer says: which image, by which window, why none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.view_frame import FrameFailure
from hbgz_desktop.ui.viewer.brightness import shown_window
from hbgz_desktop.ui.viewer.failure_words import failure_words

if TYPE_CHECKING:
    from hbgz_desktop.model.view_frame import ViewFrame
    from hbgz_desktop.services.open_series import OpenSeries
    from hbgz_desktop.ui.theme import Theme
    from hbgz_desktop.ui.viewer.brightness import PictureLook


class ViewerWords(QObject):
    """Words on the picture and beside the slider."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        """Join parts as the theme's font asks."""
        super().__init__(parent)
        self._theme = theme

    def position(self, shown: OpenSeries | None) -> str:
        """第 12 幅，共 500 幅."""
        count = shown.count if shown is not None else 0
        at = shown.position + 1 if shown is not None and count else 0
        return self.tr("第 {at} 幅，共 {total} 幅").format(at=f"{at:,}", total=f"{count:,}")

    def look(self, frame: ViewFrame | None, look: PictureLook, zoom: float) -> str:
        """Window and zoom of a frame."""
        if frame is None:
            return ""
        percent = f"{zoom * 100:.0f} %"
        window = None if frame.is_colour else shown_window(frame, look)
        if window is None:
            return percent
        words = self.tr("窗位 {centre} 窗宽 {width}").format(
            centre=_number(window.centre), width=_number(window.width)
        )
        return self._theme.join(words, percent)

    def message(self, shown: OpenSeries, *, is_quiet: bool) -> tuple[tuple[str, str], bool]:
        """What stands in place of a picture, and whether it is a failure; nothing while it is ``is_quiet``."""
        if not shown.count:
            return (self.tr("还没有图像"), self.tr("收到以后会显示在这里。")), False
        answer = shown.frame_at(shown.position)
        if isinstance(answer, FrameFailure):
            return failure_words(answer.reason), True
        return ("", "" if is_quiet else self.tr("正在读图")), False


def _number(value: float) -> str:
    """Without a fraction where the value is large enough to do without."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
