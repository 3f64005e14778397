"""Ctrl+K: a patient found from any page, by keyboard alone, without a name on the screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from hbgz_desktop.ui.patient_search import MOST, PatientSearch
from tests.ui.study_stage import StudyStage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

LIMIT_MS = 8000


@pytest.fixture
def stage(workplace: Workplace, tmp_path: Path) -> StudyStage:
    """Twelve people, one of whom is 欧阳娜."""
    stage = StudyStage(workplace, tmp_path / "ris")
    for number, spec in enumerate(stage.specs[:12]):
        name = "欧阳^娜" if number == 4 else f"王^{'一二三四五六七八九十甲乙'[number]}"
        pid = "Z7781" if number == 4 else f"Q{number}"
        stage.receive(
            replace(spec, patient_name=name, patient_id=pid, accession_number=f"ACC-{number:04d}"),
            images=1,
        )
    return stage


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with a field that has the focus."""
    window = QWidget()
    window.resize(1180, 720)
    QLineEdit(window).setObjectName("before")
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def search(context: PageContext, window: QWidget) -> PatientSearch:
    """The search over that window."""
    return PatientSearch(context, window)


def find(search: PatientSearch, qtbot: QtBot, text: str, count: int) -> None:
    """Type and wait until so many lines are there."""
    search._field.clear()
    QTest.keyClicks(search._field, text)
    qtbot.waitUntil(
        lambda: not search._pause.isActive() and len(search.rows) == count, timeout=LIMIT_MS
    )


@pytest.mark.parametrize("text", ["欧阳娜", "ouyangna", "OYN", "acc-0004", "Z7781", "欧阳 娜"])
def test_every_way_to_a_patient(
    stage: StudyStage, search: PatientSearch, qtbot: QtBot, text: str
) -> None:
    """Name, pinyin, initials, accession number, patient id."""
    search.open_search()
    search._field.setText(text)  # an input method delivers Chinese whole
    qtbot.waitUntil(lambda: len(search.rows) == 1, timeout=LIMIT_MS)
    line = search._lines[0]
    assert line._who.startswith("欧阳*")
    assert "娜" not in line.accessibleName() + line._what + line._who


def test_eight_at_most_and_it_says_so(
    stage: StudyStage, search: PatientSearch, qtbot: QtBot
) -> None:
    """Newest first."""
    search.open_search()
    find(search, qtbot, "wang", MOST)
    assert "只列最新的 8 份" in search._hint.text()
    moments = [row.at for row in search.rows]
    assert moments == sorted(moments, reverse=True)


def test_keyboard_alone_opens_a_study(
    stage: StudyStage, search: PatientSearch, journal: Journal, qtbot: QtBot
) -> None:
    """↓ ↓ ↑ Enter: the second line."""
    search.open_search()
    find(search, qtbot, "wang", MOST)
    second = search.rows[1]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(search._field, key)
    assert journal.studies == [(0, second.study_id)]
    assert not search.isVisible()
    assert search._field.text() == ""


def test_enter_before_the_answer_opens_the_first_when_it_comes(
    stage: StudyStage, search: PatientSearch, journal: Journal, qtbot: QtBot
) -> None:
    """A quick person, or a bar code reader."""
    search.open_search()
    QTest.keyClicks(search._field, "acc-0004")
    QTest.keyClick(search._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(journal.studies) == 1, timeout=LIMIT_MS)
    assert not search.isVisible()


def test_nothing_found_says_what_to_try(
    stage: StudyStage, search: PatientSearch, qtbot: QtBot
) -> None:
    """And Enter does nothing."""
    search.open_search()
    QTest.keyClicks(search._field, "nobody")
    qtbot.waitUntil(lambda: "没有找到" in search._hint.text(), timeout=LIMIT_MS)
    QTest.keyClick(search._field, Qt.Key.Key_Return)
    assert search.isVisible()


def test_esc_and_a_click_beside_go_back(
    search: PatientSearch, window: QWidget, qtbot: QtBot
) -> None:
    """The panel covers the window and follows its size."""
    search.open_search()
    window.resize(1300, 800)
    assert search.size() == window.size()
    QTest.keyClick(search._field, Qt.Key.Key_Escape)
    assert not search.isVisible()
    search.open_search()
    QTest.mouseClick(search, Qt.MouseButton.LeftButton, pos=QPoint(5, window.height() - 5))
    assert not search.isVisible()


def test_a_late_answer_to_an_older_question_is_dropped(
    stage: StudyStage, search: PatientSearch, qtbot: QtBot
) -> None:
    """What stands in the field decides."""
    search.open_search()
    find(search, qtbot, "oyn", 1)
    search._field.setText("nobody")
    search._on_found(("oyn", search.rows))
    qtbot.waitUntil(lambda: search.rows == (), timeout=LIMIT_MS)
