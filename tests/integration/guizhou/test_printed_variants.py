"""Every variant that the print shows or a decision accepts goes through."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.integration.guizhou.front_desk import (
    DELETE_INDEX,
    FORMS,
    INSTITUTION,
    KEY,
    QUERY_INDEXES,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SAVE_REPORT,
    SERVICES,
    FrontDesk,
)

WITH_INDEX = [one for one in SERVICES if one != QUERY_INDEXES]
JSON = [one for one in SERVICES if one not in FORMS]
SPELLINGS = ("hiImgIndx", "hiImgIdx", "hilmgIdx", "hiImglndx", "HIIMGINDX")


@pytest.mark.parametrize("service", WITH_INDEX)
def test_every_spelling_of_the_index(desk: FrontDesk, service: str) -> None:
    """G016."""
    for spelling in SPELLINGS:
        desk.assert_accepted(desk.send(desk.asked(service).renamed("hiImgIndx", spelling)))


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"infno": None, "info": "{infno}"}, id="info-G017"),
        pytest.param({"info": "{infno}"}, id="both-G017"),
        pytest.param({"infCode": INSTITUTION, "fixmedinsCode": INSTITUTION}, id="both-G020"),
        pytest.param({"infCode": None, "fixmedinsCode": INSTITUTION}, id="fixmedinsCode-G020"),
        pytest.param({"fixmedinsCode": None, "infCode": INSTITUTION}, id="infCode-G020"),
        pytest.param({"infTime": "20261122010203"}, id="infTime-G022"),
        pytest.param({"key": KEY}, id="key-G023"),
    ],
)
def test_every_printed_envelope(
    desk: FrontDesk, service: str, change: dict[str, str | None]
) -> None:
    good = desk.asked(service)
    members = {
        name: value.format(infno=good.envelope["infno"]) if value else None
        for name, value in change.items()
    }
    desk.assert_accepted(desk.send(good.enveloped(**members)))


@pytest.mark.parametrize("msgid", ["1", "x" * 50])
def test_a_message_number_of_1_to_50_characters(desk: FrontDesk, msgid: str) -> None:
    """G021."""
    desk.assert_accepted(desk.send(desk.asked(SAVE_RECORD).enveloped(msgid=msgid)))


@pytest.mark.parametrize("infno", ["deleteExamRpotImgIndxInfo", "deleteExamRpotImgIdxInfo"])
@pytest.mark.parametrize("path", ["deleteExamRpotImgIndxInfo", "deleteExamRpotImgIdxInfo"])
def test_both_spellings_of_2_5(desk: FrontDesk, path: str, infno: str) -> None:
    """G018, in path and infno by themselves."""
    asked = desk.asked(DELETE_INDEX).enveloped(infno=infno)
    desk.assert_accepted(desk.send(asked, path=path))


def test_infno_of_2_3_as_its_table_has_it(desk: FrontDesk) -> None:
    """G018: copied from 2.2."""
    desk.assert_accepted(desk.send(desk.asked(SAVE_IMAGE_INFO).enveloped(infno="saveImgFile")))


@pytest.mark.parametrize("service", JSON)
def test_every_shape_of_input(desk: FrontDesk, service: str) -> None:
    """G024, G051: an object, an array, either as a text; of 2.5 also bare index codes."""
    for shape in ("object", "array", "strings"):
        if shape == "strings" and service != DELETE_INDEX:
            continue
        for is_text in (False, True):
            asked = desk.asked(service)
            asked.shape = shape
            body = {**asked.body, "msgid": desk.next_msgid()}
            if is_text:
                body["input"] = json.dumps(body["input"], ensure_ascii=False)
            content = json.dumps(body).encode()
            desk.assert_accepted(desk.send_bytes(service, content))


@pytest.mark.parametrize("service", JSON)
def test_a_comma_too_many(desk: FrontDesk, service: str) -> None:
    """G015: as the example of 2.3 has it; a comma inside a text stays."""
    asked = desk.asked(service).having("remark", 'a,} ",] b')
    text = json.dumps({**asked.body, "msgid": desk.next_msgid()}, ensure_ascii=False)
    desk.assert_accepted(desk.send_bytes(service, f"{text[:-1]},}}".encode()))


@pytest.mark.parametrize("service", FORMS)
def test_the_envelope_as_form_fields(desk: FrontDesk, service: str) -> None:
    """G047."""
    asked = desk.asked(service)
    asked.fields = {**asked.envelope, "msgid": desk.next_msgid(), **asked.fields}
    asked.envelope = {}
    desk.assert_accepted(desk.send(asked))


@pytest.mark.parametrize("service", FORMS)
def test_a_checksum_in_either_case(desk: FrontDesk, service: str) -> None:
    """G045."""
    asked = desk.asked(service)
    desk.assert_accepted(desk.send(asked.having("fileMd5", asked.fields["fileMd5"].lower())))


@pytest.mark.parametrize("service", [SAVE_RECORD, *FORMS])
def test_the_same_again_is_harmless(desk: FrontDesk, service: str) -> None:
    """G046, G071."""
    asked = desk.asked(service)
    desk.assert_accepted(desk.send(asked))
    kept = desk.kept()
    desk.assert_accepted(desk.send(asked))
    assert desk.kept() == kept


@pytest.mark.parametrize("total", [3, "3"], ids=["number", "text"])
def test_a_number_as_number_or_text(desk: FrontDesk, total: object) -> None:
    """G046."""
    asked = desk.asked(SAVE_IMAGE_INFO).having("imageTotalNum", total)
    desk.assert_accepted(desk.send(asked))
    info = desk.platform.image_info(asked.fields["hiImgIndx"])
    assert info is not None
    assert info.total == 3


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"hospitalCode": "12100000400010558Y", "patientId": "056430"}, id="G027"),
        pytest.param({"imgExamType": "2|3"}, id="bar-G032"),
        pytest.param({"imgExamType": "2｜3", "examWay": "1、2"}, id="wide-G032"),
        pytest.param({"imgExamType": "2 3", "examWay": "1,2"}, id="blank-G032"),
        pytest.param({"imgExamType": "2，3", "examWay": "1;2"}, id="comma-G032"),
        pytest.param({"examInseqi": "Radiology Department, Example Hospital"}, id="G033"),
        pytest.param({"examPart": "0000000000"}, id="ten_zeros-G034"),
        pytest.param({"examPart": "B02910ZZZ|Z99999999"}, id="unknown-G034-G069"),
        pytest.param({"examPart": "BT00ZZZZ"}, id="eight-G065"),
        pytest.param({"age": 35, "examCharge": 240}, id="numbers-G037"),
        pytest.param({"age": "35.5", "examCharge": "240.00"}, id="texts-G037"),
        pytest.param({"sdryChkDate": ""}, id="G038"),
        pytest.param({"diagTime": "2026-11-22 01:02:03", "rptDate": "2026-11-22"}, id="G041"),
        pytest.param({"tel": "", "fmAddr": None}, id="G044"),
        pytest.param({"gend": "0", "hospLv": "14", "chargeType": "01", "prfs": "80"}, id="G070"),
        pytest.param({"examRsltCode": None, "examRsItCode": "3"}, id="G029"),
        pytest.param({"fixmedinsName": None}, id="G076"),
    ],
)
def test_what_2_1_lets_through(desk: FrontDesk, change: dict[str, Any]) -> None:
    asked = desk.asked(SAVE_RECORD)
    asked.fields |= change
    desk.assert_accepted(desk.send(asked))


@pytest.mark.parametrize("name", ["studyUid", "accessionNumber"])
def test_names_of_2_4_in_any_case(desk: FrontDesk, name: str) -> None:
    """G030, G074: studyUId as its example has it."""
    service = SAVE_IMAGE if name == "accessionNumber" else SAVE_REPORT
    desk.assert_accepted(desk.send(desk.asked(service).renamed(name, name[:-1] + name[-1].upper())))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        pytest.param(3, "0" * 14, id="part4-G003"),
        pytest.param(4, "0" * 10, id="part5-G004"),
        pytest.param(3, "1100000000001", id="device-G006"),
        pytest.param(4, "B02910ZZZ", id="body-G006"),
        pytest.param(4, "000000000-123502004266007980", id="sixth-G001"),
    ],
)
def test_index_codes_as_the_examples_have_them(desk: FrontDesk, part: int, change: str) -> None:
    asked = desk.asked(SAVE_RECORD)
    parts = asked.fields["hiImgIndx"].split("-")
    parts[part] = change
    index = "-".join(parts)
    desk.assert_accepted(desk.send(asked.having("hiImgIndx", index)))
    assert desk.platform.ledger.record(index) is not None


def test_the_example_of_2_5_names_an_index_twice(desk: FrontDesk) -> None:
    asked = desk.asked(DELETE_INDEX)
    index = asked.fields["hiImgIndx"]
    body = {**asked.body, "msgid": desk.next_msgid(), "input": [index, index]}
    answer = desk.send_bytes(DELETE_INDEX, json.dumps(body).encode())
    desk.assert_accepted(answer)
    assert [row["succFlag"] for row in answer.json()["data"]] == ["1", "1"]
