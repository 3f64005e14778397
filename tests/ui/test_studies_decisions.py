"""What a person decides in the drawer of 检查: newer versions of images, and how many there should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.ui.pages.studies_expected import ExpectedDialog
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from tests.ui.studies_desk import Desk
from tests.ui.study_stage import StudyStage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """Modality, RIS and uploader on the data folder."""
    return StudyStage(workplace, tmp_path / "ris")


def test_other_content_after_the_upload_is_decided_on(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """Two ways, each asked for with its exact counts; the newer ones wait in the queue after it."""
    spec = stage.specs[0]
    stage.receive(spec, images=5)
    examination_id = stage.record(spec)
    stage.deliver(examination_id)
    study_id = stage.change(spec, 2)
    desk = Desk(context, qtbot)
    desk.choose("needs_fix")
    assert desk.badges() == ["内容有变"]
    desk.open(study_id)
    box = desk.page._study._box
    assert (box.button.text(), box.other.text()) == ("补传新的 2 幅…", "保留平台上的…")
    box.other.click()
    dialog = desk.page.findChild(ConfirmDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "保留平台上的，不发新收到的 2 幅？"
    dialog._keep.click()
    desk.press_step()
    dialog = next(one for one in desk.page.findChildren(ConfirmDialog) if one.isVisible())
    assert dialog.windowTitle() == "补传新收到的 2 幅？"
    assert "另外 3 幅不重传" in dialog.accessibleDescription()
    dialog._act.click()
    desk.wait(lambda: desk.lane is Lane.QUEUED)
    assert journal.toasts[-1].text == "2 幅排队补传"
    assert not desk.page._study._box.other.isVisible()
    stage.deliver(examination_id)
    assert stage.change(spec, 1) == study_id
    desk.open(study_id)
    desk.wait(lambda: desk.lane is Lane.CHANGED)
    desk.page._on_action("keep_sent")
    dialog = next(one for one in desk.page.findChildren(ConfirmDialog) if one.isVisible())
    dialog._act.click()
    desk.wait(lambda: desk.lane is Lane.CONFIRMED)
    assert journal.toasts[-1].text == "平台上的不动，新的 1 幅留在本机"


def test_how_many_images_there_should_be_is_typed_in(
    stage: StudyStage, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    """No record says it; what the PACS shows decides between green and 缺 n 幅."""
    study_id = stage.receive(stage.specs[0], images=4)
    stage.deliver(stage.record(stage.specs[0]))
    desk = Desk(context, qtbot)
    desk.open(study_id)
    assert desk.lane is Lane.CONFIRMED
    drawer = desk.page._study
    assert drawer._expected.text() == "填应有几幅…"
    drawer._expected.click()
    dialog = desk.page.findChild(ExpectedDialog)
    assert dialog is not None
    assert not dialog._act.isEnabled(), "nothing was typed"
    dialog._number.setText("0")
    assert not dialog._act.isEnabled()
    dialog._number.setText("6")
    dialog._act.click()
    desk.wait(lambda: desk.lane is Lane.COUNT_DIFFERS)
    assert journal.toasts[-1].text == "应有几幅已记下"
    assert drawer._ledger._counts.as_tuple() == (6, 4, 4, 4)
    assert drawer._badge.badge.word == "缺 2 幅"
    drawer._expected.click()
    dialog = next(one for one in desk.page.findChildren(ExpectedDialog) if one.isVisible())
    assert dialog._number.text() == "6"
    dialog._number.clear()
    dialog._act.click()
    desk.wait(lambda: desk.lane is Lane.CONFIRMED)
    assert drawer._expected.text() == "填应有几幅…"
