"""导出: the rows that are shown as a CSV file, names masked, with progress and a way to stop."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.table_export import ExportJob
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.queue_lane import QueueQuery
    from hbgz_desktop.model.views import QueueRow
    from hbgz_desktop.services.queue_desk import QueueDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords

_LOOK_EVERY_MS = 200


class QueueExport(QObject):
    """Asks where to, writes on a pool thread, goes on when the page is left.

    Attributes:
        strip: The progress, hidden while nothing is written.
    """

    def __init__(
        self, context: PageContext, desk: QueueDesk, words: QueueWords, page: QWidget
    ) -> None:
        """Wire the parts."""
        super().__init__(page)
        self._context, self._desk, self._words, self._page = context, desk, words, page
        self._job: ExportJob | None = None
        self._wanted: QueueQuery | None = None
        self.strip = ProgressStrip(context.theme, "", page)
        self.strip.hide()
        self.strip.stop_requested.connect(self._on_stop)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._show_progress)
        self._headings = (
            *(self.tr("状态"), self.tr("姓名"), self.tr("检查号"), self.tr("内容")),
            *(self.tr("平台"), self.tr("原因"), self.tr("次数"), "HTTP", self.tr("平台原文")),
            *(self.tr("图像已确认"), self.tr("图像共"), self.tr("进队列"), self.tr("下次")),
        )
        self._platforms = {one: platform_name(one) for one in ("guizhou", "hebei")}

    def ask_path(self, wanted: QueueQuery) -> None:
        """Ask where the file goes; nothing happens while another is being written."""
        if self._job is not None:
            return
        self._wanted = wanted
        name = self.tr("上传队列") + datetime.now(LOCAL).strftime("-%Y%m%d-%H%M.csv")
        dialog = QFileDialog(self._page, self.tr("导出上传队列"), name, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self._on_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_path(self, path: str) -> None:
        if self._wanted is not None:
            self.write(Path(path), self._wanted)

    def write(self, path: Path, wanted: QueueQuery) -> None:
        """Write what matches now to a file."""
        job = self._job = ExportJob(path, 0)
        self.strip.start(self.tr("导出到 {name}").format(name=path.name), 0)
        self._timer.start()
        work = partial(
            _write, job, self._desk, wanted, self._headings, self._words, self._platforms
        )
        self._context.tasks.run_task(work, self._on_written, self._on_failed)

    def _show_progress(self) -> None:
        if self._job is not None:
            self.strip.show()
            self.strip.set_progress(self._job.done, self._job.total)

    def _on_stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _end(self) -> ExportJob | None:
        job, self._job = self._job, None
        self._timer.stop()
        self.strip.hide()
        return job

    def _on_written(self, is_whole: bool) -> None:  # noqa: FBT001  # a task's result
        job = self._end()
        if job is None:
            return
        words = self.tr("导出已停下，没有留下文件")
        if is_whole:
            words = self.tr("已导出 {n} 项到 {name}")
        self._context.notices.toast(words.format(n=f"{job.done:,}", name=job.path.name))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self._context.theme.join(text.title, text.next_step))


def _write(
    job: ExportJob,
    desk: QueueDesk,
    wanted: QueueQuery,
    headings: Sequence[str],
    words: QueueWords,
    platforms: Mapping[str, str],
) -> bool:
    ids = desk.ids(wanted)
    job.total = len(ids)
    return job.run(headings, _lines(desk, ids, words, platforms))


def _lines(
    desk: QueueDesk, ids: Sequence[int], words: QueueWords, platforms: Mapping[str, str]
) -> Iterator[list[Sequence[object]]]:
    for rows in desk.batches(ids):
        yield [_line(row, words, platforms) for row in rows]


def _line(row: QueueRow, words: QueueWords, platforms: Mapping[str, str]) -> tuple[object, ...]:
    one = row.delivery
    return (
        *(words.badge(one).word, mask_name(row.patient_name.replace("^", " "))),
        *(row.accession_number, words.kinds[one.kind], platforms.get(one.platform, one.platform)),
        *(words.cause(one), one.attempts, "" if one.http_status is None else one.http_status),
        *(one.message, one.items_confirmed or "", one.items_total or ""),
        f"{one.created_at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}",
        words.next_time(one, with_seconds=True),
    )
