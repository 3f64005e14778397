"""Codes of the standard as a person chooses them: marked as printed, and asked about where they are in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Signal

from hbgz_desktop.services.code_book import CodeDoubt, Mark
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.widgets.code_picker import CodeChoice
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.code_book import Code
    from hbgz_desktop.ui.page_context import PageContext

_WORDS: dict[Mark, object] = {
    Mark.MALFORMED: QT_TRANSLATE_NOOP("CodeMark", "位数不对"),
    Mark.DUPLICATE: QT_TRANSLATE_NOOP("CodeMark", "两个名称"),
    Mark.SUSPICIOUS: QT_TRANSLATE_NOOP("CodeMark", "编码可疑"),
    Mark.NAME_VARIANT: QT_TRANSLATE_NOOP("CodeMark", "名称有错字"),
}

_UNSAID = (Mark.MALFORMED, Mark.NAME_VARIANT)
"""Of a picker's line: the first is marked 照原文 already, the second matters to nobody there."""


def mark_word(mark: Mark) -> str:
    """A mark in two or three syllables, in the language of the interface."""
    return QCoreApplication.translate("CodeMark", str(_WORDS[mark]))


def marks_in_words(row: Code) -> str:
    """All marks of a row; "" for a sound one."""
    return listed(mark_word(mark) for mark in row.marks)


def code_choices(rows: Iterable[Code]) -> list[CodeChoice]:
    """Rows of a code set for a picker, with what speaks against them."""
    return [
        CodeChoice(
            row.code,
            row.name,
            listed(mark_word(one) for one in row.marks if one not in _UNSAID),
            is_as_printed=row.is_malformed,
        )
        for row in rows
    ]


class CodeQuestion(QObject):
    """Stands between picking a code and using it (G064, G065).

    Signals:
        agreed: (CodeChoice) It may be used: nothing is in doubt, or the person says that it is right.
        refused: (words) A setting does not allow it; what to do.
        asked: (ConfirmDialog) The question is open.
    """

    agreed = Signal(object)
    refused = Signal(str)
    asked = Signal(object)

    def __init__(self, context: PageContext, window: QWidget) -> None:
        """Ask over ``window``."""
        super().__init__(window)
        self._context = context
        self._window = window
        self._choice: CodeChoice | None = None

    def ask(self, code_set: str, choice: CodeChoice) -> None:
        """Report the choice at once, after a question, or refuse it. Memory only."""
        work = self._context.services.work
        doubt = work.code_book.doubt(code_set, choice.code, choice.name)
        if doubt is CodeDoubt.NONE:
            self.agreed.emit(choice)
            return
        if doubt is CodeDoubt.MALFORMED and not work.settings().guizhou.allow_malformed_parts:
            facts = {"standard_code": choice.code}
            text = self._context.texts.of("mapping_code_malformed", facts)
            self.refused.emit(self._context.theme.join(text.title, text.next_step))
            return
        self._choice = choice
        dialog = ConfirmDialog(
            self._context.theme, self._question(code_set, choice, doubt), self._window
        )
        dialog.confirmed.connect(self._on_confirmed)
        dialog.open()
        self.asked.emit(dialog)

    def _question(self, code_set: str, choice: CodeChoice, doubt: CodeDoubt) -> Question:
        same = self._context.services.work.code_book.same_code(code_set, choice.code)
        mark = Mark.MALFORMED if doubt is CodeDoubt.MALFORMED else Mark.DUPLICATE
        names = listed(f"“{row.name}”" for row in same)
        facts = {"length": len(choice.code), "wanted": 9, "names": names}
        text = self._context.texts.of(f"code_mark_{mark}", facts)
        return Question(
            title=self.tr("用 {code}“{name}”？").format(code=choice.code, name=choice.name),
            body=(text.cause, text.next_step),
            act=self.tr("核对过了，就用它"),
            keep=self.tr("不用"),
            is_harmful=False,
        )

    def _on_confirmed(self) -> None:
        if self._choice is not None:
            self.agreed.emit(self._choice)
