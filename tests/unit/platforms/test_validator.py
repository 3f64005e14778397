"""Every rule fires on a broken payload, none on a good one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.field_checks import FieldChecker
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.platforms.validator import (
    Rule,
    ValidationOptions,
    fields_with_code_set,
    validate_exam_record,
)
from tests.unit.platforms.exam_samples import CERT_NO, INDEX, NOW, good_payload, settlement

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


def test_a_good_payload_has_no_problems() -> None:
    assert check() == ()


@pytest.mark.parametrize("field", [field.name for field in FIELDS if field.required])
@pytest.mark.parametrize("absence", [None, "", "  "])
def test_required_fields(field: str, absence: object) -> None:
    problem = only(**{field: absence})
    assert (problem.field, problem.rule, problem.severity) == (field, Rule.REQUIRED, ERROR)
    assert problem.label


@pytest.mark.parametrize(
    ("field", "decision"),
    [("sdryChkDate", "G038"), ("rpotNo", "G039"), ("setlDate", "G040"), ("setlInfoList", "G040")],
)
def test_required_fields_that_a_decision_names(field: str, decision: str) -> None:
    assert only(**{field: None}).decision == decision


@pytest.mark.parametrize("field", [field.name for field in FIELDS if not field.required])
@pytest.mark.parametrize("absence", [None, "", " "])
def test_optional_fields_may_be_absent_null_or_empty(field: str, absence: object) -> None:
    payload = good_payload()
    payload[field] = absence
    assert validate_exam_record(STANDARD, payload, OPTIONS) == ()


@pytest.mark.parametrize(
    "field",
    [f for f in FIELDS if f.type == "string" and f.length and f.name != "studyUid"],
    ids=lambda field: field.name,
)
def test_lengths_are_counted_in_characters(field: object) -> None:
    row = next(row for row in FIELDS if row is field)
    text = "长" * ((row.length or 0) + 1)
    problems = [p for p in check(**{row.name: text}) if p.rule == Rule.LENGTH]
    assert (problems[0].field, problems[0].limit) == (row.name, str(row.length))
    assert problems[0].severity is ERROR
    fitting = check(**{row.name: text[1:]})
    assert not [p for p in fitting if p.rule == Rule.LENGTH and p.severity is ERROR]


def test_lengths_that_a_decision_names() -> None:
    assert only(rpotNo="R" * 51).decision == "G039"
    assert only(hiImgIndx="1" * 101).decision == "G009"
    assert check(studyUid="1." + "1" * 62) == ()
    assert only(studyUid="1." + "1" * 63).limit == "64"
    printed = ValidationOptions(now=NOW, study_uid_max_length=50)
    assert only(printed, studyUid="1." + "1" * 49).decision == "G030"


@pytest.mark.parametrize(
    ("changes", "limit"),
    [
        ({"psnName": 12}, "文字"),
        ({"gend": 1}, "文字"),
        ({"clncDiag": ["x"]}, "文字"),
        ({"examDate": 20250601}, "yyyy-MM-dd"),
        ({"age": "三十五"}, "数字"),
        ({"age": True}, "数字"),
        ({"age": float("nan")}, "数字"),
        ({"age": "1e3"}, "数字"),
        ({"examCharge": "240元"}, "数字"),
        ({"examCharge": ["240"]}, "数字"),
        ({"setlInfoList": {"setlId": "1"}}, "列表"),
        ({"setlInfoList": "S0001"}, "列表"),
        ({"setlInfoList": ["S0001"]}, "对象"),
    ],
)
def test_types(changes: dict[str, object], limit: str) -> None:
    problem = only(**changes)
    assert (problem.rule, problem.limit, problem.severity) == (Rule.TYPE, limit, ERROR)


@pytest.mark.parametrize("value", [35, 35.5, "35", "35.5", 0, Decimal("9999.9")], ids=repr)
def test_ages(value: object) -> None:
    assert check(age=value) == ()


@pytest.mark.parametrize("value", [240, 240.5, "240", "240.05", "999999.99", 0], ids=repr)
def test_charges(value: object) -> None:
    assert check(examCharge=value) == ()


@pytest.mark.parametrize(
    ("changes", "rule", "decision", "limit"),
    [
        ({"age": 35.25}, Rule.DECIMAL_PLACES, "G037", "1"),
        ({"age": "35.25"}, Rule.DECIMAL_PLACES, "G037", "1"),
        ({"age": 10000}, Rule.DECIMAL_DIGITS, "G037", "4"),
        ({"age": -1}, Rule.NEGATIVE, "G077", "0"),
        ({"examCharge": "240.005"}, Rule.DECIMAL_PLACES, "G037", "2"),
        ({"examCharge": "1000000.00"}, Rule.DECIMAL_DIGITS, "G037", "6"),
        ({"examCharge": "-0.01"}, Rule.NEGATIVE, "G077", "0"),
    ],
)
def test_numbers(changes: dict[str, object], rule: Rule, decision: str, limit: str) -> None:
    problem = only(**changes)
    assert (problem.rule, problem.decision, problem.limit) == (rule, decision, limit)


@pytest.mark.parametrize(
    ("field", "value", "severity", "limit"),
    [
        ("examDate", "2025/06/01", ERROR, "yyyy-MM-dd"),
        ("examDate", "2025-06-31", ERROR, "yyyy-MM-dd"),
        ("examDate", "2025-06-01 09:00:00", WARNING, "yyyy-MM-dd"),
        ("diagTime", "2025-06-01 09:00:00", WARNING, "yyyy-MM-dd"),
        ("setlDate", "2025-06-01", WARNING, "yyyy-MM-dd HH:mm:ss"),
        ("setlDate", "2025-06-01 25:00:00", ERROR, "yyyy-MM-dd HH:mm:ss"),
        ("sympBegndate", "20250601", ERROR, "yyyy-MM-dd HH:mm:ss"),
    ],
)
def test_dates(field: str, value: str, severity: Severity, limit: str) -> None:
    problem = only(**{field: value})
    assert (problem.field, problem.rule, problem.severity) == (field, Rule.DATE_FORMAT, severity)
    assert (problem.decision, problem.limit) == ("G041", limit)


@pytest.mark.parametrize(
    ("field", "value", "code_set"),
    [
        ("gend", "M", "gend"),
        ("gend", "01", "gend"),
        ("hospLv", "2", "hosp_lv"),
        ("imgExamType", "CT", "img_exam_type"),
        ("imgExamType", "6", "img_exam_type"),
        ("prfs", "1", "prfs"),
        ("chargeType", "医保", "chargeType"),
        ("examRsltCode", "阳性", "examRsltCode"),
        ("examWay", "平扫", "examWay"),
        ("examPart", "CHEST", "examPart"),
        ("examPart", "头颅", "examPart"),
    ],
)
def test_unknown_codes_ask_for_a_mapping(field: str, value: str, code_set: str) -> None:
    problem = only(**{field: value})
    assert (problem.rule, problem.severity) == (Rule.CODE_UNKNOWN, ERROR)
    assert (problem.field, problem.value, problem.code_set) == (field, value, code_set)


def test_each_unknown_code_of_a_list_is_named() -> None:
    problems = check(imgExamType="CT|2|MR")
    assert [(p.rule, p.value) for p in problems] == [
        (Rule.CODE_UNKNOWN, "CT"),
        (Rule.CODE_UNKNOWN, "MR"),
    ]


@pytest.mark.parametrize(
    ("code", "rule", "decision"),
    [
        ("0000000000", Rule.CODE_ZEROS, "G034"),
        ("ZZZZZZZZZ", Rule.CODE_UNLISTED, "G069"),
        ("BP0KZZZZA", Rule.CODE_AMBIGUOUS, "G064"),
    ],
)
def test_body_parts_that_pass_with_a_warning(code: str, rule: Rule, decision: str) -> None:
    for problem in (only(examPart=code), only(setlInfoList=settlement(examPart=code))):
        assert (problem.rule, problem.severity, problem.decision) == (rule, WARNING, decision)


def test_body_parts_that_pass() -> None:
    for code in ("000000000", "B020ZYZZZ", "BP0KZZZZ1", "B020ZYZZZ|B02010ZZZ"):
        assert check(examPart=code, setlInfoList=settlement(examPart=code)) == ()


@pytest.mark.parametrize("code", ["BD0", "BB04ZZZZ21", "BT00ZZZZ"])
def test_malformed_printed_codes_need_permission(code: str) -> None:
    problem = only(examPart=code)
    assert (problem.rule, problem.severity, problem.decision) == (
        Rule.CODE_MALFORMED,
        ERROR,
        "G065",
    )
    allowed = ValidationOptions(now=NOW, allow_malformed_parts=True)
    assert only(allowed, examPart=code).severity is WARNING


@pytest.mark.parametrize(
    ("field", "value", "decision", "limit"),
    [
        ("imgExamType", "2 3", "G032", "|"),
        ("imgExamType", "2｜3", "G032", "|"),
        ("examWay", "1、2", "G032", "|"),
        ("examItemCode", "A,B", "G032", "|"),
        ("imgExamItem", "平扫；增强", "G032", "|"),
        ("examPart", "000000000 000000000", "G034", "|"),
        ("accessionNumber", "A，B", "G031", ","),
        ("accessionNumber", "A, B", "G031", ","),
        ("rpotNo", "A;B", "G039", ","),
        ("rpotNo", "A,,B", "G039", ","),
    ],
)
def test_other_separators_pass_with_a_warning(
    field: str, value: str, decision: str, limit: str
) -> None:
    problem = only(**{field: value})
    assert (problem.rule, problem.severity) == (Rule.SEPARATOR, WARNING)
    assert (problem.field, problem.decision, problem.limit) == (field, decision, limit)


def test_separator_by_setting() -> None:
    spaced = ValidationOptions(now=NOW, list_separator=" ")
    lists = {"examItemCode": "A B", "imgExamItem": "平扫", "examWay": "1 2"}
    assert check(spaced, **lists) == ()
    assert only(spaced, **(lists | {"examWay": "1|2"})).limit == " "


def test_a_list_of_nothing_is_missing() -> None:
    assert only(rpotNo=",").rule == Rule.REQUIRED
    assert only(imgExamType="|").rule == Rule.REQUIRED
    assert check(examWay="|") == ()


def test_settlement_rows() -> None:
    rows = [*settlement(), *settlement(setlId=None, feedetlSn="F" * 31, examPart="HEAD", more=1)]
    problems = check(setlInfoList=rows)
    assert [(p.field, p.rule, p.label) for p in problems] == [
        ("setlInfoList[1].setlId", Rule.REQUIRED, "结算 ID"),
        ("setlInfoList[1].feedetlSn", Rule.LENGTH, "费用明细流水号"),
        ("setlInfoList[1].examPart", Rule.CODE_UNKNOWN, "检查部位代码"),
        ("setlInfoList[1].more", Rule.UNKNOWN_FIELD, ""),
    ]
    assert only(setlInfoList=[]).rule == Rule.REQUIRED


def test_unknown_members_are_named_last() -> None:
    problems = check(patientId="1", colour="红", psnName=None)
    assert [(p.field, p.rule, p.severity, p.decision) for p in problems] == [
        ("psnName", Rule.REQUIRED, ERROR, ""),
        ("patientId", Rule.UNKNOWN_FIELD, WARNING, "G027"),
        ("colour", Rule.UNKNOWN_FIELD, WARNING, ""),
    ]


def test_whole_numbers() -> None:
    field = STANDARD.interface("saveImgInfo").field("imageTotalNum")
    assert field is not None
    checker = FieldChecker(STANDARD, {}, OPTIONS)

    def judge(value: object) -> list[tuple[str, str]]:
        return [(p.rule, p.limit) for p in checker.check_value(field, value, "imageTotalNum")]

    assert judge(120) == judge("120") == judge(999999) == []
    assert judge(1000000) == [(Rule.LENGTH, "6")]
    for wrong in (True, 1.5, "1.5", -1, "x", "\u0661"):
        assert judge(wrong) == [(Rule.TYPE, "整数")]
    assert judge(None) == [(Rule.REQUIRED, "")]


def test_a_single_node() -> None:
    interface = STANDARD.interface("queryImgCahe")
    field = interface.field("imgFileSn")
    assert field is not None
    checker = FieldChecker(STANDARD, interface.nested, OPTIONS)
    row = {"examUuid": "111", "snUuid": ""}
    problems = [(p.field, p.rule) for p in checker.check_value(field, row, "imgFileSn")]
    assert problems == [
        ("imgFileSn.snUuid", Rule.REQUIRED),
        ("imgFileSn.instUuid", Rule.REQUIRED),
    ]


def test_files_are_not_looked_into() -> None:
    field = STANDARD.interface("saveImgFile").field("dicom")
    assert field is not None
    assert list(FieldChecker(STANDARD, {}, OPTIONS).check_value(field, b"DICM", "dicom")) == []


def test_problems_stand_in_printed_order() -> None:
    problems = check(setlDate=None, gend="M", hospLv=None, psnName=None, setlInfoList=None)
    assert [p.field for p in problems] == ["psnName", "gend", "hospLv", "setlDate", "setlInfoList"]


def test_fields_with_code_set() -> None:
    assert dict(fields_with_code_set(STANDARD)) == {
        "psnCertType": "",
        "gend": "gend",
        "imgExamType": "img_exam_type",
        "examPart": "examPart",
        "examWay": "examWay",
        "prfs": "prfs",
        "chargeType": "chargeType",
        "examRsltCode": "examRsltCode",
        "hospLv": "hosp_lv",
    }


def test_every_rule_is_proven_here() -> None:
    """A rule that no broken payload of this file triggers would be dead or untested."""
    broken: list[dict[str, object]] = [
        {"psnName": None, "gend": "x", "examWay": "1 2", "age": "x", "examDate": "1"},
        {"psnName": "长" * 51, "age": "-1.25", "examCharge": "1000000", "colour": ""},
        {"examPart": "ZZZZZZZZZ|BD0|BP0KZZZZA|0000000000", "examAdmdvs": "1"},
        {"hiImgIndx": INDEX.replace("-0000000000000-", "-00000000000000-") + "0-1"},
        {"hiImgIndx": "1"},
        {"hiImgIndx": "414-E1-20250603093015-1100000000001-000000000", "examAdmdvs": "370000"},
        {"certno": CERT_NO[:-1] + "2", "gend": "2", "brdy": "2025-06-02"},
        {"certno": "E-1", "studyUid": "1 2", "rptDate": "2025-05-01 00:00:00"},
        {"studyUid": "x", "chkDate": "2025-06-01 09:00:00", "sdryChkDate": "2025-05-01 00:00:00"},
        {"sympBegndate": "2025-05-02 00:00:00", "sympEnddate": "2025-05-01 00:00:00"},
        {"examDate": "2035-01-01"},
    ]
    fired = {problem.rule for changes in broken for problem in check(**changes)}
    assert fired == set(Rule)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60)
ANYTHING = VALUES | st.lists(VALUES, max_size=3) | st.dictionaries(st.text(max_size=5), VALUES)


@given(st.dictionaries(st.sampled_from([f.name for f in FIELDS]), ANYTHING, max_size=20))
def test_any_payload_is_judged(changes: dict[str, object]) -> None:
    problems = validate_exam_record(STANDARD, good_payload() | changes, OPTIONS)
    assert all(isinstance(problem.value, str) for problem in problems)
