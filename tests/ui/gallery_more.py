"""What look/12 leaves out: settings, code picker, causes, groups, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from hbgz_desktop.ui.states import Badge, State, Tone
from hbgz_desktop.ui.styling import Item, column, row
from hbgz_desktop.ui.widgets.card import Card, Surface
from hbgz_desktop.ui.widgets.cause_card import Cause, CauseCard
from hbgz_desktop.ui.widgets.check_box import CheckBox, RadioOption
from hbgz_desktop.ui.widgets.code_picker import CodePicker
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.fact_rows import CopyRow, FactRow
from hbgz_desktop.ui.widgets.group_card import Group, GroupCard
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.link_card import LinkCard
from hbgz_desktop.ui.widgets.masked_label import MaskedLabel
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.secret_field import SecretField
from hbgz_desktop.ui.widgets.section_list import Section, SectionList
from hbgz_desktop.ui.widgets.segmented import Segmented
from hbgz_desktop.ui.widgets.selection_bar import SelectionBar
from hbgz_desktop.ui.widgets.setting_row import SettingRow
from hbgz_desktop.ui.widgets.steps_bar import Step, StepsBar
from hbgz_desktop.ui.widgets.switch import Switch
from hbgz_desktop.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from hbgz_desktop.ui.theme import Theme

from tests.ui.gallery_parts import CHOICES, TIMELINE, titled_column


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
    left = titled_column(
        [
            ("设置", _settings(theme)),
            ("队列按原因归组", _groups(theme)),
            ("经过", line),
        ]
    )
    right = titled_column(
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
