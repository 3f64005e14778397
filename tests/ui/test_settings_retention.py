"""保留与磁盘 over real services: what lies here, what could go, and 立即清理 with its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from hbgz_desktop.ui.pages.settings_page import SettingsPage
from hbgz_desktop.ui.pages.settings_retention import RetentionSection
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from tests.long_ago import grow_old
from tests.ui.study_stage import StudyStage
from tests.ui.windows import shown

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal


def words(section: RetentionSection) -> str:
    labels = section._card.findChildren(QLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(section))


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """Two confirmed studies of long ago, and one that has no record."""
    made = StudyStage(workplace, tmp_path / "stage")
    for spec in made.specs[:2]:
        made.receive(spec)
        examination_id = made.record(spec)
        made.deliver(examination_id)
        workplace.planner.advance(examination_id)
    grow_old(workplace)
    made.receive(made.specs[2])
    return made


@pytest.fixture
def section(context: PageContext, stage: StudyStage, qtbot: QtBot) -> RetentionSection:
    """The section, as a person opens it."""
    page = SettingsPage(context)
    window = shown(qtbot, page)
    window.resize(1224, 900)
    page.activate()
    qtbot.waitUntil(lambda: page._drafts.form("storage") is not None)
    page.show_rows("storage")
    found = page.findChild(RetentionSection)
    assert isinstance(found, RetentionSection)
    qtbot.waitUntil(lambda: "本机有图像" in words(found))
    return found


def asked(section: RetentionSection, qtbot: QtBot) -> ConfirmDialog:
    """Press the button and wait for its question."""
    section._clear.click()
    window = section.window()
    qtbot.waitUntil(lambda: window.findChild(ConfirmDialog) is not None)
    dialog = window.findChild(ConfirmDialog)
    assert isinstance(dialog, ConfirmDialog)
    return dialog


def files(workplace: Workplace) -> list[str]:
    with workplace.database.read() as connection:
        sql = "select file_state from instances where study_id < 3 order by id"
        return list(connection.exec_driver_sql(sql).scalars())


def test_it_says_how_the_disk_stands(section: RetentionSection) -> None:
    said = words(section)
    assert "本机有图像 3 份" in said
    assert "按保留天数现在能清 2 份" in said
    assert "自动清理关着" in said
    assert "没有检查记录 1 份" in said
    assert "还没有清理过" in said


def test_nothing_goes_before_the_question_is_answered(
    section: RetentionSection, workplace: Workplace, qtbot: QtBot
) -> None:
    dialog = asked(section, qtbot)
    assert dialog.windowTitle() == f"从本机清理 {len(files(workplace))} 幅图像？"
    assert "确认满 180 天" in dialog.accessibleDescription()
    assert "另有 1 份" in dialog.accessibleDescription()
    dialog.reject()
    assert set(files(workplace)) == {""}


def test_a_person_clears_what_the_question_said(
    section: RetentionSection, workplace: Workplace, journal: Journal, qtbot: QtBot
) -> None:
    dialog = asked(section, qtbot)
    with qtbot.waitSignal(section.loaded):
        dialog._act.click()
    assert set(files(workplace)) == {"cleared"}
    assert "清理了 2 份" in journal.toasts[-1].text
    assert "上次清理" in words(section)
    assert "按保留天数现在没有要清的" in words(section)
    section._clear.click()
    qtbot.waitUntil(lambda: "没有可以清理的" in journal.toasts[-1].text)
