"""One field of a record, edited by hand: free text, a masked number, or a code of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.masking import mask_identity, mask_name, mask_phone
from hbgz_desktop.ui.code_choices import CodeQuestion, code_choices
from hbgz_desktop.ui.widgets.code_picker import CodeChoice, CodePicker
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.masked_field import MaskedField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.model.fix_views import FieldFacts
    from hbgz_desktop.services.fix_desk import FixDesk
    from hbgz_desktop.ui.page_context import PageContext

_MOST_CHOICES = 60
_MASKS: dict[str, Callable[[str], str]] = {
    "psnName": mask_name,
    "certno": mask_identity,
    "tel": mask_phone,
    "hiImgIndx": mask_identity,
    "patnId": mask_identity,
    "elecHlCardNo": mask_identity,
}


class FieldEditor(QWidget):
    """Builds the right editor for a field and holds its value.

    Signals:
        value_changed: The value is another, by typing or by choosing.
        committed: Enter was pressed.
        revealed: A masked value was looked at: write the audit row.

    Attributes:
        question: Asks before a code that is in doubt is taken (G064, G065).
    """

    value_changed = Signal()
    committed = Signal()
    revealed = Signal()

    def __init__(self, context: PageContext, desk: FixDesk, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._facts: FieldFacts | None = None
        self._field: FormField | None = None
        self._edit: QLineEdit | None = None
        self._masked: MaskedField | None = None
        self._picker: CodePicker | None = None
        self._code = ""
        self._code_words = Label("", "strong", self)
        self.question = CodeQuestion(context, self)
        self.question.agreed.connect(self._on_agreed)
        self.question.refused.connect(self._on_refused)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._code_words.hide()
        self._layout.addWidget(self._code_words)

    def set_field(self, facts: FieldFacts, *, is_required: bool) -> None:
        """Offer an editor for this field; its value is empty until ``set_value``."""
        if self._facts == facts:
            return
        self._facts = facts
        if self._field is not None:
            self._layout.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
        self._edit = self._masked = self._picker = None
        editor = self._make(facts)
        field = FormField(
            self._context.theme,
            facts.label,
            editor,
            is_required=is_required,
            field_name=facts.name,
            parent=self,
        )
        if facts.length and self._picker is None:
            field.set_limit(facts.length)
        self._field = field
        self._layout.addWidget(field)
        self._code_words.setVisible(self._picker is not None)

    def _make(self, facts: FieldFacts) -> QWidget:
        if facts.has_codes:
            self._picker = CodePicker(self._context.theme, self._search, parent=self)
            self._picker.code_chosen.connect(self._on_code)
            return self._picker
        mask = _MASKS.get(facts.name)
        if mask is not None:
            self._masked = MaskedField(self._context.theme, mask, self)
            self._masked.value_changed.connect(self._on_typed)
            self._masked.returnPressed.connect(self.committed)
            self._masked.revealed.connect(self.revealed)
            return self._masked
        self._edit = QLineEdit(self)
        self._edit.setPlaceholderText(facts.format)
        self._edit.textChanged.connect(self._on_typed)
        self._edit.returnPressed.connect(self.committed)
        return self._edit

    # The value

    @property
    def value(self) -> str:
        """What would be saved."""
        if self._masked is not None:
            return self._masked.value().strip()
        if self._edit is not None:
            return self._edit.text().strip()
        return self._code

    def set_value(self, value: str) -> None:
        """Show what stands in the record; a masked one is masked at once."""
        if self._masked is not None:
            self._masked.set_value(value)
        elif self._edit is not None:
            self._edit.setText(value)
        else:
            self._code = value
            if self._picker is not None:
                self._picker.clear()
            self._show_code("")

    def _show_code(self, name: str) -> None:
        words = f"{self._code} {name}".strip()
        none = self.tr("还没有代码")
        self._code_words.setText(self.tr("现在：{code}").format(code=words) if words else none)

    def set_problem(self, text: str) -> None:
        """Say what is wrong below the field; "" takes it away."""
        if self._field is not None:
            self._field.set_problem(text)

    def set_origin(self, text: str) -> None:
        """Say where the value is from, and the rule's limit."""
        if self._field is not None:
            self._field.set_origin(text)

    def set_allowed(self, *, is_allowed: bool) -> None:
        """Allow editing, or show the value only."""
        if self._field is not None:
            self._field.editor.setEnabled(is_allowed)

    def hide_value(self) -> None:
        """Ctrl+Shift+H."""
        if self._masked is not None:
            self._masked.hide_value()

    def focus(self) -> None:
        """Put the focus into the editor."""
        if self._field is not None:
            self._field.editor.setFocus()
            if self._edit is not None:
                self._edit.selectAll()

    def _search(self, text: str) -> Sequence[CodeChoice]:
        if self._facts is None or not self._facts.code_set:
            return ()
        return code_choices(self._desk.codes(self._facts.code_set, text, _MOST_CHOICES))

    def _on_code(self, choice: CodeChoice) -> None:
        code_set = self._facts.code_set if self._facts is not None else ""
        self.question.ask(code_set, choice)

    def _on_refused(self, words: str) -> None:
        if self._field is not None:
            self._field.set_problem(words)

    def _on_agreed(self, choice: CodeChoice) -> None:
        self._code = choice.code
        self._show_code(choice.name)
        self.value_changed.emit()

    def _on_typed(self, _text: str) -> None:
        self.value_changed.emit()
