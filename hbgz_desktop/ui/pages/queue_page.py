"""上传队列: what is not delivered, by cause; retry, pause and cancel with exact numbers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from hbgz_desktop.model.events import Event
from hbgz_desktop.model.overview import Snapshot
from hbgz_desktop.model.queue_lane import OPEN_LANES, QueueLane
from hbgz_desktop.services.queue_desk import QueueDesk
from hbgz_desktop.services.queue_jobs import BulkAction
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.queue_columns import (
    clerk_columns,
    hide_wide_columns,
    it_columns,
    queue_source,
)
from hbgz_desktop.ui.pages.queue_export import QueueExport
from hbgz_desktop.ui.pages.queue_filter import QueueFilter
from hbgz_desktop.ui.pages.queue_groups import QueueGroups
from hbgz_desktop.ui.pages.queue_inspector import QueueInspector
from hbgz_desktop.ui.pages.queue_operator import QueueOperator
from hbgz_desktop.ui.pages.queue_selection import QueueSelection
from hbgz_desktop.ui.pages.queue_words import QueueWords
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.table_panel import TablePanel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.queue_lane import QueueGroup
    from hbgz_desktop.model.status import PlatformHealth
    from hbgz_desktop.model.views import QueueRow
    from hbgz_desktop.services.queue_desk import QueueLook
    from hbgz_desktop.ui.page_context import PageContext


class QueuePage(Page):
    """Groups or a flat list, the selection bar, the drawer of one delivery.

    ``show_rows`` knows ``counted`` (the failed ones), the values of ``QueueLane``, ``all``, the keys of
    groups (``lane|state|cause|who``) and bare causes (error codes, reasons).
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it; nothing is asked before it is shown."""
        super().__init__(context.theme, "", parent=parent)
        self._context = context
        self._desk = QueueDesk(context.services)
        self._words = QueueWords(context.texts, self)
        self._look: QueueLook | None = None
        self._is_asking = False
        self._ask_again = False
        self._is_anew = True
        names = context.services.work.settings().delivery_platforms()
        self._platforms = tuple(names)
        self._filter = QueueFilter(context, self._words, self._platforms, self)
        self._selection = QueueSelection(context, self._desk, self)
        self._operator = QueueOperator(context, self._desk, self._words, self)
        self._export = QueueExport(context, self._desk, self._words, self)
        self._groups = QueueGroups(context, self._desk, self._words, self)
        columns = it_columns(self._words) if context.is_it else clerk_columns(self._words)
        self._model: PagedTableModel[QueueRow] = PagedTableModel(
            context.tasks, columns, has_ticks=True, parent=self
        )
        self._panel = TablePanel(context.theme, self._model, self.tr("项"), self)
        self._empty = EmptyState(context.theme, parent=self)
        self._inspector = QueueInspector(context, self._desk, self._words, self._operator, self)
        self._stack = QStackedWidget(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.header.set_title(self.tr("上传队列"))
        self.header.add_button("pause", self.tr("暂停全部"), "pause")
        if len(self._platforms) > 1:
            for one in self._platforms:
                words = self.tr("暂停或恢复 {platform}").format(platform=platform_name(one))
                self.header.add_menu_entry(f"platform:{one}", words, "pause")
        self.header.add_menu_entry("export", self.tr("导出…"), "export")
        self._show_primary()
        for part in (self._groups, self._panel, self._empty):
            self._stack.addWidget(part)
        self.content.setSpacing(12)
        self.content.addWidget(self._filter.bar)
        self.content.addWidget(self._filter.line)
        self.content.addWidget(self._selection.bar)
        self.content.addWidget(self._operator.strip)
        self.content.addWidget(self._export.strip)
        self.content.addWidget(self._stack, 1)
        self.add_drawer(self._inspector.drawer)

    def _connect(self) -> None:
        self.header.primary_requested.connect(self._on_retry)
        self.header.secondary_requested.connect(self._on_secondary)
        self._filter.changed.connect(self._on_filter)
        self._selection.changed.connect(self._show_primary)
        self._selection.pause_requested.connect(self._on_pause)
        self._selection.resume_requested.connect(self._on_resume)
        self._selection.cancel_requested.connect(self._on_cancel)
        self._operator.finished.connect(self._on_job_finished)
        self._operator.busy_changed.connect(self._show_primary)
        self._groups.selection_changed.connect(self._on_group_ticks)
        self._groups.all_requested.connect(self._on_show_all)
        self._groups.action_requested.connect(self._on_group_action)
        self._groups.renewal_requested.connect(self.refresh)
        self._model.selection.changed.connect(self._on_ticks)
        self._model.opened.connect(self._on_opened)
        self._model.load_failed.connect(self._on_failed)
        for part in (self._groups, self._panel.view):
            part.row_activated.connect(self._inspector.show)
            part.current_changed.connect(self._inspector.follow)
            part.escape_pressed.connect(self._inspector.drawer.close_drawer)
        self._panel.empty_action_requested.connect(self._filter.clear)
        self._empty.action_requested.connect(self._filter.clear)
        self._inspector.arrived.connect(self._on_drawer_ready)
        self._inspector.drawer.closed.connect(self._on_drawer_gone)
        self._context.bridge.facts_arrived.connect(self._on_facts)

    # What the window asks

    @override
    def activate(self) -> None:
        self._open()

    @override
    def refresh(self) -> None:
        self._open()
        self._selection.renew()
        self._inspector.renew()

    @override
    def focus_filter(self) -> None:
        self._filter.bar.focus_search()

    @override
    def focus_content(self) -> None:
        if self._filter.is_grouped:
            self._groups.focus_first()
        else:
            self._panel.view.setFocus()

    @override
    def go_to_problem(self, step: int) -> None:
        if self._filter.is_grouped:
            self._groups.go_to_problem(step)
        else:
            self._panel.view.move_current(step)

    @override
    def show_rows(self, rows: str) -> None:
        name = QueueLane.FAILED.value if rows == "counted" else rows
        if name in {"", "all", *(lane.value for lane in QueueLane)}:
            self._filter.show_lane(name or "all")
            return
        lane, _, _ = name.partition("|")
        if lane in {one.value for one in QueueLane}:
            self._filter.clear()
            self._groups.open_group(name)
        else:
            self._filter.show_cause(name, self._context.texts.of(name).title)

    @override
    def set_privacy(self, *, is_hidden: bool) -> None:
        self._inspector.drawer.name.set_reveal_allowed(is_allowed=not is_hidden)

    @override
    def help_text(self) -> str:
        return self.tr(
            "没传完的按原因归组，最多的在上面。重试中的程序会自己再试，一般不用管。"
            "勾选以后，上面一行会先说多半能成几项，再按“重试”。"
            "Enter 打开一项，看每次请求和平台的原话。"
        )

    # Looking

    def _on_filter(self) -> None:
        self._clear_ticks()
        self._open()

    def _open(self) -> None:
        """Ask for chips and rows anew; the order is that of now."""
        self._is_anew = True
        if not self._filter.is_grouped:
            self._model.set_source(queue_source(self._desk, self._filter.wanted))
        self._ask()

    def _ask(self) -> None:
        """One question at a time; what comes meanwhile asks once more."""
        if self._is_asking:
            self._ask_again = True
            return
        self._is_asking = True
        work = partial(self._desk.look, self._filter.wanted, with_groups=self._filter.is_grouped)
        self._context.tasks.run_task(work, self._on_looked, self._on_look_failed)

    def _on_looked(self, look: QueueLook) -> None:
        self._is_asking = False
        if self._ask_again:
            self._ask_again = False
            self._ask()
            return
        self._look = look
        self._filter.set_counts(look.counts)
        if self._filter.is_grouped:
            if self._is_anew:
                self._groups.show_anew(look, self._filter.wanted)
            else:
                self._groups.show_counts(look)
        self._is_anew = False
        self._show_frame(look)

    def _on_look_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)

    def _show_frame(self, look: QueueLook) -> None:
        waiting = sum(look.counts[lane] for lane in OPEN_LANES)
        confirmed = look.counts[QueueLane.CONFIRMED]
        words = self.tr("没传完的 {n} 项 · 今天已确认 {done} 项", "", waiting)
        self.header.set_subtitle(words.format(n=f"{waiting:,}", done=f"{confirmed:,}"))
        is_paused = bool(look.platforms) and all(one.is_paused for one in look.platforms)
        button = self.header.button("pause")
        button.setText(self.tr("恢复全部") if is_paused else self.tr("暂停全部"))
        button.set_icon("play" if is_paused else "pause")
        button.set_allowed("" if look.platforms else self.tr("还没有填平台地址"))
        if not self._filter.is_grouped:
            self._stack.setCurrentWidget(self._panel)
        elif self._groups.keys:
            self._stack.setCurrentWidget(self._groups)
        else:
            self._show_empty(self._empty, confirmed)
            self._stack.setCurrentWidget(self._empty)

    def _show_empty(self, empty: EmptyState, confirmed: int) -> None:
        if self._filter.is_narrow:
            reason = self.tr("没传完的都不在这个筛选里")
            empty.set_content("filter", self.tr("没有符合筛选的"), reason, self.tr("清除筛选"))
            return
        reason = self.tr("新的检查收齐、对上记录以后，会自己进来")
        title = self.tr("都传完了，今天已确认 {n} 项", "", confirmed).format(n=f"{confirmed:,}")
        empty.set_content("state_confirmed", title if confirmed else self.tr("没有要传的"), reason)

    def _on_opened(self, _total: int) -> None:
        confirmed = self._look.counts[QueueLane.CONFIRMED] if self._look is not None else 0
        self._show_empty(self._panel.empty, confirmed)

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        if not self.isVisible():
            return
        events = [fact for fact in facts if isinstance(fact, Event)]
        if events:
            self._model.refresh()
            self._groups.refresh_rows()
            if any(event.delivery_id == self._inspector.shown_id for event in events):
                self._inspector.renew()
        if events or any(isinstance(fact, Snapshot) for fact in facts):
            self._selection.recheck()
            self._ask()

    # Selecting

    def _on_ticks(self) -> None:
        if not self._filter.is_grouped:
            ids = [one for one in self._model.selection.ids if isinstance(one, int)]
            is_all = bool(ids) and len(ids) == self._model.total
            self._selection.set_ids(ids, is_all=is_all)

    def _on_group_ticks(self) -> None:
        if self._filter.is_grouped:
            self._selection.set_ids(self._groups.selected_ids())

    def _clear_ticks(self) -> None:
        self._model.selection.clear()
        self._groups.clear_selection()
        self._selection.set_ids(())

    def _show_primary(self) -> None:
        words, reason = self._selection.primary_words()
        if self._operator.is_busy:
            reason = self.tr("上一件还在做")
        self.header.set_primary(words, "refresh", reason=reason)

    # Doing

    def _on_retry(self) -> None:
        self._operator.start(BulkAction.RETRY, self._selection.ids)

    def _on_pause(self) -> None:
        self._operator.start(BulkAction.PAUSE, self._selection.ids)

    def _on_resume(self) -> None:
        self._operator.start(BulkAction.RESUME, self._selection.ids)

    def _on_cancel(self) -> None:
        if self._selection.look is not None:
            self._operator.cancel(self._selection.look)

    def _on_job_finished(self) -> None:
        self._clear_ticks()
        self._model.refresh()
        self._groups.refresh_rows()
        self._ask()
        self._inspector.renew()

    def _on_show_all(self, group: QueueGroup) -> None:
        health = self._health()
        if self._look is not None:
            title, _ = self._words.group_words(group, health, self._look.at)
            self._clear_ticks()
            self._filter.show_only(group, title)

    def _on_group_action(self, group: QueueGroup) -> None:
        if group.lane is QueueLane.PAUSED:
            work = partial(self._desk.ids, group.narrow(self._filter.wanted))
            self._context.tasks.run_task(work, self._on_resume_ids, self._on_failed)
        else:
            self._context.open_page("needs_fix", "needs_fix")

    def _on_resume_ids(self, ids: tuple[int, ...]) -> None:
        self._operator.start(BulkAction.RESUME, ids)

    def _health(self) -> Mapping[str, PlatformHealth]:
        look = self._look
        return {one.platform: one for one in look.platforms} if look is not None else {}

    def _on_secondary(self, key: str) -> None:
        health = self._health()
        if key == "export":
            self._export.ask_path(self._filter.wanted)
        elif key == "pause":
            is_paused = bool(health) and all(one.is_paused for one in health.values())
            self._operator.pause_platforms(tuple(health), is_paused=not is_paused)
        elif key.startswith("platform:") and key.partition(":")[2] in health:
            name = key.partition(":")[2]
            self._operator.pause_platforms((name,), is_paused=not health[name].is_paused)

    # The drawer

    def _on_drawer_ready(self) -> None:
        self.open_drawer()
        self._leave_room(is_beside=True)

    def _on_drawer_gone(self) -> None:
        self._leave_room(is_beside=False)

    def _leave_room(self, *, is_beside: bool) -> None:
        """Columns that the drawer shows as well give way to it."""
        hide_wide_columns(self._panel.view, self._model, is_hidden=is_beside)
        self._groups.hide_wide_columns(is_hidden=is_beside)
