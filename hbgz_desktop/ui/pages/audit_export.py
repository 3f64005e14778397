"""导出: the audit rows that are shown as a CSV file, with progress and a way to stop; the export is a row itself."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.table_export import ExportJob
from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.audit import AuditFilter
    from hbgz_desktop.services.audit_desk import AuditDesk
    from hbgz_desktop.ui.page_context import PageContext

_LOOK_EVERY_MS = 200


class AuditExport(QObject):
    """Asks where to, writes on a pool thread, goes on when the page is left.

    Attributes:
        strip: The progress, hidden while nothing is written.
    """

    def __init__(self, context: PageContext, desk: AuditDesk, page: QWidget) -> None:
        """Wire the parts."""
        super().__init__(page)
        self._context, self._desk, self._page = context, desk, page
        self._job: ExportJob | None = None
        self._wanted: AuditFilter | None = None
        self.strip = ProgressStrip(context.theme, "", page)
        self.strip.hide()
        self.strip.stop_requested.connect(self._on_stop)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._show_progress)
        self._headings = (
            *(self.tr("时间"), self.tr("谁"), self.tr("做了什么"), self.tr("对象")),
            *(self.tr("结果"), self.tr("系统账户"), self.tr("电脑"), self.tr("细节")),
        )

    @property
    def is_running(self) -> bool:
        """True while a file is being written."""
        return self._job is not None

    def ask_path(self, wanted: AuditFilter) -> None:
        """Ask where the file goes; nothing happens while another is being written."""
        if self.is_running:
            return
        self._wanted = wanted
        name = self.tr("操作记录") + datetime.now(LOCAL).strftime("-%Y%m%d-%H%M.csv")
        dialog = QFileDialog(self._page, self.tr("导出操作记录"), name, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self._on_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_path(self, path: str) -> None:
        if self._wanted is not None:
            self.write(Path(path), self._wanted)

    def write(self, path: Path, wanted: AuditFilter) -> None:
        """Write what matches now to a file."""
        job = self._job = ExportJob(path, 0, self._context.services.note_export("audit"))
        self.strip.start(self.tr("导出到 {name}").format(name=path.name), 0)
        self._timer.start()
        work = partial(_write, job, self._desk, wanted, self._headings)
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
            words = self.tr("已导出 {n} 条到 {name}")
        self._context.notices.toast(words.format(n=f"{job.done:,}", name=job.path.name))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self._context.theme.join(text.title, text.next_step))


def _write(job: ExportJob, desk: AuditDesk, wanted: AuditFilter, headings: Sequence[str]) -> bool:
    ids = desk.ids(wanted)
    job.total = len(ids)
    return job.run(headings, desk.batches(ids))
