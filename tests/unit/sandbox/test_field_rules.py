"""Every printed rule of 2.1 refuses by name, and every printed variant passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.field_rules import FieldRules
from hbgz_desktop.sandbox.field_table import fold, folded, load_field_table

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.field_rules import Findings

TABLE = load_field_table()
RULES = FieldRules(TABLE)


def check(record: dict[str, Any], **changes: object) -> Findings:
    return RULES.check_record(folded({**record, **changes}))


def test_the_table_is_the_printed_one() -> None:
    assert [row.no for row in TABLE.record] == list(range(1, 77))
    assert [row.code for row in TABLE.settlement] == [
        "setlId",
        "medListCodg",
        "feedetlSn",
        "examPart",
    ]
    assert len({fold(row.code) for row in TABLE.record}) == 76
    assert sum(row.required for row in TABLE.record) == 25
    sizes = {name: len(codes) for name, codes in TABLE.codes.items()}
    assert sizes == {
        "gend": 4,
        "hospLv": 14,
        "imgExamType": 5,
        "prfs": 13,
        "chargeType": 3,
        "examWay": 9,
        "examRsItCode": 3,
        "examPart": 478,
    }


def test_a_valid_record_passes(record: dict[str, Any]) -> None:
    findings = check(record)
    assert findings.errors == []
    assert findings.warnings == []


REQUIRED = [row.code for row in TABLE.record if row.required and row.code != "sdryChkDate"]


@pytest.mark.parametrize("code", REQUIRED)
@pytest.mark.parametrize("value", ["", None, "  "])
def test_a_mandatory_field_may_not_be_empty(
    record: dict[str, Any], code: str, value: str | None
) -> None:
    (error,) = check(record, **{code: value}).errors
    assert error.startswith(f"{code} ")
    assert "必填项为空" in error


def test_the_second_review_date_is_only_advised(record: dict[str, Any]) -> None:
    findings = check(record, sdryChkDate="")
    assert findings.errors == []
    assert findings.warnings == ["sdryChkDate 二审日期：必填项为空（G038，仅提示）"]


OPTIONAL = [row.code for row in TABLE.record if not row.required]


@pytest.mark.parametrize("value", ["", None])
def test_optional_fields_may_be_empty_or_null(record: dict[str, Any], value: str | None) -> None:
    assert check(record, **dict.fromkeys(OPTIONAL, value)).errors == []


LIMITED = [
    (row.code, int(row.length))
    for row in TABLE.record
    if row.type == "string" and row.code not in ("studyUid", "rpotNo")
]


@pytest.mark.parametrize(("code", "limit"), LIMITED)
def test_a_text_longer_than_printed_is_refused(
    record: dict[str, Any], code: str, limit: int
) -> None:
    (error,) = check(record, **{code: "字" * (limit + 1)}).errors
    assert error.startswith(f"{code} ")
    assert error.endswith(f"长度 {limit + 1} 超过 {limit} 个字符")


def test_length_counts_characters_not_bytes(record: dict[str, Any]) -> None:
    assert check(record, examDeptName="科" * 50).errors == []


def test_a_study_uid_may_have_64_characters(record: dict[str, Any]) -> None:
    assert check(record, studyUid="1." + "2" * 62).errors == []
    assert check(record, studyUid="1." + "2" * 63).errors == [
        "studyUid 检查唯一标识：长度 65 超过 64 个字符"
    ]


@pytest.mark.parametrize(
    ("code", "value", "rule"),
    [
        ("gend", "3", "代码 3 不在字典【性别 gend】中"),
        ("gend", "男", "代码 男 不在字典【性别 gend】中"),
        ("hospLv", "2", "代码 2 不在字典【医院等级 hosp_lv】中"),
        ("imgExamType", "2|6", "代码 6 不在字典【影像检查类型 img_exam_type】中"),
        ("prfs", "99", "代码 99 不在字典【职业 prfs】中"),
        ("chargeType", "MZ", "代码 MZ 不在字典【费用类型 chargeType】中"),
        ("chargeType", "2", "代码 2 不在字典【费用类型 chargeType】中"),
        ("examWay", "平扫", "代码 平扫 不在字典【检查方式 examWay】中"),
        ("examRsltCode", "阴", "代码 阴 不在字典【检查检验结果 examRsltCode】中"),
        ("examPart", "b020zyzzz", "应由大写英文字母和阿拉伯数字组成"),
        ("psnCertType", "1a", "应由大写英文字母和阿拉伯数字组成"),
        ("examAdmdvs", "52010", "应为 6 位数字"),
        ("examDate", "2026/11/22", "日期格式应为 yyyy-MM-dd，且日期真实存在"),
        ("examDate", "2026-02-30", "日期格式应为 yyyy-MM-dd，且日期真实存在"),
        ("setlDate", "20261122010203", "日期格式应为 yyyy-MM-dd HH:mm:ss，且日期真实存在"),
        ("rptDate", "2026-11-22 25:00:00", "日期格式应为 yyyy-MM-dd HH:mm:ss，且日期真实存在"),
        ("brdy", "1990-1-1", "日期格式应为 yyyy-MM-dd，且日期真实存在"),
        ("examCharge", "免费", "类型应为数值"),
        ("examCharge", "NaN", "类型应为数值"),
        ("examCharge", True, "类型应为数值"),
        ("examCharge", "-1.00", "不能为负数"),
        ("examCharge", "1.234", "小数位数 3 超过 2 位"),
        ("examCharge", "1000000", "整数位数超过 6 位"),
        ("age", "35.25", "小数位数 2 超过 1 位"),
        ("age", 10000, "整数位数超过 4 位"),
        ("psnName", 5, "类型应为字符型"),
        ("psnName", ["x"], "类型应为字符型"),
        ("gend", 1, "类型应为字符型"),
        ("studyUid", "1.2.x", "不是合法的 DICOM UID"),
        ("studyUid", "1.02", "不是合法的 DICOM UID"),
        ("rpotNo", "R1,,R2", "多个值用英文逗号隔开，其中有空值"),
        ("rpotNo", "R" * 51, "长度 51 超过 50 个字符"),
        ("accessionNumber", "A1,", "多个值用英文逗号隔开，其中有空值"),
        ("setlInfoList", [], "必填项为空，至少一条"),
        ("setlInfoList", "text", "类型应为对象列表"),
        ("setlInfoList", ["text"], "类型应为对象列表"),
    ],
)
def test_each_rule_refuses_by_name(
    record: dict[str, Any], code: str, value: object, rule: str
) -> None:
    (error,) = check(record, **{code: value}).errors
    assert fold(error.split(" ", 1)[0]) == fold(code)
    assert error.endswith(f"：{rule}")


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("imgExamType", "2|3"),
        ("imgExamType", "2 ｜ 3"),
        ("imgExamType", "2,3"),
        ("imgExamType", "2、3；1"),
        ("examWay", "1 2"),
        ("examDate", "2026-11-22 01:02:03"),
        ("setlDate", "2026-11-22"),
        ("age", 35),
        ("age", 35.5),
        ("age", "0.5"),
        ("examCharge", 240),
        ("examCharge", "999999.99"),
        ("examPart", "000000000"),
        ("examPart", "B020ZYZZZ|BF25ZYZZZ"),
        ("rpotNo", "R1,R2"),
        ("examInseqi", "Radiology Department, Example Hospital"),
        ("hospitalCode", "ignored"),
    ],
)
def test_printed_variants_pass(record: dict[str, Any], code: str, value: object) -> None:
    findings = check(record, **{code: value})
    assert findings.errors == []
    assert findings.warnings == []


@pytest.mark.parametrize(
    ("code", "value", "warning"),
    [
        ("examPart", "0000000000", "examPart 检查部位代码：代码 0000000000 不是 9 位"),
        ("examPart", "ZZZZZZZZZ", "examPart 检查部位代码：代码 ZZZZZZZZZ 不在字典【检查部位】中"),
        ("examPart", "BD0", "examPart 检查部位代码：代码 BD0 不是 9 位"),
        ("examAdmdvs", "370000", "examAdmdvs 检查医保区划代码：不以 52 开头"),
    ],
)
def test_odd_values_pass_with_a_warning(
    record: dict[str, Any], code: str, value: str, warning: str
) -> None:
    findings = check(record, **{code: value})
    assert findings.errors == []
    assert findings.warnings == [warning]


@pytest.mark.parametrize("code", ["setlId", "medListCodg", "feedetlSn", "examPart"])
def test_settlement_rows_are_checked_one_by_one(record: dict[str, Any], code: str) -> None:
    good = record["setlInfoList"][0]
    (error,) = check(record, setlInfoList=[good, {**good, code: ""}]).errors
    assert error.startswith(f"setlInfoList 结算信息 第 2 条 {code} ")
    assert error.endswith("必填项为空")


def test_a_settlement_text_longer_than_printed_is_refused(record: dict[str, Any]) -> None:
    row = {**record["setlInfoList"][0], "setlId": "x" * 31}
    (error,) = check(record, setlInfoList=[row]).errors
    assert error == "setlInfoList 结算信息 第 1 条 setlId 结算ID：长度 31 超过 30 个字符"


@pytest.mark.parametrize("name", ["hiImgIndx", "hiImgIdx", "hilmgIdx", "hiImglndx", "HIIMGINDX"])
def test_every_spelling_of_the_index_counts(record: dict[str, Any], name: str) -> None:
    record[name] = record.pop("hiImgIndx")
    assert check(record).errors == []


def test_result_code_has_two_spellings(record: dict[str, Any]) -> None:
    assert check({**record, "examRsItCode": "1"}).errors == []


def test_no_refusal_repeats_what_identifies_a_person(record: dict[str, Any]) -> None:
    findings = check(record, psnName="机密" * 30, certno="机密" * 30, tel="机密" * 30, brdy="机密")
    assert len(findings.errors) == 4
    assert not any("机密" in error for error in findings.errors)
