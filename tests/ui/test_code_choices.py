"""Codes of the standard in 字典对照: found, marked, copied, exported; asked about where they are in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from hbgz_desktop.ui.pages.mapping_page import MappingPage
from hbgz_desktop.ui.widgets.button import Button
from tests.ui.study_stage import StudyStage
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext


@pytest.fixture
def page(context: PageContext, workplace: Workplace, tmp_path: Path, qtbot: QtBot) -> MappingPage:
    """The page at 检查部位, of which nothing is mapped."""
    StudyStage(workplace, tmp_path / "ris")
    page = MappingPage(context)
    shown(qtbot, page).resize(1400, 800)
    page.show_rows("examPart")
    page.activate()
    qtbot.waitUntil(lambda: page._table.model.is_open and bool(page._sets))
    return page


def words(widget: QWidget) -> str:
    """Every word that shows in it."""
    labels = widget.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(widget) and one.text())


def press(widget: QWidget, text: str) -> None:
    """Press the button with these words."""
    button = next(b for b in widget.findChildren(Button) if b.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_browser_finds_every_code_and_says_what_is_wrong_with_it(
    page: MappingPage, qtbot: QtBot
) -> None:
    page.header.secondary_requested.emit("browse")
    browser = page._browser

    def found(text: str, chip: str, total: int) -> list[str]:
        browser.chips.choose(chip)
        browser.field.setText(text)
        qtbot.waitUntil(lambda: browser.model.total == total)
        qtbot.waitUntil(lambda: browser.model.row_at(total - 1) is not None)
        return [str(browser.model.index(row, 0).data()) for row in range(total)]

    assert len(found("", "malformed", 25)) == 25
    assert found("zcwgj", "suspicious", 4)[0] == "BP0KZZZZ1"
    assert found("膀胱造影", "all", 1) == ["BT00ZZZZ"]
    assert "位数不对、两个名称" in str(browser.model.index(0, 1).data())
    browser.panel.view.setFocus()
    browser.panel.view.move_current(1)
    qtbot.waitUntil(lambda: "编码位数与规范不符" in words(browser))
    said_there = words(browser)
    assert "印的是 8 位，规范是 9 位；照原文保留。不能进索引第 5 段" in said_there
    assert "标准里这个代码有两个名称：静脉肾盂造影 (IVP) / 膀胱造影" in said_there
    assert "可能应为 BT000ZZZZ" in said_there
    assert "不是官方的" in said_there
    QTest.mouseClick(browser._copies["code"]._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "BT00ZZZZ"
    browser.choice.set_key("img_exam_type")
    qtbot.waitUntil(lambda: browser.model.total == 5)
    assert "字典名 img_exam_type，字段名 imgExamType" in words(browser)
    assert not browser.chips.isVisible()
    assert "编码位数与规范不符" not in words(browser)
    sets = [browser.choice.itemData(at) for at in range(browser.choice.count())]
    assert {"succFlag", "examPart", "gend"} <= set(sets)


def test_the_shown_set_goes_to_a_file(page: MappingPage, tmp_path: Path, qtbot: QtBot) -> None:
    page._list.choose("prfs")
    page.header.secondary_requested.emit("browse")
    with qtbot.waitSignal(page._browser.exported) as exported:
        page._browser.export(tmp_path / "prfs.csv")
    assert exported.args == [13]
    assert (tmp_path / "prfs.csv").read_text(encoding="utf-8-sig").startswith("序号,代码,名称")


def pick_part(page: MappingPage, text: str, qtbot: QtBot) -> None:
    """Write a new line of 检查部位 and choose the code that is found first."""
    page.header.secondary_requested.emit("add")
    picker = page._editor._picker
    picker.field.setText(text)
    picker.open_list()
    QTest.keyClick(picker.field, Qt.Key.Key_Return)


def test_an_odd_code_is_refused_until_the_settings_allow_it_and_then_asked_about(
    page: MappingPage, workplace: Workplace, qtbot: QtBot
) -> None:
    pick_part(page, "BR00ZZZZ2Z", qtbot)
    qtbot.waitUntil(lambda: "设置不允许发" in words(page._editor))
    assert page._editor._draft.isHidden()
    workplace.settings_file.set("guizhou.allow_malformed_parts", True)
    workplace.settings.look_now()
    with qtbot.waitSignal(page._editor.question.asked) as asked:
        pick_part(page, "BR00ZZZZ2Z", qtbot)
    dialog = asked.args[0]
    assert dialog.windowTitle() == "用 BR00ZZZZ2Z“X 线颈椎侧位”？"
    assert "印的是 10 位" in words(dialog)
    press(dialog, "不用")
    assert page._editor._draft.isHidden()
    with qtbot.waitSignal(page._editor.question.asked) as asked:
        pick_part(page, "BR00ZZZZ2Z", qtbot)
    press(asked.args[0], "核对过了，就用它")
    assert "BR00ZZZZ2Z X 线颈椎侧位" in words(page._editor._draft)


def test_the_second_of_two_names_is_asked_about_and_the_first_is_not(
    page: MappingPage, qtbot: QtBot
) -> None:
    pick_part(page, "左侧尺桡骨侧位", qtbot)
    assert "BP0KZZZZA X 线左侧尺桡骨侧位" in words(page._editor._draft)
    with qtbot.waitSignal(page._editor.question.asked) as asked:
        pick_part(page, "X线左侧腕关节侧位", qtbot)
    assert "“X 线左侧尺桡骨侧位”、“X 线左侧腕关节侧位”" in words(asked.args[0])
    press(asked.args[0], "核对过了，就用它")
    assert "BP0KZZZZA X 线左侧腕关节侧位" in words(page._editor._draft)
