"""How often the platform was asked today what others share, and what came of it: a list on 总览 of Hebei."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.shared_viewing import ViewMode
from hbgz_desktop.model.sharing_launch import LaunchFilter, LaunchState, SharingLaunch
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.cells import BadgeCell, Cell, TwoLines
from hbgz_desktop.ui.delegates.row_delegate import ClerkRowDelegate
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, RowId, Sorting, TableSource
from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.styling import row
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.state_chips import Chip, StateChips
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hbgz_desktop.ui.page_context import PageContext

ALL, RESULTS, OPENED, NOTHING = "all", "results", "opened", "nothing"
_CHIPS: Mapping[str, tuple[LaunchState, ...]] = {
    ALL: (),
    RESULTS: (LaunchState.RESULTS_FETCHED,),
    OPENED: (LaunchState.OPENED, LaunchState.ORDERS_FETCHED),
    NOTHING: (LaunchState.NOTHING,),
}


class LaunchCells(QObject):
    """Cells of one row; they are made on pool threads, so words are translated before."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        """Translate."""
        super().__init__(parent)
        self._words = AuthorizationWords(context.theme, context.texts, self)
        self._texts = context.texts
        self._offer = self.tr("检查 {studies} 份，检验 {labs} 项")
        self._modes = {ViewMode.VIEW: self.tr("看全部"), ViewMode.ORDER: self.tr("开单前")}
        self._badges = {
            LaunchState.ASKED: Badge.neutral(self.tr("没有打开页面")),
            LaunchState.NOTHING: Badge.neutral(self.tr("没有可互认的")),
            LaunchState.OPENED: Badge.of(State.WAITING, self.tr("还没取回结果")),
            LaunchState.ORDERS_FETCHED: Badge.of(State.WAITING, self.tr("还没取回结果")),
            LaunchState.RESULTS_FETCHED: Badge.of(State.CONFIRMED, self.tr("取回了结果")),
        }
        self._failed = Badge.of(State.FAILED, self.tr("没有查到"))

    def state(self, item: SharingLaunch) -> Cell:
        """Colour, shape and word."""
        is_unanswered = item.state is LaunchState.ASKED and bool(item.error_code)
        return BadgeCell(self._failed if is_unanswered else self._badges[item.state])

    def person(self, item: SharingLaunch) -> Cell:
        """Masked name over the visit number."""
        return TwoLines(self._words.person(item.visit), item.visit.visit_no)

    def offer(self, item: SharingLaunch) -> Cell:
        """What the platform has, or why it was not told."""
        mode = self._modes[item.mode]
        if item.study_count is None or item.lab_count is None:
            why = self._texts.of(item.error_code).title if item.error_code else ""
            return TwoLines(mode, why)
        return TwoLines(mode, self._offer.format(studies=item.study_count, labs=item.lab_count))

    @staticmethod
    def operator(item: SharingLaunch) -> Cell:
        """Who asked."""
        return item.operator

    @staticmethod
    def clock(item: SharingLaunch) -> Cell:
        """14:05."""
        return f"{item.created_at.astimezone(LOCAL):%H:%M}"


class DeskLaunches(QWidget):
    """今天的共享调阅; Enter opens one.

    Signals:
        opened: (launch id) Go on with this one.
    """

    opened = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; ``look`` reads the rows."""
        super().__init__(parent)
        self._context = context
        self._model: PagedTableModel[SharingLaunch] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self.chips = StateChips(context.theme, self)
        self.chips.set_chips(
            [
                Chip(ALL, self.tr("全部")),
                Chip(RESULTS, self.tr("取回了结果"), State.CONFIRMED),
                Chip(OPENED, self.tr("还没取回结果"), State.WAITING),
                Chip(NOTHING, self.tr("没有可互认的")),
            ]
        )
        self.chips.chip_chosen.connect(self.look)
        self._panel = TablePanel(context.theme, self._model, self.tr("次"), self)
        self._panel.set_foot_visible(is_visible=False)
        self._panel.view.set_delegate(ClerkRowDelegate(context.theme, self._panel.view))
        self._panel.view.setAccessibleName(self.tr("今天的共享调阅"))
        self._panel.view.row_activated.connect(self._on_row)
        self._panel.empty_action_requested.connect(self.chips.reset)
        self._model.opened.connect(self._on_opened)
        head = row(Label(self.tr("今天的共享调阅"), "section", self), self.chips, gap=16)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._panel, 1)
        self.setMinimumHeight(320)

    @property
    def view(self) -> QWidget:
        """The table, for the focus."""
        return self._panel.view

    @property
    def total(self) -> int:
        """Rows that are shown."""
        return self._model.total

    def _columns(self) -> Sequence[Column[SharingLaunch]]:
        cells = LaunchCells(self._context, self)
        return (
            Column(self.tr("状态"), "state", cells.state, 168, is_sortable=False),
            Column(self.tr("患者"), "person", cells.person, 200, is_sortable=False),
            Column(self.tr("看什么"), "offer", cells.offer, 0, is_sortable=False),
            Column(self.tr("谁查的"), "operator", cells.operator, 110, is_sortable=False),
            Column(self.tr("时间"), "created_at", cells.clock, 76, is_sortable=False),
        )

    def choose(self, key: str) -> None:
        """Show the rows of one chip."""
        self.chips.choose(key)
        self._panel.view.setFocus()

    def look(self) -> None:
        """Read rows and counts again."""
        since = self._context.services.today()
        wanted = LaunchFilter(_CHIPS[self.chips.chosen], since)
        self._model.set_source(self._source(wanted))
        counts = partial(self._context.services.shared_viewing.counts, LaunchFilter(since=since))
        self._context.tasks.run_task(counts, self._on_counts, self._on_failed)

    def _source(self, wanted: LaunchFilter) -> TableSource[SharingLaunch]:
        viewing = self._context.services.shared_viewing

        def ids(_sorting: Sorting) -> Sequence[RowId]:
            return viewing.ids(wanted)

        def rows(some: Sequence[RowId]) -> Sequence[SharingLaunch]:
            return viewing.rows([one for one in some if isinstance(one, int)])

        def row_id(item: SharingLaunch) -> RowId:
            return item.id

        return TableSource(ids, rows, row_id)

    def _on_counts(self, counts: Mapping[LaunchState, int]) -> None:
        shown = {
            key: sum(counts[one] for one in states or LaunchState) for key, states in _CHIPS.items()
        }
        self.chips.set_counts(shown)

    def _on_opened(self, total: int) -> None:
        if total:
            return
        if self.chips.chosen == ALL:
            self._panel.empty.set_content(
                "shared",
                self.tr("今天还没有查过"),
                self.tr("在“共享调阅”查一位已授权的患者，这里就有一行。"),
            )
        else:
            self._panel.empty.set_content(
                "filter",
                self.tr("这样筛选没有"),
                self.tr("今天查过的在“全部”里。"),
                self.tr("不筛选"),
            )

    def _on_row(self, row_id: object) -> None:
        if isinstance(row_id, int):
            self.opened.emit(row_id)

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
