"""One line of 字典对照: its local value, its code, what waits on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from hbgz_desktop.ui.code_choices import CodeQuestion, code_choices
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.mapping_drafts import Draft
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.code_picker import CodeChoice, CodePicker
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.mapping_views import MappingRow
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.mapping_drafts import Key

_MOST_CHOICES = 1000


class MappingEditor(Card):
    """Shows the current line, or the fields of a new one; a picked code is reported, not saved.

    Signals:
        draft_made: (key, Draft) A code was picked.
        draft_dropped: (key) 不用.
        delete_requested: (MappingRow) 删除这条对照.
        browse_requested: 浏览全部.
        waiting_requested: (MappingRow) 看这 n 份.

    Attributes:
        question: Asks before a code that is in doubt is used (G064, G065).
    """

    draft_made = Signal(object, object)
    draft_dropped = Signal(object)
    delete_requested = Signal(object)
    browse_requested = Signal()
    waiting_requested = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._control = context.services.work.mapping_control
        self._code_set = ""
        self._row: MappingRow | None = None
        self._is_adding = False
        self._picked: Draft | None = None
        self._made: Key | None = None
        theme = context.theme
        self._empty = EmptyState(theme, "mapping", parent=self)
        self._empty.set_content(
            "mapping", self.tr("选一行写法"), self.tr("选好以后，在这里给它挑平台的代码。")
        )
        self._head = Label("", "section", self, wrap=True)
        self._in_force = Label("", "caption2", self, wrap=True)
        self._new_value = QLineEdit(self)
        self._new = FormField(
            theme, self.tr("医院的写法"), self._new_value, is_required=True, parent=self
        )
        self._new.set_origin(self.tr("和记录里写的一模一样，例如 头颅CT"))
        self._new_value.editingFinished.connect(self._sync_new)
        self._make_picker()
        self._typed = QLineEdit(self)
        self._typed.returnPressed.connect(self._on_typed)
        self._free = FormField(theme, self.tr("平台的代码"), self._typed, parent=self)
        self._free.set_origin(self.tr("标准没有印这张代码表（G042），按平台给的填，填完按 Enter。"))
        self._draft = NextStepBox(theme, parent=self)
        self._draft.action_requested.connect(self._on_drop)
        self._printed = Label("", "caption2", self)
        self._browse = Button(theme, self.tr("浏览全部"), "quiet", parent=self)
        self._browse.clicked.connect(self.browse_requested)
        self._waiting = Label("", "body2", self, wrap=True)
        self._see = Button(theme, "", "quiet", parent=self)
        self._see.clicked.connect(self._on_see)
        self._delete = Button(theme, self.tr("删除这条对照"), "quiet", "trash", self)
        self._delete.clicked.connect(self._on_delete)
        self._parts = QWidget(self)
        self._build()
        self.show_row(None)

    def _make_picker(self) -> None:
        self._picker = CodePicker(self._context.theme, self._search, parent=self)
        self._picker.code_chosen.connect(self._on_choice)
        self.question = CodeQuestion(self._context, self)
        self.question.agreed.connect(self._on_agreed)
        self.question.refused.connect(self._on_refused)
        self._refused = Label("", "error", self, wrap=True)
        self._refused.hide()

    def _build(self) -> None:
        self._code_label = Label(self.tr("平台的代码"), "", self._parts)
        self._parts.setLayout(
            column(
                self._head,
                self._in_force,
                self._new,
                self._code_label,
                self._picker,
                self._refused,
                self._free,
                self._draft,
                row(self._printed, STRETCH, self._browse),
                rule(self._parts),
                self._waiting,
                row(self._see, STRETCH),
                row(self._delete, STRETCH),
                STRETCH,
                gap=10,
            )
        )
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._parts, 1)

    # What is shown

    def show_row(self, mapping: MappingRow | None, draft: Draft | None = None) -> None:
        """Show a line of the table, or the words that say to choose one."""
        is_other = (mapping.key if mapping else None) != (self._row.key if self._row else None)
        was_adding, self._is_adding = self._is_adding, False
        self._row = mapping
        self._refused.hide()
        self._empty.setVisible(mapping is None)
        self._parts.setVisible(mapping is not None)
        if mapping is None:
            return
        if is_other or was_adding:
            self._picker.clear()
            self._typed.clear()
        self._code_set = mapping.code_set
        self._head.setText(self.tr("{value} → 平台代码").format(value=mapping.local_value))
        self._in_force.setText(self._words_in_force(mapping))
        self._show_parts()
        self._show_draft(draft)
        self._show_waiting(mapping)

    def show_new(self, code_set: str) -> None:
        """Offer the fields of a new line."""
        self._is_adding = True
        self._picked = self._made = None
        self._row = None
        self._code_set = code_set
        self._empty.hide()
        self._parts.show()
        self._head.setText(self.tr("新增对照"))
        self._in_force.setText(self.tr("写法和代码都填好，再点右上角保存。"))
        self._new_value.clear()
        self._new.set_problem("")
        self._typed.clear()
        self._picker.clear()
        self._show_parts()
        self._show_draft(None)
        self._waiting.hide()
        self._see.hide()
        self._new_value.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def is_adding(self) -> bool:
        """True while the fields of a new line are shown."""
        return self._is_adding

    def _show_parts(self) -> None:
        printed = self._control.printed_count(self._code_set)
        self._new.setVisible(self._is_adding)
        self._picker.setVisible(printed > 0)
        self._code_label.setVisible(printed > 0)
        self._free.setVisible(not printed)
        self._printed.setText(
            self.tr("标准里 {n} 项", "", printed).format(n=printed) if printed else ""
        )
        self._browse.setVisible(printed > 0)
        mapped = self._row is not None and bool(self._row.standard_code)
        self._delete.setVisible(mapped)

    def _words_in_force(self, mapping: MappingRow) -> str:
        if not mapping.standard_code:
            return self.tr("现在没有代码")
        code = f"{mapping.standard_code} {mapping.standard_name}".strip()
        return self._context.theme.join(
            self.tr("现在是 {code}").format(code=code),
            mapping.set_by,
            moment_words(mapping.set_at),
        )

    def _show_draft(self, draft: Draft | None) -> None:
        self._draft.setVisible(draft is not None)
        if draft is not None:
            title = f"{draft.code} {draft.name}".strip()
            detail = self.tr("还没保存。点右上角保存，或者按 Ctrl Enter。")
            self._draft.set_step(Tone.COOL, title, detail, self.tr("不用"))

    def _show_waiting(self, mapping: MappingRow) -> None:
        count = mapping.waiting
        self._waiting.setVisible(bool(count) or not mapping.standard_code)
        words = self.tr("{n} 份检查在等这个代码，保存后马上重新核对。", "", count)
        none = self.tr("现在没有检查只等它；图像到齐后会自己核对。")
        self._waiting.setText(words.format(n=count) if count else none)
        self._see.setVisible(bool(count))
        self._see.setText(self.tr("看这 {n} 份").format(n=count))

    def focus_code(self) -> None:
        """Put the focus where the code is chosen; the list opens."""
        target = self._typed if self._free.isVisibleTo(self) else self._picker
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_problem(self, text: str) -> None:
        """Say why a new line cannot be taken."""
        (self._new if self._is_adding else self._free).set_problem(text)

    # What the person does

    def _search(self, text: str) -> Sequence[CodeChoice]:
        if not self._code_set:
            return ()
        return code_choices(self._control.codes(self._code_set, text, _MOST_CHOICES))

    def _on_choice(self, choice: CodeChoice) -> None:
        self._refused.hide()
        self.question.ask(self._code_set, choice)

    def _on_refused(self, words: str) -> None:
        self._refused.setText(words)
        self._refused.show()

    def _on_agreed(self, choice: CodeChoice) -> None:
        self._make_draft(Draft(choice.code, choice.name))

    def _on_typed(self) -> None:
        code = self._typed.text().strip()
        if code:
            self._make_draft(Draft(code, ""))

    def _make_draft(self, draft: Draft) -> None:
        self._picker.clear()
        self._show_draft(draft)
        if self._is_adding:
            self._picked = draft
            if self._made is not None:
                self.draft_made.emit(self._made, draft)
            self._sync_new()
            if self._made is None:
                self._new.set_problem(self.tr("先填医院的写法"))
                self._new_value.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._row is not None:
            self.draft_made.emit(self._row.key, draft)

    def _sync_new(self) -> None:
        """A new line is a draft as soon as both its value and its code are there."""
        value = self._new_value.text().strip()
        key = (self._code_set, value)
        if not self._is_adding or self._picked is None or not value:
            return
        self._new.set_problem("")
        before, self._made = self._made, key
        if before != key:
            self.draft_made.emit(key, self._picked)
            if before is not None:
                self.draft_dropped.emit(before)

    def _on_drop(self) -> None:
        key = self._made if self._is_adding else self._row.key if self._row is not None else None
        self._picked = self._made = None
        self._show_draft(None)
        if key is not None:
            self.draft_dropped.emit(key)

    def _on_delete(self) -> None:
        if self._row is not None:
            self.delete_requested.emit(self._row)

    def _on_see(self) -> None:
        if self._row is not None:
            self.waiting_requested.emit(self._row)
