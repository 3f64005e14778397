"""getToken (2.2.3.1): an identity token for one user, cached by the caller."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import NotAuthorisedError
from tests.integration.hebei.printed_fields import PRINTED, form_cases
from tests.integration.hebei.sharing_desk import OTHER_ORG, USER, Noted, SharingDesk, answer_of

if TYPE_CHECKING:
    from collections.abc import Callable

GET_TOKEN = "getToken"
PRINTED_TOKEN: dict[str, str] = PRINTED[GET_TOKEN]["examples"]["response"]["data"]


def with_data(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], object]:
    return lambda answer: {**answer, "data": change(answer["data"])}


@pytest.mark.parametrize(("subject", "change", "rule"), list(form_cases(GET_TOKEN)))
def test_each_printed_field(
    desk: SharingDesk, subject: str, change: Callable[[Any], object], rule: str
) -> None:
    outcome = desk.call_changed(GET_TOKEN, change)
    desk.assert_judged(outcome, rule, subject)
    if rule:
        assert isinstance(outcome.error, NotAuthorisedError)
        assert outcome.error.code == "hebei_user_refused"


@pytest.mark.parametrize(
    ("user", "rule"),
    [
        pytest.param(replace(USER, org_code="139999999999"), "ORG_UNKNOWN", id="orgCode-X003"),
        pytest.param(replace(USER, org_code=OTHER_ORG), "", id="another_orgCode-X003"),
        pytest.param(replace(USER, his_org_code="H1"), "", id="hisOrgCode-H049"),
        pytest.param(replace(USER, his_dept_code="内科"), "", id="chinese_hisDeptCode-print"),
    ],
)
def test_who_is_let_in(desk: SharingDesk, user: Any, rule: str) -> None:
    desk.assert_judged(desk.call(GET_TOKEN, user=user), rule, "orgCode" if rule else "")


@pytest.mark.parametrize("code_type", ["string", "number"])
@pytest.mark.parametrize(
    ("expire_type", "life_s"),
    [("string", 14400.0), ("number", 14400.0), ("missing", None), ("nonsense", None)],
    ids=["expire_text-H050", "expire_number-H050", "no_expire-H050", "strange_expire-H050"],
)
@pytest.mark.parametrize(
    "name", ["App_id", "app_id", "appId", "APP_ID"], ids=lambda name: f"{name}-H047"
)
def test_the_answer_in_every_form(
    desk: SharingDesk, name: str, expire_type: str, life_s: float | None, code_type: str
) -> None:
    """The token works at once, whatever the answer looked like."""
    desk.platform.set_variants(app_id_name=name, expire_type=expire_type, code_type=code_type)
    token = desk.call(GET_TOKEN).answer
    assert token is not None
    assert token.life_s == life_s
    if life_s is None:  # H050: not longer than a minute
        assert (token.expires_at - token.obtained_at).total_seconds() == 60
    assert desk.client().refresh_token(token).accepted


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(with_data(lambda data: [data]), id="data_list-H057"),
        pytest.param(lambda answer: {**answer, "code": 200.0}, id="code_decimal-H006"),
        pytest.param(lambda answer: {**answer, "more": {"x": 1}}, id="unknown_member-H060"),
    ],
)
def test_what_else_an_answer_may_look_like(
    desk: SharingDesk, change: Callable[[Any], object]
) -> None:
    token = desk.answered(GET_TOKEN, change).answer
    assert token is not None
    assert desk.client().refresh_token(token).accepted


def test_the_printed_answer_is_read_and_its_token_shown_untouched(desk: SharingDesk) -> None:
    """H051: the damaged sample is neither parsed nor repaired, the platform gets exactly that back."""
    shown = Noted()
    desk.wire.service = GET_TOKEN
    desk.wire.change_answer = lambda _: PRINTED[GET_TOKEN]["examples"]["response"]
    token = desk.call(GET_TOKEN).answer
    assert token is not None
    assert (token.app_id, token.token) == (PRINTED_TOKEN["App_id"], PRINTED_TOKEN["token"])
    desk.wire.service, desk.wire.change_answer = "refreshToken", None
    desk.wire.change_headers = shown
    assert not desk.client().refresh_token(token).accepted
    assert shown[0]["App_id"] == PRINTED_TOKEN["App_id"]
    assert shown[0]["Authorization"] == PRINTED_TOKEN["token"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(with_data(lambda _: None), "hebei_answer_incomplete", id="no_data-print"),
        pytest.param(
            with_data(lambda data: {**data, "token": ""}),
            "hebei_answer_incomplete",
            id="empty_token-print",
        ),
        pytest.param(
            with_data(lambda data: {"token": data["token"]}),
            "hebei_answer_incomplete",
            id="no_app_id-H047",
        ),
        pytest.param(
            with_data(lambda data: {**data, "token": "a\r\nX-Evil: 1"}),
            "hebei_answer_incomplete",
            id="token_with_a_line_break-H051",
        ),
        pytest.param(
            lambda answer: {**answer, "code": ""}, "hebei_user_refused", id="no_code-H052"
        ),
        pytest.param(
            lambda answer: {**answer, "code": "500"}, "hebei_user_refused", id="code_500-H006"
        ),
        pytest.param(lambda answer: answer["data"], "hebei_answer_not_json", id="bare_data-print"),
        pytest.param(lambda _: [], "hebei_answer_not_json", id="list-print"),
    ],
)
def test_an_answer_without_a_token(
    desk: SharingDesk, change: Callable[[Any], object], code: str
) -> None:
    outcome = desk.answered(GET_TOKEN, change)
    assert outcome.answer is None
    assert outcome.error is not None
    assert outcome.error.code == code


def test_each_of_the_four_codes_makes_another_user(desk: SharingDesk) -> None:
    """H046: never one token for all."""
    users = [
        USER,
        replace(USER, org_code=OTHER_ORG),
        replace(USER, his_org_code="H1"),
        replace(USER, his_dept_code="K02"),
        replace(USER, his_user_code="D002"),
    ]
    tokens = [answer_of(desk.call(GET_TOKEN, user=user)) for user in users]
    assert len({token.app_id for token in tokens}) == len(users)
    assert [token.user for token in tokens] == users


def test_a_token_asked_for_again_and_again_is_refused_by_name(desk: SharingDesk) -> None:
    """不可频繁调用: the client does not try by itself, its owner caches."""
    desk.platform.set_variants(token_limit="1")
    assert desk.call(GET_TOKEN).accepted
    desk.assert_judged(desk.call(GET_TOKEN), "TOKEN_TOO_OFTEN")
