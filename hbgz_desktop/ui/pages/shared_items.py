"""Items of an order, chosen by search in the item codes this hospital has mapped (H054)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.shared_viewing import ViewMode, ViewRequest
from hbgz_desktop.ui.failures import failure_words
from hbgz_desktop.ui.styling import STRETCH, clear_layout, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.code_picker import CodeChoice, CodePicker
from hbgz_desktop.ui.widgets.flow_layout import FlowLayout
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from hbgz_desktop.model.sharing_launch import ItemChoice
    from hbgz_desktop.ui.page_context import PageContext

STUDY, LAB = "study", "lab"
_LONGEST = 24


class ItemChooser(QWidget):
    """Segments for examination and laboratory, one search field, and what was chosen as chips.

    Signals:
        changed: Another choice.
    """

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it with nothing chosen."""
        super().__init__(parent)
        self._context = context
        self._found: dict[tuple[str, str], tuple[CodeChoice, ...]] = {}
        self._chosen: dict[str, dict[str, str]] = {STUDY: {}, LAB: {}}
        theme = context.theme
        self.kind = Segmented(
            theme, [(STUDY, self.tr("检查项目")), (LAB, self.tr("检验项目"))], self
        )
        self.kind.setAccessibleName(self.tr("找哪一种项目"))
        self.kind.value_changed.connect(self._on_kind)
        words = self.tr("项目代码、名称或拼音首字母")
        self.picker = CodePicker(theme, self._search, words, self)
        self.picker.code_chosen.connect(self._on_chosen)
        self._chips = QWidget(self)
        self._flow = FlowLayout(self._chips)
        self._note = Label("", "caption2", self, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.kind, STRETCH))
        layout.addWidget(self.picker)
        layout.addWidget(self._chips)
        layout.addWidget(self._note)
        self._show()

    def set_items(self, studies: tuple[str, ...], labs: tuple[str, ...]) -> None:
        """What was chosen elsewhere, by code."""
        self._chosen = {STUDY: {one: one for one in studies}, LAB: {one: one for one in labs}}
        self._show()

    def request(self, mode: ViewMode) -> ViewRequest:
        """What is asked for: a view names nothing (H054)."""
        if mode is ViewMode.VIEW:
            return ViewRequest()
        return ViewRequest(mode, tuple(self._chosen[STUDY]), tuple(self._chosen[LAB]))

    @property
    def is_empty(self) -> bool:
        """True while nothing is chosen."""
        return not (self._chosen[STUDY] or self._chosen[LAB])

    def set_problem(self, words: str) -> None:
        """Say what is missing; "" takes it away."""
        self._note.set_role("error" if words else "caption2")
        self._note.setText(words or self._hint())

    def _hint(self) -> str:
        return "" if not self.is_empty else self.tr("输几个字，↑↓ 选，Enter 加上；至少要一项。")

    def _search(self, text: str) -> tuple[CodeChoice, ...]:
        """What is in memory now; the database is asked off the GUI thread and the list filled again."""
        key = (self.kind.value, text)
        if key not in self._found:
            services = self._context.services.shared_viewing
            ask = partial(_find, partial(services.item_codes, text, self.kind.value), key)
            self._context.tasks.run_task(ask, self._on_found, self._on_failed)
        return self._found.get(key, ())

    def _on_found(self, answer: tuple[tuple[str, str], tuple[ItemChoice, ...]]) -> None:
        key, items = answer
        self._found[key] = tuple(CodeChoice(one.code, one.name) for one in items)
        if self.picker.is_open and key == (self.kind.value, self.picker.field.text().strip()):
            self.picker.open_list()

    def _on_failed(self, error: Exception) -> None:
        self.set_problem(failure_words(self._context, error))

    def _on_kind(self) -> None:
        self.picker.clear()

    def _on_chosen(self, choice: CodeChoice) -> None:
        self._chosen[self.kind.value][choice.code] = choice.name
        self.picker.clear()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        clear_layout(self._flow)
        for kind, items in self._chosen.items():
            for code, name in items.items():
                self._flow.addWidget(self._chip(kind, code, name))
        self._chips.setVisible(not self.is_empty)
        self.set_problem("")
        self._note.setVisible(self.is_empty)

    def _chip(self, kind: str, code: str, name: str) -> Button:
        words = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        chip = Button(self._context.theme, words, "chip", "close", self._chips)
        chip.setProperty("item", f"{kind} {code}")
        chip.setToolTip(f"{code} {name}")
        chip.setAccessibleName(self.tr("不要 {name}").format(name=name))
        chip.clicked.connect(self._on_removed)
        return chip

    def _on_removed(self) -> None:
        kind, _, code = str(self.sender().property("item")).partition(" ")
        self._chosen[kind].pop(code, None)
        self._show()
        self.changed.emit()


def _find(
    ask: partial[tuple[ItemChoice, ...]], key: tuple[str, str]
) -> tuple[tuple[str, str], tuple[ItemChoice, ...]]:
    return key, ask()
