"""The codes of any set as the standard prints them: to read, search, copy and export, not to change."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from hbgz_desktop.services.code_book import Mark, mark_texts, suggestion_text
from hbgz_desktop.ui.cells import Cell, Mono, TwoLines
from hbgz_desktop.ui.code_choices import mark_word, marks_in_words
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, TableSource
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import column
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.fact_rows import CopyRow, FactRow
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.search_field import SearchField
from hbgz_desktop.ui.widgets.state_chips import Chip, StateChips
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.services.code_book import Code, CodeSetFacts
    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.page_context import PageContext

_ALL = "all"
_CODE_WIDTH = 112
_MARK_LINES = len(Mark) + 1


class CodeSetBrowser(Drawer):
    """A drawer over the standard's own tables; their rows are in memory.

    Signals:
        exported: (count) A file was written.
    """

    exported = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._book = context.services.work.code_book
        self._code_set = ""
        self._sets = {one.name: one for one in self._book.sets()}
        options = [(one.name, f"{_title(one)} {one.count}") for one in self._sets.values()]
        self.choice = ComboBox(context.theme, options, self)
        self.choice.setAccessibleName(self.tr("代码集"))
        self.choice.currentIndexChanged.connect(self._on_set)
        self.field = SearchField(context.theme, self.tr("编码、名称、拼音或首字母"), self)
        self.field.search_changed.connect(self._open)
        self.chips = StateChips(context.theme, self)
        self.chips.chip_chosen.connect(self._open)
        self._note = Label("", "caption2", self, wrap=True)
        columns: Sequence[Column[Any]] = (
            Column(self.tr("代码"), "code", self._code, _CODE_WIDTH, is_sortable=False),
            Column(self.tr("名称"), "name", self._name, is_sortable=False, tooltip=self._name_tip),
        )
        self.model: PagedTableModel[Any] = PagedTableModel(context.tasks, columns, parent=self)
        self.panel = TablePanel(context.theme, self.model, self.tr("项"), self)
        self.panel.empty.set_content(
            "search", self.tr("没有找到"), self.tr("换个写法试试，可以用拼音首字母。")
        )
        self.panel.setMinimumHeight(190)
        self.panel.view.current_changed.connect(self._on_current)
        self._facts_part = self._make_facts_part()
        self._build()

    def _make_facts_part(self) -> QWidget:
        part = QWidget(self)
        self._copies = {
            "code": CopyRow(self._context.theme, self.tr("代码"), "", part),
            "name": CopyRow(self._context.theme, self.tr("名称"), "", part),
        }
        waiting = State.WAITING
        self._marks = [
            FactRow(self._context.theme, waiting, "", "", part) for _ in range(_MARK_LINES)
        ]
        part.setLayout(column(*self._copies.values(), *self._marks, gap=4))
        part.hide()
        return part

    def _build(self) -> None:
        self.body.setSpacing(10)
        for widget in (self.choice, self._note, self.field, self.chips):
            self.body.addWidget(widget)
        self.body.addWidget(self.panel, 1)
        self.body.addWidget(self._facts_part)
        self.set_actions([("export", self.tr("导出这张表（XLSX 或 CSV）…"))])
        self.action_chosen.connect(self._on_action)
        self.set_head(self.tr("标准代码"))

    def show_set(self, code_set: str) -> None:
        """Show one code set from its beginning; one that is not printed shows the first (G042)."""
        name = self._book.facts(code_set).name if self._book.has(code_set) else ""
        self._code_set = name or next(iter(self._sets))
        self.choice.blockSignals(True)  # noqa: FBT003  # Qt's own signature
        self.choice.set_key(self._code_set)
        self.choice.blockSignals(False)  # noqa: FBT003  # Qt's own signature
        self._show_set()

    def _on_set(self) -> None:
        self._code_set = str(self.choice.currentData())
        self._show_set()

    def _show_set(self) -> None:
        facts = self._sets[self._code_set]
        self._note.setText(self._words_of(facts))
        chips = [Chip(_ALL, self.tr("全部"))]
        chips += [Chip(str(mark), mark_word(mark), State.NEEDS_FIX) for mark in facts.marks]
        self.chips.set_chips(chips)
        self.chips.set_counts({_ALL: facts.count, **{str(k): n for k, n in facts.marks.items()}})
        self.chips.setVisible(bool(facts.marks))
        self.field.clear()
        self._open()

    def _words_of(self, facts: CodeSetFacts) -> str:
        standard = self._context.services.work.standard
        where = self.tr("V{version} 第 {section} 节").format(
            version=standard.version, section=facts.section
        )
        name = self.tr("字典名 {name}").format(name=facts.name)
        if facts.aliases:
            alias = listed(facts.aliases)
            name = self.tr("字典名 {name}，字段名 {alias}").format(name=facts.name, alias=alias)
        printed = self.tr("标准里印的 {n} 项，照原文，只能看不能改").format(n=facts.count)
        return self._context.theme.join(where, name, printed)

    def _open(self) -> None:
        self._show_code(None)
        book, code_set, text = self._book, self._code_set, self.field.text().strip()
        chosen = self.chips.chosen
        mark = Mark(chosen) if chosen in set(Mark) else None

        def found() -> dict[int, Code]:
            return {code.seq: code for code in book.search(code_set, text, mark)}

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return list(found())

        def rows(wanted: Sequence[RowId]) -> Sequence[Any]:
            known = found()
            return [known[seq] for seq in wanted if isinstance(seq, int) and seq in known]

        def row_id(code: Any) -> RowId:
            return int(code.seq)

        self.model.set_source(TableSource(ids, rows, row_id))

    # One code

    def _on_current(self, seq: object) -> None:
        rows = self._book.search(self._code_set)
        self._show_code(next((row for row in rows if row.seq == seq), None))

    def _show_code(self, row: Code | None) -> None:
        self._facts_part.setVisible(row is not None)
        if row is None:
            return
        self._copies["code"].set_value(row.code)
        self._copies["name"].set_value(row.name)
        same = self._book.same_code(self._code_set, row.code)
        found = list(mark_texts(row, self._context.texts, same))
        guess = suggestion_text(row, self._context.texts)
        found += [guess] if guess is not None else []
        for at, line in enumerate(self._marks):
            line.setVisible(at < len(found))
            if at < len(found):
                state = State.WAITING if found[at] is guess else State.NEEDS_FIX
                line.set_fact(state, found[at].title, found[at].cause)

    @staticmethod
    def _code(row: Any) -> Cell:
        return Mono(row.code)

    @staticmethod
    def _name(row: Any) -> Cell:
        words = marks_in_words(row)
        return TwoLines(row.name, words, ink="needs_fix") if words else str(row.name)

    @staticmethod
    def _name_tip(row: Any) -> str:
        return str(row.name)

    # Export

    def _on_action(self, _key: str) -> None:
        dialog = QFileDialog(self, self.tr("导出标准代码"))
        dialog.setNameFilters([self.tr("Excel 表格 (*.xlsx)"), self.tr("CSV 表格 (*.csv)")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"{self._code_set}.xlsx")
        dialog.fileSelected.connect(self._on_path)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_path(self, path: str) -> None:
        self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the whole set that is shown, as the file's ending says."""
        write = partial(self._book.export, self._code_set, path, self._context.texts)
        self._context.tasks.run_task(write, self._on_exported, self._on_failed)

    def _on_exported(self, count: int) -> None:
        self._context.notices.toast(self.tr("导出了 {n} 项标准代码").format(n=f"{count:,}"))
        self.exported.emit(count)

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)


def _title(facts: CodeSetFacts) -> str:
    """The print repeats a set's name in its title: 性别(gend)."""
    return facts.title.replace("（", "(").partition("(")[0].strip() or facts.name
