"""Every rule of 2.2.3, broken alone: refused by its name, and nothing is kept."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.hebei_crypto import Sm4Cipher
from hbgz_desktop.sandbox.hebei_rules import Rule
from tests.unit.sandbox.hebei_caller import (
    ID_NO,
    MEMBERS,
    PATIENT,
    RELATION,
    SM4_KEY,
    STUDY,
    USER,
    VALUE,
    HebeiCaller,
    rule_of,
)

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.hebei_platform import HebeiPlatform

PATIENT_SERVICES = ("saveAuthUser", "hrPage", "getHrInfo", "restJcJyYyInfo")
CIPHER = Sm4Cipher(SM4_KEY)
OTHER_ID = "139999198501010018"


def changed(**members: Any) -> dict[str, Any]:
    return {**RELATION, **members}


def test_a_visit_as_printed_breaks_no_rule(desk: HebeiCaller) -> None:
    assert [desk.rule(service) for service in PATIENT_SERVICES] == ["", "", "", ""]
    assert rule_of(desk.send("refreshToken", {}).json()) == ""
    assert desk.platform.rules_broken() == ()
    assert {row.outcome for row in desk.platform.requests()} == {"accepted"}


# -- the request as a whole


@pytest.mark.parametrize(
    ("method", "path", "expected", "status"),
    [
        ("POST", "/basic-api/api/jc jyrest/hrPage", Rule.PATH_UNKNOWN, 404),
        ("POST", "/basic-api/api/jcjyrest/hrpage", Rule.PATH_UNKNOWN, 404),
        ("POST", "/api/jcjyrest/hrPage", Rule.PATH_UNKNOWN, 404),
        ("GET", "/basic-api/api/jcjyrest/hrPage", Rule.METHOD_NOT_POST, 405),
        ("GET", "/basic-api/oauth/getToken", Rule.METHOD_NOT_POST, 405),
    ],
)
def test_addresses(desk: HebeiCaller, method: str, path: str, expected: Rule, status: int) -> None:
    answer = desk.http.request(method, f"{desk.platform.root_url}{path}", headers=desk.headers)
    assert answer.status_code == status
    assert rule_of(answer.json()) == expected.name


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("application/x-www-form-urlencoded", b"{}", Rule.CONTENT_TYPE_NOT_JSON),
        ("text/plain", b"{}", Rule.CONTENT_TYPE_NOT_JSON),
        ("application/json", b"", Rule.BODY_NOT_JSON),
        ("application/json", b"{", Rule.BODY_NOT_JSON),
        ("application/json", '{"idNo": "王"}'.encode("gb18030"), Rule.BODY_NOT_JSON),
        ("application/json", b"[]", Rule.BODY_NOT_OBJECT),
        ("application/json", b'"text"', Rule.BODY_NOT_OBJECT),
        ("application/json", b'{"idNo": "a", "idNo": "b"}', Rule.FIELD_TWICE),
    ],
)
def test_bodies(desk: HebeiCaller, content_type: str, body: bytes, expected: Rule) -> None:
    answer = desk.http.post(
        f"{desk.platform.base_url}/basic-api/api/jcjyrest/hrPage",
        content=body,
        headers={**desk.headers, "Content-Type": content_type},
    )
    assert rule_of(answer.json()) == expected.name


@pytest.mark.parametrize("missing", ["App_id", "Authorization"])
@pytest.mark.parametrize("service", ["refreshToken", *PATIENT_SERVICES])
def test_every_service_but_the_first_wants_both_headers(
    desk: HebeiCaller, service: str, missing: str
) -> None:
    body = {} if service == "refreshToken" else desk.body(service)
    for headers in (
        {name: value for name, value in desk.headers.items() if name != missing},
        {**desk.headers, missing: ""},
    ):
        answer = desk.send(service, body, headers).json()
        assert rule_of(answer) == Rule.HEADER_MISSING.name
        assert missing in answer["msg"]


def test_a_body_as_long_as_a_book_is_not_read(desk: HebeiCaller) -> None:
    answer = desk.send("hrPage", {"patientId": "x" * 1_100_000})
    assert answer.status_code == 400


# -- members


@pytest.mark.parametrize("member", ["orgCode", "hisDeptCode", "hisUserCode"])
def test_members_of_get_token(desk: HebeiCaller, member: str) -> None:
    without = {name: value for name, value in USER.items() if name != member}
    for body, expected in (
        (without, Rule.FIELD_MISSING),
        ({**USER, member: ""}, Rule.FIELD_EMPTY),
        ({**USER, member: " x"}, Rule.FIELD_BLANKS),
        ({**USER, member: 7}, Rule.FIELD_TYPE),
        ({**USER, member: None}, Rule.FIELD_TYPE),
        ({**USER, "hisOrgCode": ""}, Rule.FIELD_EMPTY),  # H049: omitted when empty
        ({**USER, "appSecret": "x"}, Rule.FIELD_UNKNOWN),  # H046: there is no secret
        ({**USER, "orgCode": "139999999999"}, Rule.ORG_UNKNOWN),
    ):
        assert rule_of(desk.send("getToken", body).json()) == expected.name
    assert rule_of(desk.send("getToken", {**USER, "hisOrgCode": "H1"}).json()) == ""


def test_refresh_token_has_no_body(desk: HebeiCaller) -> None:
    assert rule_of(desk.send("refreshToken", {"token": "x"}).json()) == Rule.BODY_NOT_EMPTY.name


REQUIRED = [
    ("saveAuthUser", ("idNo", "visitTime")),  # H053: only these two are marked
    ("hrPage", tuple(PATIENT)),
    ("getHrInfo", ("idNo", "visitNo", "relation")),
    ("restJcJyYyInfo", ("patientName", "idNo", "visitNo")),
]


@pytest.mark.parametrize(
    ("service", "member"), [(service, name) for service, names in REQUIRED for name in names]
)
def test_a_marked_member_is_missing(visit: HebeiCaller, service: str, member: str) -> None:
    answer = visit.call(service, **{member: None})
    assert rule_of(answer) == Rule.FIELD_MISSING.name
    assert member in answer["msg"]


@pytest.mark.parametrize(
    ("service", "member"),
    [
        (service, name)
        for service, names in REQUIRED
        for name in MEMBERS[service]
        if name not in names
    ],
)
def test_an_unmarked_member_may_be_missing(visit: HebeiCaller, service: str, member: str) -> None:
    assert visit.rule("hrPage") == ""
    assert visit.rule(service, **{member: None}) == ""


@pytest.mark.parametrize(
    ("service", "member"), [(service, name) for service in MEMBERS for name in MEMBERS[service]]
)
def test_forms_of_a_member(visit: HebeiCaller, service: str, member: str) -> None:
    assert visit.rule_of_raw(service, **{member: ""}) == Rule.FIELD_EMPTY.name
    for wrong in (7, None, ["x"], {"x": "y"}, True):
        assert visit.rule_of_raw(service, **{member: wrong}) == Rule.FIELD_TYPE.name
    blank = f" {visit.body(service)[member]}"
    assert visit.rule_of_raw(service, **{member: blank}) == Rule.FIELD_BLANKS.name


@pytest.mark.parametrize("service", PATIENT_SERVICES)
@pytest.mark.parametrize("name", ["patientid", "id_no", "token", "studyItem "])
def test_a_member_that_is_not_printed(visit: HebeiCaller, service: str, name: str) -> None:
    assert visit.rule_of_raw(service, **{name: "x"}) == Rule.FIELD_UNKNOWN.name


def test_members_of_one_service_are_not_those_of_another(visit: HebeiCaller) -> None:
    assert visit.rule_of_raw("saveAuthUser", studyItem=STUDY) == Rule.FIELD_UNKNOWN.name
    assert visit.rule_of_raw("getHrInfo", patientName="x") == Rule.FIELD_UNKNOWN.name
    assert visit.rule_of_raw("restJcJyYyInfo", phoneNo="x") == Rule.FIELD_UNKNOWN.name


@pytest.mark.parametrize(
    ("service", "member"),
    [
        (service, name)
        for service, names in MEMBERS.items()
        for name in names
        if name in ("patientName", "idNo", "phoneNo", "visitNo")
    ],
)
def test_a_marked_member_is_encrypted_with_our_key(
    visit: HebeiCaller, service: str, member: str
) -> None:
    sent = CIPHER.encrypt(PATIENT[member])
    for raw, expected in (
        (PATIENT[member], Rule.FIELD_NOT_ENCRYPTED),
        (sent[:-2], Rule.FIELD_NOT_ENCRYPTED),
        (sent.upper(), Rule.CIPHER_ENCODING),
        (CIPHER.badly_padded(), Rule.CIPHER_PADDING),
        (Sm4Cipher("f" * 32).encrypt(PATIENT[member]), Rule.CIPHER_PADDING),
    ):
        assert visit.rule_of_raw(service, **{member: raw}) == expected.name


@pytest.mark.parametrize("member", ["patientId", "visitTime"])
def test_an_unmarked_member_is_not_encrypted(visit: HebeiCaller, member: str) -> None:
    """H037: exactly the marked members; what is in clear must be what the visit has."""
    raw = CIPHER.encrypt(PATIENT[member])
    expected = {"patientId": Rule.PATIENT_DIFFERS, "visitTime": Rule.VISIT_TIME_FORMAT}
    assert visit.rule_of_raw("hrPage", **{member: raw}) == expected[member].name


@pytest.mark.parametrize(
    ("member", "value", "expected"),
    [
        ("patientId", "x" * 65, Rule.FIELD_TOO_LONG),
        ("patientId", ID_NO, Rule.PATIENT_ID_IS_ID_NO),
        ("patientName", "", Rule.NAME_FORMAT),
        ("patientName", "王^小明", Rule.NAME_FORMAT),
        ("patientName", "王小明\x00", Rule.NAME_FORMAT),
        ("patientName", "王小明 ", Rule.FIELD_BLANKS),
        ("idNo", "139999199003071235", Rule.ID_CHECK_DIGIT),
        ("idNo", "139999199013071234", Rule.ID_BIRTH_DATE),
        ("idNo", "139999199002301234", Rule.ID_BIRTH_DATE),
        ("idNo", "13999919900307123x", Rule.ID_FORMAT),
        ("idNo", "13999919900307", Rule.ID_FORMAT),
        ("idNo", " " + ID_NO, Rule.FIELD_BLANKS),
        ("idNo", "1399991990030712345", Rule.ID_FORMAT),
        ("phoneNo", "1380000111", Rule.PHONE_FORMAT),
        ("phoneNo", "+8613800001111", Rule.PHONE_FORMAT),
        ("phoneNo", "12800001111", Rule.PHONE_FORMAT),
        ("visitNo", "V 1", Rule.VISIT_NO_FORMAT),
        ("visitNo", "", Rule.VISIT_NO_FORMAT),
        ("visitNo", "x" * 65, Rule.VISIT_NO_FORMAT),
        ("visitTime", "2026-11-22", Rule.VISIT_TIME_FORMAT),
        ("visitTime", "2026-11-22T08:00:00", Rule.VISIT_TIME_FORMAT),
        ("visitTime", "2026-11-22 8:00:00", Rule.VISIT_TIME_FORMAT),
        ("visitTime", "2026-02-30 08:00:00", Rule.VISIT_TIME_FORMAT),
        ("visitTime", "20261122080000", Rule.VISIT_TIME_FORMAT),
    ],
)
def test_what_is_in_a_member(desk: HebeiCaller, member: str, value: str, expected: Rule) -> None:
    answer = desk.call("saveAuthUser", **{member: value})
    assert rule_of(answer) == expected.name
    assert member in answer["msg"]
    if value:
        assert value not in answer["msg"]


@pytest.mark.parametrize("id_no", [OTHER_ID, "130101900307123", "E12345678", "H08765432"])
def test_certificates_that_are_let_in(desk: HebeiCaller, id_no: str) -> None:
    assert desk.rule("saveAuthUser", idNo=id_no) == ""


# -- one visit through all calls


def test_nobody_is_looked_up_without_an_authorisation(desk: HebeiCaller) -> None:
    for service in ("hrPage", "getHrInfo", "restJcJyYyInfo"):
        assert desk.rule(service) == Rule.PATIENT_NOT_AUTHORISED.name
    desk.platform.set_variants(authorisation="optional")
    assert desk.rule("hrPage") == ""


@pytest.mark.parametrize("service", ["hrPage", "getHrInfo", "restJcJyYyInfo"])
def test_a_visit_is_the_same_through_all_calls(visit: HebeiCaller, service: str) -> None:
    assert visit.rule("hrPage") == ""
    later = "2026-11-22 08:00:01"
    assert visit.rule(service, visitTime=later) == Rule.VISIT_TIME_DIFFERS.name
    assert visit.rule(service, visitNo="V2") == Rule.VISIT_UNKNOWN.name
    assert visit.rule(service, idNo=OTHER_ID) == Rule.PATIENT_NOT_AUTHORISED.name
    assert visit.rule(service) == ""


@pytest.mark.parametrize(
    ("member", "value"),
    [("patientId", "P2"), ("patientName", "王大明"), ("phoneNo", "13900001111")],
)
def test_a_patient_is_the_same_through_all_calls(
    visit: HebeiCaller, member: str, value: str
) -> None:
    for service in ("saveAuthUser", "hrPage", "restJcJyYyInfo"):
        if member in MEMBERS[service]:
            answer = visit.call(service, **{member: value})
            assert rule_of(answer) == Rule.PATIENT_DIFFERS.name
            assert member in answer["msg"]


def test_an_authorisation_may_come_twice_but_not_with_another_time(visit: HebeiCaller) -> None:
    assert visit.rule("saveAuthUser") == ""
    later = "2026-11-23 08:00:00"
    assert visit.rule("saveAuthUser", visitTime=later) == Rule.VISIT_TIME_DIFFERS.name
    assert visit.rule("saveAuthUser", visitTime=later, visitNo="V2") == ""
    assert visit.rule("hrPage", visitTime=later, visitNo="V2") == ""
    assert visit.rule("hrPage", visitTime=later) == Rule.VISIT_TIME_DIFFERS.name


def test_a_visit_number_may_become_known_later(desk: HebeiCaller) -> None:
    """H053: saveAuthUser marks only idNo and visitTime."""
    unknown = dict.fromkeys(("patientId", "patientName", "phoneNo", "visitNo"))
    assert desk.rule("saveAuthUser", **unknown) == ""
    assert desk.rule("hrPage") == ""
    assert desk.rule("hrPage", visitNo="V2") == Rule.VISIT_UNKNOWN.name


def test_another_organisation_does_not_know_the_visit(visit: HebeiCaller) -> None:
    visit.login(orgCode="130000000002")
    assert visit.rule("hrPage") == Rule.PATIENT_NOT_AUTHORISED.name


def test_results_are_asked_for_after_the_page(visit: HebeiCaller) -> None:
    assert visit.rule("getHrInfo") == Rule.PAGE_NOT_REQUESTED.name
    assert visit.rule("restJcJyYyInfo") == Rule.PAGE_NOT_REQUESTED.name


def test_no_further_calls_when_nothing_is_shared(visit: HebeiCaller) -> None:
    visit.platform.set_results(studies=0, values=0)
    assert visit.rule("hrPage") == ""
    assert visit.rule("getHrInfo") == Rule.NOTHING_SHARED.name
    assert visit.rule("restJcJyYyInfo") == Rule.NOTHING_SHARED.name


# -- item codes (H054, H055) and orders (H058)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (STUDY, ""),
        (f"{STUDY},X", ""),
        (f"{STUDY}, X，Y", ""),
        ("", ""),
        (None, ""),
        (f"{STUDY},", "ITEM_CODE_EMPTY"),
        (",", "ITEM_CODE_EMPTY"),
        (f"{STUDY};X", "ITEM_CODE_FORMAT"),
        ("颅脑", "ITEM_CODE_FORMAT"),
        ("CT210300001-008- 015", "ITEM_CODE_FORMAT"),
        (f"{STUDY},{STUDY}", "ITEM_CODE_TWICE"),
        ([STUDY], "FIELD_TYPE"),
        (7, "FIELD_TYPE"),
    ],
)
@pytest.mark.parametrize("member", ["studyItem", "labItem"])
def test_item_codes(visit: HebeiCaller, member: str, value: object, expected: str) -> None:
    assert visit.rule_of_raw("hrPage", **{member: value}) == expected


@pytest.mark.parametrize(
    ("relation", "expected"),
    [
        (None, "FIELD_MISSING"),
        ({}, "FIELD_MISSING"),
        ({"studyItem": [], "labItem": []}, "FIELD_MISSING"),
        ([], "FIELD_TYPE"),
        ("", "FIELD_TYPE"),
        (changed(drugItem=[]), "FIELD_UNKNOWN"),
        (changed(studyItem=STUDY), "FIELD_TYPE"),
        (changed(studyItem=["S1"]), "FIELD_TYPE"),
        (changed(studyItem=[{"hisNo": "S1"}]), "FIELD_MISSING"),
        (changed(studyItem=[{"studyItemCodes": [STUDY]}]), "FIELD_MISSING"),
        (changed(studyItem=[{"hisNo": "S1", "labItemCodes": [STUDY]}]), "FIELD_UNKNOWN"),
        (changed(studyItem=[{"hisNo": 1, "studyItemCodes": [STUDY]}]), "FIELD_TYPE"),
        (changed(studyItem=[{"hisNo": "", "studyItemCodes": [STUDY]}]), "FIELD_EMPTY"),
        (changed(studyItem=[{"hisNo": "S1", "studyItemCodes": STUDY}]), "FIELD_TYPE"),
        (changed(studyItem=[{"hisNo": "S1", "studyItemCodes": [1]}]), "FIELD_TYPE"),
        (changed(studyItem=[{"hisNo": "S1", "studyItemCodes": []}]), "ORDER_EMPTY"),
        (changed(studyItem=[{"hisNo": "S1", "studyItemCodes": [""]}]), "ITEM_CODE_EMPTY"),
        (changed(studyItem=[{"hisNo": "S1", "studyItemCodes": ["a,b"]}]), "ITEM_CODE_FORMAT"),
        (changed(studyItem=[{"hisNo": "S1", "studyItemCodes": [STUDY] * 2}]), "ITEM_CODE_TWICE"),
        (changed(labItem=[{"hisNo": "L1", "labItemCodes": [VALUE]}] * 2), "ORDER_NO_TWICE"),
        ({"studyItem": RELATION["studyItem"]}, ""),
        ({"labItem": RELATION["labItem"]}, ""),
    ],
)
def test_orders(visit: HebeiCaller, relation: object, expected: str) -> None:
    assert visit.rule("hrPage") == ""
    body = {**visit.body("getHrInfo"), "relation": relation}
    assert rule_of(visit.send("getHrInfo", body).json()) == expected


def test_a_refusal_keeps_nothing_but_its_rule(hebei: HebeiPlatform, desk: HebeiCaller) -> None:
    assert desk.rule("saveAuthUser", phoneNo="1") == Rule.PHONE_FORMAT.name
    assert desk.rule("hrPage") == Rule.PATIENT_NOT_AUTHORISED.name
    assert hebei.rules_broken() == ("PHONE_FORMAT", "PATIENT_NOT_AUTHORISED")
    assert hebei.state()["rules_broken"] == {"PHONE_FORMAT": 1, "PATIENT_NOT_AUTHORISED": 1}


def test_every_rule_is_broken_somewhere_here() -> None:
    """A rule without a test would be a rule nobody knows to work."""
    folder = Path(__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in folder.glob("test_hebei_*.py"))
    assert [rule.name for rule in Rule if not re.search(rf"\b{rule.name}\b", text)] == []
