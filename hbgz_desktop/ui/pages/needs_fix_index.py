"""Certificate or time changed after an examination was sent: another index, or the old one? (DESIGN 5.3)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.services.deletion import ACTION, KEEP
from hbgz_desktop.services.index_words import explain_index
from hbgz_desktop.services.study_desk import StudyDesk
from hbgz_desktop.ui.pages.needs_fix_panel import FixPanel
from hbgz_desktop.ui.pages.studies_deletion import StudyDeletion
from hbgz_desktop.ui.styling import STRETCH, clear_layout, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.deletion import IndexChange
    from hbgz_desktop.model.fix_views import FixCase, FixGroup
    from hbgz_desktop.ui.pages.needs_fix_panel import FixParts

_REASON_LIMIT = 200


class FixIndexPanel(FixPanel):
    """The old index and the new one part by part; the page's button deletes, the panel's own keeps."""

    def __init__(self, parts: FixParts, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parts, parent)
        theme = self._context.theme
        self._control = self._context.services.work.deletion
        self._deletion = StudyDeletion(
            self._context, StudyDesk(self._context.services), parts.people, self
        )
        self._change: IndexChange | None = None
        self._is_clear = False
        self._table = Surface("sunken", self)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._eye = Button(theme, self.tr("显示证件号"), "quiet", "eye", self)
        self._eye.clicked.connect(self._on_eye)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(_REASON_LIMIT)
        self.reason.textChanged.connect(self._show_keep)
        self._reason_field = FormField(theme, self.tr("为什么保留旧索引"), self.reason, parent=self)
        self.keep = Button(theme, self.tr("保留旧索引"), "secondary", parent=self)
        self.keep.clicked.connect(self._on_keep)
        self._build()

    def _build(self) -> None:
        self.body.addLayout(row(STRETCH, self._eye))
        self.body.addWidget(self._table)
        renew = (
            Label(self.tr("换成新索引"), "strong", self),
            self._told(
                self.tr(
                    "请平台删除旧索引下的记录、图像和报告，平台答应后用新索引重传一遍。"
                    "证件号或检查时间原来写错了，选这个。"
                )
            ),
        )
        keep = (
            Label(self.tr("保留旧索引"), "strong", self),
            self._told(
                self.tr("索引不变，改过的内容按更正上传。平台上仍按旧的证件号和时间查得到它。")
            ),
        )
        self.body.addLayout(column(*renew, gap=4))
        self.body.addLayout(column(*keep, self._reason_field, row(self.keep, STRETCH), gap=6))
        self.body.addStretch(1)

    def _told(self, words: str) -> Label:
        return Label(words, "body2", self, wrap=True)

    # Showing

    @override
    def show_group(self, group: FixGroup) -> None:
        super().show_group(group)
        self._head.setText(self._words.title(group))
        self._show_change(None)

    @override
    def show_case(self, case: FixCase) -> None:
        is_other = self.case is None or self.case.examination_id != case.examination_id
        super().show_case(case)
        if is_other:
            self.reason.clear()
            self._is_clear = False
        ask = partial(self._control.index_change, case.examination_id)
        self._context.tasks.run_task(ask, self._show_change, self._on_failed)

    @override
    def set_private(self, *, is_private: bool) -> None:
        self._eye.setEnabled(not is_private)
        if is_private:
            self._is_clear = False
            self._show_parts()

    def _show_change(self, change: IndexChange | None) -> None:
        self._change = change
        self._show_parts()
        self._show_keep()
        self.primary_changed.emit()

    def _show_parts(self) -> None:
        clear_layout(self._grid)
        self._eye.setText(self.tr("遮住") if self._is_clear else self.tr("显示证件号"))
        self._eye.set_icon("eye_off" if self._is_clear else "eye")
        self._table.setVisible(self._change is not None)
        if self._change is None:
            return
        book = self._context.services.work.code_book
        old, new = (
            explain_index(text, self._context.texts, book).lines
            for text in (self._change.old, self._change.new)
        )
        for at, head in enumerate((self.tr("平台上的旧索引"), self.tr("现在应该是")), 1):
            self._grid.addWidget(Label(head, "captionstrong", self._table, wrap=True), 0, at)
        for at, (before, after) in enumerate(zip(old, new, strict=False), 1):
            self._grid.addWidget(Label(before.label, "caption2", self._table, wrap=True), at, 0)
            for place, one in enumerate((before, after), 1):
                value = one.value if self._is_clear else one.shown
                role = "strong" if before.value != after.value else "body2"
                text = self._context.theme.join(value, one.meaning)
                self._grid.addWidget(Label(text, role, self._table, wrap=True), at, place)

    def _on_eye(self) -> None:
        self._is_clear = not self._is_clear and self._eye.isEnabled()
        self._show_parts()
        if self._is_clear and self.case is not None:
            note = partial(self._context.services.reveal, "examination", self.case.examination_id)
            self._context.tasks.run_task(note, self._on_noted)

    def _on_noted(self, _nothing: object) -> None:
        """The audit row is written."""

    # Deciding

    @override
    def primary_words(self) -> tuple[str, str]:
        words = self.tr("删除旧的，用新的重传…")
        if not self._context.services.accounts.may(ACTION):
            return words, self.tr("要信息科的人来做")
        return words, "" if self._change is not None else self.tr("正在看是哪一份")

    @override
    def press(self) -> None:
        if self.case is not None and self._change is not None:
            self._deletion.delete(self.case.examination_id, AfterDeletion.RESEND)

    def _show_keep(self) -> None:
        reason = ""
        if not self._context.services.accounts.may(KEEP):
            reason = self.tr("要信息科的人来做")
        elif self._change is None:
            reason = self.tr("正在看是哪一份")
        elif not self.reason.text().strip():
            reason = self.tr("先写为什么保留")
        self.keep.set_allowed(self.tr("正在保存") if self._is_saving else reason)

    def _on_keep(self) -> None:
        if self.case is None:
            return
        self._begin_saving()
        self._show_keep()
        keep = partial(
            self._control.keep_index,
            self.case.examination_id,
            reason=self.reason.text().strip(),
            actor=self._context.services.actor,
        )
        self._context.tasks.run_task(keep, self._on_kept, self._on_failed)

    def _on_kept(self, is_kept: bool) -> None:  # noqa: FBT001  # a task's result
        self._is_saving = False
        self._show_keep()
        self._context.notices.toast(
            self.tr("旧索引保留，改动按更正上传") if is_kept else self.tr("已经不用决定了")
        )

    @override
    def focus_first(self) -> None:
        self.reason.setFocus()
