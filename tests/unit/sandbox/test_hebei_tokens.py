"""Tokens of 2.2.3.1 and 2.2.3.2: whose they are, how long they live, what refreshing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.sandbox.faults import parse_fault
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from hbgz_desktop.sandbox.hebei_rules import Rule
from tests.unit.sandbox.hebei_caller import ORG, SM4_KEY, USER, HebeiCaller, rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx


class Clock:
    """A monotonic clock a test can turn on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(tmp_path: Path, http: httpx.Client, clock: Clock) -> Iterator[HebeiCaller]:
    """A caller with a token of one hour, on a clock that stands still."""
    access = HebeiAccess((ORG,), SM4_KEY)
    with HebeiPlatform(tmp_path, access=access, token_life_s=3600, clock=clock) as running:
        caller = HebeiCaller(running, http)
        caller.login()
        yield caller


def refresh(caller: HebeiCaller) -> dict[str, str]:
    answer = caller.send("refreshToken", {}).json()
    assert rule_of(answer) == ""
    data: dict[str, str] = answer["data"]
    return data


def test_a_token_ends_when_it_said(timed: HebeiCaller, clock: Clock) -> None:
    clock.now += 3599.9
    assert timed.rule("saveAuthUser") == ""
    clock.now += 0.2
    assert timed.rule("saveAuthUser") == Rule.TOKEN_EXPIRED.name
    assert rule_of(timed.send("refreshToken", {}).json()) == Rule.TOKEN_EXPIRED.name
    timed.login()
    assert timed.rule("saveAuthUser") == ""


def test_a_refreshed_token_begins_anew_and_the_old_one_is_void(
    timed: HebeiCaller, clock: Clock
) -> None:
    clock.now += 3500
    data = refresh(timed)
    old = dict(timed.headers)
    assert data["App_id"] == old["App_id"]
    assert data["token"] != old["Authorization"]
    assert timed.rule("saveAuthUser") == Rule.TOKEN_REPLACED.name
    timed.headers["Authorization"] = data["token"]
    clock.now += 3500
    assert timed.rule("saveAuthUser") == ""


def test_an_old_token_may_go_on_until_its_end(timed: HebeiCaller, clock: Clock) -> None:
    """H052: the fate of the old token is unknown."""
    timed.platform.set_variants(old_token="valid")
    refresh(timed)
    assert timed.rule("saveAuthUser") == ""
    clock.now += 3600
    assert timed.rule("saveAuthUser") == Rule.TOKEN_EXPIRED.name


def test_a_token_belongs_to_one_user(desk: HebeiCaller) -> None:
    first = dict(desk.headers)
    desk.login(hisUserCode="D002")
    assert desk.headers["App_id"] != first["App_id"]
    desk.headers["App_id"] = first["App_id"]
    assert desk.rule("saveAuthUser") == Rule.TOKEN_OF_ANOTHER_USER.name
    desk.headers["Authorization"] = "made-up"
    assert desk.rule("saveAuthUser") == Rule.TOKEN_UNKNOWN.name


@pytest.mark.parametrize("change", ["hisDeptCode", "hisUserCode", "hisOrgCode"])
def test_a_user_is_all_four_codes(desk: HebeiCaller, change: str) -> None:
    """H046: cached per (orgCode, hisOrgCode, hisDeptCode, hisUserCode)."""
    app_id = desk.headers["App_id"]
    assert desk.login()["App_id"] == app_id
    assert desk.login(**{change: "X9"})["App_id"] != app_id


def test_the_prefix_is_as_agreed(desk: HebeiCaller) -> None:
    """H048: the bare token by default."""
    bare = desk.headers["Authorization"]
    desk.headers["Authorization"] = f"Bearer {bare}"
    assert desk.rule("saveAuthUser") == Rule.TOKEN_PREFIX_WRONG.name
    desk.platform.set_variants(token_prefix="Bearer ")
    assert desk.rule("saveAuthUser") == ""
    desk.headers["Authorization"] = bare
    assert desk.rule("saveAuthUser") == Rule.TOKEN_PREFIX_WRONG.name


def test_a_token_is_not_asked_for_again_and_again(desk: HebeiCaller) -> None:
    desk.platform.set_variants(token_limit="2")
    desk.login()
    assert rule_of(desk.send("getToken", USER).json()) == Rule.TOKEN_TOO_OFTEN.name
    desk.login(hisUserCode="D002")
    desk.platform.expire_tokens()
    desk.login()
    assert desk.platform.state()["tokens_issued"] == 4


def test_life_and_end_by_control(desk: HebeiCaller) -> None:
    assert desk.control("tokens", {"life_s": 2}).json()["token_life_s"] == 2
    assert desk.login()["expire"] == "2"
    state = desk.control("tokens", {"expire": True}).json()
    assert (state["tokens_live"], state["token_users"]) == (0, 1)
    assert desk.rule("saveAuthUser") == Rule.TOKEN_EXPIRED.name
    assert desk.control("tokens", {"life_s": 0}).status_code == 400
    desk.platform.set_token_life(7)
    assert desk.login()["expire"] == "7"


def test_a_platform_whose_clock_goes_wrong(timed: HebeiCaller, clock: Clock) -> None:
    timed.platform.faults.add(parse_fault("getToken:token_skew:1:seconds=3000"))
    assert timed.login()["expire"] == "3600"
    clock.now += 599
    assert timed.rule("saveAuthUser") == ""
    clock.now += 1
    assert timed.rule("saveAuthUser") == Rule.TOKEN_EXPIRED.name


def test_a_token_that_ends_in_the_middle(desk: HebeiCaller) -> None:
    desk.platform.faults.add(parse_fault("saveAuthUser:token_expired:1"))
    desk.platform.set_variants(token_status="401")
    answer = desk.send("saveAuthUser", desk.body("saveAuthUser"))
    assert answer.status_code == 401
    assert rule_of(answer.json()) == Rule.TOKEN_EXPIRED.name
    assert desk.rule("saveAuthUser") == Rule.TOKEN_EXPIRED.name
    desk.login()
    assert desk.rule("saveAuthUser") == ""


@pytest.mark.parametrize("name", ["App_id", "app_id", "appId", "APP_ID"])
def test_spellings_of_the_authorisation_id(desk: HebeiCaller, name: str) -> None:
    desk.platform.set_variants(app_id_name=name)
    data = desk.send("getToken", USER).json()["data"]
    assert set(data) == {name, "expire", "token"}
    assert set(desk.send("refreshToken", {}).json()["data"]) == {name, "expire", "token"}


@pytest.mark.parametrize(
    ("form", "expected"), [("string", "14400"), ("number", 14400), ("nonsense", "永久")]
)
def test_types_of_expire(desk: HebeiCaller, form: str, expected: object) -> None:
    desk.platform.set_variants(expire_type=form)
    assert desk.send("getToken", USER).json()["data"]["expire"] == expected
    desk.platform.set_variants(expire_type="missing")
    assert "expire" not in desk.send("getToken", USER).json()["data"]


def test_refreshing_as_printed_has_an_empty_code(desk: HebeiCaller) -> None:
    desk.platform.set_variants(refresh_code="", code_type="number")
    assert desk.send("refreshToken", {}).json()["code"] == ""
    assert desk.send("getToken", USER).json()["code"] == 200


def test_refreshing_without_any_body(desk: HebeiCaller) -> None:
    answer = desk.http.post(
        f"{desk.platform.base_url}/basic-api/oauth/refreshToken", headers=desk.headers
    ).json()
    assert answer["code"] == "200"
    assert set(answer) == {"code", "msg", "data"}
