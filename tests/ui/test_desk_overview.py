"""总览 where only the reception desk works: its figures, each a link to exactly its rows (LOOK 3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.identity_card import identity_check_digit
from hbgz_desktop.model.operator import Operator, Role
from hbgz_desktop.model.shared_viewing import SharingOffer
from hbgz_desktop.model.sharing_launch import LaunchState, SharingForm
from hbgz_desktop.model.visit import HospitalUser
from hbgz_desktop.storage.authorizations import AuthorizationStore
from hbgz_desktop.storage.sealing import make_sealer
from hbgz_desktop.storage.sharing_launches import SharingLaunchStore
from hbgz_desktop.storage.tables import authorizations, sharing_launches
from hbgz_desktop.ui.pages.authorization_page import AuthorizationPage
from hbgz_desktop.ui.pages.overview_page import OverviewPage
from hbgz_desktop.ui.pages.shared_page import SharedPage
from tests.ui.hebei_desk import ORG, Desk, set_up, visit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.ui.models.paged_table_model import PagedTableModel
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.desk_launches import DeskLaunches
    from tests.ui.conftest import Journal

CLERK = Operator(0, "王工", Role.CLERK)
USER = HospitalUser(ORG, his_dept_code="D1", his_user_code="U1")
YESTERDAY = timedelta(hours=30)


def card(number: int) -> str:
    """A sound certificate number of another person."""
    first = f"1301021993010{number:04d}"
    return first + identity_check_digit(first)


class Reception:
    """What a desk did, straight into the database: no platform is needed to count."""

    def __init__(self, work: Workplace) -> None:
        self.work = work
        self.authorizations = AuthorizationStore(work.database)
        self.launches = SharingLaunchStore(work.database, make_sealer(work.folder.root))
        self._number = 1000

    def authorization(self, state: AuthorizationState, *, is_old: bool = False) -> int:
        self._number += 1
        visit_ = visit(f"MZ-{self._number}", card(self._number))
        row, _ = self.authorizations.add(visit_, USER, CLERK)
        values: dict[str, object] = {"state": state.value}
        if is_old:
            values["created_at"] = datetime.now(UTC) - YESTERDAY
        with self.work.database.write() as connection:
            table = authorizations
            connection.execute(update(table).where(table.c.id == row.id).values(values))
        return row.id

    def launch(self, state: LaunchState, *, is_old: bool = False) -> int:
        self._number += 1
        form = SharingForm(visit(f"MZ-{self._number}", card(self._number)))
        launch = self.launches.add(form, USER, CLERK, None)
        if state is LaunchState.NOTHING:
            self.launches.offered(launch.id, state, SharingOffer(0, 0, ""))
        else:
            self.launches.offered(launch.id, LaunchState.ASKED, SharingOffer(2, 1, ""))
            assert self.launches.take_opening(launch.id)
        if state is LaunchState.RESULTS_FETCHED:
            self.launches.keep_results(launch.id, b"{}")
        if is_old:
            with self.work.database.write() as connection:
                table = sharing_launches
                at = datetime.now(UTC) - YESTERDAY
                connection.execute(
                    update(table).where(table.c.id == launch.id).values(created_at=at)
                )
        return launch.id


@pytest.fixture
def reception(workplace: Workplace) -> Reception:
    """A day at the desk, and what is left of days before."""
    set_up(workplace, "http://127.0.0.1:9")
    workplace.settings.look_now()
    made = Reception(workplace)
    for state in (*[AuthorizationState.AUTHORIZED] * 3, AuthorizationState.WAITING):
        made.authorization(state)
    made.authorization(AuthorizationState.AUTHORIZED, is_old=True)
    made.authorization(AuthorizationState.REFUSED, is_old=True)
    made.authorization(AuthorizationState.WAITING, is_old=True)
    for launched in (LaunchState.OPENED, LaunchState.NOTHING, *[LaunchState.RESULTS_FETCHED] * 2):
        made.launch(launched)
    made.launch(LaunchState.RESULTS_FETCHED, is_old=True)
    return made


class Overview(Desk):
    """总览 and its figures."""

    page: OverviewPage

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        super().__init__(OverviewPage(context), qtbot)
        self.wait(lambda: self.page._event_id >= 0)

    def figures(self) -> dict[str, int | None]:
        return {key: one._count for key, one in self.page._desk._links.items()}

    def press(self, figure: str) -> None:
        self.page._desk._links[figure].click()


def has_rows(listed: PagedTableModel[Authorization] | DeskLaunches, count: int) -> bool:
    """It shows so many."""
    return listed.total == count


def are_hidden(page: QWidget, *parts: QWidget) -> bool:
    """None of them shows."""
    return not any(one.isVisibleTo(page) for one in parts)


def test_each_figure_leads_to_exactly_its_rows(
    reception: Reception, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    desk = Overview(context, qtbot)
    assert desk.figures() == {
        "today": 4,
        "authorized_today": 3,
        "waiting": 2,
        "refused": 1,
        "launches": 4,
        "results": 2,
        "nothing": 1,
    }
    for key in ("today", "authorized_today", "waiting", "refused"):
        desk.press(key)
        assert journal.pages[-1] == ("authorization", key)
        listing = Desk(AuthorizationPage(context), qtbot)
        assert isinstance(listing.page, AuthorizationPage)
        listing.page.show_rows(key)
        model, count = listing.page._list._model, desk.figures()[key]
        assert count
        listing.wait(partial(has_rows, model, count))
        listing.window.close()
    launches = desk.page._launches
    for key in ("results", "nothing", "launches"):
        desk.press(key)
        count = desk.figures()[key]
        assert count
        desk.wait(partial(has_rows, launches, count))
    assert {
        key: launches.chips._counts[key] for key in ("all", "results", "opened", "nothing")
    } == {
        "all": 4,
        "results": 2,
        "opened": 1,
        "nothing": 1,
    }


def test_there_is_no_upload_bar_and_no_chart(
    reception: Reception, context: PageContext, workplace: Workplace, qtbot: QtBot
) -> None:
    desk = Overview(context, qtbot)
    page = desk.page
    assert are_hidden(page, page._bar, page._chart, page._recent, page._causes)
    assert page._chart._room.count() == 0, "where it is not shown it is not built"
    assert "最近 6 小时" not in desk.words()
    assert "有 1 位患者的授权平台没有收，请登记员看" in page._sentence.text()
    assert page.header.primary.text() == "处理平台没有收的 1 位"
    workplace.settings_file.set("platforms.enabled", ["hebei", "guizhou"])
    workplace.settings.look_now()
    page.refresh()
    desk.wait(lambda: page._bar.isVisibleTo(page))
    assert are_hidden(page, page._desk, page._launches)
    assert page._chart.isVisibleTo(page)
    desk.wait(page._chart._room.count)


def test_an_empty_day_says_what_comes_next(
    workplace: Workplace, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    set_up(workplace, "http://127.0.0.1:9")
    workplace.settings.look_now()
    desk = Overview(context, qtbot)
    assert set(desk.figures().values()) == {0}
    desk.wait(lambda: "今天还没有查过" in desk.words())
    desk.primary()
    assert journal.pages == [("authorization", "")]


def test_a_new_line_comes_by_itself(
    reception: Reception, context: PageContext, qtbot: QtBot
) -> None:
    desk = Overview(context, qtbot)
    desk.wait(lambda: desk.page._launches.total == 4)
    reception.launch(LaunchState.NOTHING)
    desk.page.refresh()
    desk.wait(lambda: desk.page._launches.total == 5)
    assert desk.figures()["nothing"] == 2


def test_a_launch_is_taken_up_again(
    reception: Reception, context: PageContext, journal: Journal, qtbot: QtBot
) -> None:
    desk = Overview(context, qtbot)
    desk.wait(lambda: desk.page._launches.total == 4)
    desk.page._launches.choose("opened")
    desk.wait(lambda: desk.page._launches.total == 1)
    desk.key(Qt.Key.Key_Down)
    desk.enter()
    desk.wait(lambda: journal.pages)
    page, rows = journal.pages[0]
    assert page == "shared"
    sharing = Desk(SharedPage(context), qtbot)
    assert isinstance(sharing.page, SharedPage)
    sharing.page.show_rows(rows)
    sharing.wait(lambda: sharing.page.header.primary.text() == "取回处理结果")
    sharing.page.show_rows(f"launch:{reception.launch(LaunchState.NOTHING)}")
    sharing.wait(lambda: "已填好，要看就再查一次" in sharing.words())
    assert sharing.page.header.primary.text() == "查询可互认结果"
