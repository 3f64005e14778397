"""Runs a page's long actions one at a time: its strip, its place in the status bar, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.long_work import LongJob, RunningJob
    from hbgz_desktop.ui.page_context import PageContext


class JobRunner(QObject):
    """One at a time; it goes on when the page is left.

    Signals:
        busy_changed: A job begins or ends: ask ``is_busy``.

    Attributes:
        strip: Progress; shows itself when a job takes longer than a moment.
    """

    busy_changed = Signal()

    def __init__(self, context: PageContext, page: str, parent: QWidget) -> None:
        """Build it idle.

        Args:
            context: What the page was given.
            page: Key of the page the status bar leads to.
            parent: Owner, and where the strip will stand.
        """
        super().__init__(parent)
        self._context = context
        self._page = page
        self._running: RunningJob | None = None
        self._on_end: tuple[Callable[[Any], None], Callable[[Exception], None]] | None = None
        self.strip = ProgressStrip(context.theme, parent=parent)
        self.strip.stop_requested.connect(self._on_stop)
        self.strip.hide()
        context.long_work.changed.connect(self._on_changed)

    @property
    def is_busy(self) -> bool:
        """True while a job runs."""
        return self._running is not None

    def run(
        self,
        job: LongJob,
        title: str,
        work: Callable[[], Any],
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
        *,
        can_stop: bool = True,
    ) -> bool:
        """Run ``work`` on a pool thread and show how far ``job`` is.

        Args:
            job: What is looked at and stopped.
            title: Its name with the count.
            work: Usually ``job.run``; blocks.
            on_done: Gets the result, in the GUI thread, after the strip is gone.
            on_error: Gets the exception, likewise.
            can_stop: False for what must not end half-way.

        Returns:
            False, and nothing is run, while another job is on its way.
        """
        if self._running is not None:
            return False
        self._on_end = (on_done, on_error)
        self.strip.start(title, job.total)
        self.strip.set_stoppable(is_stoppable=can_stop)
        on_stop = self._on_stop if can_stop else None
        self._running = self._context.long_work.begin(self._page, title, job, on_stop)
        self.busy_changed.emit()
        self._context.tasks.run_task(work, self._on_done, self._on_failed)
        return True

    def _on_changed(self) -> None:
        running = self._running
        if running is None or running not in self._context.long_work.shown:
            return
        left = running.remaining_s
        words = self.tr("约 {n} 秒").format(n=left) if left is not None else ""
        self.strip.set_progress(running.job.done, running.job.total, words)
        self.strip.show()

    def _on_stop(self) -> None:
        if self._running is not None:
            self._running.job.stop()
            self.strip.say_stopping()

    def _end(self) -> tuple[Callable[[Any], None], Callable[[Exception], None]] | None:
        running, self._running = self._running, None
        on_end, self._on_end = self._on_end, None
        self.strip.hide()
        if running is not None:
            self._context.long_work.end(running)
        self.busy_changed.emit()
        return on_end

    def _on_done(self, result: object) -> None:
        on_end = self._end()
        if on_end is not None:
            on_end[0](result)

    def _on_failed(self, error: Exception) -> None:
        on_end = self._end()
        if on_end is not None:
            on_end[1](error)
