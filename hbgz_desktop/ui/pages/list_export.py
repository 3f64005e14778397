"""导出: a list as a CSV file, names masked, with progress and a way to stop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.table_export import ExportJob
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.job_runner import JobRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.page_context import PageContext

Wanted = TypeVar("Wanted")
"""The filter of the list."""


@dataclass(frozen=True, slots=True)
class ExportWords:
    """What differs from list to list.

    Attributes:
        page: Key of the list's page.
        name: Of the file, before date and time.
        title: Of the file dialog.
        done: What is said at the end of so many lines, with ``{n}`` and ``{name}``.
        headings: First line of the file.
    """

    page: str
    name: str
    title: str
    done: Callable[[int], str]
    headings: tuple[str, ...]


class ListExport(QObject, Generic[Wanted]):
    """Asks where to, writes on a pool thread, goes on when the page is left.

    Attributes:
        strip: The progress, hidden while nothing is written.
    """

    def __init__(
        self,
        context: PageContext,
        words: ExportWords,
        ids: Callable[[Wanted], Sequence[int]],
        lines: Callable[[Sequence[int]], Iterable[Sequence[Sequence[object]]]],
        page: QWidget,
    ) -> None:
        """Wire the parts.

        Args:
            context: What the page was given.
            words: Of this list.
            ids: Everything the filter means, in order; runs on a pool thread.
            lines: The lines of these ids in batches; likewise.
            page: Owner of strip and dialog.
        """
        super().__init__(page)
        self._context, self._words, self._page = context, words, page
        self._ids, self._lines = ids, lines
        self._job: ExportJob | None = None
        self._wanted: Wanted | None = None
        self._runner = JobRunner(context, words.page, page)
        self.strip = self._runner.strip

    @property
    def is_running(self) -> bool:
        """True while a file is being written."""
        return self._runner.is_busy

    def ask_path(self, wanted: Wanted) -> None:
        """Ask where the file goes; nothing happens while another is being written."""
        if self.is_running:
            return
        self._wanted = wanted
        name = self._words.name + datetime.now(LOCAL).strftime("-%Y%m%d-%H%M.csv")
        dialog = QFileDialog(self._page, self._words.title, name, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self._on_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_path(self, path: str) -> None:
        if self._wanted is not None:
            self.write(Path(path), self._wanted)

    def write(self, path: Path, wanted: Wanted) -> None:
        """Write what matches now to a file."""
        job = ExportJob(path, 0, self._context.services.note_export(self._words.page))
        title = self.tr("导出到 {name}").format(name=path.name)
        work = partial(_write, job, self._words.headings, partial(self._ids, wanted), self._lines)
        if self._runner.run(job, title, work, self._on_written, self._on_failed):
            self._job = job

    def _on_written(self, is_whole: bool) -> None:  # noqa: FBT001  # a task's result
        job, self._job = self._job, None
        if job is None:
            return
        words = self.tr("导出已停下，没有留下文件")
        if is_whole:
            words = self._words.done(job.done).format(n=f"{job.done:,}", name=job.path.name)
        self._context.notices.toast(words)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        toast_failure(self._context, error)


def _write(
    job: ExportJob,
    headings: Sequence[str],
    ids: Callable[[], Sequence[int]],
    lines: Callable[[Sequence[int]], Iterable[Sequence[Sequence[object]]]],
) -> bool:
    found = ids()
    job.total = len(found)
    return job.run(headings, lines(found))
