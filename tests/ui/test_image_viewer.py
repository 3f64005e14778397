"""The viewer over real processes and real files: scroll, window, invert, zoom; every pixel as computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from hbgz_desktop.model.view_frame import VoiWindow
from hbgz_desktop.services.viewing import Viewing
from hbgz_desktop.ui.viewer.frame_shader import INLINE_PIXELS
from hbgz_desktop.ui.viewer.look_control import DRAG_PX
from hbgz_desktop.ui.viewer.window_presets import CT_WINDOWS
from tests.ui.viewer_desk import FILES, ViewerDesk, ct, pixels, windowed
from tests.unit.dicom.samples import stored
from tests.unit.dicom.test_pixels import RAMP, picture_of

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


def test_scrolling_by_every_means(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series, start=3)
    desk.settle()
    assert (desk.viewer.position, desk.viewer.count) == (3, 30)
    assert np.array_equal(pixels(desk.canvas.image), windowed(3, 100, 800))
    for keys, expected in (
        ((Qt.Key.Key_Right,), 4),
        ((Qt.Key.Key_Down,), 5),
        ((Qt.Key.Key_Left, Qt.Key.Key_Up), 3),
        ((Qt.Key.Key_PageDown,), 13),
        ((Qt.Key.Key_PageUp, Qt.Key.Key_PageUp), 0),
        ((Qt.Key.Key_End,), 29),
        ((Qt.Key.Key_Right,), 29),
        ((Qt.Key.Key_Home,), 0),
    ):
        desk.key(*keys)
        assert desk.viewer.position == expected
    desk.wheel(-2)
    assert desk.viewer.position == 2
    desk.wheel(1)
    assert desk.viewer.position == 1
    desk.viewer._foot._slider.setValue(20)
    desk.settle()
    assert np.array_equal(pixels(desk.canvas.image), windowed(20, 100, 800))
    assert desk.canvas.words.position == "第 21 幅，共 30 幅"
    assert desk.canvas.words.title == "平扫"
    assert desk.viewer._foot._words.text() == desk.canvas.words.position


def test_dragging_changes_the_window_as_computed(desk: ViewerDesk, series: list[Path]) -> None:
    """Right is wider, down is darker; the same window then holds for every image."""
    desk.viewer.show_series("平扫", series)
    desk.settle()
    width, centre = 800 * (1 + 100 / DRAG_PX), 100 - 50 * 800 / DRAG_PX
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        desk.key(Qt.Key.Key_R)
        desk.drag(100, -50, button)
        assert np.array_equal(pixels(desk.canvas.image), windowed(0, centre, width))
    assert "窗位 -60 窗宽 1,120" in desk.canvas.words.look
    assert desk.viewer._bar.looks.value == "hand"
    desk.key(Qt.Key.Key_PageDown)
    desk.settle()
    assert np.array_equal(pixels(desk.canvas.image), windowed(10, centre, width))
    desk.drag(-10_000, 0)
    assert desk.viewer._looks.look.window is not None
    assert desk.viewer._looks.look.window.width == 1
    desk.key(Qt.Key.Key_0)
    assert np.array_equal(pixels(desk.canvas.image), windowed(10, 100, 800))


def test_presets_own_windows_and_automatic(desk: ViewerDesk, series: list[Path]) -> None:
    desk.viewer.show_series("平扫", series)
    desk.settle()
    for number, (key, window) in enumerate(CT_WINDOWS.items()):
        desk.key(Qt.Key(Qt.Key.Key_1 + number))
        expected = windowed(0, window.centre, window.width)
        assert np.array_equal(pixels(desk.canvas.image), expected)
        assert desk.viewer._bar.looks.value == f"ct:{key}"
    desk.key(Qt.Key.Key_W)
    assert np.array_equal(pixels(desk.canvas.image), windowed(0, 100, 800))
    desk.key(Qt.Key.Key_W)
    assert np.array_equal(pixels(desk.canvas.image), windowed(0, 500, 2000))
    desk.key(Qt.Key.Key_A)
    automatic = pixels(desk.canvas.image)
    assert automatic.min() == 0
    assert automatic.max() == 255
    assert desk.viewer._bar.looks.value == "auto"
    desk.viewer._bar.looks.set_value("ct:lung")
    assert np.array_equal(pixels(desk.canvas.image), windowed(0, -600, 1500))


def test_inversion_of_both_kinds_of_grey(desk: ViewerDesk, tmp_path: Path) -> None:
    plain = ct(tmp_path / "a", 1)
    other = ct(tmp_path / "b", 1, PhotometricInterpretation="MONOCHROME1")
    desk.viewer.show_series("平扫", [plain, other])
    desk.settle()
    expected = windowed(1, 100, 800)
    desk.key(Qt.Key.Key_I)
    assert np.array_equal(pixels(desk.canvas.image), 255 - expected)
    assert desk.viewer._bar.invert.isChecked()
    desk.key(Qt.Key.Key_Right)
    desk.settle()
    assert np.array_equal(pixels(desk.canvas.image), expected)
    desk.key(Qt.Key.Key_I)
    assert np.array_equal(pixels(desk.canvas.image), 255 - expected)
    assert not desk.viewer._bar.invert.isChecked()


def test_padding_stays_black_when_inverted(desk: ViewerDesk, tmp_path: Path) -> None:
    values = RAMP.copy()
    values[:10] = 4000
    ds = picture_of(values, WindowCenter=1000, WindowWidth=1000)
    ds.add_new(0x00280120, "US", 4000)
    desk.viewer.show_series("CR", [stored(tmp_path / "a.dcm", ds)])
    desk.settle()
    assert not pixels(desk.canvas.image)[:10].any()
    desk.key(Qt.Key.Key_I)
    assert not pixels(desk.canvas.image)[:10].any()
    assert (pixels(desk.canvas.image)[10:12, :10] == 255).all()


def test_zoom_and_place(desk: ViewerDesk, series: list[Path]) -> None:
    """The point under the pointer stays; a picture cannot be lost out of sight."""
    desk.viewer.show_series("平扫", series)
    desk.settle()
    canvas = desk.canvas
    assert canvas.is_fitted
    box = canvas.picture_rect()
    assert min(canvas.width() - box.width(), canvas.height() - box.height()) == pytest.approx(0)
    assert box.width() / box.height() == pytest.approx(400 / 300)
    desk.key(Qt.Key.Key_Z)
    assert canvas.zoom * canvas.devicePixelRatioF() == pytest.approx(canvas.devicePixelRatioF())
    assert "100 %" in canvas.words.look
    spot = QPointF(250, 200)
    before = canvas.picture_rect()
    part = (spot.x() - before.left()) / before.width()
    canvas.set_zoom(3.0, spot)
    after = canvas.picture_rect()
    assert (spot.x() - after.left()) / after.width() == pytest.approx(part)
    desk.wheel(1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.zoom == pytest.approx(3.75)
    assert desk.viewer.position == 0
    left = canvas.picture_rect().left()
    desk.drag(40, 10, Qt.MouseButton.MiddleButton)
    assert canvas.picture_rect().left() == pytest.approx(left + 40)
    desk.drag(-15, 0, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.picture_rect().left() == pytest.approx(left + 25)
    desk.viewer._bar._tools.set_value("move")
    desk.drag(100_000, 0)
    assert canvas.picture_rect().left() < canvas.width()
    desk.key(Qt.Key.Key_F)
    assert canvas.is_fitted
    assert canvas.picture_rect() == box
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert canvas.zoom == pytest.approx(1.0)
    desk.key(Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_R)
    assert canvas.is_fitted


def test_pixels_that_are_not_square_are_shown_in_proportion(
    desk: ViewerDesk, tmp_path: Path
) -> None:
    path = stored(tmp_path / "a.dcm", picture_of(RAMP, PixelSpacing=[1.0, 0.5]))
    desk.viewer.show_series("US", [path])
    desk.settle()
    box = desk.canvas.picture_rect()
    assert box.width() / box.height() == pytest.approx(400 / 600)


def test_a_large_film_is_fetched_fine_only_when_zoomed(desk: ViewerDesk, tmp_path: Path) -> None:
    """And is shaded on a pool thread; the words wait for nothing."""
    side = 2600
    large = np.add.outer(np.arange(side), np.arange(side)).astype("<u2")
    desk.viewer.show_series("CR", [stored(tmp_path / "a.dcm", picture_of(large))])
    desk.settle()
    shown = desk.viewer._shown
    assert shown is not None
    assert not shown.is_full
    assert shown.serves(desk.canvas.wanted_side())
    desk.key(Qt.Key.Key_Z)
    desk.wait(lambda: desk.canvas._frame is not None and desk.canvas._frame.is_full)
    assert side * side > INLINE_PIXELS
    assert desk.canvas.image is not None
    assert desk.canvas.image.width() == side
    low, high = 1000, 3000
    desk.viewer._looks.choose("auto")
    desk.viewer._looks.begin_drag(desk.viewer._shown or shown)
    desk.viewer._looks._drag_window = VoiWindow((low + high) / 2, high - low + 1)
    desk.viewer._looks.drag(shown, 0, 0)
    expected = (np.clip((large - (low - 0.5)) / (high - low), 0, 1) * 255 + 0.5).astype(np.uint8)
    desk.wait(lambda: np.array_equal(pixels(desk.canvas.image), expected))


def test_colour_is_not_windowed(desk: ViewerDesk) -> None:
    desk.viewer.show_series("US", [FILES / "examples_rgb_color.dcm"])
    desk.settle()
    image = desk.canvas.image
    assert image is not None
    before = image.copy()
    desk.drag(100, 100)
    desk.key(Qt.Key.Key_1)
    assert desk.canvas.image == before
    assert not desk.viewer._bar.looks.isEnabled()
    assert desk.canvas.words.look.endswith("%")
    assert "窗" not in desk.canvas.words.look
    desk.key(Qt.Key.Key_I)
    inverted = desk.canvas.image
    assert inverted is not None
    assert inverted.pixelColor(3, 3).red() == 255 - before.pixelColor(3, 3).red()
