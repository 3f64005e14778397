"""Parts that show how things are: ledger, badges, bars, banners, timeline, thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hbgz_desktop.ui.painting import ledger_fractions, ledger_token
from hbgz_desktop.ui.states import Badge, State, Tone
from hbgz_desktop.ui.widgets.banner_stack import Banner, BannerStack
from hbgz_desktop.ui.widgets.day_bar import DayBar, DayPart
from hbgz_desktop.ui.widgets.ledger_columns import LedgerColumns, LedgerCounts
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.progress_strip import ProgressStrip
from hbgz_desktop.ui.widgets.selection_bar import SelectionBar
from hbgz_desktop.ui.widgets.stat_tile import FigureLink, StatTile
from hbgz_desktop.ui.widgets.state_badge import StateBadge
from hbgz_desktop.ui.widgets.status_bar import StatusBar, StatusItem
from hbgz_desktop.ui.widgets.thumbnail_strip import ThumbnailStrip
from hbgz_desktop.ui.widgets.timeline import Timeline
from tests.ui.gallery_parts import TIMELINE, thumbnails

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.theme import Theme

LEFT = Qt.MouseButton.LeftButton


def colour_at(widget: QWidget, x: int, y: int) -> str:
    """The colour a shown widget has at a point."""
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio), round(y * ratio)).name()


@pytest.mark.parametrize(
    ("counts", "token"),
    [
        ((312, 312, 312, 312), "fill_confirmed"),
        ((312, 312, 312, 311), "fill_running"),
        ((312, 308, 308, 308), "fill_running"),
        ((None, 308, 308, 308), "fill_confirmed"),
        ((None, 308, 308, 0), "fill_running"),
        ((0, 0, 0, 0), "fill_running"),
        ((None, 0, 0, 0), "fill_running"),
    ],
)
def test_green_only_when_all_known_counts_agree(
    counts: tuple[int | None, int, int, int], token: str
) -> None:
    assert ledger_token(*counts) == token


def test_an_unknown_expected_count_is_hollow() -> None:
    assert ledger_fractions(None, 4, 2, 1) == (None, 1.0, 0.5, 0.25)
    assert ledger_fractions(4, 2, 0, 0) == (1.0, 0.5, 0.0, 0.0)
    assert ledger_fractions(2, 4, 4, 4) == (0.5, 1.0, 1.0, 1.0)
    assert ledger_fractions(None, 0, 0, 0) == (None, 0.0, 0.0, 0.0)


def test_the_ledger_speaks_its_numbers(theme: Theme, qtbot: QtBot) -> None:
    ledger = LedgerColumns(theme)
    qtbot.addWidget(ledger)
    ledger.set_counts(LedgerCounts(312, 308, 308, 300, "PACS 报的数"))
    assert "收到 308 差 4 幅" in ledger.accessibleName()
    assert "已确认 300 差 12 幅" in ledger.accessibleName()
    ledger.set_counts(LedgerCounts(None, 5, 5, 5))
    assert "应有 未知" in ledger.accessibleName()
    assert "已确认 5 齐" in ledger.accessibleName()


def test_remarks_of_the_platform_make_it_amber(theme: Theme, qtbot: QtBot) -> None:
    """DESIGN 5.6: B000, B006 and B007 are stored, and not quite green."""
    assert ledger_token(9, 9, 9, 9, warned=2) == "fill_needs_fix"
    assert ledger_token(9, 9, 9, 8, warned=2) == "fill_running"
    ledger = LedgerColumns(theme)
    qtbot.addWidget(ledger)
    ledger.set_counts(LedgerCounts(9, 9, 9, 9, warned=2))
    assert "已确认 9 2 幅有提示" in ledger.accessibleName()
    assert "已发 9 齐" in ledger.accessibleName()


def test_all_four_columns_turn_green_together(theme: Theme, qtbot: QtBot) -> None:
    ledger = LedgerColumns(theme)
    qtbot.addWidget(ledger)
    ledger.resize(440, 92)
    green = theme.colour("fill_confirmed").name()
    for counts, is_green in (((9, 9, 9, 9), True), ((9, 9, 9, 8), False)):
        ledger.set_counts(LedgerCounts(*counts))
        ledger.show()
        found = [colour_at(ledger, 40 + n * 113, 62) == green for n in range(4)]
        assert found == [is_green] * 4


def test_a_badge_is_as_wide_as_its_word(theme: Theme, qtbot: QtBot) -> None:
    badge = StateBadge(theme, Badge.of(State.FAILED))
    qtbot.addWidget(badge)
    narrow = badge.sizeHint().width()
    badge.set_badge(Badge.of(State.PAUSED, "已暂停 李敏"))
    assert badge.sizeHint().width() > narrow
    assert badge.sizeHint().height() == 22
    assert badge.accessibleName() == "已暂停 李敏"


def test_at_most_two_banners_the_worst_first(theme: Theme, qtbot: QtBot) -> None:
    stack = BannerStack(theme)
    qtbot.addWidget(stack)
    stack.set_banners(
        [
            Banner("a", Tone.COOL, "甲"),
            Banner("b", Tone.WAITING, "乙", "详情"),
            Banner("c", Tone.BAD, "丙", "清理"),
            Banner("a", Tone.OK, "甲二"),
        ]
    )
    assert [banner.key for banner in stack.banners] == ["c", "b", "a"]
    assert len([s for s in stack._strips if not s.isHidden()]) == 2
    stack.set_banners([])
    assert stack.isHidden()


def test_the_day_bar_adds_up_and_every_number_is_a_link(theme: Theme, qtbot: QtBot) -> None:
    bar = DayBar(
        theme, [DayPart("ok", "已确认", "fill_confirmed"), DayPart("bad", "失败", "fill_failed")]
    )
    qtbot.addWidget(bar)
    bar.set_counts({"ok": 384, "bad": 3})
    assert bar.total() == 387
    links = {link.accessibleName(): link for link in bar.findChildren(FigureLink)}
    assert set(links) == {"已确认 384", "失败 3"}
    with qtbot.waitSignal(bar.part_activated) as told:
        links["失败 3"].click()
    assert told.args == ["bad"]
    bar.set_counts(None)
    assert not links["失败 3"].isEnabled()


def test_next_step_without_an_action_has_no_button(theme: Theme, qtbot: QtBot) -> None:
    box = NextStepBox(theme, Tone.WARM, "取回缺的 4 幅", "", "取回 4 幅")
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.action_requested):
        box.button.click()
    box.set_step(Tone.COOL, "不用操作，程序 14:32 重试")
    assert box.button.isHidden()
    assert box.accessibleName() == "不用操作，程序 14:32 重试"


def test_a_tile_opens_by_mouse_and_key(theme: Theme, qtbot: QtBot) -> None:
    tile = StatTile(theme, "disk", "磁盘", Badge.of(State.CONFIRMED, "正常"))
    qtbot.addWidget(tile)
    tile.set_facts(Badge.of(State.FAILED, "快满"), "剩 6 GB", "已暂停接收")
    assert tile.accessibleName() == "磁盘，快满"
    with qtbot.waitSignal(tile.activated):
        QTest.mouseClick(tile, LEFT)
    with qtbot.waitSignal(tile.activated):
        QTest.keyClick(tile, Qt.Key.Key_Return)


def test_status_facts_keep_their_place(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme)
    qtbot.addWidget(bar)
    bar.resize(900, 30)
    last = StatusItem("start", None, "", "上次启动：丢失 0", is_trailing=True)
    bar.set_items([StatusItem("r", State.CONFIRMED, "接收", "正常"), last])
    bar.set_items(
        [
            StatusItem("r", State.FAILED, "接收", "停了"),
            StatusItem("d", State.CONFIRMED, "磁盘", "剩 412 GB"),
            last,
        ]
    )
    bar.show()
    facts = bar._items
    assert facts["r"].x() < facts["d"].x() < facts["start"].x()
    assert facts["r"].accessibleName() == "接收 停了"
    with qtbot.waitSignal(bar.item_activated) as told:
        facts["d"].click()
    assert told.args == ["d"]
    bar.set_items([last])
    assert list(facts) == ["start"]


def test_the_timeline_is_as_high_as_it_needs(theme: Theme, qtbot: QtBot) -> None:
    line = Timeline(theme)
    qtbot.addWidget(line)
    line.resize(440, 10)
    line.set_entries(TIMELINE[:1])
    one = line.heightForWidth(440)
    line.set_entries(TIMELINE)
    assert line.heightForWidth(440) == one * len(TIMELINE)
    assert line.heightForWidth(200) > line.heightForWidth(440)
    assert line.accessibleDescription().splitlines()[0].startswith("14:26 与 PACS 核对")


def test_thumbnails_open_and_say_why_there_is_none(theme: Theme, qtbot: QtBot) -> None:
    strip = ThumbnailStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(440, 80)
    strip.set_thumbnails(thumbnails())
    strip.show()
    tiles = strip._tiles
    assert tiles["4"].accessibleDescription() == "不能显示，已原样上传"
    with qtbot.waitSignal(strip.opened) as told:
        QTest.mouseDClick(tiles["2"], LEFT)
    assert told.args == ["2"]
    with qtbot.waitSignal(strip.opened):
        QTest.keyClick(tiles["1"], Qt.Key.Key_Return)
    before = dict(tiles)
    strip.set_thumbnails(thumbnails())
    assert strip._tiles == before


def test_stopping_long_work_says_so(theme: Theme, qtbot: QtBot) -> None:
    strip = ProgressStrip(theme)
    qtbot.addWidget(strip)
    strip.start("重新校验 37 份", 37)
    strip.set_progress(24, 37, "约 3 秒")
    assert "24 / 37" in strip._detail.text()
    with qtbot.waitSignal(strip.stop_requested):
        strip._stop.click()
    assert strip._stop.text() == "正在停"
    assert not strip._stop.isEnabled()


def test_the_selection_bar_hides_when_nothing_is_selected(theme: Theme, qtbot: QtBot) -> None:
    bar = SelectionBar(theme)
    qtbot.addWidget(bar)
    bar.set_action("cancel", "取消 14 项…")
    bar.set_selection("已选 14 项", [(State.CONFIRMED, "11 项多半能成")])
    assert not bar.isHidden()
    assert bar.accessibleName() == "已选 14 项，11 项多半能成"
    with qtbot.waitSignal(bar.action_requested) as told:
        bar._buttons["cancel"].click()
    assert told.args == ["cancel"]
    bar.set_action("cancel", "取消 0 项…", reason="都已发完")
    assert not bar._buttons["cancel"].isEnabled()
    bar.set_selection("")
    assert bar.isHidden()
