"""The table of 字典对照: local values of one code set, those without a code first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.ui.cells import BadgeCell, Cell, Link, Number, TwoLines
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, TableSource
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.widgets.card import Card
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.state_chips import Chip
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hbgz_desktop.model.mapping_views import MappingRow
    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.mapping_drafts import MappingDrafts

MISSING, MAPPED, ALL = "missing", "mapped", "all"
_SORTS: dict[str, Callable[[MappingRow], Any]] = {
    "state": lambda row: bool(row.standard_code),
    "local": lambda row: row.local_value,
    "code": lambda row: row.standard_code,
    "waiting": lambda row: row.waiting,
}


class MappingTable(Card):
    """Search, chips and rows.

    Signals:
        row_chosen: (MappingRow or None) Another line is current.
        row_activated: Enter or a double click: choose a code.
        add_requested: The empty state's button.
        set_chosen: (name) Another code set, from the drop-down of a narrow window.
    """

    row_chosen = Signal(object)
    row_activated = Signal()
    add_requested = Signal()
    set_chosen = Signal(str)

    def __init__(
        self, context: PageContext, drafts: MappingDrafts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent, flush=True)
        self._context = context
        self._drafts = drafts
        self._code_set = ""
        self._wanted: tuple[str, str] | None = None
        self._missing = Badge.of(State.NEEDS_FIX, self.tr("没有对照"))
        self._mapped = Badge.neutral(self.tr("已对照"), "check")
        self._draft = Badge.neutral(self.tr("还没保存"), "edit", accent=True)
        self._choose = self.tr("选一个代码…")
        self._as_printed = self.tr("照原文")
        self._filter = FilterBar(context.theme, self.tr("医院的写法、代码、名称"), self)
        self._filter.chips.set_chips(
            [
                Chip(ALL, self.tr("全部")),
                Chip(MISSING, self.tr("没有对照"), State.NEEDS_FIX),
                Chip(MAPPED, self.tr("已对照")),
            ]
        )
        self._sets = self._filter.add_dropdown("set", self.tr("代码集"), [("", "")])
        self._sets.hide()
        self._filter.changed.connect(self._on_filter)
        self.model: PagedTableModel[MappingRow] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self._panel = TablePanel(context.theme, self.model, self.tr("条"), self)
        self._panel.setProperty("surface", "clear")
        self._panel.empty_action_requested.connect(self._on_empty_action)
        self._panel.view.current_changed.connect(self._tell_current)
        self._panel.view.row_activated.connect(self._on_activated)
        self.model.opened.connect(self._on_opened)
        self.model.page_loaded.connect(self._on_page)
        self.setFocusProxy(self._panel)
        box = QVBoxLayout()
        box.setContentsMargins(16, 12, 16, 10)
        box.addWidget(self._filter)
        self.body.setSpacing(0)
        self.body.addLayout(box)
        self.body.addWidget(self._panel, 1)
        self.setMinimumHeight(300)
        drafts.changed.connect(self.model.refresh)

    def _columns(self) -> Sequence[Column[MappingRow]]:
        return (
            Column(self.tr("状态"), "state", self._state_cell, 108),
            Column(self.tr("医院的写法"), "local", self._local_cell, tooltip=self._local_tip),
            Column(self.tr("平台的代码"), "code", self._code_cell, tooltip=self._code_tip),
            Column(self.tr("在等（份）"), "waiting", self._waiting_cell, 88),
        )

    def _state_cell(self, row: MappingRow) -> Cell:
        if row.key in self._drafts.view:
            return BadgeCell(self._draft)
        return BadgeCell(self._mapped if row.standard_code else self._missing)

    @staticmethod
    def _local_cell(row: MappingRow) -> Cell:
        return row.local_value

    @staticmethod
    def _local_tip(row: MappingRow) -> str:
        return row.local_value

    def _code_cell(self, row: MappingRow) -> Cell:
        draft = self._drafts.view.get(row.key)
        if draft is not None:
            return TwoLines(
                draft.name or draft.code, draft.code if draft.name else "", ink="accent"
            )
        if not row.standard_code:
            return Link(self._choose)
        who = f"{row.set_by} {moment_words(row.set_at)}".strip()
        printed = self._as_printed if row.is_as_printed else ""
        if not row.standard_name:
            return TwoLines(row.standard_code, who)
        detail = self._context.theme.join(row.standard_code, printed, who)
        return TwoLines(row.standard_name, detail)

    @staticmethod
    def _code_tip(row: MappingRow) -> str:
        return f"{row.standard_code} {row.standard_name}".strip()

    @staticmethod
    def _waiting_cell(row: MappingRow) -> Cell:
        return Number(f"{row.waiting:,}" if row.waiting else "—", is_strong=bool(row.waiting))

    # What is shown

    def show_set(self, code_set: str, *, which: str = "", local_value: str = "") -> None:
        """Show one code set; ``which`` chooses a chip, ``local_value`` a line."""
        self._code_set = code_set
        self._sets.set_value(code_set)
        self._wanted = (code_set, local_value) if local_value else None
        if which:
            self._filter.chips.choose(which)
        self._open()

    def set_choices(self, choices: Sequence[tuple[str, str]], *, is_shown: bool) -> None:
        """Offer the code sets in a drop-down, where the list at the left has no room."""
        self._sets.set_options(choices)
        self._sets.set_value(self._code_set)
        self._sets.setVisible(is_shown)

    def _on_filter(self) -> None:
        chosen = self._sets.value
        if chosen and self._code_set and chosen != self._code_set:
            self.set_chosen.emit(chosen)
        else:
            self._open()

    def _open(self) -> None:
        if self._code_set:
            self._say_why_empty()
            self.model.set_source(self._source())
            self.ask_counts()

    def _source(self) -> TableSource[MappingRow]:
        control = self._context.services.work.mapping_control
        code_set, text = self._code_set, self._filter.search.search_text()
        which = self._filter.chips.chosen

        def ids(sorting: Sorting) -> Sequence[RowId]:
            found = [row for row in control.rows(code_set) if _fits(row, text, which)]
            if sorting.key:
                found.sort(key=_SORTS[sorting.key], reverse=sorting.is_descending)
            return [row.key for row in found]

        def rows(wanted: Sequence[RowId]) -> Sequence[MappingRow]:
            keys = set(wanted)
            return [row for row in control.rows(code_set) if row.key in keys]

        def row_id(row: MappingRow) -> RowId:
            return row.key

        return TableSource(ids, rows, row_id)

    def ask_counts(self) -> None:
        """Bring the chips' counts up to date; nothing before a code set is shown."""
        if not self._code_set:
            return
        control = self._context.services.work.mapping_control
        code_set, text = self._code_set, self._filter.search.search_text()

        def count() -> tuple[str, dict[str, int]]:
            found = [row for row in control.rows(code_set) if _fits(row, text, ALL)]
            mapped = sum(bool(row.standard_code) for row in found)
            return code_set, {ALL: len(found), MAPPED: mapped, MISSING: len(found) - mapped}

        self._context.tasks.run_task(count, self._on_counts)

    def _on_counts(self, answer: tuple[str, dict[str, int]]) -> None:
        code_set, counts = answer
        if code_set == self._code_set:
            self._filter.chips.set_counts(counts)

    def _say_why_empty(self) -> None:
        empty = self._panel.empty
        if self._filter.search.search_text():
            empty.set_content(
                "search",
                self.tr("没有符合筛选的对照"),
                self.tr("换个写法试试，或者清除筛选。"),
                self.tr("清除筛选"),
            )
        elif self._filter.chips.chosen == MISSING:
            empty.set_content(
                "check",
                self.tr("没有缺代码的写法"),
                self.tr("收到新写法时，会排在这里等人选代码。"),
            )
        else:
            empty.set_content(
                "mapping",
                self.tr("这个代码集还没有对照"),
                self.tr("收到标准里没有的写法时，会自己列在这里；也可以先加好。"),
                self.tr("新增对照"),
            )

    def _on_empty_action(self) -> None:
        if self._filter.search.search_text():
            self._filter.clear_filters()
        else:
            self.add_requested.emit()

    def focus_search(self) -> None:
        """Ctrl+F."""
        self._filter.focus_search()

    def reload(self) -> None:
        """Read the shown lines again in place; new ones wait behind 显示."""
        self.model.refresh()
        self.ask_counts()

    def reopen(self) -> None:
        """Ask for the lines and their order again."""
        self.model.open()
        self.ask_counts()

    def current(self) -> MappingRow | None:
        """The current line as it was last read."""
        number = self.model.number_of(self._panel.view.current_id())
        return None if number is None else self.model.row_at(number)

    def go_to_missing(self, step: int) -> None:
        """Go to the next (+1) or previous (-1) line without a code (F8)."""
        view = self._panel.view
        number = self.model.number_of(view.current_id())
        at = (-1 if number is None else number) + step
        while 0 <= at < self.model.total:
            row = self.model.row_at(at)
            if row is not None and not row.standard_code:
                view.go_to(row.key)
                return
            at += step

    def _on_opened(self, _total: int) -> None:
        if self._wanted is not None and self._panel.view.go_to(self._wanted):
            self.model.selection.replace([self._wanted])
            self._wanted = None

    def _on_page(self) -> None:
        self._tell_current(None)

    def _tell_current(self, _row_id: object) -> None:
        self.row_chosen.emit(self.current())

    def _on_activated(self, _row_id: object) -> None:
        self.row_activated.emit()


def _fits(row: MappingRow, text: str, which: str) -> bool:
    if (which == MISSING and row.standard_code) or (which == MAPPED and not row.standard_code):
        return False
    words = f"{row.local_value} {row.standard_code} {row.standard_name}".casefold()
    return all(part in words for part in text.casefold().split())
