"""What belongs to no examination: rows of files that were not taken, objects in quarantine, two links."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from hbgz_desktop.model.fix_views import FixKind
from hbgz_desktop.ui.pages.needs_fix_import import ImportRepairBar
from hbgz_desktop.ui.pages.needs_fix_panel import FixPanel
from hbgz_desktop.ui.states import State, Tone
from hbgz_desktop.ui.styling import clear_layout
from hbgz_desktop.ui.widgets.fact_rows import FactRow
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.fix_views import FixGroup, LooseRow
    from hbgz_desktop.ui.job_runner import JobRunner
    from hbgz_desktop.ui.pages.needs_fix_panel import FixParts

_MOST_ROWS = 40
_LINKS = {
    FixKind.NO_RECORD: "no_record@ever",
    FixKind.NO_IMAGES: "no_images@ever",
    FixKind.CHANGED: "changed@ever",
    FixKind.COUNT_DIFFERS: "count_differs@ever",
}


class FixRowsPanel(FixPanel):
    """Shows the rows and takes them off the list once a person has seen to them.

    Attributes:
        repair: The way out and in again for rows of files.

    Signals:
        settled: (FixGroup) Its rows are off the list; can be undone.
    """

    settled = Signal(object)

    def __init__(self, parts: FixParts, jobs: JobRunner, parent: QWidget) -> None:
        """Build it empty; ``jobs`` runs imports."""
        super().__init__(parts, parent)
        context = parts.context
        self._box = NextStepBox(context.theme, parent=self)
        self.repair = ImportRepairBar(context, jobs, self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._more = Label("", "caption2", self)
        self.body.addWidget(self._box)
        self.body.addWidget(self.repair)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more)
        self.body.addStretch(1)

    @override
    def show_group(self, group: FixGroup) -> None:
        super().show_group(group)
        self._head.setText(self._words.title(group))
        self._head_note.setText(group.source)
        self.repair.show_source(group.source)
        self.repair.setVisible(group.kind is FixKind.IMPORT)
        self._box.set_step(Tone.WARM, self._step(group), self._detail(group), "")
        clear_layout(self._rows)
        for one in group.rows[:_MOST_ROWS]:
            self._rows.addWidget(self._row(group, one))
        more = len(group.rows) - _MOST_ROWS
        self._more.setText(self.tr("另有 {n} 行", "", more).format(n=f"{more:,}"))
        self._more.setVisible(more > 0)
        self.primary_changed.emit()

    def _step(self, group: FixGroup) -> str:
        words = {
            FixKind.NO_RECORD: self.tr("等 RIS 导入这些检查的记录，或在检查里指定是哪一条"),
            FixKind.NO_IMAGES: self.tr("看设备有没有发送；收到图像后程序自己接着做"),
            FixKind.CHANGED: self.tr("在检查里逐份决定：补传新收到的，或保留平台上的"),
            FixKind.COUNT_DIFFERS: self.tr(
                "请技师从设备或 PACS 补发，到了自动补传；数填错了就改应有几幅"
            ),
        }
        if group.kind in words:
            return words[group.kind]
        text = self._context.texts.of(group.code)
        return text.next_step or text.title

    def _detail(self, group: FixGroup) -> str:
        if group.kind is FixKind.IMPORT:
            return self.tr("同一个文件的其他行都收下了；改好后再导入一次，这里会自己消失。")
        if group.kind is FixKind.QUARANTINE:
            return self.tr("收到的字节原样留在本机的隔离区，没有丢。")
        return self.tr("图像和记录都留在本机，什么都不会丢。")

    def _row(self, group: FixGroup, one: LooseRow) -> FactRow:
        at = self._people.full_moment(one.at)
        if group.kind is FixKind.IMPORT:
            place = self.tr("第 {n} 行").format(n=one.row) if one.row else self.tr("整个文件")
            shown = self._people.masked_value(one.field, one.text)
            title = self._context.theme.join(place, one.field)
            return FactRow(
                self._context.theme,
                State.NEEDS_FIX,
                title,
                self._context.theme.join(shown, at),
                self,
            )
        device = one.text or self.tr("设备没有报名字")
        sop_class = one.field if self._context.is_it else ""
        detail = self._context.theme.join(at, sop_class)
        return FactRow(self._context.theme, State.NEEDS_FIX, device, detail, self)

    # The primary step

    @override
    def primary_words(self) -> tuple[str, str]:
        if self.group is None:
            return "", ""
        count = f"{self.group.count:,}"
        if self._words.is_lane(self.group):
            return self.tr("看这 {n} 份").format(n=count), ""
        unit = self._words.unit(self.group)
        words = self.tr("已处理这 {n} {unit}").format(n=count, unit=unit)
        return words, self.tr("正在保存") if self._is_saving else ""

    @override
    def press(self) -> None:
        group = self.group
        if group is None or self._is_saving:
            return
        if group.kind in _LINKS:
            self._context.open_page("studies", _LINKS[group.kind])
            return
        self._is_saving = True
        ids = [one.id for one in group.rows]
        work = partial(self._desk.settle, group.kind, ids, is_settled=True)
        self._context.tasks.run_task(work, self._on_settled, self._on_failed)

    def _on_settled(self, _count: int) -> None:
        self._is_saving = False
        if self.group is not None:
            self.settled.emit(self.group)
