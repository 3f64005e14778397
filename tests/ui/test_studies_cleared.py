"""检查: studies whose files were cleared are found, and an export says where files are."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent, QGuiApplication

from hbgz_desktop.model.deletion import AfterDeletion
from hbgz_desktop.model.views import FilesHere, StudyFilter
from hbgz_desktop.ui.pages.studies_filter import EVER
from tests.operating_system import SLOWNESS
from tests.ui.studies_desk import Desk
from tests.ui.upload_stage import UploadStage
from tests.unit.services.clinic import Clinic
from tests.unit.services.keeping import clear, grow_old

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal


@pytest.fixture
def stage(
    tmp_path: Path, data_dir: Path, context: PageContext, journal: Journal, qtbot: QtBot
) -> Iterator[UploadStage]:
    """One study cleared, one deleted at the platform, one whose deletion is asked for, one confirmed."""
    with ExitStack() as stack:
        clinic = stack.enter_context(Clinic(tmp_path, data_dir))
        clinic.open_platform()
        made = UploadStage(clinic, context, journal, qtbot)
        clinic.ready(clinic.specs[0])
        made.upload()
        grow_old(clinic)
        clear(clinic, clinic.study_id(clinic.specs[0]))
        others = [clinic.ready(one) for one in clinic.specs[1:4]]
        made.upload()
        ask = clinic.work.deletion.ask
        ask(others[0], then=AfterDeletion.HOLD, reason="传重了", actor="王工")
        made.upload()
        ask(others[1], then=AfterDeletion.HOLD, reason="传重了", actor="王工")
        yield made
        assert context.tasks.drain(5000 * SLOWNESS)
        made.context.services.viewing.close()


def test_cleared_studies_are_a_filter_of_their_own(stage: UploadStage, qtbot: QtBot) -> None:
    desk = Desk(stage.context, qtbot)
    desk.page.show_rows("all@ever")
    desk.rest()
    assert desk.page._model.total == 4
    bar = desk.page._filter.bar
    bar.set_value("files", FilesHere.CLEARED.value)
    desk.rest()
    assert desk.page._model.total == 1
    assert bar.chips._buttons["all"].text() == "全部 1"
    assert bar.chips._buttons["confirmed"].text() == "已确认 1"
    row = desk.page._model.row_at(0)
    assert row is not None
    assert row.study_id == stage.clinic.study_id(stage.clinic.specs[0])
    bar.set_value("files", FilesHere.HERE.value)
    desk.rest()
    assert desk.page._model.total == 3
    desk.page.show_rows("not_required@ever")
    desk.rest()
    assert (bar.value("files"), desk.page._model.total) == ("", 1)
    desk.page.show_rows("cleared")
    desk.rest()
    assert (bar.value("date"), desk.page._model.total) == (EVER, 1)
    assert "已清理" in desk.page._filter.summary()


def test_nothing_pretends_to_be_made_of_cleared_images(stage: UploadStage, qtbot: QtBot) -> None:
    desk = Desk(stage.context, qtbot)
    desk.open(stage.clinic.study_id(stage.clinic.specs[0]))
    pictures = desk.page._study.pictures
    (tile,) = pictures._strip._tiles.values()
    assert tile._thumbnail.reason == "本机已清理\n平台上有"
    assert not pictures._open.isEnabled()
    assert "要看请到 PACS" in pictures._open.toolTip()
    near = QEnterEvent(QPointF(), QPointF(), QPointF())
    QGuiApplication.sendEvent(pictures, near)
    assert stage.context.services.viewing.is_idle, "there is nothing to decode"
    desk.open(stage.clinic.study_id(stage.clinic.specs[3]))
    assert pictures._open.isEnabled()


def test_the_export_has_words_for_every_end(
    stage: UploadStage, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(stage.context, qtbot)
    path = tmp_path / "检查.csv"
    desk.page._export.write(path, StudyFilter())
    stage.wait(lambda: stage.said("已导出 4 份到 检查.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = {one["检查号"]: one for one in csv.DictReader(file)}
    cleared, deleted, deleting, kept = (
        lines[spec.accession_number] for spec in stage.clinic.specs[:4]
    )
    assert cleared["状态"] == kept["状态"] == "已确认"
    assert cleared["图像在哪"].startswith("图像已清理")
    assert kept["图像在哪"] == "在本机"
    assert (deleted["状态"], deleted["说明"]) == ("不用传", "已从平台删除，不再上传")
    assert (deleting["状态"], deleting["说明"]) == ("正在删除", "等平台答应删除")
