"""Import and export of 字典对照: a file is read first, then one question names every count."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hbgz_desktop.services.mapping_csv import line_numbers, plan_import
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.phrases import listed, statements
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question

if TYPE_CHECKING:
    from hbgz_desktop.services.mapping_csv import MappingImportPlan
    from hbgz_desktop.ui.page_context import PageContext


class MappingTransfer(QObject):
    """Asks for a file, reads or writes it off the GUI thread.

    Signals:
        confirmed: (tuple of MappingEntry) The person said yes to these lines.
        asked: (ConfirmDialog) The question is open.
    """

    confirmed = Signal(object)
    asked = Signal(object)

    def __init__(self, context: PageContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._widget = window
        self._control = context.services.work.mapping_control
        self._plan: MappingImportPlan | None = None

    # Files

    def choose_import(self) -> None:
        """Let the person choose a file to import."""
        dialog = self._dialog(self.tr("导入对照"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_import_chosen)
        dialog.open()

    def choose_export(self) -> None:
        """Let the person say where to write."""
        dialog = self._dialog(self.tr("导出对照"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.tr("字典对照.csv"))
        dialog.fileSelected.connect(self._on_export_chosen)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._widget, title)
        dialog.setNameFilter(self.tr("CSV 表格 (*.csv)"))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _on_import_chosen(self, name: str) -> None:
        self.import_file(Path(name))

    def _on_export_chosen(self, name: str) -> None:
        self.export_file(Path(name))

    def export_file(self, path: Path) -> None:
        """Write every line, those without a code too."""
        write = partial(self._context.services.export_mappings, path)
        self._context.tasks.run_task(write, self._on_exported, self._on_failed)

    def _on_exported(self, count: int) -> None:
        words = self.tr("导出了 {n} 条。没有代码的也在里面，填好“标准代码”可以再导入。")
        self._context.notices.toast(words.format(n=count))

    def import_file(self, path: Path) -> None:
        """Read a file and ask; nothing is written before the person says yes."""
        read = partial(plan_import, self._control, path)
        self._context.tasks.run_task(read, self._on_planned, self._on_failed)

    # The question

    def _on_planned(self, plan: MappingImportPlan) -> None:
        self._plan = plan
        if not plan.entries:
            reason = statements(self._left_out(plan)) or self.tr("和现在的一样")
            self._context.notices.toast(self.tr("没有要导入的：{why}").format(why=reason))
            return
        count = len(plan.entries)
        question = Question(
            title=self.tr("导入 {n} 条对照？", "", count).format(n=count),
            body=tuple(self._body(plan)),
            act=self.tr("导入 {n} 条").format(n=count),
            keep=self.tr("不导入"),
            is_harmful=False,
        )
        dialog = ConfirmDialog(self._context.theme, question, self._widget)
        dialog.confirmed.connect(self._on_confirmed)
        dialog.open()
        self.asked.emit(dialog)

    def _body(self, plan: MappingImportPlan) -> list[str]:
        lines = [
            self.tr("新增 {added} 条，改 {changed} 条；{same} 条和现在一样，不动。").format(
                added=len(plan.added), changed=len(plan.changed), same=plan.same
            )
        ]
        if plan.waiting:
            lines.append(
                self.tr("{n} 份检查在等这些代码，导入后马上重新核对。", "", plan.waiting).format(
                    n=plan.waiting
                )
            )
        if plan.padded:
            words = self.tr(
                "{n} 条的代码少了开头的 0（表格软件会去掉），已经补上。", "", plan.padded
            )
            lines.append(words.format(n=plan.padded))
        left_out = self._left_out(plan)
        if left_out:
            lines.append(self.tr("不导入：{what}。").format(what=statements(left_out)))
        lines.append(self.tr("表里没有的对照都留着。导入后可以撤销。"))
        return lines

    def _left_out(self, plan: MappingImportPlan) -> list[str]:
        found = []
        if plan.unknown:
            words = self.tr("{n} 条的代码标准里没有（第 {lines} 行）")
            lines = listed(line_numbers(line for line, _ in plan.unknown))
            found.append(words.format(n=len(plan.unknown), lines=lines))
        if plan.foreign:
            words = self.tr("{n} 条的代码集或写法不对（第 {lines} 行）")
            found.append(
                words.format(n=len(plan.foreign), lines=listed(line_numbers(plan.foreign)))
            )
        if plan.empty:
            found.append(self.tr("{n} 条没有填代码", "", plan.empty).format(n=plan.empty))
        return found

    def _on_confirmed(self) -> None:
        if self._plan is not None:
            self.confirmed.emit(self._plan.entries)

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
