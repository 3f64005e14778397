"""运行日志: what happened, newest first; the list stands still while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.model.events import Event
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.services.event_words import event_line
from hbgz_desktop.ui.cells import BadgeCell, Cell, Mono
from hbgz_desktop.ui.delegates.row_delegate import ItRowDelegate
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, Sorting, TableSource, numbered_source
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.state_chips import Chip
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.ui.page_context import PageContext

_LEVELS = {"": (), "warning": ("warning",), "error": ("error",), "info": ("info",)}


class LogPage(Page):
    """Events in words, by level, with a link to their study."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; the first page is read when it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._words = {
            "info": Badge.neutral(self.tr("消息"), "info"),
            "warning": Badge.of(State.NEEDS_FIX, self.tr("注意")),
            "error": Badge.of(State.FAILED, self.tr("出错")),
        }
        self.header.set_title(self.tr("运行日志"))
        self.header.set_subtitle(self.tr("保留 30 天 · 不含患者信息"))
        self.header.set_primary(self.tr("看这份检查"), reason=self.tr("先选一条和检查有关的"))
        self.header.primary_requested.connect(self._on_open_study)
        self._filter = FilterBar(context.theme, "", self)
        self._filter.search.hide()
        self._filter.chips.set_chips(
            [
                Chip("", self.tr("全部")),
                Chip("error", self.tr("出错"), State.FAILED),
                Chip("warning", self.tr("注意"), State.NEEDS_FIX),
                Chip("info", self.tr("消息")),
            ]
        )
        self._filter.changed.connect(self._open)
        self._model: PagedTableModel[Event] = PagedTableModel(
            context.tasks, self._columns(), parent=self
        )
        self._panel = TablePanel(context.theme, self._model, self.tr("条"), self)
        self._panel.empty.set_content(
            "log", self.tr("还没有记下什么"), self.tr("接收、上传和人的操作都会记在这里")
        )
        self._panel.view.set_delegate(ItRowDelegate(context.theme, self._panel.view))
        self._panel.view.row_activated.connect(self._on_row)
        self._panel.view.current_changed.connect(self._on_current)
        self.content.setSpacing(12)
        self.content.addWidget(self._filter)
        self.content.addWidget(self._panel, 1)
        self._current: Event | None = None
        context.bridge.facts_arrived.connect(self._on_facts)

    def _columns(self) -> Sequence[Column[Event]]:
        return (
            Column(self.tr("时间"), "id", self._time, 150, is_sortable=False),
            Column(self.tr("级别"), "level", self._level, 96, is_sortable=False),
            Column(self.tr("发生了什么"), "text", self._text, is_sortable=False),
            Column(self.tr("事件"), "kind", self._kind, 220, is_sortable=False),
        )

    @staticmethod
    def _time(event: Event) -> Cell:
        return Mono(f"{event.at.astimezone(LOCAL):%m-%d %H:%M:%S}")

    def _level(self, event: Event) -> Cell:
        return BadgeCell(self._words.get(event.level, self._words["info"]))

    def _text(self, event: Event) -> Cell:
        return event_line(self._context.texts, event)

    @staticmethod
    def _kind(event: Event) -> Cell:
        return Mono(event.kind)

    def _source(self) -> TableSource[Event]:
        log = self._context.services.browsing.log
        levels = _LEVELS.get(self._filter.chips.chosen, ())

        def ids(_sorting: Sorting) -> Sequence[int]:
            return log.ids(levels)

        return numbered_source(ids, log.rows)

    def _open(self) -> None:
        self._model.set_source(self._source())
        self._ask_counts()

    def _ask_counts(self) -> None:
        self._context.tasks.run_task(self._context.services.browsing.log.counts, self._on_counts)

    def _on_counts(self, counts: dict[str, int]) -> None:
        self._filter.chips.set_counts({"": sum(counts.values()), **counts})

    @override
    def activate(self) -> None:
        self._open()

    @override
    def refresh(self) -> None:
        self._open()

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        if self.isVisible() and any(isinstance(fact, Event) for fact in facts):
            self._model.refresh()
            self._ask_counts()

    def _on_current(self, row_id: object) -> None:
        number = self._model.number_of(row_id) if isinstance(row_id, int) else None
        self._current = None if number is None else self._model.row_at(number)
        event = self._current
        has_study = event is not None and bool(event.study_id or event.examination_id)
        reason = "" if has_study else self.tr("先选一条和检查有关的")
        self.header.set_primary(self.tr("看这份检查"), reason=reason)

    def _on_row(self, _row_id: object) -> None:
        self._on_open_study()

    def _on_open_study(self) -> None:
        event = self._current
        if event is not None and (event.study_id or event.examination_id):
            self._context.show_study(event.examination_id or 0, event.study_id or 0)

    @override
    def focus_content(self) -> None:
        self._panel.view.setFocus()

    @override
    def help_text(self) -> str:
        return self.tr(
            "程序做了什么、平台说了什么、谁做了什么。选一条，按“看这份检查”就到那份检查。"
        )
