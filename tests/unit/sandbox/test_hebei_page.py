"""The shared-viewing page: opened once, unchanged; worked on, or left; and what follows from it."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.hebei_page import REPORT_PATH, VIEWER_PATH
from hbgz_desktop.sandbox.hebei_rules import Rule, RuleBrokenError
from tests.unit.sandbox.hebei_caller import (
    ID_NO,
    PATIENT,
    STUDY,
    STUDY_2,
    VALUE,
    HebeiCaller,
    rule_of,
)

if TYPE_CHECKING:
    import httpx

BOTH = {
    "studyItem": [
        {"hisNo": "S1", "studyItemCodes": [STUDY]},
        {"hisNo": "S2", "studyItemCodes": [STUDY_2]},
    ],
    "labItem": [{"hisNo": "L1", "labItemCodes": [VALUE]}],
}


@pytest.fixture
def url(visit: HebeiCaller) -> str:
    """The address of a page with two studies and one laboratory value."""
    return str(visit.call("hrPage")["data"][0]["url"])


def recognised(caller: HebeiCaller) -> Any:
    return caller.call("getHrInfo")["data"]["relation"]


def finish(caller: HebeiCaller, page: str, *choices: dict[str, object]) -> httpx.Response:
    """Press 完成 as the page's script does, with these choices in the order of its rows."""
    session = re.findall(r'data-session="(\w+)"', page)[0]
    keys = re.findall(r'data-key="(\w+)"', page)
    decisions = [{"key": key, **choice} for key, choice in zip(keys, choices, strict=False)]
    return caller.http.post(
        f"{caller.platform.base_url}/basic-api/share/finish",
        content=json.dumps({"session": session, "decisions": decisions}),
        headers={"Content-Type": "application/json", "Origin": caller.platform.root_url},
    )


YES = {"recognised": True, "reason": ""}
NO = {"recognised": False, "reason": "2"}


def test_what_the_page_shows(visit: HebeiCaller, url: str) -> None:
    answer = visit.http.get(url)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    text = answer.text
    for row in ("study-1", "study-2", "lab-1"):
        for part in ("", "-accept", "-refuse", "-reason"):
            assert text.count(f'id="{row}{part}"') == 1
    assert 'id="study-3"' not in text
    for name in ("accept-all", "finish", "message"):
        assert text.count(f'id="{name}"') == 1
    assert PATIENT["patientName"] in text
    assert ID_NO not in text
    assert all(code in text for code in (STUDY, STUDY_2, VALUE))


def test_the_page_fetches_nothing_from_outside(visit: HebeiCaller, url: str) -> None:
    answer = visit.http.get(url)
    assert re.findall(r'(?:src|href)="(?!data:,|/basic-api/share/)', answer.text) == []
    assert "http" not in re.sub(r"http-equiv", "", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_name_is_text_and_never_markup(desk: HebeiCaller) -> None:
    name = "\"&amp;'王"
    assert desk.rule("saveAuthUser", patientName=name) == ""
    url = desk.call("hrPage", patientName=name)["data"][0]["url"]
    assert f'<dd id="patient-name">{html.escape(name)}</dd>' in desk.http.get(url).text


def test_an_address_opens_once(visit: HebeiCaller, url: str) -> None:
    assert visit.http.get(url).status_code == 200
    again = visit.http.get(url)
    assert again.status_code == 410
    assert Rule.TICKET_USED.name in again.text
    (page,) = visit.platform.pages()
    assert (page["url"], page["opened"], page["finished"]) == (url, 2, False)
    assert visit.http.get(f"{visit.platform.root_url}/_sandbox/pages").json() == {"pages": [page]}


@pytest.mark.parametrize("change", ["&token=x", "x", "#", "&"])
def test_a_changed_address_opens_nothing(visit: HebeiCaller, url: str, change: str) -> None:
    """H075: unchanged, without adding the token. A fragment never reaches a server."""
    answer = visit.http.get(f"{url}{change}")
    expected = 200 if change == "#" else 404
    assert answer.status_code == expected
    state = visit.platform.state()
    assert state["page_addresses_changed"] == (expected == 404)
    assert visit.platform.pages()[0]["opened"] == (expected == 200)


def test_the_token_has_no_business_on_the_page(visit: HebeiCaller, url: str) -> None:
    assert visit.http.get(url, headers=visit.headers).status_code == 404
    assert visit.platform.pages()[0]["opened"] == 0


def test_a_page_that_was_left_recognises_nothing(visit: HebeiCaller, url: str) -> None:
    empty: dict[str, object] = {"studyItem": [], "labItem": []}
    assert recognised(visit) == empty
    visit.http.get(url)
    assert recognised(visit) == empty
    quoted = visit.call("restJcJyYyInfo")["data"]
    assert (quoted["studyItem"], quoted["labItem"]) == ([], [])


def test_work_on_the_page(visit: HebeiCaller, url: str) -> None:
    page = visit.http.get(url).text
    assert finish(visit, page, YES, NO, YES).json() == {"code": "200", "msg": "已提交"}
    assert recognised(visit) == {
        "studyItem": [{"hisNo": "S1", "studyItemCodes": [STUDY]}],
        "labItem": [{"hisNo": "L1", "labItemCodes": [VALUE]}],
    }
    again = finish(visit, page, YES, YES, YES)
    assert (again.status_code, rule_of(again.json())) == (409, Rule.PAGE_FINISHED.name)
    (seen,) = visit.http.get(f"{visit.platform.root_url}/_sandbox/state").json()["visits"]
    assert (seen["recognised"], seen["refused"]) == (2, 1)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ([YES, YES], Rule.DECISION_MISSING),
        ([], Rule.DECISION_MISSING),
        ([YES, YES, {**NO, "reason": ""}], Rule.REASON_MISSING),
        ([YES, YES, {**NO, "reason": "7"}], Rule.REASON_UNKNOWN),
        ([YES, YES, {**YES, "key": "other"}], Rule.DECISION_UNKNOWN),
    ],
)
def test_every_result_wants_a_decision(
    visit: HebeiCaller, url: str, choices: list[dict[str, object]], expected: Rule
) -> None:
    answer = finish(visit, visit.http.get(url).text, *choices)
    assert answer.status_code >= 400
    assert rule_of(answer.json()) == expected.name
    assert visit.platform.pages()[0]["finished"] is False


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"session": "x"}', b'{"session": "x", "decisions": [5]}']
)
def test_a_finish_that_cannot_be_read(visit: HebeiCaller, body: bytes) -> None:
    answer = visit.http.post(f"{visit.platform.base_url}/basic-api/share/finish", content=body)
    assert rule_of(answer.json()) == Rule.BODY_NOT_JSON.name


def test_nobody_else_finishes_a_page(visit: HebeiCaller, url: str) -> None:
    """What the address shows is not enough: only the opened page knows its session."""
    ticket = url.partition("ticket=")[2]
    page = visit.http.get(url).text
    other = re.sub(r'data-session="\w+"', f'data-session="{ticket}"', page)
    assert rule_of(finish(visit, other, YES, YES, YES).json()) == Rule.TICKET_UNKNOWN.name


def test_the_next_order_has_a_page_of_its_own(visit: HebeiCaller, url: str) -> None:
    """H075: a new order action calls hrPage again; what was decided before stays."""
    visit.platform.open_page()
    visit.platform.finish_page(recognised=frozenset({STUDY}), reason="3")
    second = visit.call("hrPage", studyItem=STUDY_2)["data"][0]
    assert (second["studyResultNo"], second["labResultNo"]) == ("1", "0")
    assert second["url"] != url
    visit.platform.open_page()
    visit.platform.finish_page()
    assert recognised(visit)["studyItem"] == BOTH["studyItem"][:2]
    assert [page["studies"] for page in visit.platform.pages()] == [[STUDY, STUDY_2], [STUDY_2]]


@pytest.mark.parametrize(
    ("members", "counts"),
    [
        ({}, ("2", "1")),
        ({"studyItem": STUDY}, ("1", "0")),
        ({"labItem": f"{VALUE},X"}, ("0", "1")),
        ({"studyItem": f"{STUDY}， {STUDY_2}", "labItem": VALUE}, ("2", "1")),
        ({"studyItem": "X"}, ("0", "0")),
        ({"studyItem": STUDY.lower()}, ("0", "0")),
    ],
)
def test_view_and_order(
    visit: HebeiCaller, members: dict[str, str], counts: tuple[str, str]
) -> None:
    """H054: without codes everything, with codes what has exactly these."""
    (data,) = visit.call("hrPage", **members)["data"]
    assert (data["studyResultNo"], data["labResultNo"]) == counts
    assert bool(data["url"]) == (counts != ("0", "0"))


def test_refused_results_are_quoted_with_their_reason(visit: HebeiCaller, url: str) -> None:
    visit.platform.open_page()
    visit.platform.finish_page(recognised=frozenset({STUDY}), reason="4")
    data = visit.call("restJcJyYyInfo")["data"]
    first, second = data["studyItem"]
    assert (first["isRecognition"], first["nonRecognitionCode"]) == ("1", "")
    assert (second["isRecognition"], second["nonRecognitionCode"]) == ("2", "4")
    assert "紧急" in second["nonRecognitionValue"]
    (report,) = data["labItem"]
    (value,) = report["labDetails"]
    assert (value["labItemNo"], value["isRecognition"]) == (VALUE, "2")


def test_links_lead_somewhere(visit: HebeiCaller, url: str) -> None:
    visit.platform.open_page()
    visit.platform.finish_page()
    data = visit.call("restJcJyYyInfo")["data"]
    viewer = visit.http.get(data["studyItem"][0]["studyDetails"][0]["imageUrl"])
    assert viewer.headers["content-type"].startswith("text/html")
    assert "<svg" in viewer.text
    report = visit.http.get(data["labItem"][0]["pdfUrl"])
    assert report.headers["content-type"] == "application/pdf"
    assert report.content.startswith(b"%PDF-")
    for link in (f"{VIEWER_PATH}?key=none", f"{REPORT_PATH}?key=none", "/basic-api/share/x"):
        assert visit.http.get(f"{visit.platform.root_url}{link}").status_code == 404


def test_a_physician_without_a_browser(visit: HebeiCaller, url: str) -> None:
    early = visit.control("page", {"finish": True})
    assert (early.status_code, early.json()) == (409, {"error": "PAGE_NOT_OPENED"})
    assert visit.control("page", {"open": True}).json()["pages"][0]["opened"] == 1
    assert visit.control("page", {"open": True}).json() == {"error": "TICKET_USED"}
    wish = {"page": 1, "recognise": [STUDY], "reason": "9", "finish": True}
    assert visit.control("page", wish).json() == {"error": "REASON_UNKNOWN"}
    assert visit.control("page", {**wish, "reason": "5"}).json()["pages"][0]["finished"] is True
    assert recognised(visit)["studyItem"] == BOTH["studyItem"][:1]
    assert visit.control("page", {"page": 2, "open": True}).status_code == 400
    assert visit.control("page", {"finish": True, "recognise": "some"}).status_code == 400


def test_a_physician_who_recognises_nothing(visit: HebeiCaller, url: str) -> None:
    wish = {"open": True, "recognise": "none", "finish": True}
    assert visit.control("page", wish).status_code == 200
    assert recognised(visit) == {"studyItem": [], "labItem": []}
    quoted = visit.call("restJcJyYyInfo")["data"]
    assert {one["isRecognition"] for one in quoted["studyItem"]} == {"2"}


def test_the_same_steps_in_python(visit: HebeiCaller, url: str) -> None:
    with pytest.raises(RuleBrokenError) as caught:
        visit.platform.finish_page()
    assert caught.value.rule is Rule.PAGE_NOT_OPENED
    visit.platform.open_page(1)
    with pytest.raises(RuleBrokenError):
        visit.platform.open_page(1)
    visit.platform.finish_page(1)
    assert visit.platform.pages()[0]["finished"] is True
