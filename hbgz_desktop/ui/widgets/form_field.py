"""A labelled field: label above, 必填 as a word, below it the problem or the value's origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.styling import STRETCH, restyle, row
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.ui.theme import Theme

_COUNT_FROM = 0.8


class FormField(QWidget):
    """Label, editor and one line of words.

    The line shows, in this order: the problem, the warning, the proof (green), the origin.

    Attributes:
        editor: The widget that was handed in; its signals are its own.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        editor: QWidget,
        *,
        is_required: bool = False,
        field_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Wrap an editor.

        Args:
            theme: Look.
            label: Visible label; also the editor's accessible name.
            editor: Becomes a child of this field.
            is_required: Show 必填 after the label.
            field_name: The platform's own name, small and right; leave it out for clerks.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._required = is_required
        self._texts = {"error": "", "warn": "", "ok": "", "caption2": ""}
        self._limit = 0
        self._measure: Callable[[str], int] = len
        self.editor = editor
        self._mark = Label(self.tr("必填") if is_required else "", "caption", self)
        self._note = Label("", "caption2", self, wrap=True)
        self._counter = Label("", "caption", self)
        head = Label(label, "", self)
        head.setBuddy(editor)
        name = Label(field_name, "monocaption", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row(head, self._mark, STRETCH, name, gap=8))
        layout.addWidget(editor)
        foot = row(self._note, self._counter)
        foot.setStretch(0, 1)
        layout.addLayout(foot)
        self._show_note()

    def set_problem(self, text: str) -> None:
        """Say what is wrong and ring the editor; "" takes it away."""
        self._texts["error"] = text
        restyle(self.editor, problem=bool(text))
        self._show_note()

    def set_warning(self, text: str) -> None:
        """Say what should be looked at and does not stand in the way; "" takes it away."""
        self._texts["warn"] = text
        self._show_note()

    def set_proof(self, text: str) -> None:
        """Say in green what was checked (校验位正确); "" takes it away."""
        self._texts["ok"] = text
        self._show_note()

    def set_origin(self, text: str) -> None:
        """Say where the value is from (来自 RIS) or what the field means; "" takes it away."""
        self._texts["caption2"] = self._theme.dotted(text)
        self._show_note()

    @property
    def problem(self) -> str:
        """The problem that is shown, or ""."""
        return self._texts["error"]

    def set_limit(self, limit: int, measure: Callable[[str], int] = len) -> None:
        """Count the text of a line editor; shown from 80 % of ``limit`` on.

        Args:
            limit: Most units allowed.
            measure: Units of a text: characters by default, or bytes where the standard says so.
        """
        self._limit, self._measure = limit, measure
        if isinstance(self.editor, QLineEdit):
            self.editor.textChanged.connect(self._on_text_changed)
            self._on_text_changed(self.editor.text())

    def _on_text_changed(self, text: str) -> None:
        used = self._measure(text)
        shown = used > self._limit * _COUNT_FROM
        self._counter.setText(f"{used} / {self._limit}" if shown else "")
        self._counter.set_role("error" if used > self._limit else "caption")

    def _show_note(self) -> None:
        role, text = next(
            ((role, text) for role, text in self._texts.items() if text), ("caption2", "")
        )
        self._note.setText(text)
        self._note.set_role(role)
        self._note.setVisible(bool(text))
        self.editor.setAccessibleName(clauses((self._label, self._mark.text())))
        self.editor.setAccessibleDescription(text)
