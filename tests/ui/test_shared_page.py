"""共享调阅 by the keyboard alone, over real services and the simulated platform."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from hbgz_desktop.model.shared_viewing import ViewMode, ViewRequest
from hbgz_desktop.model.sharing_launch import LaunchState, SharingForm
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.ui.pages.shared_page import SharedPage
from tests.ui.hebei_desk import CARD, Desk, platform_at, set_up, visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform
    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HebeiPlatform]:
    """The platform, listening; everybody has two examinations and three values to share."""
    with platform_at(tmp_path / "platform") as running:
        running.set_results(studies=2, values=3)
        yield running


@pytest.fixture
def workplace(data_dir: Path, platform: HebeiPlatform) -> Iterator[Workplace]:
    """The services of a hospital in Hebei, with one authorized patient."""
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.root_url)
    with Workplace(DataFolder(data_dir)) as work:
        work.authorization.submit(visit())
        yield work


class Viewing(Desk):
    """The page with what a person sees of it."""

    page: SharedPage

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        self.opened: list[str] = []
        super().__init__(SharedPage(context, open_address=self._open), qtbot)
        self.wait(lambda: self.focus.objectName() == "idNo")

    def _open(self, address: str) -> bool:
        self.opened.append(address)
        return True

    @property
    def state(self) -> LaunchState | None:
        """How far the launch has come."""
        launch = self.page._launch
        return None if launch is None else launch.state

    def take_first(self) -> None:
        """The first authorized patient, by keys."""
        self.wait(lambda: any(one.isVisible() for one in self.page._start._lines))
        self.page._start._lines[0].setFocus()
        self.enter()
        self.wait(lambda: "已填好，核对后查询" in self.words())

    def ask(self) -> None:
        """Ctrl+Enter, and the platform's answer."""
        self.take_first()
        self.primary()
        self.wait(lambda: self.state is not None and not self.page._is_busy)

    def fetch(self) -> None:
        """Ctrl+Enter, and what the physician did."""
        self.primary()
        self.wait(lambda: not self.page._is_busy)


@pytest.fixture
def desk(context: PageContext, qtbot: QtBot) -> Viewing:
    """The page, empty."""
    return Viewing(context, qtbot)


def test_from_an_authorization_to_the_results(desk: Viewing, platform: HebeiPlatform) -> None:
    desk.take_first()
    wanted = desk.page._start.sharing_form()
    assert wanted.visit == visit()
    assert wanted.authorization_id == 1
    desk.primary()
    desk.wait(lambda: desk.state is LaunchState.OPENED)
    assert "检查 2 份，检验 3 项" in desk.page._work._steps.accessibleName()
    assert desk.opened == [platform.pages()[0]["url"]]
    assert "平台不通知做完了没有" in desk.words()
    platform.open_page()
    desk.fetch()
    assert "还没有处理过任何结果" in desk.words()
    page = platform.pages()[0]
    platform.finish_page(recognised=frozenset((*page["studies"][1:], *page["values"])), reason="2")
    desk.fetch()
    assert desk.state is LaunchState.RESULTS_FETCHED
    assert "互认了 4 项" in desk.words()
    assert [one._count for one in desk.page._work._counts._links.values()] == [2, 1, 1, 3, 3, 0]
    assert "检查 2 份" in desk.words()
    desk.page._work._counts.chosen.emit("study.no")
    assert "只看不互认的" in desk.words()
    assert len(desk.opened) == 1
    assert platform.rules_broken() == ()
    desk.next_patient()
    assert desk.page._launch is None
    assert desk.focus.objectName() == "idNo"
    assert desk.page._start.form.is_empty


def test_nothing_to_share_says_so_and_stops(desk: Viewing, platform: HebeiPlatform) -> None:
    platform.set_results(studies=0, values=0)
    desk.ask()
    assert desk.state is LaunchState.NOTHING
    assert "没有可互认的结果，不用打开页面" in desk.words()
    assert desk.opened == []
    assert desk.page.header.primary.text() == "换一位患者"


def test_a_page_without_recognition_says_so(desk: Viewing, platform: HebeiPlatform) -> None:
    desk.ask()
    platform.open_page()
    platform.finish_page(recognised=frozenset(), reason="1")
    desk.fetch()
    assert "处理过了，没有互认任何结果" in desk.words()


def test_an_order_names_at_least_one_item(desk: Viewing, platform: HebeiPlatform) -> None:
    desk.take_first()
    sent = len(platform.requests())
    desk.page._start.mode.setFocus()
    desk.key(Qt.Key.Key_Right)
    desk.primary()
    assert "开单前要选至少一个项目" in desk.words()
    assert desk.focus is desk.page._start.items.picker.field
    assert len(platform.requests()) == sent


def test_orders_of_the_his_show_what_remains(
    desk: Viewing, platform: HebeiPlatform, tmp_path: Path
) -> None:
    desk.ask()
    page = platform.pages()[0]
    file = tmp_path / "orders.csv"
    lines = ["医嘱号,类别,项目代码", f"A1,检查,{page['studies'][0]}"]
    lines += [f"B{number},检验,{code}" for number, code in enumerate(page["values"])]
    file.write_text("\n".join(lines), encoding="gb18030")
    desk.page._work.orders.import_file(str(file))
    desk.wait(lambda: len(desk.page._work.orders._lines) == 4)
    platform.open_page()
    platform.finish_page(recognised=frozenset(page["values"]), reason="2")
    desk.fetch()
    shown = [line.badge.badge.word for line in desk.page._work.orders._lines]
    assert shown == ["没有互认，照做", *["都互认了，不用再做"] * 3]


def test_a_half_filled_order_is_not_asked_for(desk: Viewing) -> None:
    desk.ask()
    orders = desk.page._work.orders
    orders._add.setFocus()
    desk.enter()
    desk.keys("YZ-1")
    desk.primary()
    assert "这条医嘱还没填完" in desk.words()
    assert desk.focus is orders._lines[0].codes
    assert desk.state is LaunchState.OPENED


def test_results_leave_as_text_and_files(
    desk: Viewing, platform: HebeiPlatform, journal: Journal, tmp_path: Path
) -> None:
    desk.ask()
    platform.open_page()
    platform.finish_page()
    desk.fetch()
    desk.page._work._buttons["text"].setFocus()
    desk.enter()
    desk.wait(lambda: any("已复制成文字" in one.text for one in journal.toasts))
    assert "检查项目名称" in QGuiApplication.clipboard().text()
    desk.page._work.write(str(tmp_path / "r.json"))
    desk.page._work.write(str(tmp_path / "r.xlsx"))
    desk.wait(lambda: any("r.json" in one.text for one in journal.toasts))
    desk.wait(lambda: any("r.xlsx" in one.text for one in journal.toasts))
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert len(told["studyItem"]) == 2
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")


def test_a_link_is_opened_only_on_an_allowed_host(
    desk: Viewing, platform: HebeiPlatform, journal: Journal
) -> None:
    desk.ask()
    platform.open_page()
    platform.finish_page()
    desk.fetch()
    desk.page._work._on_opened(0, -1)
    desk.wait(desk.page._work.drawer.isVisible)
    desk.page._work._on_link("http://fremd.example/bild")
    desk.wait(lambda: any("不在允许的名单里" in one.text for one in journal.toasts))
    assert len(desk.opened) == 1
    desk.page._work._on_link(f"{platform.root_url}/basic-api/share/viewer?key=1")
    desk.wait(lambda: len(desk.opened) == 2)


def test_what_the_his_asks_for_waits_for_a_person(desk: Viewing, platform: HebeiPlatform) -> None:
    sent = len(platform.requests())
    request = ViewRequest(ViewMode.ORDER, ("CT210300001-001-004",))
    desk.page.fill(SharingForm(visit=visit("ZY-5"), request=request))
    assert "HIS 请求查看这位患者，核对后再查询" in desk.words()
    assert desk.page._start.sharing_form().request == request
    assert desk.focus is desk.page.header.primary
    assert CARD not in desk.words()
    assert len(platform.requests()) == sent
    assert desk.opened == []


def test_tab_reaches_every_control(desk: Viewing) -> None:
    desk.take_first()
    assert desk.controls() - desk.tab_round() == set()
    desk.primary()
    desk.wait(lambda: desk.state is LaunchState.OPENED and not desk.page._is_busy)
    assert desk.controls() - desk.tab_round() == set()
