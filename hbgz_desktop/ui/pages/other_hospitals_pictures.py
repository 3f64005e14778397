"""The series of another hospital's examination as pictures, shown as they arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.thumbnail_strip import Thumbnail, ThumbnailStrip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QImage

    from hbgz_desktop.model.other_hospitals import OutsideImage
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords


class OutsidePictures(QWidget):
    """One tile a series: its first image that is there, how many of it are there.

    Signals:
        series_opened: (series) Double-click or Enter on a tile that has images.
    """

    series_opened = Signal(int)

    def __init__(
        self, context: PageContext, words: OutsideWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._words = words
        self._series: dict[int, tuple[OutsideImage, ...]] = {}
        self._chosen = 0
        self._title = Label("", "strong", self)
        self._note = Label("", "caption2", self)
        self._strip = ThumbnailStrip(context.theme, self)
        self._strip.chosen.connect(self._on_chosen)
        self._strip.opened.connect(self._on_opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self._title, self._note, STRETCH))
        layout.addWidget(self._strip)
        self.hide()

    @property
    def chosen(self) -> int:
        """The series that is ringed, else the first that has images; 0 when none has."""
        ready = [one for one, images in self._series.items() if _there(images)]
        return self._chosen if self._chosen in ready else next(iter(ready), 0)

    def clear(self) -> None:
        """Another examination."""
        self._chosen = 0
        self.show_images((), {})

    def show_images(
        self, images: tuple[OutsideImage, ...], pictures: Mapping[int, QImage | str]
    ) -> None:
        """Show what is there now.

        Args:
            images: All of the list, in order.
            pictures: Image id → its picture, or why there is none.
        """
        self._series = {}
        for image in images:
            self._series[image.series] = (*self._series.get(image.series, ()), image)
        self._title.setText(self.tr("序列 {n}").format(n=len(self._series)))
        self._note.setText(self.tr("{n} 幅", "", len(images)).format(n=f"{len(images):,}"))
        tiles = [self._tile(number, own, pictures) for number, own in self._series.items()]
        self._strip.set_thumbnails(tiles)
        self._strip.set_chosen(str(self.chosen))
        self.setVisible(bool(images))

    def _tile(
        self, number: int, images: tuple[OutsideImage, ...], pictures: Mapping[int, QImage | str]
    ) -> Thumbnail:
        there = _there(images)
        named = there[0] if there else images[0]
        picture = pictures.get(named.id)
        image = None if picture is None or isinstance(picture, str) else picture
        title = self._words.series_title(named)
        is_whole = len(there) == len(images)
        caption = title if is_whole else f"{len(there):,}/{len(images):,} {title}"
        reason = "" if image is not None else self._reason(images, is_known=picture is not None)
        return Thumbnail(str(number), caption, image, None, reason)

    def _reason(self, images: tuple[OutsideImage, ...], *, is_known: bool) -> str:
        if _there(images):
            return self.tr("不能显示\n文件已取回") if is_known else self.tr("正在生成")
        if all(one.error_code for one in images):
            return self.tr("平台没有给")
        return self.tr("还没有取\n共 {n} 幅").format(n=len(images))

    def _on_chosen(self, key: str) -> None:
        self._chosen = int(key)
        self._strip.set_chosen(key)

    def _on_opened(self, key: str) -> None:
        if _there(self._series.get(int(key), ())):
            self.series_opened.emit(int(key))


def representatives(images: tuple[OutsideImage, ...]) -> tuple[OutsideImage, ...]:
    """The image of each series whose picture stands for it: the first that is there."""
    first: dict[int, OutsideImage] = {}
    for image in images:
        if image.is_cached:
            first.setdefault(image.series, image)
    return tuple(first.values())


def _there(images: tuple[OutsideImage, ...]) -> tuple[OutsideImage, ...]:
    return tuple(one for one in images if one.is_cached)
