"""The codes of one set as the standard prints them, to read and search, not to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hbgz_desktop.ui.cells import Cell, Inked, Mono, Number
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, TableSource
from hbgz_desktop.ui.phrases import noted
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.search_field import SearchField
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.models.table_source import RowId, Sorting
    from hbgz_desktop.ui.page_context import PageContext

_ALL = 100_000
_NARROW = 64


class CodeSetBrowser(Drawer):
    """A drawer over the standard's own table; its rows are in memory."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._control = context.services.work.mapping_control
        self._code_set = ""
        self._malformed = self.tr("照原文，位数不对")
        self._field = SearchField(context.theme, self.tr("编码、名称或拼音首字母"), self)
        self._field.search_changed.connect(self._open)
        self._note = Label("", "caption2", self, wrap=True)
        columns: Sequence[Column[Any]] = (
            Column(self.tr("序号"), "seq", self._seq, _NARROW, is_sortable=False),
            Column(self.tr("代码"), "code", self._code, 116, is_sortable=False),
            Column(self.tr("名称"), "name", self._name, is_sortable=False, tooltip=self._name_tip),
        )
        self.model: PagedTableModel[Any] = PagedTableModel(context.tasks, columns, parent=self)
        self._panel = TablePanel(context.theme, self.model, self.tr("项"), self)
        self._panel.empty.set_content(
            "search", self.tr("没有找到"), self.tr("换个写法试试，可以用拼音首字母。")
        )
        self._panel.setMinimumHeight(360)
        self.body.setSpacing(10)
        self.body.addWidget(self._note)
        self.body.addWidget(self._field)
        self.body.addWidget(self._panel, 1)

    def show_set(self, code_set: str, title: str) -> None:
        """Show one code set from its beginning."""
        self._code_set = code_set
        count = self._control.printed_count(code_set)
        self.set_head(title, "", code_set)
        self._note.setText(self.tr("标准里印的 {n} 项，照原文，只能看不能改。").format(n=count))
        self._field.clear()
        self._open()

    def _open(self) -> None:
        control, code_set, text = self._control, self._code_set, self._field.text().strip()

        def found() -> dict[int, Any]:
            return {code.seq: code for code in control.codes(code_set, text, _ALL)}

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return list(found())

        def rows(wanted: Sequence[RowId]) -> Sequence[Any]:
            known = found()
            return [known[seq] for seq in wanted if isinstance(seq, int) and seq in known]

        def row_id(code: Any) -> RowId:
            return int(code.seq)

        self.model.set_source(TableSource(ids, rows, row_id))

    @staticmethod
    def _seq(code: Any) -> Cell:
        return Number(str(code.seq))

    @staticmethod
    def _code(code: Any) -> Cell:
        return Mono(code.code)

    def _name(self, code: Any) -> Cell:
        if code.is_malformed:
            return Inked(noted(code.name, self._malformed), "needs_fix")
        return str(code.name)

    @staticmethod
    def _name_tip(code: Any) -> str:
        return str(code.name)
