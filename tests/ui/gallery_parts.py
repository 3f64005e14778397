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
from hbgz_desktop.ui.widgets.code_picker import CodeChoice
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog, Question
from hbgz_desktop.ui.widgets.empty_state import EmptyState
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.ledger_columns import LedgerColumns, LedgerCounts
from hbgz_desktop.ui.widgets.masked_field import MaskedField
from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip
from hbgz_desktop.ui.widgets.state_badge import StateBadge
from hbgz_desktop.ui.widgets.thumbnail_strip import Thumbnail, ThumbnailStrip
from hbgz_desktop.ui.widgets.timeline import TimelineEntry
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


def titled_column(title_and_part: list[tuple[str, QWidget]]) -> QVBoxLayout:
    """Parts below each other, each with its caption."""
    parts: list[Item] = []
    for title, part in title_and_part:
        parts += [Label(title, "caption2"), part, 8]
    return column(*parts, STRETCH, gap=6)


def components(theme: Theme) -> QWidget:
    """The sheet of look/12."""
    sheet = QWidget()
    sheet.setProperty("surface", "page")
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    left = titled_column(
        [
            ("状态：颜色 + 形状 + 词", _badges(theme)),
            ("四栏账：四数相等才变绿", _ledgers(theme)),
            ("说清楚准确数目的确认", _dialog(theme, sheet)),
            ("横幅：持续的情况，放在页头下", _banners(theme)),
            ("撤销条：做完再说，不先问", _toast(theme)),
        ]
    )
    right = titled_column(
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
