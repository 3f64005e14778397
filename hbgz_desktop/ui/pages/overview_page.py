"""总览: is everything all right, and what waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.overview import DeskDay, Overview, Snapshot
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.charts.chart_place import ChartPlace
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages import desk_figures, desk_launches
from hbgz_desktop.ui.pages.desk_figures import DeskFigures
from hbgz_desktop.ui.pages.desk_launches import DeskLaunches
from hbgz_desktop.ui.pages.needs_fix_words import short_label
from hbgz_desktop.ui.pages.overview_tiles import OverviewTiles
from hbgz_desktop.ui.pages.recent_studies import RecentStudies
from hbgz_desktop.ui.pages.welcome_steps import FirstRunSteps
from hbgz_desktop.ui.states import Tone, tone_icon
from hbgz_desktop.ui.styling import clear_layout, row
from hbgz_desktop.ui.verdict import judge, segment_counts
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.day_bar import DayBar, DayPart
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.fact_rows import CauseRow
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from hbgz_desktop.model.views import ProblemGroup
    from hbgz_desktop.ui.page_context import PageContext

_VERDICT_TOKENS = {Tone.OK: "fill_confirmed", Tone.WARM: "fill_needs_fix", Tone.BAD: "fill_failed"}
_LAUNCH_CHIPS = {
    desk_figures.LAUNCHES: desk_launches.ALL,
    desk_figures.RESULTS: desk_launches.RESULTS,
    desk_figures.NOTHING: desk_launches.NOTHING,
}


class OverviewPage(Page):
    """Verdict, day bar, tiles, chart, causes, last studies; every number is a link.

    Where only the reception desk works (Hebei), its figures and its looks stand in place of the bar,
    the chart and the lists of studies.
    """

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        """Build it empty; ``activate`` asks for the numbers."""
        super().__init__(context.theme, "", scrolls=True, parent=parent)
        self._context = context
        self._is_asking = False
        self._event_id = -1
        self._primary = ("needs_fix", "")
        self.header.set_title(self.tr("总览"))
        self.header.primary_requested.connect(self._on_primary)
        self._icon = IconLabel(context.theme, "state_confirmed", "fill_confirmed", 22)
        self._sentence = Label("", "verdict", self, wrap=True)
        self._detail = Label("", "body2", self)
        self._bar = DayBar(context.theme, self._parts(), self)
        self._bar.part_activated.connect(self._on_part)
        self._tiles = OverviewTiles(context, self)
        self._desk = DeskFigures(context.theme, self)
        self._desk.chosen.connect(self._on_desk_figure)
        self._desk.hide()
        self._launches = DeskLaunches(context, self)
        self._launches.opened.connect(self._on_launch)
        self._launches.hide()
        self._uploads = QWidget(self)
        self._desk_day: DeskDay | None = None
        self._chart = ChartPlace(context.theme, context.tasks, self)
        self._causes = Card(
            self.tr("等人处理"), "", Label(self.tr("按影响的份数排"), "caption2"), flush=True
        )
        self._cause_rows = QVBoxLayout()
        self._recent = RecentStudies(context, self)
        self._welcome = FirstRunSteps(context, self)
        self._welcome.hide()
        self._welcome.finished.connect(self._welcome.hide)
        self._welcome.closed.connect(self._on_welcome_closed)
        self.content.addWidget(self._welcome)
        self.content.addWidget(self._verdict_card())
        self.content.addWidget(self._tiles)
        self._uploads.setLayout(self._lower())
        self.content.addWidget(self._uploads, 1)
        self.content.addWidget(self._launches, 1)
        context.bridge.facts_arrived.connect(self._on_facts)
        self._set_primary(0)

    def _parts(self) -> list[DayPart]:
        return [
            DayPart("confirmed", self.tr("已确认"), "fill_confirmed"),
            DayPart("uploading", self.tr("上传中和排队"), "fill_queued"),
            DayPart("needs_fix", self.tr("待处理"), "fill_needs_fix", "needs_fix"),
            DayPart("failed", self.tr("失败"), "fill_failed", "failed"),
            DayPart("missing", self.tr("缺记录或缺图像"), "fill_missing"),
            DayPart("receiving", self.tr("还在接收"), "fill_arriving"),
            DayPart("not_required", self.tr("不用传"), "border_control"),
            DayPart("cancelled", self.tr("已取消"), "border_control"),
        ]

    def _verdict_card(self) -> Card:
        card = Card(parent=self)
        head = row(self._icon, self._sentence, gap=10)
        head.setStretch(1, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._detail)
        card.body.addSpacing(4)
        card.body.addWidget(self._bar)
        card.body.addWidget(self._desk)
        return card

    def _lower(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        grid.setColumnStretch(0, 7)
        grid.setColumnStretch(1, 4)
        chart = Card(
            self.tr("最近 6 小时"), self.tr("每 10 分钟的检查份数"), *self._legend(), parent=self
        )
        chart.body.addWidget(self._chart, 1)
        self._cause_rows.setSpacing(0)
        self._causes.body.setSpacing(0)
        self._causes.body.addLayout(self._cause_rows)
        self._causes.body.addStretch(1)
        grid.addWidget(chart, 0, 0)
        grid.addWidget(self._recent, 1, 0)
        grid.addWidget(self._causes, 0, 1, 2, 1)
        return grid

    def _legend(self) -> tuple[QWidget, ...]:
        return (
            Label(self.tr("┄ 收到"), "caption", self),
            Label(self.tr("─ 已确认"), "caption", self),
        )

    @override
    def activate(self) -> None:
        self.refresh()
        services = self._context.services
        self._context.tasks.run_task(services.wants_first_run, self._on_first_run)

    def _on_first_run(self, is_wanted: bool) -> None:  # noqa: FBT001 - the one result of a task
        self._welcome.setVisible(is_wanted)

    def _on_welcome_closed(self) -> None:
        self._welcome.hide()
        services = self._context.services
        self._context.tasks.run_task(services.close_first_run, self._on_put_away)

    def _on_put_away(self, _done: object) -> None:
        self._context.notices.toast(self.tr("收起来了，需要时在设置里填"))

    @override
    def refresh(self) -> None:
        if self._is_asking:
            return
        self._is_asking = True
        self._context.tasks.run_task(
            self._context.services.overview, self._on_overview, self._on_failed
        )

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        if not self.isVisible():
            return
        snapshots = [fact for fact in facts if isinstance(fact, Snapshot)]
        if snapshots:
            self._show_snapshot(snapshots[-1])
            if snapshots[-1].event_id != self._event_id:
                self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._icon.set_icon("state_failed", "fill_failed")
        self._sentence.setText(self.tr("暂时读不出数据，程序会再试。"))
        words = self._context.texts.of(error.code).title if isinstance(error, HbgzError) else ""
        self._detail.setText(words)
        self._detail.setVisible(bool(words))

    def _on_overview(self, overview: Overview) -> None:
        self._is_asking = False
        self._event_id = overview.snapshot.event_id
        self._show_snapshot(overview.snapshot)
        if not overview.snapshot.is_desk_only:  # where it is not shown it is not built
            self._chart.set_slots(overview.throughput)
        self._show_causes(overview.causes)
        self._recent.show_rows(overview.recent)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        now = snapshot.at.astimezone(LOCAL)
        days = self.tr("周一 周二 周三 周四 周五 周六 周日").split()
        self.header.set_subtitle(
            self.tr("{month}月{day}日 {weekday} {time} · 今天 00:00 起 · 每秒更新").format(
                month=now.month, day=now.day, weekday=days[now.weekday()], time=f"{now:%H:%M}"
            )
        )
        verdict = judge(snapshot)
        name, _ = tone_icon(verdict.tone)
        self._icon.set_icon(name, _VERDICT_TOKENS.get(verdict.tone, "fill_running"))
        self._sentence.setText(verdict.sentence)
        self._detail.setText(verdict.detail)
        self._detail.setVisible(bool(verdict.detail))
        self._tiles.show_snapshot(snapshot)
        self._show_work(snapshot)
        if snapshot.is_desk_only and not snapshot.waiting:
            self._set_desk_primary(snapshot)
        else:
            self._set_primary(snapshot.waiting)

    def _show_work(self, snapshot: Snapshot) -> None:
        """The day bar with chart and lists; where nothing is uploaded, the reception desk's figures."""
        is_desk = snapshot.is_desk_only
        for widget in (self._bar, self._uploads):
            widget.setVisible(not is_desk)
        for widget in (self._desk, self._launches):
            widget.setVisible(is_desk)
        if snapshot.desk is None or not is_desk:
            self._desk_day = None
            self._bar.set_counts(segment_counts(snapshot))
            return
        self._desk.show_day(snapshot.desk)
        if snapshot.desk != self._desk_day:
            self._desk_day = snapshot.desk
            self._launches.look()

    def _set_desk_primary(self, snapshot: Snapshot) -> None:
        refused = snapshot.desk.refused if snapshot.desk is not None else 0
        words = self.tr("登记授权")
        if refused:
            words = self.tr("处理平台没有收的 {n} 位", "", refused).format(n=refused)
        self._primary = ("authorization", "refused" if refused else "")
        self.header.set_primary(words, "authorization")

    def _set_primary(self, waiting: int) -> None:
        words = self.tr("处理这 {n} 份").format(n=waiting) if waiting else self.tr("没有要处理的")
        reason = "" if waiting else self.tr("没有检查在等人处理")
        self._primary = ("needs_fix", "")
        self.header.set_primary(words, reason=reason)

    def _show_causes(self, causes: tuple[ProblemGroup, ...]) -> None:
        clear_layout(self._cause_rows)
        if not causes:
            empty = EmptyState(self._context.theme, parent=self._causes)
            empty.set_content("check", self.tr("没有要处理的"), self.tr("有问题的检查会列在这里"))
            self._cause_rows.addWidget(empty)
            return
        for group in causes:
            self._cause_rows.addWidget(rule(self._causes))
            self._cause_rows.addWidget(self._cause_row(group))

    def _cause_row(self, group: ProblemGroup) -> CauseRow:
        facts = {
            "label": group.label,
            "value": group.value,
            "field": group.field,
            "limit": group.limit,
        }
        text = self._context.texts.of(f"problem_{group.rule}", facts)
        is_code = group.rule == "code_unknown"
        title = text.title
        if is_code:
            title = self.tr("{label}“{value}”没有代码").format(
                label=short_label(group.label), value=group.value
            )
        action = self.tr("去对照") if is_code else self.tr("去处理")
        line = CauseRow(self._context.theme, f"{group.rule}|{group.field}|{group.value}")
        line.set_cause(
            ("state_needs_fix", "fill_needs_fix"),
            title,
            self._context.theme.join(group.label, self._who(text.who)),
            group.examinations,
            action,
        )
        line.action_requested.connect(self._on_cause)
        return line

    def _who(self, who: str) -> str:
        return {
            "clerk": self.tr("登记员可做"),
            "it": self.tr("请信息科"),
            "platform": self.tr("等平台"),
        }.get(who, self.tr("程序会处理"))

    def _on_cause(self, key: str) -> None:
        self._context.open_page("needs_fix", key)

    def _on_primary(self) -> None:
        self._context.open_page(*self._primary)

    def _on_desk_figure(self, key: str) -> None:
        """Authorizations have a page of their own; the looks are listed below."""
        if key in _LAUNCH_CHIPS:
            self._launches.choose(_LAUNCH_CHIPS[key])
        else:
            self._context.open_page("authorization", key)

    def _on_launch(self, launch_id: int) -> None:
        self._context.open_page("shared", f"launch:{launch_id}")

    def _on_part(self, key: str) -> None:
        page = "needs_fix" if key == "needs_fix" else "studies"
        self._context.open_page(page, key)

    @override
    def help_text(self) -> str:
        return self.tr(
            "这一页回答“一切正常吗”。横条里是今天的每一份检查，数字都能点，点了就看到它数的那些。"
            "右边是等人处理的原因，影响最多的在最上面。"
        )
