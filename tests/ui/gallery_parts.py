"""Sheets of components and sample pages, with invented data, for looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRadialGradient
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.masking import mask_identity
from hbgz_desktop.ui.states import Badge, State, Tone
from hbgz_desktop.ui.styling import STRETCH, Item, column, row
from hbgz_desktop.ui.widgets.banner_stack import Banner, BannerStack
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.card import Card, Surface
from hbgz_desktop.ui.widgets.cause_card import Cause, CauseCard
from hbgz_desktop.ui.widgets.check_box import CheckBox, RadioOption
from hbgz_desktop.ui.widgets.code_picker import CodeChoice, CodePicker
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.fact_rows import CopyRow, FactRow
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.group_card import Group, GroupCard
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.ledger_columns import LedgerColumns, LedgerCounts
from hbgz_desktop.ui.widgets.link_card import LinkCard
from hbgz_desktop.ui.widgets.masked_field import MaskedField
from hbgz_desktop.ui.widgets.masked_label import MaskedLabel
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip
from hbgz_desktop.ui.widgets.secret_field import SecretField
from hbgz_desktop.ui.widgets.section_list import Section, SectionList
from hbgz_desktop.ui.widgets.segmented import Segmented
from hbgz_desktop.ui.widgets.selection_bar import SelectionBar
from hbgz_desktop.ui.widgets.setting_row import SettingRow
from hbgz_desktop.ui.widgets.state_badge import StateBadge
from hbgz_desktop.ui.widgets.steps_bar import Step, StepsBar
from hbgz_desktop.ui.widgets.switch import Switch
from hbgz_desktop.ui.widgets.thumbnail_strip import Thumbnail, ThumbnailStrip
from hbgz_desktop.ui.widgets.timeline import Timeline, TimelineEntry
from hbgz_desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

QUESTION = Question(
    "取消 14 项上传？",
    (
        "14 项属于 11 份检查：图像 9 项，报告 3 项，检查记录 2 项。",
        "图像和记录都留在本机，以后还能再传；平台已收到的不会删除。",
    ),
    "取消 14 项",
    "不取消",
    "看这 14 项",
)
CHOICES = (
    CodeChoice("B020ZYZZZ", "颅脑 CT 普通扫描（平扫）", "头颅=颅脑，设备是 CT", is_suggestion=True),
    CodeChoice("B02010ZZZ", "颅脑 CT 平扫加增强扫描", "平扫之外还做了增强", is_suggestion=True),
    CodeChoice("B32R1WZZZ", "颅脑 CT 血管造影", "同部位", is_suggestion=True),
    CodeChoice("BN25ZUZZZ", "CT 颅面骨薄层扫描(3D VR)", is_as_printed=True),
    CodeChoice("B030ZYZZZ", "颅脑 MRI 普通扫描（平扫）", "设备不符：这是 MRI"),
)
TIMELINE = (
    TimelineEntry(
        "14:26", State.NEEDS_FIX, "与 PACS 核对：缺 4 幅", "DWI 序列第 93–96 幅，PACS 里有"
    ),
    TimelineEntry("14:25", State.CONFIRMED, "平台已确认 308 幅", "贵州·每幅都有成功应答"),
    TimelineEntry(
        "14:24", State.RETRYING, "第 297 幅被切断，已自动重传成功", "从断点继续，没有重复"
    ),
    TimelineEntry("14:22", State.CONFIRMED, "检查记录已被平台接收", "索引 111-5201…-B030ZYZZZ"),
    TimelineEntry("14:19", State.WAITING, "收到 308 幅，45 秒没有新图像", "MR1·关联已断开"),
)


def picture(seed: int) -> QImage:
    """A round grey thing that looks like a slice."""
    image = QImage(160, 160, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 0))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    glow = QRadialGradient(QPointF(80, 70), 70)
    glow.setColorAt(0.0, QColor(90 + 20 * seed, 90 + 20 * seed, 90 + 20 * seed))
    glow.setColorAt(0.85, QColor(110, 110, 110))
    glow.setColorAt(0.9, QColor(235, 235, 235))
    glow.setColorAt(1.0, QColor(0, 0, 0))
    painter.setBrush(glow)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(80, 80), 58, 72)
    painter.end()
    return image


def thumbnails() -> list[Thumbnail]:
    """Three pictures and two placeholders."""
    return [
        Thumbnail("1", "T1 52/104", picture(1), State.CONFIRMED),
        Thumbnail("2", "T2 52/104", picture(3), State.RUNNING),
        Thumbnail("3", "DWI 92/96", picture(0), State.NEEDS_FIX),
        Thumbnail("4", "T1+C", None, None, "不能显示\n已原样上传"),
        Thumbnail("5", "DWI", None, None, "缺 4 幅"),
    ]


def _badges(theme: Theme) -> QWidget:
    first = [State.WAITING, State.RUNNING, State.RETRYING, State.PAUSED]
    second = [State.NEEDS_FIX, State.FAILED, State.CONFIRMED]
    holder = QWidget()
    upper: list[Item] = [StateBadge(theme, Badge.of(state)) for state in first]
    lower: list[Item] = [StateBadge(theme, Badge.of(state)) for state in second]
    lower.append(StateBadge(theme, Badge.neutral("不互认")))
    lower.append(StateBadge(theme, Badge.neutral("草稿", "edit", accent=True)))
    holder.setLayout(column(row(*upper, STRETCH), row(*lower, STRETCH)))
    return holder


def _ledgers(theme: Theme) -> QWidget:
    holder = QWidget()
    counts = [
        LedgerCounts(312, 312, 312, 312, "PACS 报的数"),
        LedgerCounts(312, 308, 308, 308, "PACS 报的数"),
        LedgerCounts(None, 184, 120, 96, "没有人说过", is_waiting=True),
    ]
    parts: list[Item] = []
    for one in counts:
        ledger = LedgerColumns(theme)
        ledger.set_counts(one)
        parts.append(ledger)
    holder.setLayout(column(*parts, gap=4))
    return holder


def _dialog(theme: Theme, parent: QWidget) -> QWidget:
    dialog = ConfirmDialog(theme, QUESTION, parent)
    dialog.setWindowFlags(Qt.WindowType.Widget)
    frame = Surface("dialog", parent)
    frame.setLayout(column(dialog))
    frame.setFixedWidth(482)
    return frame


def _banners(theme: Theme) -> BannerStack:
    stack = BannerStack(theme)
    stack.set_banners(
        [
            Banner("hebei", Tone.WAITING, "河北平台不应答，9 项在等，14:32 再试。", "详情"),
            Banner("disk", Tone.BAD, "磁盘只剩 6 GB，已暂停接收；清出空间后自动恢复。", "清理"),
        ]
    )
    return stack


def _toast(theme: Theme) -> QWidget:
    holder = QWidget()
    holder.setFixedSize(480, 64)
    Toast(theme, holder).show_toast("已取消 3 项", can_undo=True, seconds=7)
    return holder


def _fields(theme: Theme) -> QWidget:
    good = FormField(theme, "证件号", MaskedField(theme, mask_identity), is_required=True)
    bad = FormField(theme, "证件号", MaskedField(theme, mask_identity), field_name="psnCertNo")
    for field, number in ((good, "520102198003120026X"[:18]), (bad, "120102198003120041")):
        if isinstance(field.editor, MaskedField):
            field.editor.set_value(number)
    good.set_proof("校验位正确·1980年3月12日·女")
    bad.set_problem("第 18 位不对，请核对最后几位")
    free = QLineEdit("杨晓东")
    plain = FormField(theme, "报告医师", free, field_name="rpotDrName")
    plain.set_origin("来自 RIS · 原样")
    plain.set_limit(3)
    holder = QWidget()
    holder.setLayout(column(good, bad, plain, gap=8))
    return holder


def _buttons(theme: Theme) -> QWidget:
    holder = QWidget()
    off = Button(theme, "取回 0 份")
    off.set_allowed("没有选中")
    holder.setLayout(
        row(
            Button(theme, "主操作", "primary", "check"),
            Button(theme, "次操作"),
            Button(theme, "导出", "", "export"),
            off,
            Button(theme, "链接式", "quiet"),
            STRETCH,
        )
    )
    return holder


def _progress(theme: Theme) -> QWidget:
    strip = ProgressStrip(theme)
    strip.start("重新校验 37 份", 37)
    strip.set_progress(24, 37, "约 3 秒")
    return strip


def _strip(theme: Theme) -> QWidget:
    strip = ThumbnailStrip(theme)
    strip.set_thumbnails(thumbnails())
    strip.set_chosen("3")
    return strip


def _empty(theme: Theme) -> QWidget:
    card = Card()
    card.body.addWidget(
        EmptyState(theme, "studies", "没有符合筛选的检查", "筛选：今天、CT2、失败", "清除筛选")
    )
    card.setMinimumHeight(190)
    return card


def _column(title_and_part: list[tuple[str, QWidget]]) -> QVBoxLayout:
    parts: list[Item] = []
    for title, part in title_and_part:
        parts += [Label(title, "caption2"), part, 8]
    return column(*parts, STRETCH, gap=6)


def components(theme: Theme) -> QWidget:
    """The sheet of look/12."""
    sheet = QWidget()
    sheet.setProperty("surface", "page")
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    left = _column(
        [
            ("状态：颜色 + 形状 + 词", _badges(theme)),
            ("四栏账：四数相等才变绿", _ledgers(theme)),
            ("说清楚准确数目的确认", _dialog(theme, sheet)),
            ("横幅：持续的情况，放在页头下", _banners(theme)),
            ("撤销条：做完再说，不先问", _toast(theme)),
        ]
    )
    right = _column(
        [
            ("遮住的身份，看一眼要留痕", _fields(theme)),
            ("按钮与焦点", _buttons(theme)),
            ("长操作：进度、剩余、能停", _progress(theme)),
            ("缩略图与占位", _strip(theme)),
            ("空列表：为什么空，怎么办", _empty(theme)),
        ]
    )
    sheet.setLayout(row(left, right, gap=32, margins=(24, 20, 24, 20)))
    sheet.setFixedWidth(1040)
    return sheet


def _settings(theme: Theme) -> QWidget:
    address = QLineEdit("http://10.52.8.16:8085/mie/api/mie")
    address.setProperty("mono", "true")
    address.setFixedWidth(340)
    first = SettingRow(
        theme, "平台地址", "到 /mie/api/mie 为止。一般由医保局下发。", address, test="测试连接"
    )
    first.set_test_result(Tone.OK, "通·86 ms·平台时间快 0.4 秒·14:25")
    ways = QLineEdit("6")
    ways.setFixedWidth(80)
    second = SettingRow(theme, "并行路数", "同时传几份。网速慢就调小。", ways)
    second.set_changed(is_changed=True)
    second.set_note("原来是 4")
    secret = SecretField(theme)
    secret.set_kept(is_kept=True)
    secret.setFixedWidth(390)
    third = SettingRow(theme, "接入密钥", "存在本机，不显示。", secret)
    fourth = SettingRow(theme, "索引第六段", "平台要求时再打开。", Switch(theme, "发送", "不发送"))
    on = Switch(theme, "按原文发送", "加密")
    on.setChecked(True)
    fifth = SettingRow(theme, "证件号加密", "文档没有规定密文格式（G055）。", on)
    ways_out = Segmented(theme, [("http", "HTTP 上传（2.2）"), ("dicom", "DICOM 推送（2.3）")])
    sixth = SettingRow(theme, "图像怎么传", "改后只影响新的检查。", ways_out)
    box = ComboBox(theme, [("1", "每天 08:00"), ("2", "每周一 08:00")])
    box.setFixedWidth(200)
    seventh = SettingRow(theme, "交班时间", "从这个时间起算一天。", box)
    card = Card("连接", "改过，还没保存")
    for part in (first, second, third, fourth, fifth, sixth, seventh):
        card.body.addWidget(part)
    return card


def _picker(theme: Theme) -> QWidget:
    picker = CodePicker(theme, lambda text: CHOICES if text else CHOICES[:3])
    picker.field.setText("lnct")
    picker.open_list()
    return picker


def _causes(theme: Theme) -> QWidget:
    holder = QWidget()
    first = CauseCard(
        theme,
        Cause(
            "part", 37, "份", "检查部位“头颅CT”没有对应代码", "examPart·RIS 视图 v_exam",
            "登记员：选一个代码，一次修好 37 份",
        ),
    )  # fmt: skip
    first.set_selected(is_selected=True)
    second = CauseCard(
        theme,
        Cause("settle", 9, "份", "平台退回：结算 ID 不存在", "setlId", "收费处核对后，登记员填写"),
    )
    holder.setLayout(column(first, second))
    return holder


def _sections(theme: Theme) -> QWidget:
    sections = SectionList(theme)
    sections.set_sections(
        [
            Section("part", "检查部位", "examPart", Badge.of(State.NEEDS_FIX, "4"), is_code=True),
            Section("way", "检查方式", "examWay", None, ("check", "text_2"), is_code=True),
            Section("gz", "贵州医保影像云", "地址、编码、密钥", is_changed=True),
        ]
    )
    sections.setFixedWidth(200)
    return sections


def _groups(theme: Theme) -> QWidget:
    holder = QWidget()
    first = GroupCard(
        theme,
        Group(
            "t",
            State.RETRYING,
            14,
            "平台应答超时（504）",
            "程序会自己重试，最早 14:31·一般不用管",
            "看这 14 项",
        ),
    )
    first.body.addWidget(Label("  这里是表", "caption"))
    first.set_open(is_open=True)
    second = GroupCard(
        theme,
        Group(
            "f",
            State.FAILED,
            3,
            "平台已有同号检查，内容不同",
            "再传也不会成功·信息科决定",
            "看这 3 项",
        ),
    )
    holder.setLayout(column(first, second))
    return holder


def _small_things(theme: Theme) -> QWidget:
    holder = QWidget()
    facts = column(
        FactRow(theme, State.CONFIRMED, "地址能连通", "86 ms"),
        FactRow(theme, State.NEEDS_FIX, "对照有 6 个没生效", "37 份在等"),
    )
    sunken = Surface("sunken")
    sunken.setLayout(column(CopyRow(theme, "AE 名称", "HBGZ"), CopyRow(theme, "端口", "11112")))
    ways = QWidget()
    chosen = RadioOption(theme, "记进字典对照，37 份一起修", "以后“头颅CT”都用它；可撤销。")
    chosen.setChecked(True)
    box = CheckBox(theme, "患者已当面同意在本次就诊中查看外院结果")
    box.setChecked(True)
    ways.setLayout(column(chosen, RadioOption(theme, "只改眼前这一份", "CT20261120-0412"), box))
    name = MaskedLabel(theme, "number", "显示姓名")
    name.set_value("欧阳**", "欧阳娜")
    holder.setLayout(column(name, row(facts, sunken, gap=16), ways))
    return holder


def _selection(theme: Theme) -> QWidget:
    bar = SelectionBar(theme)
    bar.set_action("pause", "暂停 14 项")
    bar.set_action("cancel", "取消 14 项…")
    bar.set_selection(
        "已选 14 项",
        [(State.CONFIRMED, "11 项多半能成"), (State.RETRYING, "3 项要等平台恢复")],
    )
    return bar


def _steps_and_boxes(theme: Theme) -> QWidget:
    holder = QWidget()
    card = Card()
    steps = [
        Step("查询可互认结果", "14:06·检查 3 份，检验 12 项"),
        Step("医生在浏览器里处理", "14:07 打开"),
        Step("取回处理结果", "14:20 取回·可以再取"),
    ]
    card.body.addWidget(StepsBar(theme, steps, 2))
    boxes: list[Item] = [
        NextStepBox(theme, Tone.WARM, "下一步：取回缺的 4 幅，再补传", "已确认的 308 幅不会重传。", "看缺哪 4 幅"),
        NextStepBox(theme, Tone.COOL, "不用操作，程序 14:32 重试"),
        NextStepBox(theme, Tone.OK, "可以登记", "这次就诊还没有登记过。"),
        NextStepBox(theme, Tone.BAD, "再传也不会成功，要先改内容"),
    ]  # fmt: skip
    link = LinkCard(theme, "db", "sources", "数据库视图", "Oracle、SQL Server、MySQL、PostgreSQL")
    holder.setLayout(column(card, *boxes, link))
    return holder


def more_components(theme: Theme) -> QWidget:
    """What look/12 leaves out: settings, code picker, causes, groups, steps."""
    sheet = QWidget()
    sheet.setProperty("surface", "page")
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line = Timeline(theme)
    line.set_entries(TIMELINE)
    left = _column(
        [
            ("设置", _settings(theme)),
            ("队列按原因归组", _groups(theme)),
            ("经过", line),
        ]
    )
    right = _column(
        [
            ("选代码", _picker(theme)),
            ("选择条", _selection(theme)),
            ("原因", _causes(theme)),
            ("步骤、下一步", _steps_and_boxes(theme)),
            ("小件", row_widget(_sections(theme), _small_things(theme))),
        ]
    )
    sheet.setLayout(row(left, right, gap=32, margins=(24, 20, 24, 20)))
    sheet.setFixedWidth(1360)
    return sheet


def row_widget(*parts: QWidget) -> QWidget:
    """Widgets side by side in one."""
    holder = QWidget()
    holder.setLayout(row(*parts, gap=16))
    return holder
