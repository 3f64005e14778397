"""hrPage (2.2.3.4): whether there is anything to look at, and the page to open."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.model.shared_viewing import ViewMode, ViewRequest, is_page_host_allowed
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.sandbox.faults import FaultKind, FaultRule
from tests.integration.hebei.printed_fields import PRINTED, form_cases, put
from tests.integration.hebei.sharing_desk import (
    OTHER_KEY,
    SM4_KEY,
    STUDY,
    STUDY_2,
    VALUE,
    VISIT,
    Noted,
    SharingDesk,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.shared_viewing import SharingOffer

HR_PAGE = "hrPage"
SAMPLE = PRINTED[HR_PAGE]["examples"]["request"]


def offered(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Any], object]:
    """The answer with its one offer changed."""
    return lambda answer: {**answer, "data": [change(answer["data"][0])]}


def with_members(**members: object) -> Callable[[Any], object]:
    return offered(lambda offer: {**offer, **members})


@pytest.mark.parametrize(("subject", "change", "rule"), list(form_cases(HR_PAGE)))
def test_each_printed_field(
    desk: SharingDesk, subject: str, change: Callable[[Any], object], rule: str
) -> None:
    desk.assert_judged(desk.call_changed(HR_PAGE, change), rule, subject)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        pytest.param(STUDY, "", id="one-print"),
        pytest.param(f"{STUDY},{STUDY_2}", "", id="comma-H055"),
        pytest.param(f"{STUDY}, {STUDY_2}", "", id="comma_and_blank_as_printed-H055"),
        pytest.param(f"{STUDY}，{STUDY_2}", "", id="full_width_comma-H055"),
        pytest.param(f"{STUDY};{STUDY_2}", "ITEM_CODE_FORMAT", id="semicolon-H055"),
        pytest.param("CT210300001-008- 015", "ITEM_CODE_FORMAT", id="wrapped_code-H055"),
        pytest.param(f"{STUDY},", "ITEM_CODE_EMPTY", id="comma_at_the_end-H055"),
        pytest.param(f"{STUDY},{STUDY}", "ITEM_CODE_TWICE", id="twice-H055"),
    ],
)
@pytest.mark.parametrize("name", ["studyItem", "labItem"])
def test_separators_of_a_list(desk: SharingDesk, name: str, value: str, rule: str) -> None:
    desk.assert_judged(desk.call_changed(HR_PAGE, put(name, value)), rule, name if rule else "")


@pytest.mark.parametrize(
    ("request_", "sent"),
    [
        pytest.param(ViewRequest(), {}, id="view_sends_neither-H054"),
        pytest.param(
            ViewRequest(ViewMode.ORDER, (STUDY, STUDY_2)),
            {"studyItem": f"{STUDY},{STUDY_2}"},
            id="order_of_studies-H054",
        ),
        pytest.param(
            ViewRequest(ViewMode.ORDER, (), (VALUE,)), {"labItem": VALUE}, id="order_of_labs-H054"
        ),
        pytest.param(
            ViewRequest(ViewMode.ORDER, (SAMPLE["studyItem"],), (SAMPLE["labItem"],)),
            {name: SAMPLE[name].replace(" ", "") for name in ("studyItem", "labItem")},
            id="the_printed_lists-H055",
        ),
    ],
)
def test_both_modes(desk: SharingDesk, request_: ViewRequest, sent: dict[str, str]) -> None:
    """Each mode sends its lists only, by commas without blanks, and is let in."""
    desk.lead_to(HR_PAGE)
    seen = Noted()
    desk.wire.service = HR_PAGE
    desk.wire.change_body = seen
    outcome = desk.client().hr_page(desk.token, VISIT, request_)
    desk.assert_judged(outcome, "")
    assert {name: seen[0][name] for name in ("studyItem", "labItem") if name in seen[0]} == sent


@pytest.mark.parametrize(
    ("request_", "studies", "values"),
    [
        pytest.param(ViewRequest(), 2, 1, id="view-H054"),
        pytest.param(ViewRequest(ViewMode.ORDER, (STUDY,)), 1, 0, id="order_of_a_study-H054"),
        pytest.param(ViewRequest(ViewMode.ORDER, (STUDY,), (VALUE,)), 1, 1, id="both-H054"),
        pytest.param(ViewRequest(ViewMode.ORDER, ("CT-NOT-SHARED",)), 0, 0, id="nothing-H057"),
    ],
)
def test_what_is_offered(
    desk: SharingDesk, request_: ViewRequest, studies: int, values: int
) -> None:
    desk.lead_to(HR_PAGE)
    offer = desk.client().hr_page(desk.token, VISIT, request_).answer
    assert offer is not None
    assert (offer.study_count, offer.lab_count) == (studies, values)
    assert offer.has_results == bool(studies + values) == bool(offer.url)


VARIANTS = [
    pytest.param({}, id="as_printed"),
    pytest.param({"page_data": "object"}, id="data_object-H057"),
    pytest.param({"counts_type": "number"}, id="counts_number-H057"),
    pytest.param({"url_form": "relative"}, id="url_relative-H057"),
    pytest.param({"encryption": "all"}, id="answer_encrypted-H056"),
    pytest.param({"encryption": "none"}, id="answer_in_clear-H056"),
    pytest.param({"code_type": "number"}, id="code_number-H006"),
]
FORMS = [
    pytest.param(
        lambda answer: {**answer, "data": json.dumps(answer["data"])}, id="data_text-H057"
    ),
    pytest.param(lambda answer: {**answer, "data": [None, *answer["data"]]}, id="null_first-H057"),
    pytest.param(with_members(studyResultNo=2.0), id="count_decimal-H057"),
    pytest.param(with_members(studyResultNo=" 2 "), id="count_with_blanks-H057"),
    pytest.param(
        offered(lambda offer: {name.lower(): value for name, value in offer.items()}),
        id="names_in_lower_case-H047",
    ),
    pytest.param(with_members(total=9, more=[1]), id="unknown_members-H060"),
]


def assert_is_the_page(desk: SharingDesk, offer: SharingOffer) -> None:
    """What was offered can be opened by exactly that address, once (H075)."""
    assert (offer.study_count, offer.lab_count) == (2, 1)
    assert (offer.patient_name, offer.id_no, offer.phone) == (VISIT.name, VISIT.id_no, VISIT.phone)
    address = offer.url.replace(desk.wire.base_url, desk.platform.root_url)
    assert httpx.get(address, trust_env=False).status_code == 200
    assert [page["opened"] for page in desk.platform.pages()] == [1]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_answer_in_every_variant(desk: SharingDesk, variant: dict[str, str]) -> None:
    desk.platform.set_variants(**variant)
    desk.lead_to(HR_PAGE)
    offer = desk.call(HR_PAGE).answer
    assert offer is not None
    assert_is_the_page(desk, offer)


@pytest.mark.parametrize("change", FORMS)
def test_what_else_an_answer_may_look_like(
    desk: SharingDesk, change: Callable[[Any], object]
) -> None:
    offer = desk.answered(HR_PAGE, change).answer
    assert offer is not None
    assert_is_the_page(desk, offer)


@pytest.mark.parametrize(
    ("change", "has_results"),
    [
        pytest.param(with_members(studyResultNo="两项", labResultNo=""), True, id="with_url-H057"),
        pytest.param(
            with_members(studyResultNo="两项", labResultNo="", url=""), False, id="no_url-H057"
        ),
        pytest.param(with_members(studyResultNo="0", labResultNo=0), False, id="both_0-H057"),
        pytest.param(with_members(studyResultNo="-1", labResultNo="0"), True, id="negative-H057"),
        pytest.param(lambda answer: {**answer, "data": []}, False, id="data_empty-H057"),
        pytest.param(lambda answer: {**answer, "data": None}, False, id="data_null-H057"),
        pytest.param(lambda answer: {"code": "200", "msg": ""}, False, id="no_data-H057"),
    ],
)
def test_counts_that_cannot_be_read(
    desk: SharingDesk, change: Callable[[Any], object], has_results: bool
) -> None:
    offer = desk.answered(HR_PAGE, change).answer
    assert offer is not None
    assert offer.has_results == has_results


def ciphered(**dialect: Any) -> Callable[[Any], object]:
    cipher = Sm4(SM4_KEY, **dialect)
    return with_members(idNo=cipher.encrypt(VISIT.id_no), patientName=cipher.encrypt(VISIT.name))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(ciphered(), id="lower_hex-H035"),
        pytest.param(ciphered(encoding="HEX"), id="upper_hex-H035"),
        pytest.param(ciphered(encoding="base64"), id="base64-H035"),
        pytest.param(with_members(idNo=VISIT.id_no, patientName=VISIT.name), id="in_clear-H037"),
    ],
)
def test_patient_values_of_an_answer(desk: SharingDesk, change: Callable[[Any], object]) -> None:
    offer = desk.answered(HR_PAGE, change).answer
    assert offer is not None
    assert (offer.id_no, offer.patient_name) == (VISIT.id_no, VISIT.name)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(SAMPLE["idNo"], id="the_printed_ciphertext-H036"),
        pytest.param(Sm4(OTHER_KEY).encrypt(VISIT.id_no), id="of_another_key-H035"),
        pytest.param("00" * 16, id="bad_padding-H035"),
        pytest.param("****", id="masked-H037"),
    ],
)
def test_what_cannot_be_deciphered_stays_as_it_came(desk: SharingDesk, value: str) -> None:
    """H037: taken as plain; nobody is told that a patient has no number."""
    offer = desk.answered(HR_PAGE, with_members(idNo=value)).answer
    assert offer is not None
    assert offer.id_no == value
    assert offer.has_results


STRANGE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "file:///c:/windows/system32/calc.exe",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ms-msdt:/id PCWDiagnostic",
    "hbgz://open?x=1",
    "ftp://127.0.0.1/page",
    "mailto:nobody@example.com",
    "http://",
    "http:///page",
    "http://[::1/page",
    "http://somebody@127.0.0.1/page",
]
ELSEWHERE = [
    "//evil.example/page",
    "\\\\evil.example\\share\\page",
    "http://evil.example/page",
    "https://127.0.0.1.evil.example/page",
]


@pytest.mark.parametrize("url", STRANGE, ids=lambda url: f"{url}-H075")
def test_an_address_no_browser_may_open(desk: SharingDesk, url: str) -> None:
    desk.platform.faults.add(FaultRule(FaultKind.STRANGE_URL, HR_PAGE, parameters={"url": url}))
    desk.lead_to(HR_PAGE)
    outcome = desk.call(HR_PAGE)
    assert outcome.answer is not None
    assert outcome.answer.url == ""


@pytest.mark.parametrize("url", ELSEWHERE, ids=lambda url: f"{url}-H075")
def test_an_address_on_another_host(desk: SharingDesk, url: str) -> None:
    """May be a page; only hosts a person has allowed are opened."""
    desk.platform.faults.add(FaultRule(FaultKind.STRANGE_URL, HR_PAGE, parameters={"url": url}))
    desk.lead_to(HR_PAGE)
    offer = desk.call(HR_PAGE).answer
    assert offer is not None
    if offer.url:
        assert "evil.example" in offer.url or offer.url.startswith(desk.wire.base_url)
    is_ours = offer.url.startswith(f"{desk.wire.base_url}/")
    assert is_page_host_allowed(offer.url, desk.wire.base_url, ()) == is_ours
    is_named = is_page_host_allowed("http://pages.example/x", desk.wire.base_url, ["Pages.example"])
    assert is_named


def test_nobody_is_looked_up_without_an_authorization(desk: SharingDesk) -> None:
    desk.assert_judged(desk.call(HR_PAGE), "PATIENT_NOT_AUTHORISED", "idNo")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        pytest.param(
            {"visit_time": "2026-11-22 08:00:01"}, "VISIT_TIME_DIFFERS", id="visitTime-H076"
        ),
        pytest.param({"visit_no": "MZ2"}, "VISIT_UNKNOWN", id="visitNo-H076"),
        pytest.param({"id_no": "139999198501010018"}, "PATIENT_NOT_AUTHORISED", id="idNo-H076"),
        pytest.param({"patient_id": "P2"}, "PATIENT_DIFFERS", id="patientId-H076"),
        pytest.param({"name": "王大明"}, "PATIENT_DIFFERS", id="patientName-H076"),
        pytest.param({"phone": "13900001111"}, "PATIENT_DIFFERS", id="phoneNo-H076"),
    ],
)
def test_a_visit_stays_the_same(desk: SharingDesk, changes: dict[str, str], rule: str) -> None:
    desk.lead_to(HR_PAGE)
    desk.assert_judged(desk.call(HR_PAGE, visit=replace(VISIT, **changes)), rule)
