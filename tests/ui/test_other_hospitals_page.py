"""跨院调阅 by the keyboard, over real services and the simulated platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.other_hospitals import ImagesState
from hbgz_desktop.sandbox.faults import FaultKind, FaultRule
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.ui.pages.other_hospitals_page import HOSTS_KEY, OtherHospitalsPage
from tests.outside_stage import person, platform_at, set_up
from tests.ui.hebei_desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
    from hbgz_desktop.services.console import ConsoleServices
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal

GET = "queryImgCahe"
"""2.8, as the simulated platform's faults name it."""


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[GuizhouPlatform]:
    with platform_at(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def workplace(data_dir: Path, platform: GuizhouPlatform) -> Iterator[Workplace]:
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.base_url)
        yield work


@pytest.fixture
def viewing(services: ConsoleServices) -> Iterator[None]:
    """The processes that decode end with the test."""
    yield
    services.viewing.close()


class Looking(Desk):
    """The page with what a person sees of it."""

    page: OtherHospitalsPage

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        self.opened: list[str] = []
        super().__init__(OtherHospitalsPage(context, open_address=self._open), qtbot)
        self.wait(self.page._start.form.reason.hasFocus)

    def _open(self, address: str) -> bool:
        self.opened.append(address)
        return True

    def fill(self, number: int = 0) -> None:
        """Reason by arrow key, then a scanned card."""
        self.key(Qt.Key.Key_Down)
        self.page._start.form.scanner.scanned.emit(person(number).cert_no)
        self.page._start.form.range.set_value("all")

    def ask(self) -> None:
        """Ctrl+Enter, and the platform's answer."""
        self.primary()
        self.wait(lambda: not self.page._is_busy)

    def choose(self, exam_date: str) -> None:
        """Put the cursor on an examination and open its drawer by Enter."""
        rows = self.page._results.list
        wanted = next(one for one in rows.rows if one.exam.exam_date == exam_date)
        self.wait(lambda: rows.panel.view.go_to(wanted.id))
        rows.panel.view.setFocus()
        self.enter()
        self.wait(lambda: self.page._images._last is not None and not self.page._images._is_looking)

    def has(self, state: ImagesState) -> bool:
        """Whether this can be had of the images of the drawer's examination."""
        row = self.page._drawer.row
        return row is not None and row.images is state

    def drawn(self, position: int) -> bytes:
        """What the viewer shows at a position, as painted; its words in the corners left out."""
        viewer = self.page._images.viewer
        canvas = viewer._canvas
        self.wait(lambda: viewer.position == position)
        self.wait(lambda: self._is_painted(position))
        middle = canvas.picture_rect().toAlignedRect()
        middle.adjust(middle.width() // 4, middle.height() // 4, -middle.width() // 4, 0)
        middle.setHeight(middle.height() // 2)
        painted = canvas.grab(middle).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        pixels = bytes(painted.constBits())
        assert max(pixels) - min(pixels) > 20, "a picture, not an even ground"
        return pixels

    def _is_painted(self, position: int) -> bool:
        viewer = self.page._images.viewer
        wanted = viewer._open.frame_at(position) if viewer._open is not None else None
        return wanted is not None and viewer._canvas._frame is wanted

    def actions(self) -> list[str]:
        """The audit trail, oldest first."""
        services = self.page._context.services
        return [row.action for row in reversed(services.audit.page(AuditFilter()))]


@pytest.fixture
def desk(context: PageContext, qtbot: QtBot, viewing: None) -> Iterator[Looking]:
    looking = Looking(context, qtbot)
    yield looking
    looking.page._images.viewer.leave()


def test_from_the_reason_to_the_viewer(desk: Looking, platform: GuizhouPlatform) -> None:
    desk.fill()
    desk.ask()
    assert "查到 4 份" in desk.page.header.subtitle()
    assert "3 家医院" in desk.page.header.subtitle()
    desk.choose("2026-03-02")
    assert desk.has(ImagesState.FETCHABLE)
    assert desk.page.header.primary.text() == "取回图像"
    platform.faults.add(FaultRule(FaultKind.TIMEOUT, GET, after=6))
    desk.primary()
    pictures = desk.page._images._pictures
    desk.wait(lambda: any(not isinstance(one, str) for one in pictures.values()))
    assert desk.page._images.runner.is_busy
    assert desk.has(ImagesState.PARTLY)
    platform.faults.clear()
    platform.faults.release()
    desk.wait(lambda: desk.has(ImagesState.CACHED) and not desk.page._images.runner.is_busy)
    desk.wait(lambda: "24 幅都取回来了" in desk.words())
    assert desk.page.header.primary.text() == "看图 24 幅"
    desk.primary()
    viewer = desk.page._images.viewer
    desk.wait(lambda: viewer.isVisible() and viewer.count == 12)
    first = desk.drawn(0)
    desk.key(Qt.Key.Key_Down)
    second = desk.drawn(1)
    desk.key(Qt.Key.Key_End)
    last = desk.drawn(11)
    assert len({first, second, last}) == 3
    desk.key(Qt.Key.Key_Escape)
    assert not viewer.isVisible()
    assert desk.actions() == ["outside_searched", "outside_fetched", "outside_viewed"]


def test_nothing_is_asked_before_the_reason_is_given(
    desk: Looking, platform: GuizhouPlatform
) -> None:
    desk.page._start.form.scanner.scanned.emit(person().cert_no)
    assert desk.page._start.form.reason.hasFocus()
    desk.primary()
    assert "请先选为什么看" in desk.words()
    assert platform.requests() == ()
    desk.page._start.form.reason.set_key("other")
    assert desk.focus is desk.page._start.form.own_reason
    desk.keys(person().cert_no)
    desk.primary()
    assert "原因里不要写姓名和证件号" in desk.words()
    assert platform.requests() == ()


def test_names_are_masked_until_the_eye_is_pressed(desk: Looking) -> None:
    desk.fill()
    desk.ask()
    desk.choose("2026-03-02")
    whom = person()
    assert whom.cert_no not in desk.words()
    assert whom.name not in desk.words()
    desk.page._results._person._eye.click()
    assert whom.cert_no in desk.words()
    desk.wait(lambda: "identity_revealed" in desk.actions())
    desk.page.set_privacy(is_hidden=True)
    assert whom.cert_no not in desk.words()


def test_nothing_in_this_range_offers_a_wider_one(desk: Looking, platform: GuizhouPlatform) -> None:
    desk.fill(3)
    desk.page._start.form.range.set_value("other")
    desk.page._start.form.begin.setDate(desk.page._start.form.end.date())
    desk.ask()
    assert "这段时间里，其他医院没有这位患者的检查" in desk.words()
    desk.page._results._box.button.click()
    desk.wait(lambda: len(desk.page._results.list.rows) == 1)
    assert "全部日期" in desk.words()
    assert len(platform.requests()) == 2


def test_a_platform_that_is_away_is_said_with_what_to_do(
    desk: Looking, platform: GuizhouPlatform
) -> None:
    platform.stop()
    desk.fill()
    desk.ask()
    assert "没有查到，平台没有给结果" in desk.words()
    assert "过一会儿再查一次；一直不行请信息科看" in desk.words()
    platform.start()
    desk.primary()
    desk.wait(lambda: len(desk.page._results.list.rows) == 4)


def test_a_page_opens_on_allowed_hosts_only(
    desk: Looking, platform: GuizhouPlatform, workplace: Workplace, journal: Journal
) -> None:
    desk.fill()
    desk.ask()
    desk.choose("2024-05-06")
    assert desk.has(ImagesState.LINK_ONLY)
    assert desk.page.header.primary.text() == "打开影像页"
    desk.primary()
    desk.wait(lambda: desk.opened)
    assert desk.opened[0].startswith(platform.root_url)
    away = platform.base_url.replace("127.0.0.1", "localhost")
    workplace.settings_file.set_many({"guizhou.base_url": away})
    workplace.settings.look_now()
    desk.page._on_secondary("again")
    desk.wait(lambda: not desk.page._is_busy)
    desk.choose("2026-03-02")
    assert desk.has(ImagesState.HOST_NOT_ALLOWED)
    assert not desk.page.header.primary.isEnabled()
    assert "要信息科允许的主机" in desk.words()
    assert platform.root_url.removeprefix("http://") in desk.words()
    desk.page._drawer._settings.click()
    assert journal.pages == [("settings", HOSTS_KEY)]
    assert len(desk.opened) == 1


def test_todays_own_looks_are_taken_up_without_asking(
    desk: Looking, platform: GuizhouPlatform
) -> None:
    desk.fill()
    desk.ask()
    asked = len(platform.requests())
    desk.next_patient()
    assert desk.page._start.form.is_empty
    assert desk.page._start.form.why() == ""
    desk.wait(lambda: any(one.isVisible() for one in desk.page._start._lines))
    line = desk.page._start._lines[0]
    assert person().cert_no not in line.accessibleName()
    line.setFocus()
    desk.enter()
    desk.wait(lambda: len(desk.page._results.list.rows) == 4)
    assert len(platform.requests()) == asked
    assert desk.actions() == ["outside_searched", "outside_reopened"]


def test_a_fetch_is_stopped_and_taken_up(desk: Looking, platform: GuizhouPlatform) -> None:
    desk.fill()
    desk.ask()
    desk.choose("2026-03-02")
    platform.faults.add(FaultRule(FaultKind.TIMEOUT, GET, after=4))
    desk.primary()
    desk.wait(lambda: desk.has(ImagesState.PARTLY))
    desk.wait(lambda: desk.page._drawer.box.button.text() == "停下")
    desk.page._drawer.box.button.click()
    platform.faults.clear()
    platform.faults.release()
    desk.wait(lambda: not desk.page._images.runner.is_busy and desk.page._images._fetch is None)
    desk.wait(lambda: "接着取" in desk.page._drawer.box.button.text())
    desk.page._drawer.box.button.click()
    desk.wait(lambda: desk.has(ImagesState.CACHED))


def test_the_list_is_grouped_by_hospital_and_sorts_by_date_and_part(desk: Looking) -> None:
    desk.fill()
    desk.ask()
    listed = desk.page._results.list
    model = listed._model
    desk.wait(lambda: model.total == 4)

    def dates() -> list[str]:
        ids = model.ids_between(0, 3)
        return [row.exam.exam_date for one in ids if (row := listed.row(one)) is not None]

    assert dates() == ["2026-09-14", "2026-03-02", "2025-11-22", "2024-05-06"]
    model.sort_by("date", is_descending=False)
    desk.wait(lambda: dates() == ["2024-05-06", "2025-11-22", "2026-03-02", "2026-09-14"])
    listed.filter.chips.choose("links")
    desk.wait(lambda: model.total == 1)
    listed.filter.clear_filters()
    desk.wait(lambda: model.total == 4)
    listed.filter.search.setText("MRI")
    listed.filter.search.returnPressed.emit()
    desk.wait(lambda: model.total == 1)


def test_the_cache_is_emptied_by_the_menu(desk: Looking, workplace: Workplace) -> None:
    desk.fill()
    desk.ask()
    desk.choose("2025-11-22")
    desk.primary()
    desk.wait(lambda: desk.has(ImagesState.CACHED) and not desk.page._images.runner.is_busy)
    desk.page._on_secondary("empty")
    desk.wait(lambda: "outside_cache_emptied" in desk.actions())
    assert workplace.other_hospitals.cache.size_bytes > 0
    desk.next_patient()
    desk.wait(lambda: desk.page._images._shown is None)
    desk.page._on_secondary("empty")
    desk.wait(lambda: workplace.other_hospitals.cache.size_bytes == 0)


def test_missing_settings_are_named(desk: Looking, workplace: Workplace, journal: Journal) -> None:
    workplace.settings_file.set_many({"guizhou.base_url": ""})
    desk.page.refresh()
    desk.wait(lambda: "贵州平台还没有设置好" in desk.words())
    assert not desk.page.header.primary.isEnabled()
    desk.page._unready._empty.action_requested.emit()
    assert journal.pages == [("settings", "guizhou.base_url")]


def test_every_control_is_reached_by_tab(desk: Looking) -> None:
    form = desk.page._start.form
    form.reason.set_key("other")
    form.kind.set_key("other")
    form.range.set_value("other")
    form.reason.setFocus()
    assert desk.controls() - desk.tab_round() == set()
