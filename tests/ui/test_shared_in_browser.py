"""共享调阅 with a real browser: the page opens the platform's in Chromium, clicks there come back here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from hbgz_desktop.model.sharing_launch import LaunchState
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from tests.browser import Browser, chromium, open_browser
from tests.running_program import until
from tests.ui.hebei_desk import platform_at, set_up, visit
from tests.ui.test_shared_page import Viewing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform
    from hbgz_desktop.ui.page_context import PageContext

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        chromium() is None,
        reason="no Chromium: apt-get install chromium chromium-driver (run.py test --long does)",
    ),
]


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HebeiPlatform]:
    """Everybody has two examinations and three values to share."""
    with platform_at(tmp_path / "platform") as running:
        running.set_results(studies=2, values=3)
        yield running


@pytest.fixture
def workplace(data_dir: Path, platform: HebeiPlatform) -> Iterator[Workplace]:
    """A hospital in Hebei with one authorized patient."""
    with Workplace(DataFolder(data_dir)) as work:
        set_up(work, platform.root_url)
    with Workplace(DataFolder(data_dir)) as work:
        work.authorization.submit(visit())
        yield work


class ViewingInBrowser(Viewing):
    """The console's page, whose addresses go to a real browser."""

    def __init__(self, context: PageContext, qtbot: QtBot, browser: Browser) -> None:
        self.browser = browser
        super().__init__(context, qtbot)

    @override
    def _open(self, address: str) -> bool:
        return super()._open(address) and self.browser.open(address)


def test_what_is_recognised_in_the_browser_shows_in_the_console(
    context: PageContext, qtbot: QtBot, tmp_path: Path, platform: HebeiPlatform
) -> None:
    with open_browser(tmp_path / "browser") as browser:
        desk = ViewingInBrowser(context, qtbot, browser)
        desk.ask()
        desk.wait(lambda: desk.state is LaunchState.OPENED)
        assert browser.text("patient-name") == visit().name
        browser.click("accept-all")
        browser.click("study-1-refuse")
        browser.choose("study-1-reason", "3")
        browser.click("finish")
        until("the page is finished", lambda: browser.state() == "finished")
    desk.fetch()
    assert desk.state is LaunchState.RESULTS_FETCHED
    assert "互认了 4 项" in desk.words()
    assert [one._count for one in desk.page._work._counts._links.values()] == [2, 1, 1, 3, 3, 0]
    assert [page["opened"] for page in platform.pages()] == [1]
    assert platform.rules_broken() == ()
