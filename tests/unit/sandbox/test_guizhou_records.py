"""Records of 2.1 over real sockets, and the envelope that every service shares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.demo import demo_records
from tests.unit.sandbox.caller import INSTITUTION, Caller

if TYPE_CHECKING:
    from hbgz_desktop.sandbox.study_spec import StudySpec

PDF = b"%PDF-1.4\n%%EOF\n"


def test_a_valid_record_is_answered_as_printed(caller: Caller, record: dict[str, Any]) -> None:
    answer = caller.record([record])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json;charset=UTF-8"
    assert answer.json() == {
        "code": 0,
        "type": "success",
        "message": "成功",
        "data": [{"hiImgIndx": record["hiImgIndx"], "succFlag": "1", "message": "保存数据成功"}],
    }
    (stored,) = caller.platform.records()
    kept = json.loads(caller.platform.ledger.record_path(stored).read_text(encoding="utf-8"))
    assert kept == record


@pytest.mark.parametrize("shape", ["object", "array", "text", "text_of_object"])
def test_every_shape_of_input_is_accepted(
    caller: Caller, record: dict[str, Any], shape: str
) -> None:
    forms = {
        "object": record,
        "array": [record],
        "text": json.dumps([record]),
        "text_of_object": json.dumps(record, ensure_ascii=False),
    }
    assert caller.record(forms[shape]).json()["code"] == 0


def test_second_time_is_again_and_a_change_is_a_correction(
    caller: Caller, record: dict[str, Any]
) -> None:
    messages = [
        caller.record(value).json()["data"][0]["message"]
        for value in (record, record, {**record, "diagRslt": "改"})
    ]
    assert messages == ["保存数据成功", "数据已存在，未重复保存", "更新数据成功"]
    assert [stored.outcome for stored in caller.platform.records()] == [
        "new",
        "again",
        "correction",
    ]


def test_a_batch_is_answered_record_by_record(
    caller: Caller, studies: tuple[StudySpec, ...]
) -> None:
    records = demo_records(studies)
    answer = caller.record(records).json()
    assert answer["code"] == 0
    assert answer["message"] == "部分数据失败"
    assert [row["succFlag"] for row in answer["data"]] == ["1", "-1", "1", "1", "1"]
    assert answer["data"][1]["message"] == (
        "chargeType 费用类型：代码 MZ 不在字典【费用类型 chargeType】中"
    )
    assert [row["hiImgIndx"] for row in answer["data"]] == [row["hiImgIndx"] for row in records]


def test_a_batch_that_fails_whole_has_a_code(caller: Caller, record: dict[str, Any]) -> None:
    answer = caller.record([{**record, "gend": "x"}, {**record, "psnName": ""}]).json()
    assert answer["code"] == 422
    assert answer["type"] == "error"
    assert [row["succFlag"] for row in answer["data"]] == ["-1", "-1"]


def test_one_refusal_names_every_broken_rule(caller: Caller, record: dict[str, Any]) -> None:
    answer = caller.record({**record, "gend": "x", "setlInfoList": []}).json()
    assert answer["data"][0]["message"] == (
        "gend 性别：代码 x 不在字典【性别 gend】中；setlInfoList 结算信息：必填项为空，至少一条"
    )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"psnCertType": "112"}, "第 1 部分与 psnCertType 人员证件类型不一致"),
        ({"certno": "1234"}, "第 2 部分与 certno 证件号码不一致"),
        ({"hiImgIndx": "1-2-3"}, "应为 5 部分或 6 部分，实为 3 部分"),
    ],
)
def test_the_index_is_the_records_own(
    caller: Caller, record: dict[str, Any], changes: dict[str, str], rule: str
) -> None:
    answer = caller.record({**record, **changes}).json()
    assert answer["message"] == f"hiImgIndx 医保影像云索引编码：{rule}"


def test_a_certificate_number_is_compared_upper_case_without_blanks(
    caller: Caller, record: dict[str, Any]
) -> None:
    number = record["certno"].lower()
    assert caller.record({**record, "certno": f"{number[:6]} {number[6:]}"}).json()["code"] == 0


def test_an_index_is_never_another_study(caller: Caller, record: dict[str, Any]) -> None:
    caller.record(record)
    answer = caller.record({**record, "studyUid": "1.2.3.4"}).json()
    assert answer["message"] == "hiImgIndx 医保影像云索引编码：索引已被另一次检查使用，应全国唯一"


def test_a_day_that_differs_from_the_index_is_noted(caller: Caller, record: dict[str, Any]) -> None:
    caller.record({**record, "examDate": "2020-01-01"})
    assert caller.platform.records()[0].warnings == (
        "examDate 检查日期：与索引第 3 部分的日期不同（G011）",
    )


def test_an_input_over_40000_characters_is_refused(caller: Caller, record: dict[str, Any]) -> None:
    answer = caller.record({**record, "illhis": "史" * 40000})
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("input 交易输入：长度 4")
    assert answer.json()["message"].endswith(" 超过 40000 个字符")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"{", "请求体不是 UTF-8 编码的 JSON"),
        ('{"input": "甲"}'.encode("gbk"), "请求体不是 UTF-8 编码的 JSON"),
        (b"[]", "请求体应为 JSON 对象"),
        (b"{}", "input 交易输入：必填项为空"),
        (b'{"input": []}', "input 交易输入：必填项为空"),
        (b'{"input": "x"}', "input 交易输入：字符串内容不是 JSON"),
        (b'{"input": [1]}', "input 交易输入：应为对象或对象数组"),
        (b'{"input": "[]"}', "input 交易输入：应为对象或对象数组"),
    ],
)
def test_a_body_that_is_no_request_is_refused(caller: Caller, content: bytes, rule: str) -> None:
    answer = caller.http.post(
        f"{caller.platform.base_url}/saveExamRpotImgInfo",
        content=content,
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json() == {"code": 400, "type": "error", "message": rule, "data": []}


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"infno": ""}, 400, "infno 交易编号：必填项为空"),
        ({"infno": "saveImgInfo"}, 400, "infno 交易编号：应为 {service}"),
        ({"msgid": ""}, 400, "msgid 发送方报文 ID：必填项为空"),
        ({"msgid": "1" * 51}, 400, "msgid 发送方报文 ID：长度 51 超过 50 个字符"),
        ({"infTime": ""}, 400, "infTime 交易时间：必填项为空"),
        ({"infTime": "2026/11/22"}, 400, "infTime 交易时间：格式应为 yyyy-MM-dd HH:mm:ss"),
        ({"infTime": "2026-02-30 00:00:00"}, 400, "infTime 交易时间：格式应为 yyyy-MM-dd HH:mm:ss"),
        ({"infCode": ""}, 400, "infCode 交易机构编号：必填项为空"),
        ({"infCode": "9" * 31}, 400, "infCode 交易机构编号：长度 31 超过 30 个字符"),
        ({"key": ""}, 400, "key 密钥值：必填项为空"),
        ({"infCode": "H52010000002"}, 401, "infCode 交易机构编号：机构未登记"),
        ({"key": "wrong"}, 401, "key 密钥值：与登记的密钥不一致"),
    ],
)
@pytest.mark.parametrize("service", ["saveExamRpotImgInfo", "saveImgFile", "saveRptFile"])
def test_each_rule_of_the_envelope(
    caller: Caller,
    record: dict[str, Any],
    images: list[bytes],
    service: str,
    changes: dict[str, str],
    code: int,
    message: str,
) -> None:
    caller.record(record)
    send = {
        "saveExamRpotImgInfo": lambda: caller.record(record, **changes),
        "saveImgFile": lambda: caller.image(record, images[0], **changes),
        "saveRptFile": lambda: caller.report(record, PDF, **changes),
    }
    answer = send[service]().json()
    assert answer["code"] == code
    assert answer["message"] == message.format(service=service)
    assert len(caller.platform.records()) == 1
    assert caller.platform.images() == ()
    assert caller.platform.reports() == ()
    assert list(caller.platform.ledger.incoming.iterdir()) == []


def test_a_msgid_counts_once_for_ever(
    caller: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    assert caller.record({**record, "gend": "x"}, msgid="m1").json()["code"] == 422
    for answer in (caller.record(record, msgid="m1"), caller.image(record, images[0], msgid="m1")):
        assert answer.json()["code"] == 400
        assert answer.json()["message"] == "msgid 发送方报文 ID：报文 ID 重复，每次交易应唯一"


@pytest.mark.parametrize(
    "changes",
    [
        {"infno": "", "info": "saveExamRpotImgInfo"},
        {"infCode": "", "fixmedinsCode": INSTITUTION},
        {"infTime": "20261122010203"},
        {"msgid": "1"},
    ],
)
def test_printed_variants_of_the_envelope(
    caller: Caller, record: dict[str, Any], changes: dict[str, str]
) -> None:
    assert caller.record(record, **changes).json()["code"] == 0
