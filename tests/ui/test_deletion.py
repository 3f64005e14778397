"""从平台删除, images of another patient, corrections and a changed index, over real services and a real platform."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.operator import Role
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.ui.pages.deletion_dialog import DeletionDialog
from hbgz_desktop.ui.pages.needs_fix_page import NeedsFixPage
from hbgz_desktop.ui.pages.queue_page import QueuePage
from hbgz_desktop.ui.pages.studies_assign import AssignDialog
from hbgz_desktop.ui.widgets.label import Label
from tests.operating_system import SLOWNESS
from tests.ui.studies_desk import Desk
from tests.ui.upload_stage import UploadStage
from tests.unit.services.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

OTHER_CARD = "52999919800603674X"


@pytest.fixture
def stage(
    tmp_path: Path, data_dir: Path, context: PageContext, journal: Journal, qtbot: QtBot
) -> Iterator[UploadStage]:
    """A platform that listens, and a console beside it."""
    with ExitStack() as stack:
        clinic = stack.enter_context(Clinic(tmp_path, data_dir))
        clinic.open_platform()
        made = UploadStage(clinic, context, journal, qtbot)
        yield made
        assert context.tasks.drain(5000 * SLOWNESS)
        made.context.services.viewing.close()


def confirmed(stage: UploadStage, number: int = 0) -> tuple[int, int]:
    """(study id, examination id) of what the platform has confirmed."""
    clinic = stage.clinic
    examination_id = clinic.ready(clinic.specs[number])
    assert stage.upload() == ["record", "images"]
    return clinic.study_id(clinic.specs[number]), examination_id


def asked(stage: UploadStage, page: QWidget) -> DeletionDialog:
    """The question, as soon as it is open."""
    stage.wait(lambda: any(one.isVisible() for one in page.findChildren(DeletionDialog)))
    return next(one for one in page.findChildren(DeletionDialog) if one.isVisible())


def words(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(Label) if one.isVisible())


def test_a_wrong_number_deletes_nothing_and_the_right_one_does(
    stage: UploadStage, qtbot: QtBot
) -> None:
    study_id, examination_id = confirmed(stage)
    number = stage.clinic.specs[0].accession_number
    desk = Desk(stage.context, qtbot)
    desk.open(study_id)
    desk.page._on_action("delete")
    dialog = asked(stage, desk.page)
    said = words(dialog)
    assert all(part in said for part in ("检查记录 1 份", "图像 2 幅", "报告 0 份", number))
    card = stage.clinic.record(stage.clinic.specs[0])["certno"]
    assert card not in said
    assert not dialog.act.isEnabled()
    dialog.reason.setText("传错了")
    dialog.typed.setText(f"{number}9")
    assert not dialog.act.isEnabled()
    assert "和这份检查的检查号不一样" in words(dialog)
    assert dialog.act.toolTip() == "先输入这份检查的检查号"
    dialog.typed.setText(number[:3])
    assert "和这份检查的检查号不一样" not in words(dialog)
    dialog.typed.setText(number)
    assert dialog.act.isEnabled()
    dialog.act.click()
    desk.wait(lambda: desk.lane is Lane.DELETING)
    stage.wait(lambda: stage.said("已排队：请平台删除"))
    assert stage.upload() == ["deletion"]
    desk.page._look_again()  # as an event of the engine makes it
    desk.wait(lambda: desk.lane is Lane.NOT_REQUIRED)
    assert desk.page._study.step is not None
    assert desk.page._study.step.title == "已从平台删除，不再上传"
    assert stage.clinic.deliveries(examination_id)["record"] == "not_required"
    desk.press_step()
    desk.wait(lambda: desk.lane is Lane.QUEUED)
    assert stage.upload() == ["record", "images"]
    desk.page._look_again()  # as an event of the engine makes it
    desk.wait(lambda: desk.lane is Lane.CONFIRMED)


def test_another_patients_images_end_green_under_their_own_record(
    stage: UploadStage, qtbot: QtBot
) -> None:
    clinic = stage.clinic
    study_id, wrong = confirmed(stage)
    report = clinic.take(clinic.record(clinic.specs[1]))
    right = clinic.work.examinations.of_record(report.record_ids[0])
    desk = Desk(stage.context, qtbot)
    desk.open(study_id)
    desk.page._on_action("wrong_patient")
    desk.wait(lambda: desk.page.findChild(AssignDialog))
    choosing = desk.page.findChild(AssignDialog)
    assert choosing is not None
    assert choosing.windowTitle() == "这些图像其实属于哪条检查记录？"
    desk.wait(choosing._empty.isVisible)  # the record it lies with is not offered
    choosing._search.setText(clinic.specs[1].accession_number)
    desk.wait(lambda: choosing._list.count() == 1)
    choosing._list.setCurrentRow(0)
    choosing._act.click()
    dialog = asked(stage, desk.page)
    assert "把图像归到您选的那条记录" in words(dialog)
    dialog.reason.setText("工作列表选错了人")
    dialog.typed.setText(clinic.specs[0].accession_number)
    dialog.act.click()
    desk.wait(lambda: desk.lane is Lane.DELETING)
    assert stage.upload() == ["deletion", "record", "images"]
    desk.page._look_again()  # as an event of the engine makes it
    desk.wait(lambda: desk.lane is Lane.CONFIRMED)
    assert right is not None
    assert clinic.deliveries(right) == {"record": "delivered", "images": "delivered"}
    assert clinic.deliveries(wrong)["record"] == "no_images"
    titles = [one.title for one in desk.page._study._timeline._entries]
    assert any("检查和记录对上了" in one for one in titles)


def test_a_changed_record_is_shown_as_correction(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    study_id, examination_id = confirmed(stage)
    clinic.take(clinic.record(clinic.specs[0], diagRslt="右肺上叶结节。", tel="13812342071"))
    desk = Desk(stage.context, qtbot)
    desk.open(study_id)
    section = desk.page._study._correction
    desk.wait(section.isVisible)
    said = words(section)
    assert all(part in said for part in ("诊断结果", "右肺上叶结节。", "138****2071"))
    assert "13812342071" not in said
    assert "等着按更正上传" in said
    page = QueuePage(stage.context)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    delivery = clinic.delivery(examination_id, "record")
    rows = page._desk.rows((delivery.id,))
    assert page._words.kind(rows[0]) == "检查记录更正"
    assert stage.upload() == ["record"]
    desk.page._look_again()  # as an event of the engine makes it
    desk.wait(lambda: "按更正又传了一遍" in words(section))
    assert desk.lane is Lane.CONFIRMED
    titles = [one.title for one in desk.page._study._timeline._entries]
    assert "平台已确认：检查记录的更正" in titles


@pytest.mark.parametrize("is_kept", [False, True])
def test_a_changed_certificate_is_asked_about(
    stage: UploadStage, qtbot: QtBot, is_kept: bool
) -> None:
    clinic = stage.clinic
    _, examination_id = confirmed(stage)
    old = clinic.work.examinations.frozen_index(examination_id, "guizhou")
    clinic.take(clinic.record(clinic.specs[0], certno=OTHER_CARD))
    page = NeedsFixPage(stage.context)
    page.resize(1224, 860)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    panel = page._index
    stage.wait(lambda: panel.isVisible() and panel._change is not None)
    stage.wait(lambda: "现在应该是" in words(panel))
    assert OTHER_CARD not in words(panel)
    panel._eye.click()
    stage.wait(lambda: OTHER_CARD in words(panel))
    if is_kept:
        assert panel.keep.toolTip() == "先写为什么保留"
        panel.reason.setText("平台说不用改")
        panel.keep.click()
        stage.wait(lambda: stage.said("旧索引保留"))
        assert stage.upload() == ["record"]
    else:
        page._on_primary()
        dialog = asked(stage, panel)
        dialog.reason.setText("证件号写错")
        dialog.typed.setText(clinic.specs[0].accession_number)
        dialog.act.click()
        stage.wait(lambda: stage.said("已排队：请平台删除"))
        assert stage.upload() == ["deletion", "record", "images"]
    new = clinic.work.examinations.frozen_index(examination_id, "guizhou")
    assert (new == old) is is_kept


def test_a_refused_correction_offers_to_delete_and_send_again(
    stage: UploadStage, qtbot: QtBot
) -> None:
    clinic = stage.clinic
    study_id, _ = confirmed(stage)
    clinic.break_platform("saveExamRpotImgInfo:already_exists:code=1")
    clinic.take(clinic.record(clinic.specs[0], diagRslt="改过。"))
    assert stage.upload() == ["record"]
    clinic.break_platform()
    desk = Desk(stage.context, qtbot)
    desk.open(study_id)
    desk.wait(lambda: desk.lane is Lane.FAILED)
    assert desk.page._study._box.button.text() == "删除后重发…"
    desk.press_step()
    dialog = asked(stage, desk.page)
    assert dialog.windowTitle() == "删除后重发这份检查？"
    dialog.reason.setText("平台不收更正")
    dialog.typed.setText(clinic.specs[0].accession_number)
    dialog.act.click()
    desk.wait(lambda: desk.lane is Lane.DELETING)
    assert stage.upload() == ["deletion", "record", "images"]


def test_the_queue_shows_the_decision_and_the_answer(stage: UploadStage, qtbot: QtBot) -> None:
    clinic = stage.clinic
    _, examination_id = confirmed(stage)
    clinic.work.deletion.ask(examination_id, then=AfterDeletion.HOLD, reason="传重了", actor="王工")
    page = QueuePage(stage.context)
    page.resize(1224, 860)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    delivery = clinic.delivery(examination_id, "deletion")
    page._inspector.show(delivery.id)
    facts = page._inspector.drawer._deletion
    stage.wait(facts.isVisible)
    assert all(part in words(facts) for part in ("王工", "传重了", "不再上传"))
    assert stage.upload() == ["deletion"]
    page._inspector.show(delivery.id)
    stage.wait(lambda: "平台对这个索引的回答" in words(facts))
    assert "删除数据成功" in words(facts)


def test_a_clerk_is_told_who_may(stage: UploadStage, qtbot: QtBot) -> None:
    study_id, _ = confirmed(stage)
    accounts = stage.context.services.accounts
    boss = accounts.add("王工", Role.IT, "402817")
    accounts.switch(boss.operator.id, "402817")
    clerk = accounts.add("小李", Role.CLERK, "913820")
    accounts.switch(clerk.operator.id, "913820")
    desk = Desk(stage.context, qtbot)
    desk.open(study_id)
    desk.page._on_action("delete")
    stage.wait(lambda: stage.said("从平台删除要信息科的人来做"))
    assert desk.page.findChild(DeletionDialog) is None
