"""导出: the filtered list as a CSV file, names masked, with progress and a way to stop."""

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
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.views import StudyFilter, StudyRow
    from hbgz_desktop.services.study_desk import StudyDesk
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_BATCH = 500
_LOOK_EVERY_MS = 200


class StudiesExport(QObject):
    """Asks where to, writes on a pool thread, goes on when the page is left.

    Attributes:
        strip: The progress, hidden while nothing is written.
    """

    def __init__(
        self, context: PageContext, desk: StudyDesk, words: StudyWords, page: QWidget
    ) -> None:
        """Wire the parts."""
        super().__init__(page)
        self._context, self._desk, self._words, self._page = context, desk, words, page
        self._job: ExportJob | None = None
        self._wanted: StudyFilter | None = None
        self.strip = ProgressStrip(context.theme, "", page)
        self.strip.hide()
        self.strip.stop_requested.connect(self._on_stop)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._show_progress)
        self._headings = self._titles()

    def _titles(self) -> tuple[str, ...]:
        return (
            *(self.tr("状态"), self.tr("说明"), self.tr("姓名"), self.tr("性别"), self.tr("年龄")),
            *(self.tr("检查号"), self.tr("设备类型"), self.tr("检查"), self.tr("应有")),
            *(self.tr("收到"), self.tr("要上传"), self.tr("已发"), self.tr("已确认")),
            *(self.tr("收到时间"), self.tr("发送设备"), self.tr("检查 UID")),
        )

    @property
    def is_running(self) -> bool:
        """True while a file is being written."""
        return self._job is not None

    def ask_path(self, wanted: StudyFilter) -> None:
        """Ask where the file goes; nothing happens while another is being written."""
        if self.is_running:
            return
        self._wanted = wanted
        name = self.tr("检查") + datetime.now(LOCAL).strftime("-%Y%m%d-%H%M.csv")
        dialog = QFileDialog(self._page, self.tr("导出检查列表"), name, "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self._on_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_path(self, path: str) -> None:
        if self._wanted is not None:
            self.write(Path(path), self._wanted)

    def write(self, path: Path, wanted: StudyFilter) -> None:
        """Write what matches now to a file."""
        job = self._job = ExportJob(path, 0)
        self.strip.start(self.tr("导出到 {name}").format(name=path.name), 0)
        self._timer.start()
        ask = partial(_write, job, self._desk, wanted, self._headings, self._words)
        self._context.tasks.run_task(ask, self._on_written, self._on_failed)

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
        if is_whole:
            words = self.tr("已导出 {n} 份到 {name}").format(n=f"{job.done:,}", name=job.path.name)
        else:
            words = self.tr("导出已停下，没有留下文件")
        self._context.notices.toast(words)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, HbgzError):
            self._context.notices.report_bug(error)
            return
        text = self._context.texts.of(error.code, error.facts)
        self._context.notices.toast(self._context.theme.join(text.title, text.next_step))


def _write(
    job: ExportJob,
    desk: StudyDesk,
    wanted: StudyFilter,
    headings: Sequence[str],
    words: StudyWords,
) -> bool:
    ids = desk.ids(wanted)
    job.total = len(ids)
    return job.run(headings, _batches(desk, ids, words))


def _batches(
    desk: StudyDesk, ids: Sequence[int], words: StudyWords
) -> Iterator[list[Sequence[object]]]:
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        found = {row.id: row for row in desk.rows(part)}
        yield [_line(found[one], words) for one in part if one in found]


def _line(row: StudyRow, words: StudyWords) -> tuple[object, ...]:
    return (
        *(words.badge(row).word, words.detail(row), words.name(row)),
        *(words.sex(row.patient_sex), words.age(row), row.accession_number),
        *(row.modality, row.description, "" if row.expected is None else row.expected),
        *(row.received, row.sendable, row.sent, row.confirmed),
        *(f"{row.at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}", row.calling_ae, row.study_instance_uid),
    )
