"""Sample pages over invented rows: a day overview and a list with its drawer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from hbgz_desktop.ui.cells import BadgeCell, Cell, LedgerCell, TwoLines
from hbgz_desktop.ui.main_window import MainWindow
from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
from hbgz_desktop.ui.models.table_source import Column, Sorting, TableSource
from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.page_spec import PageSpec
from hbgz_desktop.ui.states import Badge, State, Tone
from hbgz_desktop.ui.styling import STRETCH, row
from hbgz_desktop.ui.widgets.card import Card, rule
from hbgz_desktop.ui.widgets.day_bar import DayBar, DayPart
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.fact_rows import CauseRow
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.ledger_columns import LedgerColumns, LedgerCounts
from hbgz_desktop.ui.widgets.navigation_item import CountKind
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.stat_tile import StatTile
from hbgz_desktop.ui.widgets.state_badge import StateBadge
from hbgz_desktop.ui.widgets.state_chips import Chip
from hbgz_desktop.ui.widgets.status_bar import StatusItem
from hbgz_desktop.ui.widgets.table_panel import TablePanel
from hbgz_desktop.ui.widgets.thumbnail_strip import ThumbnailStrip
from hbgz_desktop.ui.widgets.timeline import Timeline
from tests.ui.gallery_parts import TIMELINE, thumbnails

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.ui.application import ConsoleApplication
    from hbgz_desktop.ui.models.table_source import RowId
    from hbgz_desktop.ui.theme import Theme

PARTS = (
    DayPart("confirmed", "已确认", "fill_confirmed"),
    DayPart("sent", "等平台确认", "fill_running"),
    DayPart("queued", "上传中和排队", "fill_queued"),
    DayPart("needs_fix", "待处理", "fill_needs_fix", "needs_fix"),
    DayPart("failed", "失败", "fill_failed"),
    DayPart("missing", "缺记录或缺图像", "fill_missing"),
    DayPart("arriving", "还在接收", "fill_arriving"),
)
COUNTS = {
    "confirmed": 384, "sent": 7, "queued": 22, "needs_fix": 52, "failed": 3, "missing": 11,
    "arriving": 7,
}  # fmt: skip


@dataclass(frozen=True)
class StudyRow:
    """An invented study."""

    number: int
    state: State
    word: str
    patient: str
    accession: str
    exam: str
    detail: str
    counts: tuple[int | None, int, int, int]
    time: str
    device: str


_KINDS = (
    (State.NEEDS_FIX, "缺 4 幅", "欧阳** 女 46", "颅脑 MRI 平扫", "MR·PACS 有，没收到", (312, 308, 308, 308)),
    (State.NEEDS_FIX, "", "王** 男 58", "头颅CT", "CT·检查部位缺代码", (96, 96, 0, 0)),
    (State.RUNNING, "上传中 12 %", "陈** 男 71", "胸部平扫", "CT·4 序列", (428, 428, 52, 40)),
    (State.RETRYING, "重试中 第 2 次", "刘* 女 33", "胸部后前位", "DX·平台超时", (2, 2, 0, 0)),
    (State.WAITING, "等报告", "孙** 男 64", "腹盆部增强", "CT·报告还没写", (640, 640, 0, 0)),
    (State.FAILED, "", "吴** 男 45", "胸部平扫", "CT·平台已有同号检查，内容不同", (310, 310, 0, 0)),
    (State.WAITING, "还在接收", "郑* 男 52", "颅脑 CTA", "CT·已 1 分钟没有新图像", (None, 184, 0, 0)),
    (State.PAUSED, "已暂停 李敏", "冯** 女 60", "腰椎正侧位", "DX·等改片", (2, 2, 0, 0)),
    (State.CONFIRMED, "", "赵* 男 40", "胸部后前位", "DX·每幅都有应答", (2, 2, 2, 2)),
)  # fmt: skip


def study(number: int) -> StudyRow:
    """The invented study of a number."""
    state, word, patient, exam, detail, counts = _KINDS[number % len(_KINDS)]
    return StudyRow(
        number, state, word, patient, f"MR20261120-{187 + number:04}", exam, detail, counts,
        f"14:{59 - number % 60:02}", f"CT{number % 3 + 1}",
    )  # fmt: skip


def _state(row_: StudyRow) -> Cell:
    return BadgeCell(Badge.of(row_.state, row_.word))


def _ledger(row_: StudyRow) -> Cell:
    return LedgerCell(*row_.counts)


COLUMNS: Sequence[Column[StudyRow]] = (
    Column("状态", "state", _state, 132),
    Column("患者 / 检查号", "patient", lambda r: TwoLines(r.patient, r.accession), 146),
    Column("检查", "exam", lambda r: TwoLines(r.exam, r.detail)),
    Column("图像：确认 / 应有", "images", _ledger, 156),
    Column("收到", "time", lambda r: TwoLines(r.time, r.device), 64),
)


def _ids(sorting: Sorting) -> Sequence[RowId]:
    return range(102)


def _rows(ids: Sequence[RowId]) -> Sequence[StudyRow]:
    return [study(number) for number in ids if isinstance(number, int)]


class OverviewSample(Page):
    """Looks like look/01."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme, "总览", "11月20日 周五 14:26 · 今天 00:00 起 · 每秒更新", scrolls=True
        )
        self.header.add_button("handover", "交班单")
        self.header.add_menu_entry("export", "导出")
        self.header.set_primary("处理这 52 份")
        self.content.addWidget(self._verdict())
        tiles = row(gap=16)
        for icon, title, badge, line, detail in (
            ("receiver", "接收", Badge.of(State.CONFIRMED, "正常"), "2 台设备正在发送", "最近一幅 14:26:08·CT2"),
            ("queue", "贵州影像云", Badge.of(State.CONFIRMED, "正常"), "18.4 MB/s·4 路并行", "应答 86 ms·令牌不用换"),
            ("queue", "河北互认共享", Badge.of(State.RETRYING, "不应答"), "14:32 再试一次", "9 项在等，不计重试次数"),
            ("disk", "磁盘", Badge.of(State.CONFIRMED, "正常"), "剩 412 GB", "按这周的量还能收约 9 天"),
        ):  # fmt: skip
            tile = StatTile(theme, icon, title, badge)
            tile.set_facts(badge, line, detail)
            tiles.addWidget(tile, 1)
        self.content.addLayout(tiles)
        self.content.addLayout(self._lower(), 1)

    def _verdict(self) -> Card:
        card = Card()
        icon = IconLabel(self.theme, "state_needs_fix", "fill_needs_fix", 22)
        words = Label(
            "有 52 份检查等人处理；另有 3 份失败、河北平台不应答，要信息科看。", "verdict"
        )
        card.body.addLayout(row(icon, words, STRETCH, gap=10))
        card.body.addWidget(
            Label("今天收到 486 份，已确认 384 份。52 份里有 37 份只差一个代码。", "body2")
        )
        bar = DayBar(self.theme, PARTS)
        bar.set_counts(COUNTS)
        card.body.addSpacing(4)
        card.body.addWidget(bar)
        return card

    def _lower(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.setColumnStretch(0, 7)
        grid.setColumnStretch(1, 4)
        chart = Card("最近 6 小时", "每 10 分钟的检查份数")
        chart.body.addStretch(1)
        causes = Card("等人处理", "", Label("按影响的份数排", "caption2"), flush=True)
        for count, title, detail, action in (
            (37, "“头颅CT”没有对应代码", "字典对照·登记员可做", "去对照"),
            (9, "平台退回：结算 ID 不存在", "贵州·请收费处核对", "去查看"),
            (3, "没有填报告医师", "RIS·登记员可做", "去填写"),
        ):
            causes.body.addWidget(rule())
            line = CauseRow(self.theme, title)
            line.set_cause(("state_needs_fix", "fill_needs_fix"), title, detail, count, action)
            causes.body.addWidget(line)
        causes.body.setSpacing(0)
        causes.body.addStretch(1)
        grid.addWidget(chart, 0, 0)
        grid.addWidget(causes, 0, 1)
        return grid


class StudiesSample(Page):
    """Looks like look/02."""

    def __init__(self, console: ConsoleApplication) -> None:
        theme = console.theme
        super().__init__(theme, "检查", "今天 486 份 · 按筛选显示 102 份")
        self.header.add_button("export", "导出")
        self.header.add_button("pacs", "从 PACS 查找")
        self.header.set_primary("取回并补传 4 幅")
        bar = FilterBar(theme, "姓名、拼音、检查号")
        bar.add_dropdown("day", "日期", [("today", "今天"), ("yesterday", "昨天")])
        bar.add_dropdown("device", "设备", [("", "全部"), ("CT1", "CT1")])
        bar.chips.set_chips([Chip("open", "未完成"), Chip("done", "已确认", State.CONFIRMED)])
        bar.chips.set_counts({"open": 102, "done": 384})
        self.model = PagedTableModel(console.tasks, COLUMNS, has_ticks=theme.is_dense, parent=self)
        self.panel = TablePanel(theme, self.model, "份")
        self.content.setSpacing(12)
        self.content.addWidget(bar)
        self.content.addWidget(self.panel, 1)
        self.add_drawer(self._drawer(theme))
        self.model.opened.connect(self._on_opened)
        self.model.set_source(TableSource(_ids, _rows, lambda r: r.number))

    def _drawer(self, theme: Theme) -> Drawer:
        drawer = Drawer(theme)
        drawer.set_head("欧阳**", "女 46 岁", "颅脑 MRI 平扫 · MR1 · MR20261120-0187")
        badge = StateBadge(theme, Badge.of(State.NEEDS_FIX, "缺 4 幅"))
        drawer.body.addLayout(row(badge, Label("贵州医保影像云", "caption2"), STRETCH))
        ledger = LedgerColumns(theme)
        ledger.set_counts(LedgerCounts(312, 308, 308, 308, "PACS 报的数"))
        drawer.body.addWidget(ledger)
        drawer.body.addWidget(
            NextStepBox(
                theme,
                Tone.WARM,
                "下一步：取回缺的 4 幅，再补传",
                "已确认的 308 幅不会重传。",
                "看缺哪 4 幅",
            )
        )
        strip = ThumbnailStrip(theme)
        strip.set_thumbnails(thumbnails())
        drawer.body.addWidget(strip)
        line = Timeline(theme)
        line.set_entries(TIMELINE)
        drawer.body.addWidget(line)
        drawer.body.addStretch(1)
        return drawer

    def _on_opened(self, total: int) -> None:
        self.model.selection.replace([0])
        self.panel.view.go_to(0)
        self.open_drawer()


def sample_window(console: ConsoleApplication, width: int) -> MainWindow:
    """A window with all entries of the navigation; two have something to look at."""
    theme = console.theme
    window = MainWindow.furnished(theme, console.notices, "互认前置台", "示例县人民医院")
    entries = (
        ("overview", "总览", "overview", ""), ("needs_fix", "待处理", "needs_fix", ""),
        ("studies", "检查", "studies", ""), ("queue", "上传队列", "queue", ""),
        ("authorization", "患者授权", "authorization", "前台"), ("shared", "共享调阅", "shared", "前台"),
        ("cross", "跨院调阅", "cross_hospital", "前台"), ("pacs", "PACS 采集", "pacs", "数据"),
        ("mapping", "字典对照", "mapping", "数据"), ("sources", "数据来源", "sources", "数据"),
        ("reconciliation", "对账与交班", "reconciliation", "数据"), ("log", "运行日志", "log", "系统"),
        ("settings", "设置", "settings", "系统"),
    )  # fmt: skip

    def studies() -> Page:
        return StudiesSample(console)

    def overview() -> Page:
        return OverviewSample(theme)

    specs = [
        PageSpec(key, title, icon, section, overview if key == "overview" else studies)
        for key, title, icon, section in entries
    ]
    window.set_pages(specs, frozenset(), "clerk")
    navigation = window.navigation
    navigation.set_person("李敏", theme.join("登记员", "宽松行距"))
    navigation.set_count("needs_fix", 52, CountKind.WARM, "待处理，52 份")
    navigation.set_count("queue", 3, CountKind.BAD, "上传队列，失败 3 项")
    navigation.set_count("authorization", 2, CountKind.NEWS, "患者授权，2 人")
    navigation.set_count("mapping", 6, CountKind.WARM, "字典对照，6 个没生效")
    window.status.set_items(
        [
            StatusItem("receiver", State.CONFIRMED, "接收", "正常 · 2 台在发"),
            StatusItem("guizhou", State.CONFIRMED, "贵州", "正常 · 86 ms"),
            StatusItem("hebei", State.RETRYING, "河北", "不应答 · 14:32 再试"),
            StatusItem("disk", State.CONFIRMED, "磁盘", "剩 412 GB · 约 9 天"),
            StatusItem("start", None, "", "上次启动：找回接收 3、发送 2，丢失 0", is_trailing=True),
        ]
    )
    window.resize(width, 900 if width > 1200 else 720)
    window.show_page("overview" if width == 1280 else "studies")
    if width == 1180:
        console.notices.toast("已取消 3 项", window.update)
    return window
