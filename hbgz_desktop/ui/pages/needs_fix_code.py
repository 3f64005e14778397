"""A local value without a code: choose one, and everything that waited on it goes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from typing_extensions import override

from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.ui.code_choices import CodeQuestion, code_choices
from hbgz_desktop.ui.pages.needs_fix_panel import FixPanel
from hbgz_desktop.ui.pages.needs_fix_words import short_label
from hbgz_desktop.ui.styling import column, row
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.check_box import RadioOption
from hbgz_desktop.ui.widgets.code_picker import CodeChoice, CodePicker
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.fix_views import FixCase, FixGroup
    from hbgz_desktop.services.fix_desk import Corrected
    from hbgz_desktop.services.mapping import MappingSaved
    from hbgz_desktop.ui.job_runner import JobRunner
    from hbgz_desktop.ui.pages.needs_fix_panel import FixParts

_MOST_CHOICES = 60


class FixCodePanel(FixPanel):
    """Local value → code picker → who is released.

    Signals:
        mapped: (MappingSaved) A code was kept for all.
        corrected: (Corrected) The value was replaced in one record alone.

    Attributes:
        question: Asks before a code that is in doubt is taken (G064, G065).
    """

    mapped = Signal(object)
    corrected = Signal(object)

    def __init__(self, parts: FixParts, releases: JobRunner, parent: QWidget) -> None:
        """Build it empty; ``releases`` runs what a kept code lets go."""
        super().__init__(parts, parent)
        theme = parts.context.theme
        self._releases = releases
        self._code_set = ""
        self._choice: CodeChoice | None = None
        self._local = ElidedLabel("", "section", self)
        self._local_note = Label("", "caption2", self)
        self._code = Label("", "section", self, wrap=True)
        self._code_note = Label("", "caption2", self, wrap=True)
        self._ask = Label(self.tr("选一个平台代码（输入编码、名称或拼音首字母）"), "", self)
        self.picker = CodePicker(theme, self._search, parent=self)
        self.picker.code_chosen.connect(self._on_chosen)
        self.question = CodeQuestion(parts.context, self)
        self.question.agreed.connect(self._take)
        self.question.refused.connect(self.show_failure)
        self.typed = QLineEdit(self)
        self.typed.textChanged.connect(self._on_typed)
        self._free = FormField(theme, self.tr("平台的代码"), self.typed, parent=self)
        self._free.set_origin(self.tr("标准没有印这张代码表，按平台给的填"))
        self._problem = Label("", "error", self, wrap=True)
        self.for_all = RadioOption(theme, "", "", self)
        self.for_one = RadioOption(theme, self.tr("只改眼前这一份"), "", self)
        self._ways = Surface("clear", self)
        self.for_all.toggled.connect(self._on_way)
        self._build()

    def _build(self) -> None:
        arrow = IconLabel(self._context.theme, "arrow_right", "text_2", 20, self)
        left = column(Label(self.tr("医院的写法"), "caption2", self), gap=6)
        left.addWidget(self._local)
        left.addWidget(self._local_note)
        right = column(Label(self.tr("平台的代码"), "caption2", self), gap=6)
        right.addWidget(self._code)
        right.addWidget(self._code_note)
        pair = Surface("sunken", self)
        line = row(left, arrow, right, gap=20, margins=(16, 12, 16, 12))
        line.setStretch(0, 1)
        line.setStretch(2, 1)
        pair.setLayout(line)
        ways = QVBoxLayout(self._ways)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(4)
        ways.addWidget(Label(self.tr("这样修"), "strong", self))
        ways.addWidget(self.for_all)
        ways.addWidget(self.for_one)
        self.body.addWidget(pair)
        self.body.addWidget(self._ask)
        self.body.addWidget(self.picker)
        self.body.addWidget(self._free)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._ways)
        self.body.addStretch(1)

    # Showing

    @override
    def show_group(self, group: FixGroup) -> None:
        super().show_group(group)
        problem = group.problem
        if problem is None:
            return
        self._code_set = self._desk.code_set_of(problem)
        self._head.setText(short_label(problem.label))
        printed = self._desk.printed_count(self._code_set)
        count = self.tr("字典 {n} 项", "", printed).format(n=f"{printed:,}") if printed else ""
        field = self.tr("字段 {name}").format(name=problem.field)
        self._head_note.setText(self._context.theme.join(field, count))
        self._local.setText(problem.value)
        self.picker.setVisible(printed > 0)
        self._ask.setVisible(printed > 0)
        self._free.setVisible(not printed)
        self.picker.clear()
        self.typed.clear()
        self._problem.hide()
        self.for_all.setChecked(True)  # Qt's own signature
        facts = self._desk.field_facts(problem.field)
        self._ways.setVisible(facts.is_correctable)
        self._take(None)
        self.show_count(group)

    @override
    def show_count(self, group: FixGroup) -> None:
        super().show_count(group)
        waiting = self.tr("{n} 份检查在等", "", group.count).format(n=f"{group.count:,}")
        self._local_note.setText(waiting)
        self.for_all.setText(self.tr("记进字典对照，{n} 份一起修").format(n=f"{group.count:,}"))
        self.for_all.setAccessibleName(self.for_all.text())
        self.primary_changed.emit()

    @override
    def show_case(self, case: FixCase) -> None:
        super().show_case(case)
        number = case.study.accession_number if case.study is not None else ""
        self.for_one.setText(self.tr("只改眼前这一份 {number}").format(number=number).strip())
        self.primary_changed.emit()

    def _take(self, choice: CodeChoice | None) -> None:
        self._choice = choice
        if choice is None:
            self._code.setText(self.tr("还没有"))
            self._code.set_role("warnsection")
            self._code_note.setText(self.tr("选好后记住，以后不再问"))
        else:
            self._code.setText(f"{choice.code} {choice.name}".strip())
            self._code.set_role("section")
            note = self.tr("照原文") if choice.is_as_printed else self.tr("还没保存")
            self._code_note.setText(note)
        self.primary_changed.emit()

    def _search(self, text: str) -> Sequence[CodeChoice]:
        if not self._code_set:
            return ()
        return code_choices(self._desk.codes(self._code_set, text, _MOST_CHOICES))

    def _on_chosen(self, choice: CodeChoice) -> None:
        self._problem.hide()
        self.question.ask(self._code_set, choice)

    def _on_typed(self, text: str) -> None:
        code = text.strip()
        self._take(CodeChoice(code, "") if code else None)

    def _on_way(self) -> None:
        self.primary_changed.emit()

    # Saving

    @override
    def primary_words(self) -> tuple[str, str]:
        count = self.group.count if self.group is not None else 0
        words = self.tr("保存并放行 {n} 份").format(n=f"{count:,}")
        if self.for_one.isChecked():
            words = self.tr("只改这 1 份并放行")
        if self._is_saving:
            return words, self.tr("正在保存")
        return words, "" if self._choice is not None else self.tr("先选一个平台代码")

    @override
    def press(self) -> None:
        problem = self.group.problem if self.group is not None else None
        if self.group is None or problem is None or self._choice is None or self._is_saving:
            return
        code = self._choice.code
        self._begin_saving()
        tasks = self._context.tasks
        if self.for_one.isChecked() and self.case is not None:
            one = self.case.examination_id
            work = partial(self._desk.correct_entry, one, problem.field, problem.value, code)
            tasks.run_task(work, self._on_corrected, self._on_failed)
            return
        watch = WorkWatch()
        save = partial(self._desk.save_code, self._code_set, problem.value, code, watch)
        title = self.tr("放行 {n} 份", "", self.group.count).format(n=f"{self.group.count:,}")
        if not self._releases.run(watch, title, save, self._on_mapped, self._on_failed):
            self._is_saving = False
            self.show_failure(self.tr("上一件还在做"))
            self.primary_changed.emit()

    def _on_mapped(self, saved: MappingSaved) -> None:
        self._is_saving = False
        self.mapped.emit(saved)

    def _on_corrected(self, done: Corrected) -> None:
        self._is_saving = False
        self.corrected.emit(done)

    @override
    def show_failure(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.show()

    @override
    def focus_first(self) -> None:
        (self.typed if self._free.isVisibleTo(self) else self.picker).setFocus()
