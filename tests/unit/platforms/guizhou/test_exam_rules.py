"""Rules of single fields and between fields (G001–G044) on broken payloads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.platforms.validator import (
    Rule,
    ValidationOptions,
    validate_exam_record,
)
from tests.unit.platforms.exam_samples import CERT_NO, INDEX, NOW, good_payload

STANDARD = load_standard("guizhou", "1.4")
FIELDS = STANDARD.interface("saveExamRpotImgInfo").fields
OPTIONS = ValidationOptions(now=NOW)
ERROR, WARNING = Severity.ERROR, Severity.WARNING


def check(options: ValidationOptions = OPTIONS, /, **changes: object) -> tuple[Problem, ...]:
    return validate_exam_record(STANDARD, good_payload(**changes), options)


def only(options: ValidationOptions = OPTIONS, /, **changes: object) -> Problem:
    problems = check(options, **changes)
    assert len(problems) == 1, problems
    return problems[0]


def test_accession_numbers_must_fit_the_image_services_too() -> None:
    numbers = ",".join(f"CT{number:06d}" for number in range(40))
    problem = only(accessionNumber=numbers)
    assert (problem.rule, problem.severity, problem.limit) == (Rule.LENGTH, WARNING, "256")
    problem = only(accessionNumber="C" * 3001)
    assert (problem.rule, problem.severity, problem.limit) == (Rule.LENGTH, ERROR, "3000")


def test_a_local_certificate_type_asks_for_a_mapping() -> None:
    problem = next(p for p in check(psnCertType="身份证") if p.field == "psnCertType")
    assert (problem.rule, problem.code_set) == (Rule.CODE_UNKNOWN, "psnCertType")
    assert (problem.severity, problem.decision) == (ERROR, "G042")


def test_misprinted_spellings_are_understood() -> None:
    payload = good_payload(examRsltCode=None, studyUid=None, hiImgIndx=None)
    payload |= {"examRsItCode": "4", "studyUId": "x", "hiImgIdx": INDEX}
    problems = validate_exam_record(STANDARD, payload, OPTIONS)
    assert [(p.field, p.rule) for p in problems] == [
        ("studyUid", Rule.UID_FORMAT),
        ("examRsltCode", Rule.CODE_UNKNOWN),
    ]
    both = good_payload() | {"examRsItCode": "4"}
    assert validate_exam_record(STANDARD, both, OPTIONS) == ()


@pytest.mark.parametrize(
    ("index", "limit"),
    [
        (INDEX.replace("-", " "), "5 或 6 个部分"),
        (INDEX.replace("20250601093015", "20250631093015"), "第 3 部分"),
        (INDEX[:-1], "第 5 部分"),
    ],
)
def test_index_grammar(index: str, limit: str) -> None:
    problem = only(hiImgIndx=index)
    assert (problem.rule, problem.severity, problem.limit) == (Rule.INDEX_GRAMMAR, ERROR, limit)


@pytest.mark.parametrize(
    ("index", "rule", "decision"),
    [
        (INDEX[:-9] + "0-000000000", Rule.INDEX_DEVICE_LENGTH, "G003"),
        (INDEX + "0", Rule.INDEX_PART_LENGTH, "G004"),
        (INDEX + "-12345", Rule.INDEX_INSTITUTION_LENGTH, "G001"),
        ("414" + INDEX[3:], Rule.INDEX_CERT_TYPE, "G005"),
        (INDEX.replace(CERT_NO, "E12345678"), Rule.INDEX_CERTNO, "G008"),
        (INDEX.replace("20250601", "20250602"), Rule.INDEX_DATE, "G011"),
    ],
)
def test_index_warnings(index: str, rule: Rule, decision: str) -> None:
    if rule is Rule.INDEX_DEVICE_LENGTH:
        index = INDEX.replace("-0000000000000-", "-00000000000000-")
    changes = {"examInseqi": "0" * 14} if rule is Rule.INDEX_DEVICE_LENGTH else {}
    problem = only(hiImgIndx=index, **changes)
    assert (problem.field, problem.rule) == ("hiImgIndx", rule)
    assert (problem.severity, problem.decision) == (WARNING, decision)


def test_six_parts_pass() -> None:
    assert check(hiImgIndx=INDEX + "-123502004266007980") == ()


def test_device_of_the_index() -> None:
    assert only(examInseqi="1100000000001").rule == Rule.INDEX_DEVICE
    assert check(examInseqi="Radiology Department, Example Hospital") == ()


def test_certificate_numbers() -> None:
    other = {"psnCertType": "414", "hiImgIndx": INDEX.replace("111-" + CERT_NO, "414-E1")}
    assert check(certno="e 1", **other) == ()
    problem = only(certno="E-1", **other)
    assert (problem.rule, problem.severity, problem.decision) == (
        Rule.CERTIFICATE_CHARACTERS,
        WARNING,
        "G008",
    )
    replaced = ValidationOptions(now=NOW, hyphen_replacement="")
    assert check(replaced, certno="E-1", **other) == ()


def card(number: str, **changes: object) -> tuple[Problem, ...]:
    return check(certno=number, hiImgIndx=INDEX.replace(CERT_NO, number), **changes)


def test_identity_card() -> None:
    wrong = CERT_NO[:-1] + "2"
    assert [(p.rule, p.severity, p.limit) for p in card(wrong)] == [
        (Rule.CHECK_DIGIT, WARNING, CERT_NO[-1])
    ]
    assert [p.rule for p in card(CERT_NO[:-1])] == [Rule.IDENTITY_FORMAT]
    assert [p.rule for p in card("520101199002300771")] == [Rule.IDENTITY_FORMAT]


def test_identity_card_against_birth_date_and_sex() -> None:
    problem = only(brdy="1990-03-08")
    assert (problem.rule, problem.severity, problem.limit) == (
        Rule.BIRTH_DATE_MISMATCH,
        WARNING,
        "1990-03-07",
    )
    problem = only(gend="2")
    assert (problem.rule, problem.severity, problem.limit) == (Rule.SEX_MISMATCH, WARNING, "1")
    assert check(gend="9") == check(gend="0") == ()


@pytest.mark.parametrize(
    ("value", "rule", "severity"),
    [
        ("5201", Rule.REGION_FORMAT, ERROR),
        ("52010A", Rule.REGION_FORMAT, ERROR),
        ("370000", Rule.REGION_PREFIX, WARNING),
    ],
)
def test_region(value: str, rule: Rule, severity: Severity) -> None:
    problem = only(examAdmdvs=value)
    assert (problem.rule, problem.severity, problem.decision) == (rule, severity, "G043")


def test_study_uid() -> None:
    assert only(studyUid="1.2.3,1.2.4").rule == Rule.UID_MULTIPLE
    problem = only(studyUid="1.2.ABC")
    assert (problem.rule, problem.severity) == (Rule.UID_FORMAT, WARNING)


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"rptDate": "2025-05-31 10:00:00"}, "rptDate", Rule.REPORT_BEFORE_EXAM),
        ({"chkDate": "2025-06-01 09:59:59"}, "chkDate", Rule.CHECK_BEFORE_REPORT),
        (
            {"sdryChkDate": "2025-06-01 10:59:59"},
            "sdryChkDate",
            Rule.SECOND_CHECK_BEFORE_CHECK,
        ),
        (
            {"sympBegndate": "2025-05-02 00:00:00", "sympEnddate": "2025-05-01 00:00:00"},
            "sympEnddate",
            Rule.SYMPTOM_ORDER,
        ),
    ],
)
def test_order_of_times(changes: dict[str, object], field: str, rule: Rule) -> None:
    problem = only(**changes)
    assert (problem.field, problem.rule, problem.severity) == (field, rule, WARNING)


def test_birth_after_the_examination() -> None:
    rules = {p.rule for p in check(brdy="2025-06-02")}
    assert Rule.EXAM_BEFORE_BIRTH in rules


def test_midnight_stands_for_an_unknown_time_of_day() -> None:
    assert check(chkDate="2025-06-01 00:00:00", sdryChkDate="2025-06-01 00:00:00") == ()


def test_examination_in_the_future() -> None:
    before = ValidationOptions(now=NOW - timedelta(days=2))
    problem = only(before)
    assert (problem.rule, problem.severity, problem.limit) == (
        Rule.EXAM_IN_FUTURE,
        WARNING,
        "2025-05-31",
    )
    # 2025-05-31 16:00 UTC is 2025-06-01 00:00 in Shanghai
    assert check(ValidationOptions(now=datetime(2025, 5, 31, 16, 0, tzinfo=UTC))) == ()


def test_the_clock_is_used_when_no_time_is_given() -> None:
    assert validate_exam_record(STANDARD, good_payload()) == ()
