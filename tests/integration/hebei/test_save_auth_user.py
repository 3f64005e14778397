"""saveAuthUser (2.2.3.3): the patient has authorized the hospital to look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.visit import Visit, VisitCall
from tests.integration.hebei.printed_fields import PRINTED, WITH_PATIENT, form_cases
from tests.integration.hebei.sharing_desk import ATTRIBUTE, VISIT, SharingDesk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _pytest.mark import ParameterSet

SAVE = "saveAuthUser"
VALUES: tuple[tuple[str, str, str, str, str], ...] = (
    ("patientId", "too_long", "x" * 65, "FIELD_TOO_LONG", "H077"),
    ("patientId", "is_the_certificate", VISIT.id_no, "PATIENT_ID_IS_ID_NO", "H077"),
    ("patientId", "longest", "x" * 64, "", "H077"),
    ("patientName", "dicom_caret", "王^小明", "NAME_FORMAT", "print"),
    ("patientName", "control_character", "王\x07小明", "NAME_FORMAT", "print"),
    ("patientName", "rare_character", "王𠮷", "", "H035"),
    ("patientName", "middle_dot", "买买提·阿不都", "", "H035"),
    ("patientName", "one_block_exactly", "欧阳子涵abcd", "", "H035"),
    ("idNo", "check_digit", "139999199003071235", "ID_CHECK_DIGIT", "H053"),
    ("idNo", "birth_date", "139999199013071234", "ID_BIRTH_DATE", "H053"),
    ("idNo", "lower_case_x", "13999919900307123x", "ID_FORMAT", "H053"),
    ("idNo", "too_short", "13999919900307", "ID_FORMAT", "H053"),
    ("phoneNo", "too_short", "1380000111", "PHONE_FORMAT", "H016"),
    ("phoneNo", "country_code", "+8613800001111", "PHONE_FORMAT", "H016"),
    ("phoneNo", "landline", "031188888888", "PHONE_FORMAT", "H016"),
    ("visitNo", "blank_inside", "MZ 1", "VISIT_NO_FORMAT", "H024"),
    ("visitNo", "chinese", "门诊一", "VISIT_NO_FORMAT", "H024"),
    ("visitTime", "date_only", "2026-11-22", "VISIT_TIME_FORMAT", "H076"),
    ("visitTime", "iso", "2026-11-22T08:00:00", "VISIT_TIME_FORMAT", "H076"),
    ("visitTime", "compact", "20261122080000", "VISIT_TIME_FORMAT", "H076"),
    ("visitTime", "no_such_day", "2026-02-30 08:00:00", "VISIT_TIME_FORMAT", "H076"),
    ("visitTime", "hour_24", "2026-11-22 24:00:00", "VISIT_TIME_FORMAT", "H076"),
)
FORESEEN = ("FIELD_TOO_LONG", "PATIENT_ID_IS_ID_NO", "VISIT_TIME_FORMAT", "ID_CHECK_DIGIT")


def value_cases() -> Iterator[ParameterSet]:
    for name, what, value, rule, decision in VALUES:
        yield pytest.param(name, value, rule, id=f"{name}-{what}-{decision}")


def absent_cases() -> Iterator[ParameterSet]:
    for service in WITH_PATIENT:
        for printed in PRINTED[service]["request"]:
            if printed["required"] is True:
                name = printed["name"]
                yield pytest.param(service, name, id=f"{service}-{name}-H053")


@pytest.mark.parametrize(("subject", "change", "rule"), list(form_cases(SAVE)))
def test_each_printed_field(
    desk: SharingDesk, subject: str, change: Callable[[Any], object], rule: str
) -> None:
    desk.assert_judged(desk.call_changed(SAVE, change), rule, subject)


@pytest.mark.parametrize(("name", "value", "rule"), list(value_cases()))
def test_what_is_in_a_field(desk: SharingDesk, name: str, value: str, rule: str) -> None:
    """Our client sends what it is given; what our check knows of, it says before."""
    visit = replace(VISIT, **{ATTRIBUTE[name]: value})
    problems = [one for one in visit.problems(VisitCall.SAVE_AUTH_USER) if one.field == name]
    if not rule:
        assert problems == []
    elif rule in FORESEEN:
        assert problems
    outcome = desk.call(SAVE, visit=visit)
    desk.assert_judged(outcome, rule, name if rule else "")
    assert not rule or value not in outcome.exchange.message


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        pytest.param("03", "E12345678", id="passport-H014"),
        pytest.param("06", "H08765432", id="hongkong_permit-H014"),
    ],
)
def test_other_kinds_of_certificate(desk: SharingDesk, kind: str, number: str) -> None:
    """The kind (3.3) is ours, no call carries it; only a card's number can be checked."""
    visit = replace(VISIT, id_type=kind, id_no=number)
    assert visit.problems(VisitCall.SAVE_AUTH_USER) == ()
    desk.assert_judged(desk.call(SAVE, visit=visit), "")


@pytest.mark.parametrize(("service", "name"), list(absent_cases()))
def test_what_the_print_demands_is_not_left_out_by_us(
    desk: SharingDesk, service: str, name: str
) -> None:
    """Refused here, by field, before anything leaves."""
    visit = replace(VISIT, **{ATTRIBUTE[name]: ""})
    faults = [
        one.field for one in visit.problems(VisitCall(service)) if one.severity is Severity.ERROR
    ]
    assert faults == [name]
    assert desk.token.token
    asked = len(desk.platform.requests())
    outcome = desk.call(service, visit=visit)
    assert outcome.error is not None
    assert outcome.error.code == "hebei_visit_incomplete"
    assert outcome.error.facts["fields"] == name
    assert len(desk.platform.requests()) == asked


@pytest.mark.parametrize(
    "known",
    [
        pytest.param((), id="only_the_two_marked-H053"),
        pytest.param(("visit_no",), id="visitNo-H053"),
        pytest.param(("patient_id", "name", "visit_no"), id="as_in_the_example-H053"),
    ],
)
def test_what_is_unknown_is_omitted_and_may_follow(
    desk: SharingDesk, known: tuple[str, ...]
) -> None:
    few = Visit(id_no=VISIT.id_no, visit_time=VISIT.visit_time)
    visit = replace(few, **{name: getattr(VISIT, name) for name in known})
    desk.assert_judged(desk.call(SAVE, visit=visit), "")
    desk.assert_judged(desk.call("hrPage"), "")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda answer: {**answer, "code": 200}, "", id="code_number-H006"),
        pytest.param(lambda answer: {**answer, "code": "0"}, "hebei_rejected", id="code_0-H042"),
        pytest.param(lambda answer: {"code": "200"}, "", id="no_msg-print"),
        pytest.param(lambda answer: {"code": "500"}, "hebei_rejected", id="no_reason-H006"),
        pytest.param(
            lambda answer: {"code": "500", "message": "令牌失效"},
            "hebei_token_refused",
            id="message_for_msg-H042",
        ),
        pytest.param(lambda answer: {**answer, "data": None}, "", id="data_null-H053"),
        pytest.param(lambda answer: {"msg": "x"}, "hebei_answer_not_json", id="no_code-H006"),
        pytest.param(lambda _: b"", "hebei_answer_not_json", id="nothing-H006"),
        pytest.param(lambda _: b"OK", "hebei_answer_not_json", id="text-H006"),
        pytest.param(lambda answer: "﻿".encode() + b'{"code":"200"}', "", id="byte_order_mark-H006"),
    ],
)
def test_the_answer_in_every_form(
    desk: SharingDesk, change: Callable[[Any], object], code: str
) -> None:
    outcome = desk.answered(SAVE, change)
    assert outcome.accepted == (not code)
    assert (outcome.error.code if outcome.error else "") == code


def test_the_same_again_is_harmless_and_another_time_is_not(desk: SharingDesk) -> None:
    """H076: one visit keeps its time through all calls."""
    desk.assert_judged(desk.call(SAVE), "")
    desk.assert_judged(desk.call(SAVE), "")
    later = replace(VISIT, visit_time="2026-11-22 09:00:00")
    desk.assert_judged(desk.call(SAVE, visit=later), "VISIT_TIME_DIFFERS", "visitTime")
