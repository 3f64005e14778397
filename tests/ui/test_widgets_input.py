"""Parts a person fills in: fields, masks, code picker, filters, settings, dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from hbgz_desktop.model.masking import mask_identity
from hbgz_desktop.ui.states import State, Tone
from hbgz_desktop.ui.widgets.cause_card import Cause, CauseCard
from hbgz_desktop.ui.widgets.code_picker import CodeChoice, CodePicker
from hbgz_desktop.ui.widgets.combo_box import ComboBox
from hbgz_desktop.ui.widgets.filter_bar import FilterBar
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.group_card import Group, GroupCard
from hbgz_desktop.ui.widgets.masked_field import MaskedField
from hbgz_desktop.ui.widgets.masked_label import REVEAL_S, MaskedLabel
from hbgz_desktop.ui.widgets.page_header import PageHeader
from hbgz_desktop.ui.widgets.secret_field import SecretField
from hbgz_desktop.ui.widgets.section_list import Section, SectionList
from hbgz_desktop.ui.widgets.segmented import Segmented
from hbgz_desktop.ui.widgets.setting_row import SettingRow
from hbgz_desktop.ui.widgets.state_chips import Chip
from hbgz_desktop.ui.widgets.switch import Switch
from tests.ui.gallery_parts import CHOICES
from tests.ui.windows import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.theme import Theme

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NUMBER = "11010519491231002X"


def commit(widget: QWidget, text: str) -> None:
    """Type by an input method, as Chinese is typed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_a_field_says_problem_before_proof_before_origin(theme: Theme, qtbot: QtBot) -> None:
    field = FormField(theme, "证件号", QLineEdit(), is_required=True, field_name="psnCertNo")
    shown(qtbot, field)
    field.set_origin("来自 RIS")
    field.set_proof("校验位正确")
    assert field._note.text() == "校验位正确"
    field.set_problem("第 18 位不对")
    assert (field._note.text(), field.problem) == ("第 18 位不对", "第 18 位不对")
    assert field.editor.property("problem") is True
    assert field.editor.accessibleName() == "证件号，必填"
    assert field.editor.accessibleDescription() == "第 18 位不对"
    field.set_problem("")
    field.set_proof("")
    assert field._note.text() == "来自 RIS"


def test_length_is_counted_from_80_percent_on(theme: Theme, qtbot: QtBot) -> None:
    line = QLineEdit()
    field = FormField(theme, "备注", line)
    qtbot.addWidget(field)
    field.set_limit(10, lambda text: len(text.encode()))
    line.setText("颅脑")
    assert field._counter.text() == ""
    line.setText("颅脑平扫")
    assert field._counter.text() == "12 / 10"
    assert field._counter.property("role") == "error"


def test_what_is_typed_is_masked_when_the_focus_leaves(theme: Theme, qtbot: QtBot) -> None:
    field, other = MaskedField(theme, mask_identity), QLineEdit()
    shown(qtbot, field, other)
    field.setFocus()
    QTest.keyClicks(field, NUMBER)
    assert (field.text(), field.value()) == (NUMBER, NUMBER)
    other.setFocus()
    assert field.text() == mask_identity(NUMBER)
    assert field.value() == NUMBER
    field.setFocus()
    assert field.is_masked


def test_a_card_readers_value_is_masked_at_once(theme: Theme, qtbot: QtBot) -> None:
    field = MaskedField(theme, mask_identity)
    shown(qtbot, field)
    field.setFocus()
    with qtbot.waitSignal(field.value_changed) as told:
        field.set_value(NUMBER)
    assert told.args == [NUMBER]
    assert field.text() == mask_identity(NUMBER)


@pytest.mark.parametrize("key", ["5", "backspace", "input method"])
def test_stars_never_become_part_of_a_value(theme: Theme, qtbot: QtBot, key: str) -> None:
    field = MaskedField(theme, mask_identity)
    shown(qtbot, field)
    field.set_value(NUMBER)
    field.setFocus()
    field.setCursorPosition(6)
    if key == "backspace":
        QTest.keyClick(field, Key.Key_Backspace)
    elif key == "5":
        QTest.keyClicks(field, "5")
    else:
        commit(field, "张")
    assert field.value() == {"5": "5", "backspace": "", "input method": "张"}[key]
    assert "*" not in field.text()


def test_the_eye_reveals_for_30_seconds(theme: Theme, qtbot: QtBot) -> None:
    field = MaskedField(theme, mask_identity)
    shown(qtbot, field)
    field.set_value(NUMBER)
    with qtbot.waitSignal(field.revealed):
        field._eye.click()
    assert field.text() == NUMBER
    assert field._timer.interval() == REVEAL_S * 1000 == 30_000
    field._timer.timeout.emit()
    assert field.is_masked
    field._eye.click()
    field.hide_value()
    assert field.text() == mask_identity(NUMBER)


def test_a_masked_label_tells_that_it_was_looked_at(theme: Theme, qtbot: QtBot) -> None:
    label = MaskedLabel(theme, "number", "显示姓名")
    qtbot.addWidget(label)
    label.set_value("欧阳**", "欧阳娜")
    with qtbot.waitSignal(label.revealed):
        label._eye.click()
    assert (label.label.text(), label.is_revealed) == ("欧阳娜", True)
    with qtbot.assertNotEmitted(label.revealed):
        label._eye.click()
    assert label.label.text() == "欧阳**"
    label._eye.click()
    label.set_value("王**")
    assert label.label.text() == "王**"
    with qtbot.waitSignal(label.revealed):
        label._eye.click()
    assert label.label.text() == "王**"
    label.show_clear("王小明")
    label.set_reveal_allowed(is_allowed=False)
    assert label.label.text() == "王**"


def test_a_secret_is_never_shown_again(theme: Theme, qtbot: QtBot) -> None:
    field = SecretField(theme)
    shown(qtbot, field)
    QTest.keyClicks(field._line, "abc")
    assert field._line.displayText() != "abc"
    assert field.new_secret() == "abc"
    field.set_kept(is_kept=True)
    assert field.new_secret() is None
    assert set(field._line.text()) == {"*"}
    field._button.click()
    assert field._line.text() == ""
    QTest.keyClicks(field._line, "xyz")
    assert field.new_secret() == "xyz"
    field._button.click()
    assert field.new_secret() is None


def search(text: str) -> Sequence[CodeChoice]:
    """All five for anything that is in our list, nothing for the rest."""
    return () if text == "zzz" else CHOICES


def test_a_code_is_picked_by_keys_and_never_by_itself(theme: Theme, qtbot: QtBot) -> None:
    picker = CodePicker(theme, search)
    shown(qtbot, picker, QLineEdit())
    with qtbot.assertNotEmitted(picker.code_chosen):
        picker.field.setFocus()
        QTest.keyClicks(picker.field, "lnct")
        for _ in range(3):
            QTest.keyClick(picker.field, Key.Key_Down)
    current = picker.current()
    assert current is not None
    assert current.code == "BN25ZUZZZ"
    with qtbot.waitSignal(picker.code_chosen) as told:
        QTest.keyClick(picker.field, Key.Key_Return)
    assert told.args[0].code == "BN25ZUZZZ"
    assert not picker.is_open


def test_esc_closes_the_list_first(theme: Theme, qtbot: QtBot) -> None:
    picker = CodePicker(theme, search)
    shown(qtbot, picker, QLineEdit())
    picker.field.setFocus()
    was_open = [picker.is_open]
    with qtbot.waitSignal(picker.list_closed):
        QTest.keyClick(picker.field, Key.Key_Escape)
    was_open.append(picker.is_open)
    QTest.keyClick(picker.field, Key.Key_Down)
    was_open.append(picker.is_open)
    assert was_open == [True, False, True]


def test_a_row_is_taken_by_click_and_nothing_found_is_said(theme: Theme, qtbot: QtBot) -> None:
    picker = CodePicker(theme, search)
    shown(qtbot, picker, QLineEdit())
    picker.field.setFocus()
    rect = picker._list.visualRect(picker._model.index(1, 0))
    with qtbot.waitSignal(picker.code_chosen) as told:
        QTest.mouseClick(picker._list.viewport(), LEFT, pos=rect.center())
    assert told.args[0] == CHOICES[1]
    picker.field.setText("zzz")
    picker.open_list()
    assert "zzz" in picker._summary.text()
    assert picker.current() is None
    QTest.keyClick(picker.field, Key.Key_Return)
    picker.clear()
    assert picker.field.text() == ""


def test_the_filter_bar_reports_each_change_once(theme: Theme, qtbot: QtBot) -> None:
    bar = FilterBar(theme, "筛选")
    bar.chips.set_chips([Chip("all", "全部"), Chip("failed", "失败", State.FAILED)])
    bar.add_dropdown("day", "日期", [("today", "今天"), ("yesterday", "昨天")])
    bar.add_dropdown("by", "归组", [("cause", "原因")], is_trailing=True)
    shown(qtbot, bar)
    changes: list[int] = []
    bar.changed.connect(lambda: changes.append(1))
    bar.chips.set_counts({"all": 60})
    words = [button.text() for button in bar.chips._buttons.values()]
    assert words == ["全部 60", "失败 0"]
    bar.chips._buttons["failed"].click()
    bar.chips._buttons["failed"].click()
    bar.set_value("day", "yesterday")
    commit(bar.search, "王")
    QTest.keyClick(bar.search, Key.Key_Return)
    assert len(changes) == 3
    assert (bar.chips.chosen, bar.value("day"), bar.search.search_text()) == (
        "failed",
        "yesterday",
        "王",
    )
    QTest.keyClick(bar.search, Key.Key_Escape)
    assert bar.search.search_text() == ""
    bar.clear_filters()
    assert (bar.chips.chosen, bar.value("day")) == ("all", "today")
    bar.focus_search()
    assert bar.search.hasFocus()


def test_typing_is_reported_after_a_pause(theme: Theme, qtbot: QtBot) -> None:
    bar = FilterBar(theme, "筛选")
    shown(qtbot, bar)
    with qtbot.waitSignal(bar.changed):
        QTest.keyClicks(bar.search, "ct2026")
    assert bar.search.search_text() == "ct2026"


def test_a_setting_shows_change_problem_and_test(theme: Theme, qtbot: QtBot) -> None:
    setting = SettingRow(theme, "平台地址", "到 /mie/api 为止", QLineEdit(), test="测试连接")
    shown(qtbot, setting)
    with qtbot.waitSignal(setting.test_requested):
        setting._test.click()
    setting.set_testing("正在测试")
    assert (setting._test.text(), setting._test.isEnabled()) == ("正在测试", False)
    setting.set_test_result(Tone.OK, "通·86 ms")
    assert (setting._test.text(), setting._test.isEnabled()) == ("测试连接", True)
    setting.set_problem("不是地址")
    assert setting._problem.isVisible()
    setting.set_changed(is_changed=True)
    assert setting._dot.isVisible()
    assert setting.editor.accessibleName() == "平台地址"


def test_small_choices_report_once(theme: Theme, qtbot: QtBot) -> None:
    ways = Segmented(theme, [("http", "HTTP"), ("dicom", "DICOM")])
    switch = Switch(theme, "发送", "不发送")
    box = ComboBox(theme, [("a", "甲"), ("b", "乙")])
    sections = SectionList(theme)
    sections.set_sections([Section("x", "接收", "端口"), Section("y", "贵州", is_changed=True)])
    shown(qtbot, ways, switch, box, sections)
    with qtbot.waitSignal(ways.value_changed) as told:
        QTest.keyClick(ways, Key.Key_Right)
    assert told.args == ["dicom"]
    QTest.mouseClick(ways, LEFT, pos=ways._cells()[0].center().toPoint())
    assert ways.value == "http"
    QTest.mouseClick(switch, LEFT)
    assert switch.isChecked()
    assert switch.accessibleDescription() == "发送"
    box.set_key("b")
    box.set_key("nowhere")
    assert box.key() == "b"
    with qtbot.waitSignal(sections.section_chosen) as told:
        QTest.keyClick(sections._entries["x"], Key.Key_Down)
    assert told.args == ["y"]
    assert "改过" in sections._entries["y"].accessibleName()


def test_causes_and_groups_open_by_key(theme: Theme, qtbot: QtBot) -> None:
    card = CauseCard(theme, Cause("c", 37, "份", "没有对应代码", "examPart", "登记员", "去对照"))
    group = GroupCard(theme, Group("g", State.RETRYING, 14, "超时", "会重试", "看这 14 项"))
    other = GroupCard(
        theme, Group("p", State.PAUSED, 2, "暂停", "", "继续 2 项"), button_opens=False
    )
    shown(qtbot, card, group, other)
    with qtbot.waitSignal(card.chosen):
        QTest.keyClick(card, Key.Key_Space)
    with qtbot.waitSignal(card.action_requested):
        card._button.click()
    with qtbot.waitSignal(group.toggled) as told:
        QTest.keyClick(group._head, Key.Key_Return)
    assert told.args == ["g", True]
    assert group._head.button.text() == "收起"
    with qtbot.waitSignal(other.action_requested) as told:
        other._head.button.click()
    assert told.args == ["p"]
    assert not other.is_open


def test_header_buttons_and_menu_say_which(theme: Theme, qtbot: QtBot) -> None:
    header = PageHeader(theme, "检查", "今天 486 份 · 按筛选显示 102 份")
    header.add_button("export", "导出")
    header.add_menu_entry("clean", "清理", "trash")
    shown(qtbot, header)
    assert not header.primary.isVisible()
    with qtbot.waitSignal(header.secondary_requested) as told:
        header.button("export").click()
    assert told.args == ["export"]
    with qtbot.waitSignal(header.secondary_requested) as told:
        header._menu.actions()[0].trigger()
    assert told.args == ["clean"]
    header.set_primary("保存 2 处", "check")
    assert header.primary.geometry().right() == header.width() - 24 - 1
