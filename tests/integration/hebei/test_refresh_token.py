"""refreshToken (2.2.3.2): a token exchanged before it ends, by its headers alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import NotAuthorisedError
from tests.integration.hebei.printed_fields import (
    PRINTED,
    SERVICES,
    WITH_TOKEN,
    header_cases,
    put,
)
from tests.integration.hebei.sharing_desk import USER, SharingDesk

if TYPE_CHECKING:
    from collections.abc import Callable

REFRESH = "refreshToken"


def test_the_print_demands_both_headers_and_no_body() -> None:
    for service in SERVICES:
        names = [one["name"] for one in PRINTED[service]["headers"] if one["required"]]
        assert names == (["App_id", "Authorization"] if service in WITH_TOKEN else [])
    assert PRINTED[REFRESH]["request"] == []


@pytest.mark.parametrize("service", WITH_TOKEN)
@pytest.mark.parametrize(("subject", "change", "rule"), list(header_cases()))
def test_each_printed_header_of_every_service(
    desk: SharingDesk,
    service: str,
    subject: str,
    change: Callable[[dict[str, Any]], dict[str, str]],
    rule: str,
) -> None:
    desk.lead_to(service)
    desk.wire.service, desk.wire.change_headers = service, change
    outcome = desk.call(service)
    desk.assert_judged(outcome, rule, subject)
    if rule != "HEADER_MISSING":
        assert isinstance(outcome.error, NotAuthorisedError)
        assert outcome.error.code == "hebei_token_refused"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param(lambda body: body, "", id="empty_object-H052"),
        pytest.param(lambda _: b"", "", id="nothing-H052"),
        pytest.param(put("token", "x"), "BODY_NOT_EMPTY", id="a_member-H052"),
    ],
)
def test_the_body(desk: SharingDesk, change: Callable[[Any], object], rule: str) -> None:
    desk.assert_judged(desk.call_changed(REFRESH, change), rule)


@pytest.mark.parametrize(
    ("changes", "is_accepted"),
    [
        pytest.param({}, True, id="as_printed_elsewhere-H052"),
        pytest.param({"code": ""}, True, id="code_empty_as_printed-H052"),
        pytest.param({"code": None}, True, id="code_null-H052"),
        pytest.param({"code": 200}, True, id="code_number-H006"),
        pytest.param({"code": "", "data": None}, False, id="code_empty_and_no_token-H052"),
        pytest.param({"code": "500"}, False, id="code_500_with_token-H006"),
    ],
)
def test_whether_an_answer_is_a_success(
    desk: SharingDesk, changes: dict[str, object], is_accepted: bool
) -> None:
    outcome = desk.answered(REFRESH, lambda answer: {**answer, **changes})
    assert outcome.accepted == is_accepted
    assert (outcome.answer is not None) == is_accepted


@pytest.mark.parametrize("name", ["App_id", "app_id", "appId"], ids=lambda name: f"{name}-H047")
@pytest.mark.parametrize("refresh_code", ["200", ""], ids=["code_200-H052", "code_empty-H052"])
def test_the_new_token_works_for_the_same_user(
    desk: SharingDesk, name: str, refresh_code: str
) -> None:
    desk.platform.set_variants(app_id_name=name, refresh_code=refresh_code)
    token = desk.call(REFRESH).answer
    assert token is not None
    assert token.user == USER
    assert token.app_id == desk.token.app_id
    assert token.token != desk.token.token
    assert desk.client().refresh_token(token).accepted


@pytest.mark.parametrize(
    ("old_token", "rule"),
    [
        pytest.param("revoked", "TOKEN_REPLACED", id="void-H052"),
        pytest.param("valid", "", id="still_good-H052"),
    ],
)
def test_what_becomes_of_the_old_token(desk: SharingDesk, old_token: str, rule: str) -> None:
    desk.platform.set_variants(old_token=old_token)
    assert desk.call(REFRESH).accepted
    desk.assert_judged(desk.call("saveAuthUser"), rule)


def test_a_token_that_has_ended_is_refused_by_name(desk: SharingDesk) -> None:
    assert desk.token.token
    desk.platform.expire_tokens()
    outcome = desk.call(REFRESH)
    desk.assert_judged(outcome, "TOKEN_EXPIRED", "Authorization")
    assert isinstance(outcome.error, NotAuthorisedError)


def test_a_token_is_not_shown_under_another_user(desk: SharingDesk) -> None:
    """H046."""
    other = desk.client().get_token(replace(USER, his_user_code="D002")).answer
    assert other is not None
    mixed = replace(desk.token, app_id=other.app_id)
    outcome = desk.client().refresh_token(mixed)
    desk.assert_judged(outcome, "TOKEN_OF_ANOTHER_USER", "App_id")


def test_the_prefix_is_a_setting(desk: SharingDesk) -> None:
    """H048: the bare token unless the platform wants another form."""
    assert desk.token.token
    desk.platform.set_variants(token_prefix="Bearer ")
    assert desk.call(REFRESH, client=desk.client(token_prefix="Bearer ")).accepted
    outcome = desk.call(REFRESH)
    desk.assert_judged(outcome, "TOKEN_PREFIX_WRONG", "Authorization")
