"""The images of the examination that is shown: fetched, pictured as they come, opened in the viewer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from hbgz_desktop.model.view_frame import SeriesToView
from hbgz_desktop.ui.job_runner import JobRunner
from hbgz_desktop.ui.pages.other_hospitals_pictures import representatives
from hbgz_desktop.ui.viewer.image_viewer import ImageViewer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.other_hospitals import OutsideImage, OutsideRow
    from hbgz_desktop.services.other_hospitals import OtherHospitals
    from hbgz_desktop.services.outside_fetch import FetchReport, ImageFetch
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords

PAGE = "other_hospitals"
HOLD_EVERY_MS = 120_000
_PICTURES_AT_ONCE = 3


@dataclass(frozen=True)
class ImagesLook:
    """An examination's images at one moment."""

    row: OutsideRow
    images: tuple[OutsideImage, ...] = ()


class OutsideImages(QObject):
    """What the page does with images; one examination is shown, one at most is being fetched.

    Signals:
        looked: (ImagesLook, pictures so far) The examination that is shown, as it stands now.
        ended: (examination id, FetchReport) Fetching is over.
        failed: (error) It could not begin, or the viewer could not.

    Attributes:
        runner: Progress of the fetch.
        viewer: Covers the page.
    """

    looked = Signal(object, object)
    ended = Signal(int, object)
    failed = Signal(object)

    def __init__(self, context: PageContext, words: OutsideWords, page: QWidget) -> None:
        """Build it; nothing is read before ``show``."""
        super().__init__(page)
        self._context = context
        self._words = words
        self._outside: OtherHospitals = context.services.other_hospitals
        self.runner = JobRunner(context, PAGE, page)
        self.viewer = ImageViewer(context, page)
        self._shown: int | None = None
        self._fetch: ImageFetch | None = None
        self._last: ImagesLook | None = None
        self._pictures: dict[int, QImage | str] = {}
        self._is_looking = False
        self._is_picturing = False
        self._has_news = False
        self._seen = -1
        self._wanted_series = 0
        self._on_screen: tuple[int, int] = (0, 0)
        self._holder = QTimer(self)
        self._holder.setInterval(HOLD_EVERY_MS)
        self._holder.timeout.connect(self._hold)
        context.long_work.changed.connect(self._on_progress)
        self.viewer.closed.connect(self._on_viewer_closed)

    # What is shown

    def show(self, examination_id: int | None) -> None:
        """Another examination is looked at; None = none is."""
        if examination_id == self._shown:
            return
        before, self._shown = self._shown, examination_id
        self._pictures = {}
        self._last = None
        if before is not None and before != self.fetching_id:
            release = partial(self._outside.cache.release, before)
            self._context.tasks.run_task(release, self._on_noted, self._on_failed)
        if examination_id is None:
            self._holder.stop()
            return
        self._holder.start()
        self._hold()
        self._look()

    def _hold(self) -> None:
        for one in {self._shown, self.fetching_id} - {None}:
            if one is not None:
                hold = partial(self._outside.cache.hold, one)
                self._context.tasks.run_task(hold, self._on_noted, self._on_failed)

    def _look(self) -> None:
        """Read the examination again; news that come meanwhile are read when this is over."""
        if self._shown is None:
            return
        if self._is_looking:
            self._has_news = True
            return
        self._is_looking, self._has_news = True, False
        ask = partial(look_at_images, self._outside, self._shown)
        self._context.tasks.run_task(ask, self._on_looked, self._on_look_failed)

    def _on_looked(self, look: ImagesLook) -> None:
        self._is_looking = False
        if look.row.id == self._shown:
            self._last = look
            self.looked.emit(look, self._pictures)
            self._feed_viewer(look)
            if look.row.exam.cached:
                self._context.services.viewing.prepare()
            self._picture()
        if self._has_news or look.row.id != self._shown:
            self._look()

    def _picture(self) -> None:
        """Make some pictures of series that have none yet; the first takes as long as a process's start."""
        if self._is_picturing or self._last is None:
            return
        cached = representatives(self._last.images)
        wanted = [one for one in cached if one.id not in self._pictures]
        if wanted:
            self._is_picturing = True
            make = partial(_pictures, self._outside, tuple(wanted[:_PICTURES_AT_ONCE]))
            self._context.tasks.run_task(make, self._on_pictures, self._on_picture_failed)

    def _on_pictures(self, made: dict[int, QImage | str]) -> None:
        self._is_picturing = False
        if self._last is not None:
            known = {one.id for one in self._last.images}
            self._pictures |= {key: one for key, one in made.items() if key in known}
            self.looked.emit(self._last, self._pictures)
        self._picture()

    def _on_picture_failed(self, error: Exception) -> None:
        self._is_picturing = False
        self.failed.emit(error)

    def _on_look_failed(self, error: Exception) -> None:
        self._is_looking = False
        self.failed.emit(error)

    # Fetching

    @property
    def fetching_id(self) -> int | None:
        """The examination whose images are on their way."""
        return self._fetch.exam.id if self._fetch is not None else None

    @property
    def progress(self) -> tuple[int, int, int] | None:
        """(images done, all, bytes) of the fetch; None when there is none."""
        job = self._fetch
        return None if job is None else (job.done, job.total, job.bytes_done)

    def fetch(self, row: OutsideRow) -> None:
        """Fetch what is missing; ends with ``ended`` or ``failed``."""
        if self.runner.is_busy or self._fetch is not None:
            return
        begin = partial(self._outside.fetching, row.id)
        self._context.tasks.run_task(begin, self._on_begun, self._on_failed)

    def stop(self) -> None:
        """End the fetch soon; what is there stays."""
        self.runner.strip.say_stopping()
        self.runner.strip.stop_requested.emit()

    def _on_begun(self, job: ImageFetch) -> None:
        self._fetch = job
        self._seen = -1
        self._context.services.viewing.prepare()
        title = self.tr("取其他医院的图像")
        run = partial(_run, self._outside, job)
        if not self.runner.run(job, title, run, self._on_ended, self._on_fetch_failed):
            self._fetch = None

    def _on_progress(self) -> None:
        job = self._fetch
        if job is None or job.exam.id != self._shown:
            return
        if job.fetched != self._seen:
            self._seen = job.fetched
            self._look()
        elif self._last is not None:
            self.looked.emit(self._last, self._pictures)

    def _on_ended(self, report: FetchReport) -> None:
        exam_id = self.fetching_id or 0
        self._fetch = None
        self._look()
        self.ended.emit(exam_id, report)

    def _on_fetch_failed(self, error: Exception) -> None:
        self._fetch = None
        self._look()
        self.failed.emit(error)

    # The viewer

    def view(self, series: int = 0) -> None:
        """Open the viewer on what is there; the audit row comes first."""
        if self._shown is None or self._last is None or not self._last.row.exam.cached:
            return
        self._wanted_series = series
        note = partial(self._outside.note_viewed, self._shown)
        self._context.tasks.run_task(note, self._on_may_view, self._on_failed)

    def _on_may_view(self, _noted: object) -> None:
        look = self._last
        if look is None or look.row.id != self._shown:
            return
        series = self._series(look)
        keys = [one.key for one in series]
        wanted = str(self._wanted_series)
        at = keys.index(wanted) if wanted in keys else 0
        self._on_screen = (int(keys[at]), len(series[at].paths))
        self.viewer.show_study(series, at)

    def _series(self, look: ImagesLook) -> list[SeriesToView]:
        found: dict[int, list[OutsideImage]] = {}
        for image in look.images:
            if image.is_cached:
                found.setdefault(image.series, []).append(image)
        path = self._outside.cache.path
        return [
            SeriesToView(
                str(number), self._words.series_title(own[0]), tuple(path(one) for one in own)
            )
            for number, own in found.items()
        ]

    def _feed_viewer(self, look: ImagesLook) -> None:
        """More of the series on the screen has come, at its end."""
        number, known = self._on_screen
        if not number or not self.viewer.isVisible():
            return
        for one in self._series(look):
            if int(one.key) == number and len(one.paths) > known:
                self.viewer.append_paths(one.paths[known:])
                self._on_screen = (number, len(one.paths))

    def _on_viewer_closed(self) -> None:
        self._on_screen = (0, 0)

    # Slots

    def _on_noted(self, _done: object) -> None:
        """The database has it."""

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)


def look_at_images(outside: OtherHospitals, examination_id: int) -> ImagesLook:
    """Read an examination's images as they stand now; blocks."""
    return ImagesLook(outside.row(examination_id), outside.images(examination_id))


def _pictures(outside: OtherHospitals, images: tuple[OutsideImage, ...]) -> dict[int, QImage | str]:
    return {one.id: _made(outside, one) for one in images}


def _made(outside: OtherHospitals, image: OutsideImage) -> QImage | str:
    made = outside.cache.picture(image)
    if isinstance(made, str):
        return made
    picture = QImage(str(made))
    return "unreadable" if picture.isNull() else picture


def _run(outside: OtherHospitals, job: ImageFetch) -> FetchReport:
    report = job.run()
    outside.note_fetched(job.exam.id, report)
    return report
