"""The whole way in a real browser: authorization, the platform's page, what was recognised comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.model.shared_viewing import OrderItems, OrderRelation, ViewMode, ViewRequest
from hbgz_desktop.model.sharing_launch import LaunchState, OrderOutcome, SharingForm
from tests.browser import chromium, open_browser
from tests.integration.hebei.sharing_desk import STUDY, STUDY_2, VALUE, VISIT
from tests.running_program import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser import Browser
    from tests.integration.hebei.reception import Reception

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        chromium() is None,
        reason="no Chromium: apt-get install chromium chromium-driver (run.py test --long does)",
    ),
]
ORDER = ViewRequest(ViewMode.ORDER, (STUDY, STUDY_2), (VALUE,))
RELATION = OrderRelation(
    (OrderItems("J1", (STUDY,)), OrderItems("J2", (STUDY_2,))), (OrderItems("Y1", (VALUE,)),)
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """To start one costs seconds."""
    profile: Path = tmp_path_factory.mktemp("browser")
    with open_browser(profile) as window:
        yield window


def test_recognised_in_the_browser_and_fetched(reception: Reception, browser: Browser) -> None:
    """Clicks on the page's own marks; an unanswered row keeps 完成 from going through."""
    assert reception.work.authorization.submit(VISIT).authorization is not None
    sharing = reception.work.shared_viewing
    launch = sharing.open(sharing.ask(SharingForm(VISIT, ORDER)), browser.open)
    assert launch.state is LaunchState.OPENED
    assert browser.text("patient-name") == VISIT.name
    assert VISIT.id_no not in browser.text("patient-id")
    assert (browser.count("tr[id^=study-]"), browser.count("tr[id^=lab-]")) == (2, 1)
    browser.click("study-1-accept")
    browser.click("study-2-refuse")
    browser.click("finish")
    assert browser.state() == "open", "no reason for the second, nothing for the third"
    browser.choose("study-2-reason", "2")
    browser.click("lab-1-accept")
    browser.click("finish")
    until("the page is finished", lambda: browser.state() == "finished")
    orders = sharing.fetch_orders(launch.id, RELATION)
    assert {one.order_no: one.outcome for one in orders.lines} == {
        "J1": OrderOutcome.ALL,
        "J2": OrderOutcome.NONE,
        "Y1": OrderOutcome.ALL,
    }
    look = sharing.fetch_results(launch.id)
    assert look.recognised_count == 2
    decided = {one.study_item_code: one.is_recognised for one in look.result.studies}
    assert decided == {STUDY: True, STUDY_2: False}
    assert "不互认" in sharing.as_text(look)
    assert reception.platform.rules_broken() == ()


def test_a_page_opens_once_whoever_asks(reception: Reception, browser: Browser) -> None:
    """H075: by us not a second time; by hand the platform says so."""
    reception.work.authorization.submit(VISIT)
    sharing = reception.work.shared_viewing
    asked = sharing.ask(SharingForm(VISIT))
    sharing.open(asked, browser.open)
    with pytest.raises(UsageError, match="page_already_opened"):
        sharing.open(asked, browser.open)
    assert browser.state() == "open"
    browser.open(asked.url)
    assert browser.state() == "refused"
    assert "TICKET_USED" in browser.text("message")


def test_closed_without_a_decision(reception: Reception, browser: Browser) -> None:
    """Nothing comes back, and that is no error (H058)."""
    reception.work.authorization.submit(VISIT)
    sharing = reception.work.shared_viewing
    launch = sharing.open(sharing.ask(SharingForm(VISIT)), browser.open)
    browser.open("about:blank")
    assert sharing.fetch_results(launch.id).is_empty
    assert not sharing.fetch_orders(launch.id, RELATION).has_recognised
