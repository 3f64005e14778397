"""操作记录: who did what, when and to which thing; IT sees everyone's rows, a clerk their own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.model.audit import FAILED, OK, REFUSED, AuditEntry, AuditFilter
from hbgz_desktop.services.audit import AuditWords
from hbgz_desktop.services.audit_desk import AuditDesk, AuditLook
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.cells import BadgeCell, Cell, Mono
from hbgz_desktop.ui.delegates.row_delegate import ClerkRowDelegate, ItRowDelegate
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, Sorting, TableSource, numbered_source
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.audit_export import AuditExport
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.page_context import PageContext

_DAYS = {"today": 0, "week": 6, "month": 29}


class AuditPage(Page):
    """A list with period, person and action; Enter goes to the study a row is about."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; the first page is read when it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._words = AuditWords(context.texts)
        self._desk = AuditDesk(context.services, self._words)
        self._badges = {
            OK: Badge.neutral(self._words.outcome(OK), "check"),
            REFUSED: Badge.of(State.NEEDS_FIX, self._words.outcome(REFUSED)),
            FAILED: Badge.of(State.FAILED, self._words.outcome(FAILED)),
        }
        self._current: AuditEntry | None = None
        self._export = AuditExport(context, self._desk, self)
        self.header.set_title(self.tr("操作记录"))
        self.header.add_button("study", self.tr("看这份检查"), "studies")
        self.header.primary_requested.connect(self._on_export)
        self.header.secondary_requested.connect(self._on_secondary)
        self._filter = self._make_filter()
        self._model: PagedTableModel[AuditEntry] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self._panel = TablePanel(context.theme, self._model, self.tr("条"), self)
        delegate = ItRowDelegate if context.is_it else ClerkRowDelegate
        self._panel.view.set_delegate(delegate(context.theme, self._panel.view))
        self._panel.view.row_activated.connect(self._on_row)
        self._panel.view.current_changed.connect(self._on_current)
        self._model.page_loaded.connect(self._on_loaded)
        self._panel.empty_action_requested.connect(self._filter.clear_filters)
        self.content.setSpacing(12)
        self.content.addWidget(self._filter)
        self.content.addWidget(self._export.strip)
        self.content.addWidget(self._panel, 1)
        self._show_look(AuditLook(0, 0, (), ()))
        self._on_current(None)

    def _make_filter(self) -> FilterBar:
        bar = FilterBar(self._context.theme, self.tr("找对象或细节"), self)
        bar.add_dropdown(
            "period",
            self.tr("时间"),
            [
                ("today", self.tr("今天")),
                ("week", self.tr("最近 7 天")),
                ("month", self.tr("最近 30 天")),
                ("all", self.tr("全部")),
            ],
        )
        everyone = [("", self.tr("全部"))]
        self._people = bar.add_dropdown("actor", self.tr("谁"), everyone)
        self._people.setVisible(self._desk.sees_everyone)
        self._kinds = bar.add_dropdown("action", self.tr("做了什么"), everyone)
        bar.changed.connect(self._open)
        return bar

    # Rows

    def _columns(self) -> Sequence[Column[AuditEntry]]:
        columns = [
            Column(self.tr("时间"), "at", self._time, 140),
            Column(self.tr("谁"), "actor", self._who, 116),
            Column(self.tr("做了什么"), "action", self._action, 210),
            Column(self.tr("对象"), "key", self._thing, 0, is_sortable=False, tooltip=self._hint),
        ]
        if self._context.is_it:
            columns += [
                Column(
                    self.tr("细节"),
                    "facts",
                    self._details,
                    0,
                    is_sortable=False,
                    tooltip=self._hint,
                ),
                Column(self.tr("系统账户和电脑"), "host", self._place, 160, is_sortable=False),
            ]
        return (
            *columns,
            Column(self.tr("结果"), "outcome", self._outcome, 110, is_sortable=False),
        )

    @staticmethod
    def _time(row: AuditEntry) -> Cell:
        return Mono(f"{row.at.astimezone(LOCAL):%m-%d %H:%M:%S}")

    @staticmethod
    def _who(row: AuditEntry) -> Cell:
        return row.actor

    def _action(self, row: AuditEntry) -> Cell:
        return self._words.action(row.action)

    def _thing(self, row: AuditEntry) -> Cell:
        return self._words.thing(row)

    def _details(self, row: AuditEntry) -> Cell:
        return Mono(self._words.details(row))

    def _hint(self, row: AuditEntry) -> str:
        return "\n".join(filter(None, (self._words.thing(row), self._words.details(row))))

    @staticmethod
    def _place(row: AuditEntry) -> Cell:
        return "@".join(filter(None, (row.system_account, row.host)))

    def _outcome(self, row: AuditEntry) -> Cell:
        return BadgeCell(self._badges.get(row.outcome, self._badges[OK]))

    def _source(self) -> TableSource[AuditEntry]:
        desk, wanted = self._desk, self._wanted()

        def ids(sorting: Sorting) -> Sequence[int]:
            key = sorting.key or "at"
            return desk.ids(wanted, sort=key, descending=sorting.is_descending)

        return numbered_source(ids, desk.rows)

    def _wanted(self) -> AuditFilter:
        action = self._filter.value("action")
        return AuditFilter(
            since=self._since(),
            actor=self._filter.value("actor"),
            actions=(action,) if action else (),
            text=self._filter.search.search_text(),
        )

    def _since(self) -> datetime | None:
        days = _DAYS.get(self._filter.value("period"))
        return None if days is None else self._context.services.today() - timedelta(days=days)

    # Page

    def _open(self) -> None:
        self._model.set_source(self._source(), Sorting("at", is_descending=True))
        self._ask_look()

    def _ask_look(self) -> None:
        look = partial(self._desk.look, self._wanted(), AuditFilter(until=datetime.now(UTC)))
        self._context.tasks.run_task(look, self._show_look)

    def _show_look(self, look: AuditLook) -> None:
        everyone = ("", self.tr("全部"))
        self._people.set_options([everyone, *((one, one) for one in look.actors)])
        named = sorted((self._words.action(one), one) for one in look.actions)
        self._kinds.set_options([everyone, *((code, words) for words, code in named)])
        whose = self.tr("所有人的") if self._desk.sees_everyone else self.tr("自己的")
        count = self.tr("共 {all} 条，按筛选显示 {n} 条").format(
            all=f"{look.everything:,}", n=f"{look.matching:,}"
        )
        self.header.set_subtitle(self._context.theme.join(whose, count, self.tr("只增不改")))
        words = self.tr("导出 {n} 条").format(n=f"{look.matching:,}")
        reason = "" if look.matching else self.tr("没有可以导出的")
        self.header.set_primary(
            words if look.matching else self.tr("导出"), "export", reason=reason
        )
        if look.everything:
            self._panel.empty.set_content(
                "filter",
                self.tr("这样筛选没有记录"),
                self.tr("换个时间、人或说法再试。"),
                self.tr("不筛选"),
            )
        else:
            self._panel.empty.set_content(
                "audit",
                self.tr("还没有操作记录"),
                self.tr("重试、改设置、改字典、看遮住的姓名、导出……每一步都会记在这里。"),
            )

    @override
    def activate(self) -> None:
        self._open()

    @override
    def refresh(self) -> None:
        self._open()

    @override
    def focus_filter(self) -> None:
        self._filter.focus_search()

    @override
    def focus_content(self) -> None:
        self._panel.view.setFocus()

    @override
    def help_text(self) -> str:
        return self.tr(
            "谁在什么时候做了什么，新的在前。信息科看得到所有人的，登记员看自己的。"
            "记录只增不改；导出的表里没有患者姓名。选一条和检查有关的，按 Enter 就到那份检查。"
        )

    # Doing

    def _on_export(self) -> None:
        self._export.ask_path(self._wanted())

    def _on_current(self, row_id: object) -> None:
        number = self._model.number_of(row_id) if isinstance(row_id, int) else None
        self._current = None if number is None else self._model.row_at(number)
        row = self._current
        has_study = row is not None and bool(row.study_id or row.examination_id)
        reason = "" if has_study else self.tr("先选一条和检查有关的")
        self.header.button("study").set_allowed(reason)

    def _on_loaded(self) -> None:
        self._on_current(self._panel.view.current_id())

    def _on_row(self, _row_id: object) -> None:
        self._show_study()

    def _on_secondary(self, _key: str) -> None:
        self._show_study()

    def _show_study(self) -> None:
        row = self._current
        if row is not None and (row.study_id or row.examination_id):
            self._context.show_study(row.examination_id or 0, row.study_id or 0)
