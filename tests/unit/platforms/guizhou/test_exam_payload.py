"""The wire JSON of 2.1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.index_code import parse_index_code
from hbgz_desktop.platforms.guizhou.exam_payload import PayloadOptions, build_exam_payload
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.platforms.validator import Rule, ValidationOptions, validate_exam_record
from tests.unit.platforms.exam_samples import CERT_NO, INDEX, NOW, STUDY_UID, good_payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STANDARD = load_standard("guizhou", "1.4")
INTERFACE = STANDARD.interface("saveExamRpotImgInfo")
SETTLEMENTS = ({"setlId": "S0001", "medListCodg": "002103000010000", "feedetlSn": "F0001"},)


def given_fields(**changes: str) -> dict[str, str]:
    """A mapped record as RIS exports write it."""
    fields = {
        "psnName": " 欧阳小雨 ",
        "psnCertType": "111",
        "certno": CERT_NO,
        "gend": "1",
        "imgExamType": "2、3",
        "examItemCode": "002103000010000;002103000030000",
        "imgExamItem": "头颅 CT 平扫、头颅 MRI 平扫",
        "examDate": "2025/6/1",
        "examPart": "B020ZYZZZ B02010ZZZ",
        "examWay": "1 2",
        "examDeptName": "放射科",
        "examDrCode": "D520100000001",
        "bilgDrCode": "D520100000002",
        "brdy": "19900307",
        "age": "35岁",
        "tel": "",
        "chargeType": "02",
        "examCharge": "1,240.5",
        "examInseqi": "CT室",
        "rpotNo": "R1，R2",
        "rptDate": "2025-06-01T10:00",
        "chkDate": "20250601110000",
        "sdryChkDate": "2025-06-01",
        "examRsItCode": "2",
        "setlDate": "2025/6/1 9:00:00",
        "patientId": "056430",
        "hospitalCode": "12100000400010558Y",
    }
    return fields | changes


def options(**changes: Any) -> PayloadOptions:
    institution = {
        "fixmedins_code": "H52010200001",
        "fixmedins_name": "贵阳示例医院",
        "hosp_lv": "02",
        "exam_admdvs": "520100",
    }
    return PayloadOptions(standard=STANDARD, **(institution | changes))


def build(
    fields: Mapping[str, str] | None = None,
    settlements: Sequence[Mapping[str, str]] = SETTLEMENTS,
    index: str = INDEX,
    **changes: Any,
) -> dict[str, object]:
    return build_exam_payload(
        given_fields() if fields is None else fields,
        settlements,
        STUDY_UID,
        ("CT001", "CT002"),
        parse_index_code(index)[0],
        options(**changes),
    )


def rules(payload: dict[str, object]) -> list[tuple[str, str]]:
    problems = validate_exam_record(STANDARD, payload, ValidationOptions(now=NOW))
    return [(problem.field, problem.rule) for problem in problems]


def test_a_record_as_hospitals_write_it_becomes_valid() -> None:
    payload = build()
    assert rules(payload) == []
    assert payload == {
        "hiImgIndx": INDEX,
        "psnName": "欧阳小雨",
        "psnCertType": "111",
        "certno": CERT_NO,
        "gend": "1",
        "fixmedinsCode": "H52010200001",
        "fixmedinsName": "贵阳示例医院",
        "examAdmdvs": "520100",
        "imgExamType": "2|3",
        "examItemCode": "002103000010000|002103000030000",
        "imgExamItem": "头颅 CT 平扫|头颅 MRI 平扫",
        "examDate": "2025-06-01",
        "examPart": "000000000",
        "examWay": "1|2",
        "examDeptName": "放射科",
        "examDrCode": "D520100000001",
        "bilgDrCode": "D520100000002",
        "brdy": "1990-03-07",
        "age": 35,
        "studyUid": STUDY_UID,
        "chargeType": "02",
        "examCharge": "1240.50",
        "examInseqi": "0000000000000",
        "accessionNumber": "CT001,CT002",
        "rpotNo": "R1,R2",
        "rptDate": "2025-06-01 10:00:00",
        "chkDate": "2025-06-01 11:00:00",
        "sdryChkDate": "2025-06-01 00:00:00",
        "examRsltCode": "2",
        "hospLv": "02",
        "setlDate": "2025-06-01 09:00:00",
        "setlInfoList": [
            {
                "setlId": "S0001",
                "medListCodg": "002103000010000",
                "feedetlSn": "F0001",
                "examPart": "000000000",
            }
        ],
    }


def test_members_stand_in_printed_order_and_are_json() -> None:
    payload = build(send_empty_text=True)
    order = [field.name for field in INTERFACE.fields if field.name in payload]
    assert list(json.loads(json.dumps(payload))) == order


def test_members_of_the_example_are_sent_only_when_asked_for() -> None:
    """G027: not by default, whatever the record brings along."""
    assert not {"patientId", "hospitalCode", "examRsItCode"} & set(build())
    wanted = build(example_fields={"hospitalCode": "12100000400010558Y", "patientId": " "})
    assert wanted["hospitalCode"] == "12100000400010558Y"
    assert "patientId" not in wanted, "an empty one is left out"


def test_nothing_given_leaves_everything_to_the_validator() -> None:
    payload = build_exam_payload({}, (), "", (), None, PayloadOptions(standard=STANDARD))
    assert payload == {
        "examPart": "000000000",
        "examInseqi": "0000000000000",
        "setlInfoList": [],
    }
    missing = {field for field, rule in rules(payload) if rule == Rule.REQUIRED}
    required = {field.name for field in INTERFACE.fields if field.required}
    assert missing == required - {"examPart", "examInseqi"}


def test_the_record_wins_over_the_institution_settings() -> None:
    payload = build(given_fields(fixmedinsCode="H1", fixmedinsName="分院", hospLv="05"))
    assert (payload["fixmedinsCode"], payload["fixmedinsName"], payload["hospLv"]) == (
        "H1",
        "分院",
        "05",
    )


def test_own_study_uid_and_accession_numbers_when_there_are_no_images() -> None:
    fields = given_fields(studyUId="1.2.3", accessionNumber="A1， A2")
    payload = build_exam_payload(fields, (), " ", ("",), None, options())
    assert (payload["studyUid"], payload["accessionNumber"]) == ("1.2.3", "A1,A2")


def test_zeros_by_setting() -> None:
    payload = build(send_exam_part=True, send_exam_inseqi=True)
    assert payload["examPart"] == "B020ZYZZZ|B02010ZZZ"
    assert payload["examInseqi"] == "CT室"
    fields = given_fields(examInseqi="", examPart="")
    payload = build(fields, send_exam_part=True, send_exam_inseqi=True)
    assert ("examPart", Rule.REQUIRED) in rules(payload)
    assert payload["examInseqi"] == "0000000000000"


def test_device_equals_part_four_of_the_index() -> None:
    index = INDEX.replace("-0000000000000-", "-1100000000001-")
    payload = build(index=index)
    assert payload["examInseqi"] == "1100000000001"
    assert rules(payload) == []


def test_settlement_parts() -> None:
    rows = [dict(SETTLEMENTS[0], examPart=" B020ZYZZZ、B02010ZZZ ", colour="红")]
    assert build(settlements=rows)["setlInfoList"] == [
        {
            "setlId": "S0001",
            "medListCodg": "002103000010000",
            "feedetlSn": "F0001",
            "examPart": "B020ZYZZZ|B02010ZZZ",
        }
    ]
    payload = build(settlement_part_zeros=False)
    assert rules(payload) == [("setlInfoList[0].examPart", Rule.REQUIRED)]


def test_settlement_placeholder() -> None:
    fields = given_fields(setlDate="")
    waiting = build(fields, settlements=())
    assert rules(waiting) == [("setlDate", Rule.REQUIRED), ("setlInfoList", Rule.REQUIRED)]
    placeholder = dict(SETTLEMENTS[0], setlDate="2025-06-01 23:59:59")
    filled = build(fields, settlements=(), settlement_placeholder=placeholder)
    assert rules(filled) == []
    assert filled["setlDate"] == "2025-06-01 23:59:59"
    assert build(settlements=(), settlement_placeholder=placeholder)["setlDate"] == (
        "2025-06-01 09:00:00"
    )


def test_numbers_by_setting() -> None:
    payload = build(age_as_text=True, charge_as_number=True)
    assert (payload["age"], payload["examCharge"]) == ("35.0", 1240.5)
    assert rules(payload) == []


def test_unknown_optional_texts() -> None:
    assert "tel" not in build()
    payload = build(send_empty_text=True)
    assert (payload["tel"], payload["imgDscr"]) == ("", "")
    assert "diagTime" not in payload
    assert rules(payload) == []


def test_second_check() -> None:
    fields = given_fields(sdryChkDate="")
    assert rules(build(fields)) == [("sdryChkDate", Rule.REQUIRED)]
    for fallback, sent in (("chkDate", "2025-06-01 11:00:00"), ("rptDate", "2025-06-01 10:00:00")):
        payload = build(fields, second_check_fallback=fallback)
        assert payload["sdryChkDate"] == sent
    unchecked = given_fields(sdryChkDate="", chkDate="")
    assert "sdryChkDate" not in build(unchecked, second_check_fallback="chkDate")
    assert build(second_check_fallback="rptDate")["sdryChkDate"] == "2025-06-01 00:00:00"


def test_report_number() -> None:
    fields = given_fields(rpotNo="", appyNo="A1")
    assert rules(build(fields)) == [("rpotNo", Rule.REQUIRED)]
    assert build(fields, report_number_fallback="accessionNumber")["rpotNo"] == "CT001"
    assert build(fields, report_number_fallback="appyNo")["rpotNo"] == "A1"
    assert "rpotNo" not in build(given_fields(rpotNo=""), report_number_fallback="appyNo")


def test_separator_by_setting() -> None:
    payload = build(list_separator=" ")
    assert (payload["imgExamType"], payload["rpotNo"]) == ("2 3", "R1,R2")


@pytest.mark.parametrize(
    ("field", "written", "sent"),
    [
        ("examDate", "昨天", "昨天"),
        ("setlDate", "2025-02-30", "2025-02-30"),
        ("age", "成人", "成人"),
        ("age", "35.25", "35.25"),
        ("examCharge", "免费", "免费"),
        ("examCharge", "240.005", "240.005"),
        ("rpotNo", ",", ","),
    ],
)
def test_what_cannot_be_read_is_passed_on(field: str, written: str, sent: str) -> None:
    payload = build(given_fields(**{field: written}))
    assert payload[field] == sent
    assert field in {name for name, _ in rules(payload)}


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("35", 35),
        ("35.0", 35),
        ("35.5", 35.5),
        ("035Y", 35),
        ("35 ", 35),
        ("35周岁", 35),
        ("006M", 0.5),
        ("18个月", 1.5),
        ("11月", 0.9),
        ("026W", 0.5),
        ("12天", 0),
        ("400D", 1),
        ("\uff13\uff15岁", 35),
    ],
)
def test_ages_in_years(written: str, sent: float) -> None:
    assert build(given_fields(age=written))["age"] == sent


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("240", "240.00"),
        ("240.5", "240.50"),
        ("0", "0.00"),
        ("240.500", "240.50"),
        ("¥240", "240.00"),
        ("￥1,234,567.8", "1234567.80"),
        ("240 元", "240.00"),
        ("-5", "-5.00"),
    ],
)
def test_amounts(written: str, sent: str) -> None:
    assert build(given_fields(examCharge=written))["examCharge"] == sent


def test_a_payload_of_the_validator_sample_comes_back_unchanged() -> None:
    sample = good_payload()
    texts = {name: str(value) for name, value in sample.items() if not isinstance(value, list)}
    rows = [{"setlId": "S0001", "medListCodg": "002103000010000", "feedetlSn": "F0001"}]
    rows[0]["examPart"] = "B020ZYZZZ"
    index = parse_index_code(INDEX)[0]
    assert build_exam_payload(texts, rows, STUDY_UID, (), index, options()) == sample
