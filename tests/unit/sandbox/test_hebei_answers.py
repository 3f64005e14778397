"""How answers look, gap by gap, what patients have, and what the faults make of it."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from hbgz_desktop.sandbox.hebei_results import Wish, make_results
from hbgz_desktop.sandbox.hebei_variants import CHOICES, Variants
from tests.unit.sandbox.hebei_caller import (
    ID_NO,
    ORG,
    PATIENT,
    SM4_KEY,
    STUDY,
    VALUE,
    HebeiCaller,
    rule_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def arm(caller: HebeiCaller, *texts: str) -> None:
    caller.platform.faults.replace([parse_fault(text) for text in texts])


def test_answers_as_printed(visit: HebeiCaller) -> None:
    assert visit.call("saveAuthUser") == {"code": "200", "msg": "操作成功"}
    page = visit.call("hrPage")
    assert set(page) == {"code", "msg", "data"}
    (data,) = page["data"]
    named = {name: PATIENT[name] for name in ("patientName", "idNo", "phoneNo")}
    url = data.pop("url")
    assert data == {**named, "studyResultNo": "2", "labResultNo": "1"}
    assert url.startswith(f"{visit.platform.base_url}/basic-api/share/page?ticket=")


def test_shapes_of_the_page_answer(visit: HebeiCaller) -> None:
    visit.platform.set_variants(page_data="object", counts_type="number", url_form="relative")
    data = visit.call("hrPage")["data"]
    assert (data["studyResultNo"], data["labResultNo"]) == (2, 1)
    assert data["url"].startswith("/basic-api/share/page?ticket=")
    assert visit.http.get(f"{visit.platform.root_url}{data['url']}").status_code == 200
    visit.platform.set_variants(counts_type="missing")
    assert "studyResultNo" not in visit.call("hrPage")["data"]


def test_code_as_a_number(visit: HebeiCaller) -> None:
    visit.platform.set_variants(code_type="number")
    assert visit.call("hrPage")["code"] == 200
    assert visit.call("hrPage", visitNo="V2")["code"] == 500


@pytest.mark.parametrize(
    ("choice", "encrypted"),
    [
        ("marked", {"getHrInfo"}),
        ("all", {"hrPage", "getHrInfo", "restJcJyYyInfo"}),
        ("none", set()),
    ],
)
def test_which_answers_are_encrypted(visit: HebeiCaller, choice: str, encrypted: set[str]) -> None:
    """H037: only getHrInfo's answer has marks; a platform may do otherwise."""
    visit.platform.set_variants(encryption=choice, page_data="object")
    for service in ("hrPage", "getHrInfo", "restJcJyYyInfo"):
        shown = visit.call(service)["data"]["idNo"]
        assert (shown != ID_NO) == (service in encrypted)
        if shown != ID_NO:
            assert visit.cipher.decrypt(shown, "idNo") == ID_NO


def test_orders_and_lists_that_became_empty(visit: HebeiCaller) -> None:
    """H058: unknown whether they come back."""
    visit.rule("hrPage")
    visit.platform.open_page()
    visit.platform.finish_page(recognised=frozenset({STUDY}))
    one = {"hisNo": "S1", "studyItemCodes": [STUDY]}

    def relation() -> Any:
        return visit.call("getHrInfo")["data"]["relation"]

    assert relation() == {"studyItem": [one], "labItem": []}
    visit.platform.set_variants(empty_lists="omitted")
    assert relation() == {"studyItem": [one]}
    visit.platform.set_variants(empty_lists="null")
    assert relation() == {"studyItem": [one], "labItem": None}
    visit.platform.set_variants(empty_orders="kept")
    assert relation() == {
        "studyItem": [one, {"hisNo": "S2", "studyItemCodes": []}],
        "labItem": [{"hisNo": "L1", "labItemCodes": []}],
    }


def test_only_the_lists_that_were_asked_come_back(visit: HebeiCaller) -> None:
    visit.rule("hrPage")
    asked = {"labItem": [{"hisNo": "L1", "labItemCodes": [VALUE]}]}
    answer = visit.send("getHrInfo", {**visit.body("getHrInfo"), "relation": asked}).json()
    assert answer["data"]["relation"] == {"labItem": []}


def test_variants_by_control(desk: HebeiCaller) -> None:
    state = desk.control("variants", {"page_data": "object", "token_limit": 3}).json()
    assert state["variants"]["page_data"] == "object"
    assert state["variants"]["token_limit"] == "3"
    assert desk.control("variants", {"page_data": "tuple"}).status_code == 400
    assert desk.control("variants", {"colour": "red"}).status_code == 400
    with pytest.raises(UsageError) as caught:
        desk.platform.set_variants(url_form="odd")
    assert caught.value.code == "sandbox_variant_invalid"


def test_every_variant_has_its_choices() -> None:
    values = Variants().as_json()
    assert set(CHOICES) == set(values)
    assert all(value in CHOICES[name] for name, value in values.items())


# -- what patients have


def test_a_patient_has_always_the_same() -> None:
    time = PATIENT["visitTime"]
    assert make_results(1, ID_NO, time) == make_results(1, ID_NO, time)
    assert make_results(1, ID_NO, time) != make_results(2, ID_NO, time)
    counts = [make_results(1, f"{number:018d}", time) for number in range(200)]
    without = sum(not one.each() for one in counts)
    assert 20 < without < 80
    keys = [one.key for results in counts for one in results.each()]
    assert len(set(keys)) == len(keys)


def test_results_by_wish() -> None:
    results = make_results(1, ID_NO, PATIENT["visitTime"], Wish(("A", "B"), 4))
    assert [one.code for one in results.studies] == ["A", "B"]
    assert len(results.values) == 4
    assert len({one.report_key for one in results.values}) == 2
    assert all(one.reported_at < PATIENT["visitTime"] for one in results.each())


def test_results_by_control(visit: HebeiCaller) -> None:
    def counts() -> tuple[str, str]:
        (data,) = visit.call("hrPage")["data"]
        return data["studyResultNo"], data["labResultNo"]

    visit.control("results", {"studies": 0, "values": 5})
    assert counts() == ("0", "5")
    visit.control("results", {"id_no": ID_NO, "studies": ["A"], "values": []})
    assert counts() == ("1", "0")
    visit.control("results", {"id_no": ID_NO, "clear": True})
    assert counts() == ("0", "5")
    for wrong in ({"studies": 99}, {"studies": -1}, {"values": "many"}):
        assert visit.control("results", wrong).status_code == 400


# -- faults


@pytest.mark.parametrize("status", [500, 503, 429, 401])
def test_a_status_keeps_nothing(desk: HebeiCaller, status: int) -> None:
    arm(desk, f"saveAuthUser:http_{status}:1:retry_after=7")
    answer = desk.send("saveAuthUser", desk.body("saveAuthUser"))
    assert answer.status_code == status
    assert answer.headers.get("retry-after") == ("7" if status == 429 else None)
    assert desk.rule("hrPage") == "PATIENT_NOT_AUTHORISED"
    assert desk.platform.state()["faults"] == {f"http_{status}": 1}


def test_a_web_page_with_status_200(desk: HebeiCaller) -> None:
    arm(desk, "hrPage:html_200")
    answer = desk.send("hrPage", desk.body("hrPage"))
    assert (answer.status_code, "<html" in answer.text) == (200, True)


def test_a_refusal_of_its_own(visit: HebeiCaller) -> None:
    arm(visit, "hrPage:refused:1", "hrPage:refused:1:code=503,message=维护中")
    assert visit.call("hrPage") == {"code": "500", "msg": "系统繁忙（模拟故障）"}
    assert visit.call("hrPage") == {"code": "503", "msg": "维护中"}


@pytest.mark.parametrize("fault", ["timeout:1:seconds=0.02", "stored_no_answer:1", "reset_at_80:1"])
def test_a_connection_that_ends(desk: HebeiCaller, fault: str) -> None:
    arm(desk, f"saveAuthUser:{fault}")
    with pytest.raises(httpx.TransportError):
        desk.rule("saveAuthUser")
    is_kept = fault.startswith("stored")
    assert desk.rule("hrPage") == ("" if is_kept else "PATIENT_NOT_AUTHORISED")


def test_a_fault_for_one_visit_only(visit: HebeiCaller) -> None:
    arm(visit, f"hrPage:http_500:match={PATIENT['visitNo']}", "hrPage:reset_at_80:match=V9")
    assert visit.send("hrPage", visit.body("hrPage")).status_code == 500
    assert visit.rule("saveAuthUser", visitNo="V9", visitTime="2026-11-22 09:00:00") == ""
    with pytest.raises(httpx.TransportError):
        visit.rule("hrPage", visitNo="V9", visitTime="2026-11-22 09:00:00")


def test_a_slow_answer_comes_after_the_work(desk: HebeiCaller) -> None:
    arm(desk, "saveAuthUser:slow:1:seconds=600")
    answers: list[str] = []
    thread = threading.Thread(
        target=lambda: answers.append(desk.rule("saveAuthUser")), name="slow-client"
    )
    thread.start()
    while not desk.platform.state()["visits"]:
        thread.join(0.005)
    assert answers == []
    while thread.is_alive():
        desk.platform.faults.release()
        thread.join(0.005)
    assert answers == [""]


def test_an_answer_nobody_can_decrypt(visit: HebeiCaller) -> None:
    arm(visit, "*:bad_padding")
    for service in ("hrPage", "getHrInfo", "restJcJyYyInfo"):
        data = visit.call(service)["data"]
        shown = data[0] if isinstance(data, list) else data
        body = {**visit.body(service), "idNo": shown["idNo"]}
        visit.platform.faults.clear()
        assert rule_of(visit.send(service, body).json()) == "CIPHER_PADDING"
        arm(visit, "*:bad_padding")


def test_an_address_no_browser_should_open(visit: HebeiCaller) -> None:
    other = {"fault": "strange_url", "count": 1, "parameters": {"url": "file:///C:/x"}}
    visit.control("faults", {"faults": ["hrPage:strange_url:1", other]})
    urls = [visit.call("hrPage")["data"][0]["url"] for _ in range(3)]
    assert urls[:2] == ["javascript:alert(1)", "file:///C:/x"]
    assert urls[2].startswith("http://")


def test_faults_by_control(visit: HebeiCaller) -> None:
    rules = {"faults": ["hrPage:http_503:1"], "replace": True}
    assert visit.control("faults", rules).json()["fault_rules"][0]["fault"] == "http_503"
    assert visit.send("hrPage", visit.body("hrPage")).status_code == 503
    assert visit.rule("hrPage") == ""
    assert visit.control("reset", {"what": "faults"}).json()["fault_rules"] == []
    assert visit.control("nothing", {}).status_code == 404
    assert visit.control("variants", [1]).status_code == 400


# -- the platform as a server


def test_an_outage_forgets_nothing(visit: HebeiCaller) -> None:
    visit.platform.stop()
    with pytest.raises(httpx.TransportError):
        visit.rule("hrPage")
    visit.platform.start()
    assert visit.rule("hrPage") == ""


def test_a_sender_that_dies_half_way(desk: HebeiCaller) -> None:
    head = (
        b"POST /basic-api/api/jcjyrest/hrPage HTTP/1.1\r\nContent-Type: application/json\r\n"
        b"Content-Length: 1000\r\n\r\n{"
    )
    with socket.create_connection(("127.0.0.1", desk.platform.port)) as line:
        line.sendall(head)
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert desk.platform.requests()[-1].outcome == "peer_gone"
    assert desk.rule("saveAuthUser") == ""


def test_a_torn_last_line_is_dropped(tmp_path: Path, http: httpx.Client) -> None:
    access = HebeiAccess((ORG,), SM4_KEY)
    with HebeiPlatform(tmp_path, access=access) as first:
        HebeiCaller(first, http).login()
    with (tmp_path / "hebei.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"kind": "authorised", "sea')
    again = HebeiPlatform(tmp_path, access=access)
    assert [row.service for row in again.requests()] == ["getToken"]


def test_another_run_knows_its_authorisations(tmp_path: Path, http: httpx.Client) -> None:
    access = HebeiAccess((ORG,), SM4_KEY)
    with HebeiPlatform(tmp_path, access=access) as first:
        caller = HebeiCaller(first, http)
        caller.login()
        assert caller.rule("saveAuthUser") == ""
    with HebeiPlatform(tmp_path, access=access) as second:
        caller.platform = second
        assert caller.rule("hrPage") == "TOKEN_UNKNOWN"
        caller.login()
        assert caller.rule("hrPage") == ""
        assert [row.service for row in second.requests()][:2] == ["getToken", "saveAuthUser"]
        caller.control("reset", {})
        assert caller.rule("hrPage") == "PATIENT_NOT_AUTHORISED"


def test_nothing_on_disk_or_in_the_state_names_a_patient(
    visit: HebeiCaller, tmp_path: Path
) -> None:
    visit.rule("hrPage")
    visit.rule("hrPage", phoneNo="999")
    visit.platform.open_page()
    visit.platform.finish_page()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == ["hebei.jsonl"]
    seen = files[0].read_text(encoding="utf-8") + str(visit.platform.state())
    for name, value in PATIENT.items():
        assert value not in seen, name


def test_a_browser_page_has_no_control(visit: HebeiCaller) -> None:
    headers = {"Origin": visit.platform.root_url}
    for method, name in (("POST", "page"), ("GET", "pages"), ("GET", "state")):
        url = f"{visit.platform.root_url}/_sandbox/{name}"
        assert visit.http.request(method, url, headers=headers).status_code == 403


def test_a_look_whether_anything_answers_is_no_call(desk: HebeiCaller) -> None:
    assert desk.http.get(f"{desk.platform.root_url}/").status_code == 404
    assert desk.platform.rules_broken() == ()
    assert desk.http.get(f"{desk.platform.root_url}/basic-api/x").status_code == 404
    assert desk.platform.rules_broken() == ("PATH_UNKNOWN",)
