"""The drawer of 检查 over real services: what it says, what it does, what it shows to whom."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.events import Event
from hbgz_desktop.model.views import StudyFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.storage.study_views import StudyViews
from hbgz_desktop.ui.pages.studies_assign import AssignDialog
from hbgz_desktop.ui.theme import Density
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from hbgz_desktop.ui.widgets.label import Label
from tests.ui.studies_desk import Desk
from tests.ui.study_stage import StudyStage
from tests.unit.dicom.samples import stored
from tests.unit.dicom.test_pixels import RAMP, picture_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.model.views import InstanceRow
    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal


def has_grown(found: list[int], number: int) -> bool:
    """True when there is one more than before."""
    return len(found) > number


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """Modality, RIS and uploader on the data folder."""
    return StudyStage(workplace, tmp_path / "ris")


def test_a_study_is_found_from_anywhere(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """show_study sets whatever filter is needed; a study without images goes by its examination."""
    study_id = stage.receive(stage.specs[0])
    stage.deliver(stage.record(stage.specs[0]))
    examination_id = stage.record(stage.specs[1])
    desk = Desk(context, qtbot)
    desk.open(study_id)
    assert desk.page._filter.bar.search.text() == stage.specs[0].accession_number
    desk.page.show_study(examination_id, 0)
    desk.wait(lambda: desk.lane is Lane.NO_IMAGES)
    assert desk.page._study.pictures.isHidden()


def test_ledger_leaves_out_what_is_not_sent_by_rule(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """A key image note on the side does not keep a study from being whole."""
    study_id = stage.receive(stage.specs[0], images=5, skipped=1, expected=5)
    stage.deliver(stage.record(stage.specs[0]))
    desk = Desk(context, qtbot)
    desk.open(study_id)
    assert desk.page._study._ledger._counts.as_tuple() == (4, 4, 4, 4)
    assert "另有 1 幅按设置不上传" in desk.page._study._note.text()
    assert desk.page._study.step is not None
    assert desk.page._study.step.tone == "ok"


def test_no_longer_waiting_for_images(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """The next step of a study that is still coming; Ctrl+Enter does the same."""
    study_id = stage.receive(stage.specs[0], complete=False)
    desk = Desk(context, qtbot)
    desk.open(study_id)
    assert desk.page.header.primary.text() == "不再等，马上收齐"
    desk.page.header.press_primary()
    desk.wait(lambda: desk.lane is Lane.NO_RECORD)
    assert "收齐" in journal.toasts[-1].text


def test_a_failed_study_is_retried(
    stage: StudyStage, workplace: Workplace, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """Found by its chip, its cause read, retried, and no longer failed."""
    made = stage.all_states()
    desk = Desk(context, qtbot)
    desk.choose("failed")
    assert desk.badges() == ["失败"]
    desk.open(made["failed"])
    assert desk.page._study.step is not None
    assert desk.page._study.step.title == context.texts.of("platform_path_unknown").title
    desk.press_step()
    desk.wait(lambda: desk.lane is Lane.QUEUED)
    assert journal.toasts[-1].text == "1 项重新排队、0 项跳过"


def test_pause_and_undo(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """Done at once, with a way back."""
    made = stage.all_states()
    desk = Desk(context, qtbot)
    desk.open(made["queued"])
    desk.page._on_action("pause")
    desk.wait(lambda: desk.lane is Lane.PAUSED)
    undo = journal.toasts[-1].undo
    assert undo is not None
    undo()
    desk.wait(lambda: desk.lane is Lane.QUEUED)


def test_cancelling_asks_with_the_exact_count(
    stage: StudyStage, workplace: Workplace, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """The safe button has the focus; after it there is a way back."""
    made = stage.all_states()
    desk = Desk(context, qtbot)
    desk.open(made["queued"])
    desk.page._on_action("cancel")
    dialog = desk.page.findChild(ConfirmDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "取消这份检查的 3 项上传？"
    dialog._act.click()
    desk.wait(lambda: desk.lane is Lane.CANCELLED)
    assert journal.toasts[-1].text == "已取消 3 项"
    undo = journal.toasts[-1].undo
    assert undo is not None
    undo()
    desk.wait(lambda: desk.lane is Lane.QUEUED)


def test_assigning_a_record_shows_both_sides(
    stage: StudyStage, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    """A wrong accession number: the person finds the record, is warned of differences, and decides."""
    spec = stage.specs[0]
    study_id = stage.receive(replace(spec, accession_number="WRONG1", patient_id="X"))
    examination_id = stage.record(spec, studyUid="1.2.3.4")
    desk = Desk(context, qtbot)
    desk.open(study_id)
    desk.press_step()
    desk.wait(lambda: desk.page.findChild(AssignDialog))
    dialog = desk.page.findChild(AssignDialog)
    assert dialog is not None
    desk.wait(lambda: dialog._list.count() == 1)
    assert not dialog._act.isEnabled()
    dialog._list.setCurrentRow(0)
    assert dialog._act.isEnabled()
    assert dialog._warning.text() == ""
    shown = "\n".join(label.text() for label in dialog.findChildren(Label))
    assert spec.accession_number in shown
    assert spec.patient_name.replace("^", "") not in shown
    dialog._act.click()
    desk.wait(lambda: desk.lane is Lane.QUEUED)
    assert workplace.records.of_examination(examination_id) is not None
    states = {one.state for one in workplace.queue.of_examination(examination_id)}
    assert DeliveryState.READY in states


def test_a_record_of_another_person_is_warned_of(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """Same accession number, other name and birth date."""
    spec, other = stage.specs[0], stage.specs[1]
    study_id = stage.receive(spec)
    stage.record(replace(other, accession_number=spec.accession_number))
    desk = Desk(context, qtbot)
    desk.open(study_id)
    desk.press_step()
    desk.wait(lambda: desk.page.findChild(AssignDialog))
    dialog = desk.page.findChild(AssignDialog)
    assert dialog is not None
    desk.wait(lambda: dialog._list.count() == 1)
    dialog._list.setCurrentRow(0)
    assert "不像同一个" in dialog._warning.text()
    dialog._keep.click()


def test_problems_lead_to_where_they_are_solved(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """An unmapped code opens the mapping with its code set."""
    made = stage.all_states()
    desk = Desk(context, qtbot)
    desk.open(made["needs_fix"])
    desk.press_step()
    ((key, rows),) = journal.pages
    assert key == "mapping"
    assert rows.endswith("|MZ")
    assert rows.split("|")[0] in context.services.work.mapping_control.code_sets()


def test_pictures_come_when_they_are_ready(
    stage: StudyStage, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    """Asked for once; placeholder, then picture, then the viewer, which says what it is not for."""
    study_id = stage.receive(stage.specs[0], images=6, series=2)
    desk = Desk(context, qtbot)
    desk.open(study_id)

    def asked() -> int:
        with workplace.database.read() as connection:
            sql = "select count(*) from commands where kind = 'thumbnails'"
            return int(connection.exec_driver_sql(sql).scalar() or 0)

    desk.wait(lambda: asked() == 1)
    tiles = desk.page._study.pictures._strip._tiles
    assert {tile._thumbnail.reason for tile in tiles.values()} == {"正在生成"}
    for one in context.services.browsing.studies.instances_of(study_id):
        path = context.services.thumbnail(one.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        image = QImage(64, 64, QImage.Format.Format_Grayscale8)
        image.fill(90)
        assert image.save(str(path))
    with workplace.database.write() as connection:
        connection.exec_driver_sql("update instances set thumbnail = 'ok' where series_id = 1")
        connection.exec_driver_sql("update instances set thumbnail = 'decode' where series_id = 2")
    desk.page._study.pictures._look()
    desk.wait(lambda: [t._thumbnail.image is not None for t in tiles.values()] == [True, False])
    assert list(tiles.values())[1]._thumbnail.reason == "不能显示\n已原样收下"
    assert asked() == 1


def keep_images(workplace: Workplace, study_id: int) -> None:
    """Put real images where the spool has those of a study."""
    for number, one in enumerate(workplace_instances(workplace, study_id)):
        path = workplace.spool.absolute(one.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        stored(path, picture_of(RAMP + number))


def workplace_instances(workplace: Workplace, study_id: int) -> tuple[InstanceRow, ...]:
    """The ledger of a study."""
    return StudyViews(workplace.database).instances_of(study_id)


def test_the_viewer_shows_the_images_themselves(
    stage: StudyStage, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    """Without any thumbnail; every series at the side; the look is in the trail; Esc goes back."""
    study_id = stage.receive(stage.specs[0], images=6, series=2)
    keep_images(workplace, study_id)
    desk = Desk(context, qtbot)
    desk.open(study_id)
    tiles = desk.page._study.pictures._strip._tiles
    idle = [context.services.viewing.is_idle]
    near = QEnterEvent(QPointF(), QPointF(), QPointF())
    QGuiApplication.sendEvent(desk.page._study.pictures, near)
    idle.append(context.services.viewing.is_idle)
    assert idle == [True, False], "what decodes starts before the double-click"
    desk.page._study.pictures._on_opened(list(tiles)[1])
    viewer = desk.page._viewer
    desk.wait(lambda: viewer.isVisible() and viewer._canvas.image is not None)
    assert (viewer.count, viewer.position) == (3, 0)
    assert viewer._canvas.words.title == "增强"
    assert "不可用于诊断" in viewer.accessibleName()
    assert viewer._rail.isVisible()
    QTest.keyClick(viewer._canvas, Qt.Key.Key_Right)
    assert viewer.position == 1
    with workplace.database.read() as connection:
        sql = "select facts from audit_entries where action = 'study_viewed'"
        (facts,) = connection.exec_driver_sql(sql).scalars().all()
    assert "6" in str(facts)
    QTest.keyClick(viewer._canvas, Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert desk.page._study.isVisible()


def test_cleared_images_are_said(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """None of the files is there any more: nothing is opened, and the trail stays clean."""
    study_id = stage.receive(stage.specs[0], images=2)
    desk = Desk(context, qtbot)
    desk.open(study_id)
    desk.page._study.pictures._open.click()
    desk.wait(lambda: journal.toasts)
    assert "已不在本机" in journal.toasts[0].text
    assert not desk.page._viewer.isVisible()


def test_live_events_change_rows_in_place(
    stage: StudyStage, workplace: Workplace, context: PageContext, qtbot: QtBot
) -> None:
    """A row changes where it stands; new rows wait behind 显示."""
    study_id = stage.receive(stage.specs[0], complete=False)
    desk = Desk(context, qtbot)
    desk.look()
    assert desk.badges() == ["还在接收"]
    stage.receive(stage.specs[1])
    workplace.examinations.complete(study_id, "quiet")
    event = Event(
        1, workplace.events.since(0)[0].at, "study_completed", "info", study_id, None, None
    )
    desk.page._model._arrivals._last = 0.0
    context.bridge.facts_arrived.emit((event,))
    desk.wait(lambda: desk.badges() == ["缺记录"])
    desk.wait(lambda: desk.page._model.arrivals == 1)
    desk.page._panel._arrivals._button.click()
    desk.wait(lambda: desk.page._model.total == 2)


def test_f8_goes_from_problem_to_problem(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """Over rows that only wait."""
    stage.all_states()
    desk = Desk(context, qtbot)
    desk.choose("all")
    view = desk.page._panel.view
    seen: list[Lane] = []
    steps: list[int] = []
    view.current_changed.connect(steps.append)
    for number in range(3):
        desk.page.go_to_problem(1)
        desk.wait(partial(has_grown, steps, number))
        desk.look(view.currentIndex().row())
        row = desk.page._model.row_at(view.currentIndex().row())
        assert row is not None
        seen.append(row.lane)
    assert seen == [Lane.NO_IMAGES, Lane.NO_RECORD, Lane.FAILED]


def test_export_is_masked_filtered_and_whole(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot, tmp_path: Path
) -> None:
    """The rows of the filter, no clear name, text never a formula."""
    stage.all_states()
    spec = replace(stage.specs[-1], patient_name="欧阳^娜娜", description="=cmd|' /C calc'!A0")
    stage.receive(spec)
    desk = Desk(context, qtbot)
    wanted = StudyFilter(lanes=(Lane.NO_RECORD,))
    path = tmp_path / "检查.csv"
    desk.page._export.write(path, wanted)
    desk.wait(lambda: journal.toasts)
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == context.services.browsing.studies.count(wanted) == 2
    assert "娜" not in text
    assert {row["状态"] for row in rows} == {"缺记录"}
    assert "'=cmd" in text
    assert "2 份" in journal.toasts[-1].text


def test_it_sees_codes_and_raw_answers(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    """Dense rows with AE and UID, which give way to the drawer; answers are masked and unfolded on demand."""
    made = stage.all_states()
    context.theme.set_density(Density.IT)
    desk = Desk(replace(context, is_it=True), qtbot)
    view, model = desk.page._panel.view, desk.page._model
    keys = [getattr(model.column(n), "key", "") for n in range(model.columnCount())]
    assert keys[-2:] == ["ae", "uid"]
    assert not view.isColumnHidden(keys.index("uid"))
    desk.open(made["retrying"])
    assert view.isColumnHidden(keys.index("uid"))
    drawer = desk.page._study
    assert not drawer._raw.isVisible()
    drawer._raw_button.click()
    assert drawer._raw.isVisible()
    assert "HTTP 200" in drawer._raw.toPlainText()
    assert "111-***-" in drawer._raw.toPlainText()


def test_a_clerk_sees_no_codes(stage: StudyStage, context: PageContext, qtbot: QtBot) -> None:
    """No UID, no raw answer, no HTTP."""
    made = stage.all_states()
    desk = Desk(context, qtbot)
    desk.open(made["retrying"])
    assert desk.page._study._raw_button.isHidden()
    shown = [label.text() for label in desk.page.findChildren(Label) if label.isVisible()]
    assert not any("1.2.826" in text or "HTTP" in text for text in shown)


def test_the_accession_number_can_be_copied(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """From the menu, with a word that it was."""
    study_id = stage.receive(stage.specs[0])
    desk = Desk(context, qtbot)
    desk.open(study_id)
    desk.page._on_action("copy_accession")
    assert QGuiApplication.clipboard().text() == stage.specs[0].accession_number
    desk.wait(lambda: journal.toasts)
