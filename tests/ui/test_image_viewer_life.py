"""The viewer while files arrive, fail and go: frames, series, dead processes, and nothing left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from hbgz_desktop.model.view_frame import SeriesToView, ViewFrame
from hbgz_desktop.services.viewing import Viewing
from hbgz_desktop.ui.widgets.button import Button
from tests.ui.viewer_desk import FILES, LIMIT_MS, ViewerDesk, ct, pixels, view_workers, windowed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext


@pytest.fixture
def desk(context: PageContext, services: ConsoleServices, qtbot: QtBot) -> Iterator[ViewerDesk]:
    """A viewer whose processes end at once when nothing is shown."""
    services.viewing = Viewing(linger_s=0.0)
    yield ViewerDesk(context, qtbot)
    services.viewing.close()


@pytest.fixture
def series(tmp_path: Path) -> list[Path]:
    """Thirty CT images."""
    return [ct(tmp_path / "ct", number) for number in range(30)]


def test_a_file_of_several_frames_takes_several_places(
    desk: ViewerDesk, series: list[Path]
) -> None:
    """What is looked at stays when files before it turn out longer."""
    multi = FILES / "rtdose.dcm"
    desk.viewer.show_series("剂量", [multi, series[0]], start=1)
    desk.wait(lambda: desk.viewer.count == 16)
    desk.settle()
    assert desk.viewer.position == 15
    assert np.array_equal(pixels(desk.canvas.image), windowed(0, 100, 800))
    desk.key(Qt.Key.Key_Left)
    desk.settle()
    assert isinstance(desk.viewer._shown, ViewFrame)
    assert desk.viewer._shown.frames == 15


def test_an_image_that_cannot_be_shown_says_why(desk: ViewerDesk, series: list[Path]) -> None:
    paths = [
        series[0],
        FILES / "MR_truncated.dcm",
        FILES / "test-SR.dcm",
        series[0].with_name("missing.dcm"),
        series[1],
    ]
    desk.viewer.show_series("混合", paths)
    desk.settle()
    desk.viewer.choose_look("ct:lung")
    bar = desk.viewer._bar
    assert (bar.looks.value, bar.looks.isEnabled()) == ("ct:lung", True)
    for words in ("不完整", "没有图像", "已不在本机"):
        desk.key(Qt.Key.Key_Right)
        desk.settle()
        assert desk.canvas.words.is_failure
        assert words in desk.canvas.words.message[1]
        assert desk.canvas.image is None
        assert (bar.looks.value, bar.looks.isEnabled()) == ("own:0", False)
        assert not bar.invert.isEnabled()
    desk.key(Qt.Key.Key_Right)
    desk.settle()
    assert np.array_equal(pixels(desk.canvas.image), windowed(1, -600, 1500))
    assert desk.canvas.words.message == ("", "")
    assert (bar.looks.value, bar.looks.isEnabled()) == ("ct:lung", True)
    assert bar.invert.isEnabled()


def test_the_tools_on_the_bar_are_of_one_height(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series)
    desk.settle()
    bar = desk.viewer._bar
    words = [one for one in bar.findChildren(Button) if one.text()]
    heights = {one.height() for one in (bar.looks, bar._tools, *words)}
    assert heights == {desk.viewer._context.theme.control_height}


def test_processes_are_ready_before_the_first_image_is_asked_for(
    desk: ViewerDesk, services: ConsoleServices, series: list[Path]
) -> None:
    services.viewing = Viewing(linger_s=30.0)
    services.viewing.prepare()
    desk.wait(lambda: len(view_workers()) == 2)
    before = {one.pid for one in view_workers()}
    desk.viewer.show_series("平扫", series)
    desk.settle()
    assert {one.pid for one in view_workers()} == before


@pytest.mark.kill
def test_a_killed_process_is_replaced(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series[:1])
    desk.settle()
    for one in view_workers():
        one.kill()
        one.wait(10)
    desk.viewer.append_paths(series[1:])
    desk.viewer.go_to(25)
    desk.settle()
    assert not desk.canvas.words.is_failure
    assert np.array_equal(pixels(desk.canvas.image), windowed(25, 100, 800))


@pytest.mark.kill
def test_a_decoder_that_hangs_costs_one_image(
    context: PageContext, services: ConsoleServices, qtbot: QtBot, series: list[Path]
) -> None:
    services.viewing = Viewing(linger_s=30.0)
    services.viewing.prepare()
    desk = ViewerDesk(context, qtbot)
    desk.wait(lambda: len(view_workers()) == 2)
    desk.viewer.show_series("平扫", series[:2])
    desk.wait(lambda: desk.viewer._open is not None and desk.viewer._open.frame_at(1) is not None)
    services.viewing.frame_limit_s = 1.0
    hung = view_workers()
    for one in hung:
        one.suspend()
    desk.viewer.append_paths(series[2:4])
    desk.viewer.go_to(2)
    desk.wait(lambda: desk.canvas.words.is_failure)
    assert "用时太长" in desk.canvas.words.message[1]
    services.viewing.frame_limit_s = 20.0
    for one in view_workers():
        if one in hung:  # the one that was not asked
            one.resume()
    desk.viewer.append_paths(series[4:5])
    desk.key(Qt.Key.Key_End)
    desk.settle()
    assert np.array_equal(pixels(desk.canvas.image), windowed(4, 100, 800))


def test_images_arrive_while_it_is_open(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("他院", [])
    assert desk.canvas.words.message[0] == "还没有图像"
    desk.viewer.append_paths(series[:2])
    desk.settle()
    assert desk.viewer.count == 2
    desk.key(Qt.Key.Key_Right)
    desk.viewer.append_paths(series[2:5])
    assert (desk.viewer.position, desk.viewer.count) == (1, 5)
    desk.settle()
    assert np.array_equal(pixels(desk.canvas.image), windowed(1, 100, 800))


def test_leaving_frees_the_processes(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series)
    desk.settle()
    assert view_workers()
    with desk.qtbot.waitSignal(desk.viewer.closed, timeout=LIMIT_MS):
        desk.key(Qt.Key.Key_Escape)
    assert not desk.viewer.isVisible()
    assert desk.canvas.image is None
    desk.wait(lambda: not view_workers())
    desk.wait(lambda: desk.viewer._context.services.viewing.is_idle)
    desk.viewer.show_series("平扫", series)
    desk.settle()
    assert desk.canvas.image is not None


def test_series_at_the_side(desk: ViewerDesk, series: list[Path], tmp_path: Path) -> None:
    """A picture each; the look of one does not follow into the other."""
    other = [ct(tmp_path / "other", 7)]
    study = [
        SeriesToView("1", "平扫", tuple(series)),
        SeriesToView("2", "增强", tuple(other)),
        SeriesToView("3", "报告", (FILES / "test-SR.dcm",)),
    ]
    desk.viewer.show_study(study, 1)
    desk.settle()
    assert desk.canvas.words.title == "增强"
    assert np.array_equal(pixels(desk.canvas.image), windowed(7, 100, 800))
    tiles = desk.viewer._rail._strip._tiles
    desk.wait(lambda: tiles["1"]._thumbnail.image and tiles["2"]._thumbnail.image)
    desk.wait(lambda: tiles["3"]._thumbnail.reason == "不能显示")
    assert [tile.isChecked() for tile in tiles.values()] == [False, True, False]
    desk.key(Qt.Key.Key_I)
    desk.key(Qt.Key.Key_BracketLeft)
    desk.settle()
    assert desk.canvas.words.title == "平扫"
    assert np.array_equal(pixels(desk.canvas.image), windowed(0, 100, 800))
    tiles["2"].click()
    desk.settle()
    assert desk.canvas.words.title == "增强"
    desk.viewer.show_series("一个", series)
    assert not desk.viewer._rail.isVisible()


def test_playing_goes_round(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series[:4], start=2)
    desk.settle()
    desk.viewer._foot._rate.set_value("30")
    desk.key(Qt.Key.Key_Space)
    assert desk.is_playing()
    seen: set[int] = set()

    def went_round() -> bool:
        seen.add(desk.viewer.position)
        return seen == {0, 1, 2, 3}

    desk.wait(went_round)
    desk.key(Qt.Key.Key_Space)
    assert not desk.is_playing()
    desk.viewer.show_series("一幅", series[:1])
    desk.settle()
    desk.key(Qt.Key.Key_Space)
    assert not desk.is_playing()


def test_the_keys_are_explained(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series)
    desk.key(Qt.Key.Key_Question)
    assert desk.viewer._keys.isVisible()
    desk.key(Qt.Key.Key_Escape)
    assert not desk.viewer._keys.isVisible()
    assert desk.viewer.isVisible()
    for child in desk.viewer.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
            described = getattr(child, "text", str)() or child.accessibleName()
            assert described, child


def test_it_grows_with_its_page(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series)
    desk.settle()
    desk.page.resize(1200, 800)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert desk.viewer.size() == desk.page.size()
