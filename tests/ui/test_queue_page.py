"""上传队列 over real services: causes are read, exact numbers said before and after, a failure turns green."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hbgz_desktop.model.delivery import DeliveryState
from hbgz_desktop.model.events import Event
from hbgz_desktop.model.queue_lane import QueueLane
from hbgz_desktop.ui.cells import CELL_ROLE, BadgeCell
from hbgz_desktop.ui.pages.queue_page import QueuePage
from hbgz_desktop.ui.theme import Density
from hbgz_desktop.ui.widgets.confirm_dialog import ConfirmDialog
from hbgz_desktop.ui.widgets.group_card import GroupCard
from hbgz_desktop.ui.widgets.label import Label
from tests.operating_system import SLOWNESS
from tests.queue_rows import STATES, fill_queue
from tests.ui.upload_stage import UploadStage
from tests.unit.services.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_group_table import QueueGroupTable
    from tests.ui.conftest import Journal


@pytest.fixture
def stage(
    tmp_path: Path, data_dir: Path, context: PageContext, journal: Journal, qtbot: QtBot
) -> Iterator[UploadStage]:
    with ExitStack() as stack:
        clinic = stack.enter_context(Clinic(tmp_path, data_dir, **{"retry.max_attempts": 1}))
        yield UploadStage(clinic, context, journal, qtbot)
        assert context.tasks.drain(5000 * SLOWNESS)


class Queue:
    """The page and what a person sees and does on it."""

    def __init__(self, stage: UploadStage, qtbot: QtBot) -> None:
        self.stage = stage
        self.qtbot = qtbot
        self.page = QueuePage(stage.context)
        self.page.resize(1224, 860)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activate()
        self.rest()

    def rest(self) -> None:
        """Until chips, groups, rows and forecast have arrived."""
        page = self.page
        self.stage.wait(
            lambda: (
                page._look is not None
                and not page._is_asking
                and not page._model.is_loading
                and not page._operator.is_busy
                and all(not one.model.is_loading for one in page._groups.tables)
                and (page._selection.look is not None or not page._selection.ids)
            )
        )

    @property
    def causes(self) -> dict[str, tuple[int, str]]:
        """Title → count and who acts, of every group."""
        cards = [self.page._groups.card(key)._group for key in self.page._groups.keys]
        return {one.title: (one.count, one.detail) for one in cards}

    def open(self, title: str) -> QueueGroupTable:
        key = next(
            key for key in self.page._groups.keys
            if self.page._groups.card(key)._group.title == title
        )  # fmt: skip
        self.page._groups.open_group(key)
        table = self.page._groups.tables[-1]
        self.stage.wait(lambda: table.model.is_open and table.model.row_at(0) is not None)
        return table

    @property
    def bar(self) -> str:
        """What the selection bar says."""
        return self.page._selection.bar.accessibleName()

    def press(self) -> None:
        """The primary button."""
        primary = self.page.header.primary
        assert primary.isEnabled(), primary.toolTip()
        QTest.mouseClick(primary, Qt.MouseButton.LeftButton)
        self.rest()

    def chips(self) -> dict[str, int]:
        return dict(self.page._filter.bar.chips._counts)


def badge(table: QueueGroupTable, number: int = 0) -> str:
    """The state's word in a row."""
    cell = table.model.index(number, 1).data(CELL_ROLE)
    assert isinstance(cell, BadgeCell)
    return cell.badge.word


def test_a_failed_delivery_is_found_its_cause_read_retried_and_turns_green(
    stage: UploadStage, qtbot: QtBot
) -> None:
    """Through the real client and sockets to the sandbox platform (issue 2, section 9)."""
    clinic = stage.clinic
    platform = clinic.open_platform("saveImgFile:http_500")
    examination = clinic.ready(clinic.specs[0], images=2)
    stage.upload()
    assert clinic.delivery(examination, "images").state is DeliveryState.FAILED

    queue = Queue(stage, qtbot)
    assert queue.chips()["failed"] == 1
    title = stage.context.texts.of("platform_server_error").title
    count, who = queue.causes[title]
    assert count == 1
    assert who.startswith("平台")
    table = queue.open(title)
    assert badge(table) == "失败"
    table.model.select_all()
    queue.rest()
    assert queue.bar == "已选 1 项，1 项多半能成"
    assert queue.page.header.primary.text() == "重试选中的 1 项"

    clinic.break_platform()
    queue.press()
    assert stage.said("已重试：1 项开始上传、0 项排队、0 项跳过")
    stage.upload()
    stage.context.bridge.facts_arrived.emit(
        (Event(1, datetime.now(UTC), "x", "info", None, None, None),)
    )
    queue.rest()
    stage.wait(lambda: badge(table) == "已确认")
    assert queue.page.header.subtitle().startswith("没传完的 0 项")
    assert len(platform.images()) == 2
    queue.page.refresh()
    queue.rest()
    assert queue.page._empty.isVisible()


def test_the_drawer_shows_every_request_and_the_platforms_own_words(
    stage: UploadStage, qtbot: QtBot
) -> None:
    clinic = stage.clinic
    clinic.open_platform("saveImgFile:refused:1")
    stage.context = replace(stage.context, is_it=True)
    clinic.ready(clinic.specs[0], images=2)
    stage.upload()
    queue = Queue(stage, qtbot)
    table = queue.open(stage.context.texts.of("platform_rejected").title)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Return)
    drawer = queue.page._inspector.drawer
    stage.wait(drawer.isVisible)
    shown = drawer.shown
    assert shown is not None
    assert shown.progress.total == 2
    assert {one.outcome for one in shown.attempts} >= {"refused"}
    assert "refused" in drawer._raw.toPlainText()
    assert "再传也不会成功" in drawer._box.accessibleDescription() or drawer._action == ""
    name = clinic.specs[0].patient_name.replace("^", "")
    assert name not in [label.text() for label in drawer.findChildren(Label)]
    QTest.mouseClick(drawer._study, Qt.MouseButton.LeftButton)
    assert stage.journal.studies == [(shown.row.delivery.examination_id, 1)]
    QTest.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.isVisible()


def test_nothing_to_retry_says_why(stage: UploadStage, qtbot: QtBot) -> None:
    fill_queue(stage.clinic.work, 20, (STATES[6], STATES[7]))
    queue = Queue(stage, qtbot)
    primary = queue.page.header.primary
    assert not primary.isEnabled()
    assert primary.toolTip() == "先勾选要重试的"
    table = queue.open("内容要先改")
    table.model.select_all()
    queue.rest()
    assert queue.bar == "已选 10 项，10 项要先改内容"
    assert primary.toolTip() == "再传也不会成功，要先改内容"
    card = next(c for c in queue.page.findChildren(GroupCard) if c._group.title == "内容要先改")
    assert card._group.action == "去改这 10 项"
    queue.page._groups.action_requested.emit(queue.page._groups._groups[card._group.key])
    assert stage.journal.pages == [("needs_fix", "needs_fix")]


def test_a_cancel_of_more_than_ten_asks_and_can_be_undone(stage: UploadStage, qtbot: QtBot) -> None:
    fill_queue(stage.clinic.work, 24, (STATES[2], STATES[3]))
    queue = Queue(stage, qtbot)
    table = queue.open(stage.context.texts.of("platform_timeout_read").title)
    assert table._rest.text() == "还有 4 项…"
    QTest.mouseClick(table._all, Qt.MouseButton.LeftButton)
    queue.rest()
    assert queue.page._selection.bar._buttons["cancel"].text() == "取消 12 项…"
    queue.page._selection.cancel_requested.emit()
    (dialog,) = queue.page.window().findChildren(ConfirmDialog)
    assert dialog.windowTitle() == "取消 12 项上传？"
    QTest.mouseClick(dialog._act, Qt.MouseButton.LeftButton)
    queue.rest()
    assert stage.said("已取消 12 项")
    assert queue.chips()[QueueLane.CANCELLED.value] == 12
    assert stage.clinic.scalar("select count(*) from deliveries where state = 'cancelled'") == 12
    stage.undo()
    stage.wait(lambda: stage.said("已恢复 12 项"))
    queue.rest()
    assert queue.chips()[QueueLane.CANCELLED.value] == 0


def test_pause_and_resume_of_a_selection(stage: UploadStage, qtbot: QtBot) -> None:
    fill_queue(stage.clinic.work, 6, (STATES[2],))
    queue = Queue(stage, qtbot)
    table = queue.open(stage.context.texts.of("platform_timeout_read").title)
    table.model.select_all()
    queue.rest()
    queue.page._selection.bar.action_requested.emit("pause")
    queue.rest()
    assert stage.said("已暂停 6 项")
    queue.page.refresh()
    queue.rest()
    (card,) = (c for c in queue.page.findChildren(GroupCard) if "暂停" in c._group.title)
    assert card._group.action == "继续 6 项"
    QTest.mouseClick(card._head.button, Qt.MouseButton.LeftButton)
    stage.wait(lambda: stage.said("已继续 6 项"))
    queue.rest()
    assert queue.chips()["paused"] == 0


def test_pausing_everything_is_undone_from_the_toast(stage: UploadStage, qtbot: QtBot) -> None:
    queue = Queue(stage, qtbot)
    queue.page.header.secondary_requested.emit("pause")
    stage.wait(lambda: stage.said("已暂停全部上传"))
    queue.rest()
    assert queue.page.header.button("pause").text() == "恢复全部"
    stage.undo()
    stage.wait(lambda: not stage.clinic.work.platform_states.health("guizhou").is_paused)


def test_the_order_stands_still_until_it_is_asked_for(stage: UploadStage, qtbot: QtBot) -> None:
    work = stage.clinic.work
    fill_queue(work, 12, (STATES[0], STATES[0], STATES[7]))
    queue = Queue(stage, qtbot)
    before = queue.page._groups.keys
    ids = work.queue_control.freeze((DeliveryState.FAILED,))
    work.queue_control.pause(ids, "李敏")
    stage.context.bridge.facts_arrived.emit(work.events.since(0))
    stage.wait(queue.page._groups._changes.isVisible)
    assert queue.page._groups.keys == before
    assert queue.page._groups._changes._words.text() == "2 组有变化"
    queue.page._groups.renewal_requested.emit()
    stage.wait(lambda: not queue.page._groups._changes.isVisible())
    assert queue.page._groups.keys != before


def test_select_all_takes_everything_that_matches_the_filter(
    stage: UploadStage, qtbot: QtBot
) -> None:
    fill_queue(stage.clinic.work, 1000, (STATES[0], STATES[7]))
    queue = Queue(stage, qtbot)
    queue.page._filter.bar.chips.choose("failed")
    queue.page._filter.bar.set_value("grouping", "flat")
    stage.wait(lambda: queue.page._model.total == 500)
    queue.page._panel.view.setFocus()
    QTest.keyClick(queue.page._panel.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    queue.rest()
    assert queue.bar == "已选全部 500 项，500 项多半能成"
    assert queue.page.header.primary.text() == "重试选中的 500 项"
    queue.press()
    assert stage.said("已重试：500 项开始上传、0 项排队、0 项跳过")


def test_links_from_elsewhere_show_exactly_their_rows(stage: UploadStage, qtbot: QtBot) -> None:
    fill_queue(stage.clinic.work, 100)
    queue = Queue(stage, qtbot)
    queue.page.show_rows("counted")
    queue.rest()
    assert sum(count for count, _ in queue.causes.values()) == 20
    queue.page.show_rows("confirmed")
    stage.wait(lambda: queue.page._model.total == 10)
    queue.page.show_rows("platform_busy")
    stage.wait(lambda: queue.page._model.total == 10)
    assert queue.page._filter.line.isVisible()
    queue.page.show_rows("waiting|blocked|settlement|")
    stage.wait(lambda: [one.model.total for one in queue.page._groups.tables] == [10])


def test_the_filter_and_an_empty_answer(stage: UploadStage, qtbot: QtBot) -> None:
    fill_queue(stage.clinic.work, 90)
    queue = Queue(stage, qtbot)
    queue.page._filter.bar.search.setText("w7")
    queue.page._filter.bar.search.returnPressed.emit()
    queue.rest()
    assert sum(queue.chips()[lane] for lane in ("all", "confirmed")) == 3
    queue.page._filter.bar.search.setText("没有这个人")
    queue.page._filter.bar.search.returnPressed.emit()
    stage.wait(queue.page._empty.isVisible)
    assert "没有符合筛选的" in [label.text() for label in queue.page._empty.findChildren(Label)]
    queue.page._empty.action_requested.emit()
    stage.wait(queue.page._groups.isVisible)


def test_the_export_masks_names(stage: UploadStage, qtbot: QtBot, tmp_path: Path) -> None:
    fill_queue(stage.clinic.work, 30)
    queue = Queue(stage, qtbot)
    path = tmp_path / "队列.csv"
    queue.page._export.write(path, queue.page._filter.wanted)
    stage.wait(lambda: stage.said("已导出 27 项到 队列.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines) == 28
    assert lines[0][:3] == ["状态", "姓名", "检查号"]
    assert {line[1] for line in lines[1:]} == {"王*", "王**"}


def test_the_dense_page_has_codes_and_the_wide_one_has_none(
    stage: UploadStage, qtbot: QtBot
) -> None:
    fill_queue(stage.clinic.work, 3, (STATES[0],))
    clerk = Queue(stage, qtbot).page._model
    titles = [clerk.column(n + 1).title for n in range(clerk.columnCount() - 1)]  # type: ignore[union-attr]  # after the ticks
    assert "HTTP" not in titles
    stage.context.theme.set_density(Density.IT)
    stage.context = replace(stage.context, is_it=True)
    dense = Queue(stage, qtbot).page._model
    titles = [dense.column(n + 1).title for n in range(dense.columnCount() - 1)]  # type: ignore[union-attr]  # after the ticks
    assert "HTTP" in titles
