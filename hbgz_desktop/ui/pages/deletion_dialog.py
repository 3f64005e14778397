"""从平台删除: exactly what goes, what comes next, why, and the accession number typed in (LOOK 3, G052)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.services.index_words import mask_index
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.styling import STRETCH, column, fit_height, row
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Surface
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.model.deletion import DeletionScope
    from hbgz_desktop.ui.theme import Theme

_WIDTH = 560
_REASON_LIMIT = 200


def breakable(index_code: str) -> str:
    """An index that may be broken into lines behind its hyphens."""
    return index_code.replace("-", "-\u200b")


@dataclass(frozen=True, slots=True)
class DeletionQuestion:
    """What the dialog asks.

    Attributes:
        title: The question.
        scope: What would go.
        then: What comes next when that is fixed, None when the person chooses.
        steps: What happens, in order; of a choice only what comes before it.
        act: The verb of the button.
    """

    title: str
    scope: DeletionScope
    then: AfterDeletion | None
    steps: tuple[str, ...]
    act: str


@dataclass(frozen=True, slots=True)
class DeletionAnswer:
    """What the person decided."""

    then: AfterDeletion
    reason: str = field(repr=False)


class DeletionDialog(QDialog):
    """Asks one ``DeletionQuestion``; show it with ``open()``, never ``exec()``.

    Deletes itself when it is closed. Esc is the safe answer; the button stays off until a reason is
    written and the study's own accession number is typed in.

    Signals:
        decided: (DeletionAnswer) The person pressed the button.
    """

    decided = Signal(object)

    def __init__(self, theme: Theme, question: DeletionQuestion, parent: QWidget) -> None:
        """Build it."""
        super().__init__(parent)
        self._question = question
        self._expected = question.scope.accessions or (self.tr("删除"),)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.setAccessibleName(question.title)
        self._then = Segmented(
            theme,
            [
                (AfterDeletion.HOLD.value, self.tr("删除后不再上传")),
                (AfterDeletion.RESEND.value, self.tr("删除后重新上传")),
            ],
            self,
        )
        self._then.setAccessibleName(self.tr("删除以后"))
        self._then.value_changed.connect(self._on_then)
        self._next = Label("", "caption2", self, wrap=True)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(_REASON_LIMIT)
        self.reason.textChanged.connect(self._on_changed)
        self._reason_field = FormField(
            theme, self.tr("为什么删除"), self.reason, is_required=True, parent=self
        )
        self._reason_field.set_origin(self.tr("记在操作记录里；不要写患者姓名和证件号"))
        self.typed = QLineEdit(self)
        self.typed.textChanged.connect(self._on_changed)
        words = self.tr("输入检查号 {number}，确认是它").format(number=self._expected[0])
        if not question.scope.accessions:
            words = self.tr("这份检查没有检查号。输入“删除”两个字确认")
        self._typed_field = FormField(theme, words, self.typed, is_required=True, parent=self)
        self._keep = Button(theme, self.tr("不删除"), "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        self.act = Button(theme, question.act, "danger", parent=self)
        self.act.setAutoDefault(False)
        self.act.clicked.connect(self._on_act)
        self._build()
        self._on_then()
        self._on_changed()

    def _build(self) -> None:
        title = Label(self._question.title, "section", self, wrap=True)
        warning = Label(
            self.tr("平台上的记录、图像和报告一起删除，不能撤销；本机上的都留着。"),
            "body2",
            self,
            wrap=True,
        )
        parts: list[QWidget] = [title, warning, self._facts()]
        if self._question.steps:
            parts.append(self._steps())
        if self._question.then is None:
            parts += [self._then, self._next]
        else:
            self._then.hide()
            self._next.hide()
        parts += [self._reason_field, self._typed_field]
        foot = row(STRETCH, self._keep, self.act)
        self.setLayout(column(*parts, foot, gap=12, margins=(20, 20, 20, 16)))
        self.setFixedWidth(_WIDTH)

    def _facts(self) -> QWidget:
        scope = self._question.scope
        facts = Surface("sunken", self)
        grid = QGridLayout(facts)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        contents = listed(
            (
                self.tr("检查记录 1 份"),
                self.tr("图像 {n} 幅", "", scope.images).format(n=f"{scope.images:,}"),
                self.tr("报告 {n} 份", "", scope.reports).format(n=f"{scope.reports:,}"),
            )
        )
        lines = (
            (self.tr("平台"), platform_name(scope.platform), "body2"),
            (self.tr("索引"), breakable(mask_index(scope.index_code)), "monocaption"),
            (self.tr("本院检查号"), listed(scope.accessions) or "—", "body2"),
            (self.tr("会删除"), contents, "strong"),
        )
        for at, (name, value, role) in enumerate(lines):
            grid.addWidget(Label(name, "caption2", facts), at, 0)
            grid.addWidget(Label(value, role, facts, wrap=True), at, 1)
        if scope.missing:
            words = self.tr(
                "其中 {n} 幅本机已经没有文件，重传前要先从 PACS 取回。", "", scope.missing
            )
            missing = Label(words.format(n=f"{scope.missing:,}"), "warn", facts, wrap=True)
            grid.addWidget(missing, len(lines), 0, 1, 2)
        return facts

    def _steps(self) -> QWidget:
        holder = QWidget(self)
        numbered = (
            Label(f"{number}. {words}", "body2", holder, wrap=True)
            for number, words in enumerate(self._question.steps, 1)
        )
        holder.setLayout(column(*numbered, gap=4))
        return holder

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _chosen(self) -> AfterDeletion:
        return self._question.then or AfterDeletion(self._then.value)

    def set_then(self, then: AfterDeletion) -> None:
        """Choose what comes next."""
        self._then.set_value(then.value)

    def _on_then(self) -> None:
        words = {
            AfterDeletion.HOLD: self.tr("图像和记录留在本机，标为“不用传”，以后可以改主意。"),
            AfterDeletion.RESEND: self.tr(
                "平台删除以后，程序用新的索引把记录、图像和报告重传一遍。"
            ),
        }
        self._next.setText(words[self._chosen])

    def _on_changed(self) -> None:
        typed = self.typed.text().strip()
        is_right = typed in self._expected
        may_become = any(one.startswith(typed) for one in self._expected)
        wrong = self.tr("和这份检查的检查号不一样，请核对是不是要删这一份")
        self._typed_field.set_problem("" if may_become else wrong)
        reason = ""
        if not self.reason.text().strip():
            reason = self.tr("先写为什么删除")
        elif not is_right:
            reason = self.tr("先输入这份检查的检查号")
        self.act.set_allowed(reason)

    def _on_act(self) -> None:
        answer = DeletionAnswer(self._chosen, self.reason.text().strip())
        self.accept()
        self.decided.emit(answer)
