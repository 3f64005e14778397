"""The series of a study at the side of the viewer, a small picture each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.view_frame import FrameFailure, ViewFrame
from hbgz_desktop.ui.viewer.brightness import PictureLook
from hbgz_desktop.ui.viewer.frame_arrivals import FrameArrivals
from hbgz_desktop.ui.viewer.frame_shader import shade
from hbgz_desktop.ui.widgets.thumbnail_strip import TILE, Thumbnail, ThumbnailStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from hbgz_desktop.model.view_frame import SeriesToView
    from hbgz_desktop.services.open_series import OpenSeries
    from hbgz_desktop.ui.page_context import PageContext


class SeriesRail(QWidget):
    """Hidden for a single series.

    Signals:
        chosen: (key) A series was clicked, or Enter pressed on it.
    """

    chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        """Build it empty and hidden."""
        super().__init__(parent)
        self._viewing = context.services.viewing
        self._series: tuple[SeriesToView, ...] = ()
        self._shown: OpenSeries | None = None
        self._images: dict[str, QImage] = {}
        self._failed: set[str] = set()
        self._arrivals = FrameArrivals(self)
        self._arrivals.arrived.connect(self._on_arrived)
        self._strip = ThumbnailStrip(context.theme, self, is_upright=True)
        self._strip.setAccessibleName(self.tr("序列"))
        self._strip.chosen.connect(self.chosen)
        self._strip.opened.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 0, 8)
        layout.addWidget(self._strip)
        self.hide()

    def show_series(self, series: Sequence[SeriesToView]) -> None:
        """Show these series; their middle files are decoded small."""
        self.stop()
        self._series = tuple(series)
        self._images, self._failed = {}, set()
        self.setVisible(len(self._series) > 1)
        if len(self._series) > 1:
            middles = [one.paths[len(one.paths) // 2] for one in self._series if one.paths]
            self._shown = self._viewing.open_series(middles, self._arrivals.post, only_first=True)
            self._shown.look_at(0, round(TILE * self.devicePixelRatioF()))
        self._show()

    def set_chosen(self, key: str) -> None:
        """Ring the series that is shown large."""
        self._strip.set_chosen(key)

    def stop(self) -> None:
        """Nothing more is decoded."""
        if self._shown is not None:
            self._shown.close()
            self._shown = None

    def _on_arrived(self) -> None:
        if self._shown is None:
            return
        keys = [one.key for one in self._series if one.paths]
        for position, key in enumerate(keys):
            answer = self._shown.frame_at(position)
            if isinstance(answer, FrameFailure):
                self._failed.add(key)
            elif isinstance(answer, ViewFrame) and key not in self._images:
                self._images[key] = shade(answer, PictureLook())
        self._show()
        if len(self._images) + len(self._failed) == len(keys):
            self.stop()

    def _show(self) -> None:
        tiles = [
            Thumbnail(
                key=one.key,
                caption=one.title,
                image=self._images.get(one.key),
                reason=self.tr("不能显示") if one.key in self._failed else self.tr("正在读图"),
            )
            for one in self._series
        ]
        self._strip.set_thumbnails(tiles)
