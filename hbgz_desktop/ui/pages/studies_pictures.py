"""The series of a study as pictures: made by the engine, read off the GUI thread, never a spinner."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.thumbnail_strip import Thumbnail, ThumbnailStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QEnterEvent

    from hbgz_desktop.model.views import SeriesRow
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext

READY = "ok"
LOOK_EVERY_MS = 1500
LOOKS = 40


class StudyPictures(QWidget):
    """Head line and strip; asks once for pictures, then looks while some are still being made.

    Signals:
        series_opened: (series_instance_uid) Double-click, Enter, or 打开看图.
    """

    series_opened = Signal(str)

    def __init__(self, context: PageContext, desk: StudyDesk, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._study_id: int | None = None
        self._series: tuple[SeriesRow, ...] = ()
        self._images: dict[int, QImage] = {}
        self._has_thumbnails = True
        self._are_cleared = False
        self._looks_left = 0
        self._chosen = ""
        self._title = Label("", "strong", self)
        self._note = Label("", "caption2", self)
        self._open = Button(context.theme, self.tr("打开看图"), "quiet", "image", self)
        self._open.clicked.connect(self._on_open)
        self._strip = ThumbnailStrip(context.theme, self)
        self._strip.chosen.connect(self._on_chosen)
        self._strip.opened.connect(self._on_opened)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(self._title, self._note, STRETCH, self._open))
        layout.addWidget(self._strip)

    def show_series(
        self,
        study_id: int | None,
        series: Sequence[SeriesRow],
        *,
        has_thumbnails: bool,
        are_cleared: bool = False,
    ) -> None:
        """Show a study's series, or the same later.

        Args:
            study_id: None for an examination without images: nothing is shown.
            series: In order.
            has_thumbnails: Pictures are made at all (setting).
            are_cleared: No file is here any more: nothing can be made or opened.
        """
        if study_id != self._study_id:
            self._begin(study_id)
        self._has_thumbnails = has_thumbnails
        self._are_cleared = are_cleared
        gone = self.tr("图像已从本机清理，要看请到 PACS") if are_cleared else ""
        self._open.set_allowed(gone)
        if (
            self._study_id is not None
            and not are_cleared
            and any(not one.thumbnail for one in series)
        ):
            self._want()
        self._take(tuple(series))

    def stop(self) -> None:
        """The drawer is closed: look no more."""
        self._timer.stop()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._get_ready()

    def _get_ready(self) -> None:
        """The pointer is at the pictures, or one is chosen: what decodes starts now, not at the double-click."""
        if not self._are_cleared and any(one.instance_count for one in self._series):
            self._context.services.viewing.prepare()

    def _begin(self, study_id: int | None) -> None:
        self._study_id = study_id
        self._images = {}
        self._series = ()
        self._looks_left = LOOKS
        self._are_cleared = False
        self._chosen = ""
        self._timer.stop()
        self.setVisible(study_id is not None)

    def _want(self) -> None:
        if self._looks_left < LOOKS or not self._has_thumbnails or self._study_id is None:
            return
        self._looks_left -= 1
        ask = partial(self._context.services.want_thumbnails, self._study_id)
        self._context.tasks.run_task(ask, self._on_asked)
        self._timer.start()

    def _on_asked(self, _nothing: object) -> None:
        """The engine knows; the timer looks for what it makes."""

    def _look(self) -> None:
        self._looks_left -= 1
        if self._looks_left <= 0 or self._study_id is None:
            self._timer.stop()
            return
        ask = partial(_series_of, self._desk, self._study_id)
        self._context.tasks.run_task(ask, self._on_looked)

    def _on_looked(self, answer: tuple[int, tuple[SeriesRow, ...]]) -> None:
        study_id, series = answer
        if study_id != self._study_id:
            return
        if all(one.thumbnail for one in series):
            self._timer.stop()
        self._take(series)

    def _take(self, series: tuple[SeriesRow, ...]) -> None:
        self._series = series
        self._show()
        if self.underMouse():  # they came under a pointer that rests
            self._get_ready()
        wanted = {
            one.thumbnail_instance_id
            for one in series
            if one.thumbnail == READY and one.thumbnail_instance_id is not None
        } - set(self._images)
        if wanted and self._study_id is not None:
            paths = partial(_read, self._context.services.thumbnail, self._study_id, wanted)
            self._context.tasks.run_task(paths, self._on_read)

    def _on_read(self, answer: tuple[int, dict[int, QImage]]) -> None:
        study_id, images = answer
        if study_id == self._study_id:
            self._images |= images
            self._show()

    def _show(self) -> None:
        total = sum(one.instance_count for one in self._series)
        self._title.setText(self.tr("序列 {n}").format(n=len(self._series)))
        self._note.setText(self.tr("{n} 幅", "", total).format(n=f"{total:,}"))
        self._strip.set_thumbnails([self._thumbnail(one) for one in self._series])
        self._open.setVisible(any(one.instance_count for one in self._series))

    def _thumbnail(self, one: SeriesRow) -> Thumbnail:
        image = self._images.get(one.thumbnail_instance_id or 0)
        name = one.description or one.modality
        counts = f"{one.confirmed_count:,}/{one.instance_count:,}"
        is_whole = 0 < one.instance_count <= one.confirmed_count
        return Thumbnail(
            key=str(one.id),
            caption=f"{name} {counts}",
            image=image,
            state=State.CONFIRMED if is_whole else None,
            reason="" if image is not None else self._reason(one),
        )

    def _reason(self, one: SeriesRow) -> str:
        if one.thumbnail_instance_id is None:
            return self.tr("没有图像")
        if self._are_cleared and one.thumbnail != READY:
            is_whole = 0 < one.instance_count <= one.confirmed_count
            return self.tr("本机已清理\n平台上有") if is_whole else self.tr("本机已清理")
        if not self._has_thumbnails:
            return self.tr("没有小样\n设置里关了")
        if one.thumbnail in ("", READY):
            return (
                self.tr("正在生成")
                if one.thumbnail or self._timer.isActive()
                else self.tr("还没生成")
            )
        if one.confirmed_count >= one.instance_count:
            return self.tr("不能显示\n已原样上传")
        return self.tr("不能显示\n已原样收下")

    def _on_chosen(self, key: str) -> None:
        self._chosen = key
        self._strip.set_chosen(key)
        self._get_ready()

    def _on_open(self) -> None:
        full = [one for one in self._series if one.instance_count]
        chosen = [one for one in full if str(one.id) == self._chosen] or full
        if chosen:
            self.series_opened.emit(chosen[0].series_instance_uid)

    def _on_opened(self, key: str) -> None:
        found = next((one for one in self._series if str(one.id) == key), None)
        if found is not None and found.instance_count:
            self.series_opened.emit(found.series_instance_uid)


def _series_of(desk: StudyDesk, study_id: int) -> tuple[int, tuple[SeriesRow, ...]]:
    return study_id, desk.series(study_id)


def _read(
    path_of: Callable[[int], Path], study_id: int, ids: set[int]
) -> tuple[int, dict[int, QImage]]:
    """Pictures that could be read; one that cannot is left out and keeps its placeholder."""
    images = {instance_id: QImage(str(path_of(instance_id))) for instance_id in ids}
    return study_id, {key: image for key, image in images.items() if not image.isNull()}
