"""What need not go on the screen: its own lane and words, never red; the preview; the index code in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.worklist import Lane
from hbgz_desktop.ui.lane_badges import lane_badge
from hbgz_desktop.ui.pages.queue_page import QueuePage
from hbgz_desktop.ui.pages.settings_form import SCOPE_TEST
from hbgz_desktop.ui.pages.settings_page import SettingsPage
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.verdict import judge, segment_counts
from hbgz_desktop.ui.widgets.label import Label
from tests.ui.studies_desk import Desk
from tests.ui.study_stage import StudyStage
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """A confirmed CT, an ultrasound with a record and one without; ultrasound does not go."""
    stage = StudyStage(workplace, tmp_path / "ris")
    workplace.settings_file.set("guizhou.upload_ultrasound", False)
    workplace.settings.look_now()
    stage.receive(stage.specs[0])
    stage.deliver(stage.record(stage.specs[0]))
    stage.receive(replace(stage.specs[1], modality="US"))
    stage.record(stage.specs[1], imgExamType="4")
    study_id = stage.receive(replace(stage.specs[2], modality="US"))
    workplace.matching.match_study(study_id)
    return stage


def test_it_has_a_lane_of_its_own_that_is_no_state(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    desk = Desk(context, qtbot)
    desk.choose("not_required")
    assert desk.badges() == ["不用传", "不用传"]
    assert lane_badge(Lane.NOT_REQUIRED).icon == "state_neutral"
    desk.choose("open")
    assert desk.page._model.total == 0
    snapshot = context.services.snapshot()
    assert snapshot.waiting == 0
    assert segment_counts(snapshot)["not_required"] == 2
    assert sum(segment_counts(snapshot).values()) == snapshot.total == 3
    engine = replace(snapshot.engine, is_alive=True, receiver_state="listening")
    verdict = judge(replace(snapshot, engine=engine))
    assert verdict.tone is Tone.OK
    assert verdict.sentence == "一切正常。今天 3 份：1 份已确认，2 份按设置不用传。"


def test_the_drawer_says_by_which_rule(
    stage: StudyStage, context: PageContext, workplace: Workplace, qtbot: QtBot
) -> None:
    desk = Desk(context, qtbot)
    found = workplace.examinations.study(2)
    assert found is not None
    desk.open(found.id)
    assert desk.lane is Lane.NOT_REQUIRED
    said = desk.all_text()
    assert "超声不上传（设置）" in said
    assert "设置里没有打开“超声也上传”" in said
    drawer = desk.page._study
    assert "已发 0 不用传" in drawer._ledger.accessibleName()
    assert drawer._index.isHidden(), "what is not sent has no index"


def test_the_queue_groups_it_by_its_rule(
    stage: StudyStage, context: PageContext, qtbot: QtBot
) -> None:
    page = QueuePage(context)
    shown(qtbot, page)
    page.show_rows("not_required")
    page.activate()
    qtbot.waitUntil(
        lambda: any(
            "超声不上传（设置）" in one.text()
            for one in page.findChildren(Label)
            if one.isVisible()
        )
    )


def test_the_settings_count_what_would_not_go_before_anything_is_saved(
    stage: StudyStage, context: PageContext, workplace: Workplace, qtbot: QtBot
) -> None:
    page = SettingsPage(context)
    shown(qtbot, page)
    page.activate()
    qtbot.waitUntil(lambda: page._drafts.form("guizhou") is not None)
    form = page._drafts.form("guizhou")
    assert form is not None
    row = form.row(SCOPE_TEST)

    def counted(words: str) -> None:
        row._test.click()
        qtbot.waitUntil(lambda: row._result.text().endswith(words))

    counted("最近 30 天的 3 份里有 2 份不传：超声 2")
    QTest.mouseClick(form.editor(SCOPE_TEST).widget, Qt.MouseButton.LeftButton)
    counted("最近 30 天的 3 份都要传")
    form.editor("guizhou.skip_modalities").set_value(["US"])
    counted("设备类型 2")
    form.editor("guizhou.skip_modalities").set_value(["x" * 200])
    counted("先改好再算")
    assert workplace.settings().guizhou.upload_ultrasound is False


def test_the_index_is_masked_until_it_is_revealed_and_only_then_copied(
    stage: StudyStage, context: PageContext, workplace: Workplace, qtbot: QtBot
) -> None:
    desk = Desk(context, qtbot)
    desk.open(1)
    section = desk.page._study._index
    code = workplace.examinations.get(1).index_codes["guizhou"]  # type: ignore[union-attr]  # it is there
    number = code.split("-")[1]

    def said() -> str:
        labels = section.findChildren(Label)
        return "\n".join(one.text() for one in labels if not one.isHidden())

    assert "居民身份证" in said()
    assert number not in said()
    assert not section._copy.isEnabled()
    assert "没有含义，现阶段用 0 代替" in said()
    section._eye.click()
    assert number in said()
    qtbot.waitUntil(lambda: _revealed(workplace) == 1)
    section._copy.click()
    assert QGuiApplication.clipboard().text() == code
    section._eye.click()
    assert number not in said()
    section._eye.click()
    desk.page._study.set_reveal_allowed(is_allowed=False)
    assert number not in said()
    assert not section._eye.isEnabled()


def _revealed(workplace: Workplace) -> int:
    return workplace.audit.count(AuditFilter(actions=("identity_revealed",)))
