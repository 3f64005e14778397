"""A missing or wrong field, or what a platform sent back: one record after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

from hbgz_desktop.model.fix_views import FixKind
from hbgz_desktop.ui.pages.needs_fix_editor import FieldEditor
from hbgz_desktop.ui.pages.needs_fix_panel import FixPanel
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.fix_views import FieldFacts, FixCase, FixGroup
    from hbgz_desktop.services.fix_desk import Corrected
    from hbgz_desktop.ui.pages.needs_fix_panel import FixParts


class FixFieldPanel(FixPanel):
    """What is wrong, the field, where its value is from; saving goes to the next record.

    Signals:
        corrected: (Corrected) A field was written; what is still wrong is in it.
    """

    corrected = Signal(object)

    def __init__(self, parts: FixParts, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parts, parent)
        context, desk = parts.context, parts.desk
        self._facts: FieldFacts | None = None
        self._quote = Label("", "", self, wrap=True)
        self._quoted = Surface("sunken", self)
        self._quoted.setLayout(
            column(
                Label(self.tr("平台原话"), "caption2", self),
                self._quote,
                gap=6,
                margins=(16, 12, 16, 12),
            )
        )
        self._box = NextStepBox(context.theme, parent=self)
        self._person = Label("", "strong", self)
        self._choose = ComboBox(context.theme, parent=self)
        self._choose.currentIndexChanged.connect(self._on_field_chosen)
        self._choose.setAccessibleName(self.tr("改哪个字段"))
        self._choose_part = Surface("clear", self)
        self._choose_part.setLayout(
            column(Label(self.tr("改哪个字段"), "", self), self._choose, gap=4)
        )
        self.editor = FieldEditor(context, desk, self)
        self.editor.value_changed.connect(self._on_edited)
        self.editor.committed.connect(self.press)
        self.editor.revealed.connect(self._on_revealed)
        self._elsewhere = Label("", "body2", self, wrap=True)
        self._forward = Button(context.theme, self.tr("复制情况给信息科"), "quiet", "copy", self)
        self._forward.clicked.connect(self._on_forward)
        for part in (self._quoted, self._box, self._person, self._choose_part, self.editor):
            self.body.addWidget(part)
        self.body.addWidget(self._elsewhere)
        self.body.addLayout(row(self._forward, STRETCH))
        self.body.addStretch(1)

    # Showing

    @override
    def show_group(self, group: FixGroup) -> None:
        super().show_group(group)
        problem = group.problem
        if problem is None:
            return
        is_refused = group.kind is FixKind.REFUSED
        text = self._words.rule_text(problem)
        self._head.setText(self.tr("平台退回") if is_refused else problem.label)
        field = self.tr("字段 {name}").format(name=problem.field) if problem.field else ""
        self._head_note.setText(field)
        self._quoted.setVisible(is_refused)
        self._quote.setText(problem.value or self.tr("平台没有说原因"))
        self._choose_part.setVisible(is_refused)
        title = self.tr("再传也不会成功，要先改内容") if is_refused else self._words.title(group)
        detail = self.tr("改好以后程序自己重新校验并上传") if is_refused else text.next_step
        self._box.set_step(Tone.WARM, title, detail, "")
        self._person.setText("")
        if not is_refused:
            self._edit_field(self._desk.field_facts(problem.field.partition("[")[0]), problem.field)
        self.primary_changed.emit()

    def _edit_field(self, facts: FieldFacts, whole: str) -> None:
        self._facts = facts
        problem = self.group.problem if self.group is not None else None
        self.editor.set_field(facts, is_required=problem is not None and problem.rule == "required")
        can = facts.is_correctable and facts.name == whole
        self.editor.setVisible(can)
        self._elsewhere.setVisible(not can)
        self._elsewhere.setText(
            self.tr("这一项不在检查记录里（结算行、报告或图像），请在来源系统里改好，再导入一次。")
        )

    @override
    def show_case(self, case: FixCase) -> None:
        super().show_case(case)
        study = case.study
        words = self._people.person(study) if study is not None else ""
        number = study.accession_number if study is not None else ""
        self._person.setText(self._context.theme.join(words, number))
        if self.group is not None and self.group.kind is FixKind.REFUSED:
            self._offer_fields(case)
        self._fill(case)

    def _offer_fields(self, case: FixCase) -> None:
        before = self._choose.key()
        self._choose.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self._choose.clear()
        for facts in self._desk.editable_fields(case.fields):
            self._choose.addItem(f"{facts.label}  {facts.name}", facts.name)
        self._choose.set_key(before or "imgExamItem")
        self._choose.blockSignals(False)  # noqa: FBT003  # Qt's own signature
        facts = self._desk.field_facts(self._choose.key())
        self._edit_field(facts, facts.name)

    def _fill(self, case: FixCase) -> None:
        if self._facts is None:
            return
        value = case.fields.get(self._facts.name, "")
        self.editor.set_value(value)
        self.editor.set_problem(self._own_problem(case))
        self.editor.set_origin(self._origin(case))
        self.primary_changed.emit()

    def _own_problem(self, case: FixCase) -> str:
        """Words for what is wrong with this field of this record."""
        for one in case.problems:
            if self._facts is not None and one.field == self._facts.name:
                shown = self._people.masked_value(one.field, one.value)
                return self._words.problem_words(one, shown)
        return ""

    def _origin(self, case: FixCase) -> str:
        row_words = self.tr("第 {row} 行").format(row=case.source_row) if case.source_row else ""
        source = self.tr("来自 {source}").format(source=case.source) if case.source else ""
        length = self._facts.length if self._facts is not None else 0
        limit = self.tr("最多 {n} 个字符", "", length).format(n=length) if length else ""
        return "·".join(filter(None, (" ".join(filter(None, (source, row_words))), limit)))

    def _on_field_chosen(self) -> None:
        if self.case is not None and self._choose.key():
            facts = self._desk.field_facts(self._choose.key())
            self._edit_field(facts, facts.name)
            self._fill(self.case)

    def _on_edited(self) -> None:
        self.primary_changed.emit()

    def show_still_wrong(self, done: Corrected) -> None:
        """The new value breaks a rule as well: say it below the field."""
        if done.same_field:
            one = done.same_field[0]
            shown = self._people.masked_value(one.field, one.value)
            self.editor.set_problem(self._words.problem_words(one, shown))
            self.editor.focus()

    # Saving

    @override
    def primary_words(self) -> tuple[str, str]:
        words = self.tr("保存这 1 份，看下一份")
        if self.group is not None and self.group.count <= 1:
            words = self.tr("保存并放行 1 份")
        if self._is_saving:
            return words, self.tr("正在保存")
        if self.case is None:
            return words, self.tr("没有要改的检查")
        if self.editor.isHidden():
            return words, self.tr("要在来源系统里改")
        before = self.case.fields.get(self._facts.name, "") if self._facts is not None else ""
        is_same = self.editor.value == before.strip()
        return words, self.tr("先改好这个字段") if is_same else ""

    @override
    def press(self) -> None:
        if self.case is None or self._facts is None or self.primary_words()[1]:
            return
        self._begin_saving()
        save = partial(
            self._desk.correct, self.case.examination_id, self._facts.name, self.editor.value
        )
        self._context.tasks.run_task(save, self._on_saved, self._on_failed)

    def _on_saved(self, done: Corrected) -> None:
        self._is_saving = False
        self.corrected.emit(done)
        self.primary_changed.emit()

    @override
    def show_failure(self, words: str) -> None:
        self.editor.set_problem(words)

    # Others

    def _on_forward(self) -> None:
        """What IT needs, without a name: cause, field, number of the examination."""
        if self.group is None:
            return
        study = self.case.study if self.case is not None else None
        number = study.accession_number if study is not None else ""
        lines = [
            self._words.title(self.group),
            self._words.source(self.group),
            self.tr("检查号 {number}，共 {n} 份", "", self.group.count).format(
                number=number, n=self.group.count
            ),
        ]
        QGuiApplication.clipboard().setText("\n".join(filter(None, lines)))
        self._context.notices.toast(self.tr("已复制，可以发给信息科；里面没有姓名和证件号"))

    def _on_revealed(self) -> None:
        if self.case is not None:
            work = partial(self._context.services.reveal, "record_field", self.case.examination_id)
            self._context.tasks.run_task(work, self._on_noted)

    def _on_noted(self, _nothing: object) -> None:
        """The audit row stands."""

    @override
    def set_private(self, *, is_private: bool) -> None:
        if is_private:
            self.editor.hide_value()

    @override
    def focus_first(self) -> None:
        self.editor.focus()
