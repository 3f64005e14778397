"""检查 over real services: it lists, filters, opens, acts, and never shows a name unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.model.worklist import DAY_BAR, Lane
from hbgz_desktop.ui.cells import CELL_ROLE, TwoLines
from tests.ui.studies_desk import Desk
from tests.ui.study_stage import StudyStage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """Modality, RIS and uploader on the data folder."""
    return StudyStage(workplace, tmp_path / "ris")


def test_the_list_speaks_in_narrow_words(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """Each state by the word that says most; newest first."""
    stage.all_states()
    desk = Desk(context, qtbot)
    desk.choose("all")
    assert sorted(desk.badges()) == sorted(
        [
            *("已确认", "缺 4 幅", "待处理", "失败", "重试中 第 1 次", "上传中 65 %", "排队"),
            *("已暂停 李敏", "已取消", "等结算", "缺记录", "缺图像", "还在接收"),
        ]
    )


def test_chips_count_exactly_their_rows(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """The number on a chip is the number of rows behind it; a chip at 0 stays."""
    stage.receive(stage.specs[0], complete=False)
    stage.receive(stage.specs[1])
    desk = Desk(context, qtbot)
    buttons = desk.page._filter.bar.chips._buttons
    words = {key: button.text() for key, button in buttons.items()}
    assert words["open"] == "未完成 2"
    assert words["failed"] == "失败 0"
    for key, button in buttons.items():
        desk.choose(key)
        assert button.text().endswith(f" {desk.page._model.total}")


def test_filters_narrow_together(stage: StudyStage, context: PageContext, qtbot: QtBot) -> None:
    """Initials, modality, date; the header says window and result."""
    stage.all_states()
    desk = Desk(context, qtbot)
    desk.choose("all")
    assert desk.page.header.subtitle().replace(" ", "") == "今天13份·按筛选显示13份"
    desk.page._filter.bar.set_value("modality", "MR")
    desk.rest()
    only = desk.page._model.total
    assert 0 < only < 13
    desk.page._filter.clear()
    desk.rest()
    spec = stage.specs[0]
    desk.page.focus_filter()
    QTest.keyClicks(desk.page._filter.bar.search, spec.accession_number[-6:].lower())
    QTest.keyClick(desk.page._filter.bar.search, Qt.Key.Key_Return)
    desk.rest()
    desk.look()
    row = desk.page._model.row_at(0)
    assert row is not None
    assert row.accession_number == spec.accession_number
    desk.page._filter.choose_window("yesterday")
    desk.rest()
    assert desk.page._model.total == 0


def test_sorting_is_done_in_sql(stage: StudyStage, context: PageContext, qtbot: QtBot) -> None:
    """A header click asks for another order of all rows."""
    for number, spec in enumerate(stage.specs[:3]):
        stage.receive(spec, images=(5, 1, 9)[number])
    desk = Desk(context, qtbot)
    images = 3
    desk.page._panel.view._on_sort_requested(images)
    desk.rest()
    desk.look()
    counts = [desk.page._model.row_at(n) for n in range(3)]
    assert [row.received for row in counts if row is not None] == [1, 5, 9]


def test_every_link_shows_what_it_counted(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """Segments of the day bar and single lanes, also those that have no chip of their own."""
    stage.all_states()
    desk = Desk(context, qtbot)
    lanes = context.services.browsing.studies.lane_counts(StudyFilter())
    # a word that is both, such as uploading, means the segment
    for name, members in {**{lane.value: (lane,) for lane in Lane}, **DAY_BAR}.items():
        desk.page.show_rows(name)
        desk.rest()
        assert desk.page._model.total == sum(lanes[lane] for lane in members), name
    desk.page.show_rows("uploading")
    assert "上传中和排队" in desk.page._filter.bar.chips._buttons["uploading"].text()
    desk.choose("confirmed")
    assert "uploading" not in desk.page._filter.bar.chips._buttons
    desk.page.show_rows("failed@ever")
    assert desk.page._filter.window == "ever"


def test_three_kinds_of_empty(
    stage: StudyStage, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    """Nothing yet teaches; all done is praise; a filter can be cleared."""
    workplace.settings_file.set_many({"dicom.ae_title": "GZ_BOX", "dicom.port": 11777})
    workplace.settings.look_now()
    desk = Desk(context, qtbot)
    empty = desk.page._panel.empty
    desk.wait(lambda: "GZ_BOX" in empty._reason.text())
    assert "11777" in empty._reason.text()
    study_id = stage.receive(stage.specs[0])
    stage.deliver(stage.record(stage.specs[0]))
    assert study_id
    desk.rest()  # what was asked before the study came may still be on its way
    desk.page.refresh()
    desk.rest()
    desk.page.refresh()
    desk.wait(lambda: empty._title.text() == "没有未完成的检查")
    assert empty._reason.text() == "今天 1 份，已确认 1 份"
    desk.page._filter.show_text("nobody")
    desk.rest()
    desk.wait(lambda: empty._title.text() == "没有符合筛选的检查")
    assert "nobody" in empty._reason.text()
    empty.action_requested.emit()
    desk.rest()
    assert desk.page._model.total == 1


def test_names_are_masked_until_asked_for(
    stage: StudyStage, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    """The eye shows one name, writes an audit row, and closes by itself, by another row, by privacy."""
    spec = replace(stage.specs[0], patient_name="欧阳^娜娜")
    other = stage.receive(stage.specs[1])
    study_id = stage.receive(spec)
    desk = Desk(context, qtbot)
    desk.look()
    cell = desk.page._model.data(desk.page._model.index(0, 1), CELL_ROLE)
    assert isinstance(cell, TwoLines)
    assert cell.what.startswith("欧阳**")
    desk.open(study_id)
    assert "娜" not in desk.all_text()
    desk.page._study._eye.click()
    assert "欧阳娜娜" in desk.all_text()

    def audited() -> int:
        with workplace.database.read() as connection:
            sql = "select count(*) from audit_entries where action = 'identity_revealed'"
            return int(connection.exec_driver_sql(sql).scalar() or 0)

    desk.wait(lambda: audited() == 1)
    desk.page._study._mask_timer.timeout.emit()
    assert "娜" not in desk.all_text()
    desk.page._study._eye.click()
    desk.open(other)
    assert "娜" not in desk.all_text()
    desk.open(study_id)
    desk.page._study._eye.click()
    desk.page.set_privacy(is_hidden=True)
    assert "娜" not in desk.all_text()
    assert not desk.page._study._eye.isEnabled()


def test_keys_open_walk_and_close(stage: StudyStage, context: PageContext, qtbot: QtBot) -> None:
    """Enter opens, ↓ changes what the drawer shows, Esc closes and the list keeps the focus."""
    newest = [stage.receive(spec) for spec in stage.specs[:3]][::-1]
    desk = Desk(context, qtbot)
    desk.look()
    view = desk.page._panel.view
    view.setFocus()
    view.go_to(desk.page._model.ids_between(0, 0)[0])
    QTest.keyClick(view, Qt.Key.Key_Return)
    desk.wait(desk.page._study.isVisible)
    assert desk.shown_study == newest[0]
    QTest.keyClick(view, Qt.Key.Key_Down)
    desk.wait(lambda: desk.shown_study == newest[1])
    assert len(desk.page._model.selection) == 1
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not desk.page._study.isVisible()
    assert not desk.page.header.primary.isEnabled()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert not desk.page._study.isVisible()
