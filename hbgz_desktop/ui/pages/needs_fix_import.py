"""Rows of a file that were not taken: out as a workbook with the problem beside each, corrected, in again."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from hbgz_desktop.services.import_repair import ImportRepair
from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.system.windows_paths import readable
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from hbgz_desktop.services.record_import import ImportReport
    from hbgz_desktop.ui.job_runner import JobRunner
    from hbgz_desktop.ui.page_context import PageContext


class ImportRepairBar(QWidget):
    """Three steps in one line: export, open the folder, import what was corrected.

    Signals:
        imported: A corrected file was read: look again.
    """

    imported = Signal()

    def __init__(self, context: PageContext, jobs: JobRunner, parent: QWidget) -> None:
        """Build it for no file; ``jobs`` runs imports."""
        super().__init__(parent)
        self._context = context
        self._jobs = jobs
        self._repair = ImportRepair(context.services, context.texts)
        self._source = ""
        theme = context.theme
        self._out = Button(theme, self.tr("导出这些行…"), "", "export", self)
        self._out.setToolTip(self.tr("XLSX 表格，最后一列写着问题"))
        self._out.clicked.connect(self._on_export)
        self._in = Button(theme, self.tr("导入改好的文件…"), "", "download", self)
        self._in.clicked.connect(self._on_import)
        self._folder = Button(theme, self.tr("打开原文件所在的文件夹"), "quiet", "folder", self)
        self._folder.clicked.connect(self._on_folder)
        line = FlowLayout(self)
        for button in (self._out, self._in, self._folder):
            line.addWidget(button)

    def show_source(self, source: str) -> None:
        """Work on this file."""
        self._source = source

    # Out

    def _on_export(self) -> None:
        dialog = QFileDialog(self, self.tr("导出没有收下的行"))
        dialog.setNameFilter(self.tr("XLSX 表格 (*.xlsx)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        name = self.tr("{name}-要改的行.xlsx")
        dialog.selectFile(name.format(name=PurePath(self._source).stem))
        dialog.fileSelected.connect(self._on_export_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_export_chosen(self, name: str) -> None:
        self.export(Path(name))

    def export(self, path: Path) -> None:
        """Write the rows to a file."""
        self._out.set_busy(self.tr("正在导出…"))
        work = partial(self._repair.export, self._source, path)
        self._context.tasks.run_task(work, self._on_exported, self._on_export_failed)

    def _on_exported(self, count: int) -> None:
        self._out.clear_busy()
        words = self.tr("导出了 {n} 行。照最后一列改好、存盘，再按“导入改好的文件”。", "", count)
        self._context.notices.toast(words.format(n=f"{count:,}"))

    def _on_export_failed(self, error: Exception) -> None:
        self._out.clear_busy()
        toast_failure(self._context, error)

    # In

    def _on_import(self) -> None:
        dialog = QFileDialog(self, self.tr("导入改好的文件"))
        dialog.setNameFilter(self.tr("记录文件 (*.xlsx *.csv *.json *.txt)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_import_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_import_chosen(self, name: str) -> None:
        self.import_again(Path(name))

    def import_again(self, path: Path) -> None:
        """Read a corrected file in place of the one the rows came from."""
        watch = WorkWatch()
        work = partial(self._repair.import_again, self._source, path, watch)
        title = self.tr("导入改好的文件")
        if not self._jobs.run(
            watch, title, work, self._on_imported, self._on_import_failed, can_stop=False
        ):
            self._context.notices.toast(self.tr("上一件还在做"))

    def _on_imported(self, report: ImportReport) -> None:
        taken = report.new + report.changed + report.same
        words = self.tr("收下了 {n} 条，没有问题行了", "", taken)
        if report.problems:
            words = self.tr("收下了 {n} 条，还有 {bad} 处问题", "", taken)
        words = words.format(n=f"{taken:,}", bad=f"{len(report.problems):,}")
        self._context.notices.toast(words)
        self.imported.emit()

    def _on_import_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)

    # Where it lies

    def _on_folder(self) -> None:
        work = partial(self._repair.folder, self._source)
        self._context.tasks.run_task(work, self._on_folder_found)

    def _on_folder_found(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(readable(folder))))
