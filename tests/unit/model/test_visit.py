"""What stands against sending a visit, by call (H053, H076, H077)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.visit import HospitalUser, Visit, VisitCall, is_visit_time

WHOLE = Visit(
    "P-1", "王小丽", "01", "11010519491231002X", "13812342071", "MZ1", "2024-02-04 08:00:00"
)


def rules(visit: Visit, call: VisitCall) -> dict[str, tuple[str, Severity]]:
    return {one.field: (one.rule, one.severity) for one in visit.problems(call)}


@pytest.mark.parametrize("call", VisitCall)
def test_a_whole_visit_may_go_anywhere(call: VisitCall) -> None:
    assert WHOLE.problems(call) == ()
    assert WHOLE.missing(call) == ()


def test_an_authorization_needs_number_and_time_and_warns_of_what_the_page_will_need() -> None:
    found = rules(Visit(), VisitCall.SAVE_AUTH_USER)
    later = ("required_later", Severity.WARNING)
    assert found == {
        "patientId": later,
        "patientName": later,
        "idNo": ("required", Severity.ERROR),
        "phoneNo": later,
        "visitNo": later,
        "visitTime": ("required", Severity.ERROR),
    }
    assert Visit().missing(VisitCall.SAVE_AUTH_USER) == ("idNo", "visitTime")


def test_the_other_calls_need_what_is_printed() -> None:
    assert len(Visit(name=" ").missing(VisitCall.HR_PAGE)) == 6
    assert Visit().missing(VisitCall.GET_HR_INFO) == ("idNo", "visitNo")
    names = ("patientName", "idNo", "visitNo")
    found = rules(Visit(), VisitCall.REST_JC_JY_YY_INFO)
    assert found == dict.fromkeys(names, ("required", Severity.ERROR))


@pytest.mark.parametrize(
    ("id_type", "number", "found"),
    [
        ("01", "110105194912310021", ("check_digit", Severity.WARNING)),
        ("01", "11010519491331002X", ("identity_format", Severity.ERROR)),
        ("01", "E12345678", ("identity_format", Severity.ERROR)),
        ("03", "E12345678", None),
        ("01", " 11010519491231002x ", None),
    ],
)
def test_only_an_identity_card_is_checked(
    id_type: str, number: str, found: tuple[str, Severity] | None
) -> None:
    visit = replace(WHOLE, id_type=id_type, id_no=number)
    assert rules(visit, VisitCall.HR_PAGE).get("idNo") == found


def test_the_right_check_digit_is_told() -> None:
    problems = replace(WHOLE, id_no="110105194912310021").problems(VisitCall.HR_PAGE)
    assert [one.limit for one in problems] == ["X"]


def test_the_patient_id_is_never_the_certificate_number_and_has_a_length() -> None:
    same = replace(WHOLE, patient_id=WHOLE.id_no.lower())
    assert rules(same, VisitCall.HR_PAGE)["patientId"][0] == "patient_id_is_certificate"
    long = replace(WHOLE, patient_id="9" * 65)
    assert rules(long, VisitCall.HR_PAGE)["patientId"] == ("length", Severity.ERROR)
    assert long.problems(VisitCall.HR_PAGE, patient_id_length=65) == ()
    assert long.problems(VisitCall.GET_HR_INFO) == ()


@pytest.mark.parametrize(
    ("text", "is_sound"),
    [
        ("2024-02-04 08:00:00", True),
        ("2024-02-29 23:59:59", True),
        ("2023-02-29 08:00:00", False),
        ("2024-02-04T08:00:00", False),
        ("2024-2-4 08:00:00", False),
        ("2024-02-04 24:00:00", False),
        ("２０２４-02-04 08:00:00", False),
        ("2024-02-04", False),
    ],
)
def test_visit_time(text: str, *, is_sound: bool) -> None:
    assert is_visit_time(text) is is_sound
    found = rules(replace(WHOLE, visit_time=text), VisitCall.SAVE_AUTH_USER)
    assert ("visitTime" in found) is not is_sound


def test_a_user_is_its_codes() -> None:
    user = HospitalUser("O", "", "D", "U")
    assert user.missing() == ()
    assert {user: 1}[HospitalUser("O", "", "D", "U")] == 1
    assert user != HospitalUser("O", "", "D", "V")
    assert HospitalUser("O").missing() == ("hisDeptCode", "hisUserCode")


def test_nothing_of_the_patient_is_in_repr() -> None:
    shown = repr(WHOLE)
    for secret in ("王小丽", WHOLE.id_no, WHOLE.phone, "MZ1", "P-1"):
        assert secret not in shown
