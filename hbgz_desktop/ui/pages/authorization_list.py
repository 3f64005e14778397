"""Lists of authorizations: today's beside the form, and all of them with a filter."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hbgz_desktop.model.authorization import (
    Authorization,
    AuthorizationFilter,
    AuthorizationState,
)
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.masking import mask_identity
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.cells import BadgeCell, Cell, TwoLines
from hbgz_desktop.ui.delegates.row_delegate import ClerkRowDelegate
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, RowId, Sorting, TableSource
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.state_chips import Chip
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords

_NEWEST_FIRST = Sorting("created_at", is_descending=True)
_DAYS = {"today": 0, "week": 6, "month": 29}
_ALL = "all"


class _Cells:
    """Cells of one row; runs on pool threads, so no widgets and no ``tr``."""

    def __init__(self, words: AuthorizationWords) -> None:
        self._words = words

    def state(self, item: Authorization) -> Cell:
        """Colour, shape and word."""
        return BadgeCell(self._words.row_badge(item))

    def person(self, item: Authorization) -> Cell:
        """Masked name, sex and age."""
        return self._words.person(item.visit)

    def person_and_number(self, item: Authorization) -> Cell:
        """Masked name over masked certificate."""
        return TwoLines(self._words.person(item.visit), mask_identity(item.visit.id_no))

    @staticmethod
    def visit(item: Authorization) -> Cell:
        """Visit number over visit time."""
        return TwoLines(item.visit.visit_no or "—", item.visit.visit_time[:16])

    @staticmethod
    def clock(item: Authorization) -> Cell:
        """14:05."""
        return f"{item.created_at.astimezone(LOCAL):%H:%M}"

    @staticmethod
    def moment(item: Authorization) -> Cell:
        """When and by whom."""
        return TwoLines(moment_words(item.created_at), item.operator)

    def sense(self, item: Authorization) -> Cell:
        """What has become of it."""
        said = self._words.say(item)
        return TwoLines(said.title, said.detail)

    def whole_sense(self, item: Authorization) -> str:
        """The same, uncut."""
        said = self._words.say(item)
        return "\n".join(filter(None, (said.title, said.detail)))


def _source(context: PageContext, wanted: AuthorizationFilter) -> TableSource[Authorization]:
    desk = context.services.authorization

    def ids(sorting: Sorting) -> Sequence[RowId]:
        key = sorting.key or _NEWEST_FIRST.key
        return desk.ids(wanted, sort=key, descending=sorting.is_descending)

    def rows(some: Sequence[RowId]) -> Sequence[Authorization]:
        return desk.rows([one for one in some if isinstance(one, int)])

    def row_id(item: Authorization) -> RowId:
        return item.id

    return TableSource(ids, rows, row_id)


class TodayCard(QWidget):
    """今天登记的: state, who and when; Enter opens one.

    Signals:
        opened: (id) Show this one.
        all_requested: The whole history.
    """

    opened = Signal(int)
    all_requested = Signal()

    def __init__(
        self, context: PageContext, words: AuthorizationWords, parent: QWidget | None = None
    ) -> None:
        """Build it; ``look`` reads the rows."""
        super().__init__(parent)
        self._context = context
        cells = _Cells(words)
        columns = (
            Column(self.tr("状态"), "state", cells.state, 128, is_sortable=False),
            Column(self.tr("患者"), "name", cells.person, 0, is_sortable=False),
            Column(self.tr("时间"), "created_at", cells.clock, 66, is_sortable=False),
        )
        self._model: PagedTableModel[Authorization] = PagedTableModel(
            context.tasks, columns, parent=self
        )
        self._count = Label("", "caption2", self)
        self._all = Button(context.theme, self.tr("全部"), "quiet", parent=self)
        self._all.setAccessibleName(self.tr("全部登记记录"))
        self._all.clicked.connect(self.all_requested)
        self._panel = TablePanel(context.theme, self._model, self.tr("人"), self)
        self._panel.set_foot_visible(is_visible=False)
        self._panel.view.row_activated.connect(self._on_row)
        self._panel.view.setAccessibleName(self.tr("今天登记的"))
        self._panel.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._panel.empty.set_content(
            "authorization",
            self.tr("今天还没有登记"),
            self.tr("登记一位，这里就有一行：状态、患者、时间。"),
        )
        self._model.opened.connect(self._on_opened)
        title = Label(self.tr("今天登记的"), "section", self)
        head = row(title, self._count, STRETCH, self._all, gap=8, margins=(16, 12, 12, 8))
        inner = self._panel.layout()
        if isinstance(inner, QVBoxLayout):
            inner.insertLayout(0, head)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panel)
        self.setMinimumHeight(300)

    @property
    def view(self) -> QWidget:
        """The table, for the focus."""
        return self._panel.view

    def look(self) -> None:
        """Read today's rows again."""
        today = self._context.services.today()
        self._model.set_source(
            _source(self._context, AuthorizationFilter(since=today)), _NEWEST_FIRST
        )

    def refresh(self) -> None:
        """Read the shown rows again in place."""
        self._model.refresh()

    def _on_opened(self, total: int) -> None:
        self._count.setText(self.tr("{n} 人").format(n=f"{total:,}") if total else "")
        # a table that hides while it has the focus would take the tab order with it
        policy = Qt.FocusPolicy.StrongFocus if total else Qt.FocusPolicy.NoFocus
        self._panel.view.setFocusPolicy(policy)

    def _on_row(self, row_id: object) -> None:
        if isinstance(row_id, int):
            self.opened.emit(row_id)


class AuthorizationList(QWidget):
    """Every authorization with period, state and search; Enter opens one.

    Signals:
        opened: (id) Show this one.
        current_changed: (id or None) Another row is current.
        left: Esc: back to the form.
    """

    opened = Signal(int)
    current_changed = Signal(object)
    left = Signal()

    def __init__(
        self, context: PageContext, words: AuthorizationWords, parent: QWidget | None = None
    ) -> None:
        """Build it; ``look`` reads the rows."""
        super().__init__(parent)
        self._context = context
        self._words = words
        self.filter = self._make_filter()
        self._model: PagedTableModel[Authorization] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self._panel = TablePanel(context.theme, self._model, self.tr("人"), self)
        self.view = self._panel.view
        self.view.set_delegate(ClerkRowDelegate(context.theme, self.view))
        self.view.row_activated.connect(self._on_row)
        self.view.current_changed.connect(self.current_changed)
        self.view.escape_pressed.connect(self.left)
        self._panel.empty_action_requested.connect(self.filter.clear_filters)
        self._model.opened.connect(self._on_opened)
        self._model.load_failed.connect(self._on_failed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.filter)
        layout.addWidget(self._panel, 1)

    def _make_filter(self) -> FilterBar:
        bar = FilterBar(self._context.theme, self.tr("姓名、拼音、就诊号"), self)
        bar.add_dropdown(
            "period",
            self.tr("时间"),
            [
                ("today", self.tr("今天")),
                ("week", self.tr("最近 7 天")),
                ("month", self.tr("最近 30 天")),
                (_ALL, self.tr("全部")),
            ],
        )
        word = self._words.state_word
        bar.chips.set_chips(
            [
                Chip(_ALL, self.tr("全部")),
                Chip("authorized", word(AuthorizationState.AUTHORIZED), State.CONFIRMED),
                Chip("waiting", word(AuthorizationState.WAITING), State.WAITING),
                Chip("refused", word(AuthorizationState.REFUSED), State.NEEDS_FIX),
                Chip("withdrawn", word(AuthorizationState.WITHDRAWN)),
            ]
        )
        bar.changed.connect(self.look)
        return bar

    def _columns(self) -> Sequence[Column[Authorization]]:
        cells = _Cells(self._words)
        return (
            Column(self.tr("状态"), "state", cells.state, 126),
            Column(self.tr("患者"), "name", cells.person_and_number, 172, is_sortable=False),
            Column(self.tr("就诊"), "visit_time", cells.visit, 150, is_sortable=False),
            Column(self.tr("登记"), "created_at", cells.moment, 100),
            Column(
                self.tr("说明"),
                "sense",
                cells.sense,
                0,
                is_sortable=False,
                tooltip=cells.whole_sense,
            ),
        )

    def wanted(self) -> AuthorizationFilter:
        """What the filter says."""
        chosen = self.filter.chips.chosen
        states: tuple[AuthorizationState, ...] = ()
        if chosen == "waiting":
            states = (AuthorizationState.WAITING, AuthorizationState.SENDING)
        elif chosen and chosen != _ALL:
            states = (AuthorizationState(chosen),)
        return AuthorizationFilter(
            text=self.filter.search.search_text(), states=states, since=self._since()
        )

    def _since(self) -> datetime | None:
        days = _DAYS.get(self.filter.value("period"))
        return None if days is None else self._context.services.today() - timedelta(days=days)

    def choose(self, state: str, period: str = _ALL) -> None:
        """Show one state, or ``all``; whenever it was entered, unless a period is given."""
        self.filter.set_value("period", period)
        self.filter.chips.choose(state)

    def look(self) -> None:
        """Read rows and counts again."""
        wanted = self.wanted()
        self._model.set_source(_source(self._context, wanted), _NEWEST_FIRST)
        every = AuthorizationFilter(text=wanted.text, since=wanted.since)
        counts = partial(self._context.services.authorization.counts, every)
        self._context.tasks.run_task(counts, self._on_counts, self._on_failed)

    def refresh(self) -> None:
        """Read the shown rows again in place."""
        self._model.refresh()

    def _on_counts(self, counts: Mapping[AuthorizationState, int]) -> None:
        shown = {str(state): count for state, count in counts.items()}
        shown["waiting"] += shown.pop("sending", 0)
        self.filter.chips.set_counts({_ALL: sum(shown.values()), **shown})

    def _on_opened(self, total: int) -> None:
        wanted = self.wanted()
        if total:
            if self.view.hasFocus() and not self.view.currentIndex().isValid():
                self.view.move_current(1)
            return
        if wanted.text or wanted.states or wanted.since:
            self._panel.empty.set_content(
                "filter",
                self.tr("这样筛选没有登记"),
                self.tr("换个时间、状态或说法再试。"),
                self.tr("不筛选"),
            )
        else:
            self._panel.empty.set_content(
                "authorization",
                self.tr("还没有登记过"),
                self.tr("在登记页登记一位患者，这里就有一行。"),
            )

    def _on_row(self, row_id: object) -> None:
        if isinstance(row_id, int):
            self.opened.emit(row_id)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, HbgzError):
            self._context.notices.toast(self._context.texts.of(error.code, error.facts).title)
        else:
            self._context.notices.report_bug(error)
