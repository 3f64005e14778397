"""The platform over real sockets: what it accepts, what it refuses and by which rule."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.sandbox.demo import demo_records
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from tests.unit.sandbox.caller import INSTITUTION, KEY, Caller, make_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.sandbox.study_spec import StudySpec

PDF = b"%PDF-1.4\n%%EOF\n"


# -- 2.1


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


# -- the envelope


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


# -- 2.2


@pytest.fixture
def ready(caller: Caller, record: dict[str, Any]) -> Caller:
    """A caller whose record is already accepted."""
    assert caller.record(record).json()["code"] == 0
    return caller


def test_an_image_is_kept_byte_for_byte(ready: Caller, record: dict[str, Any]) -> None:
    content = b"\0" * 128 + b"DICM" + os.urandom(700_000) + b"\r\n--" + b"\r\n" * 999
    assert ready.image(record, content).json() == {
        "code": 0,
        "hiImgIndx": record["hiImgIndx"],
        "message": "成功",
    }
    (image,) = ready.platform.images(record["hiImgIndx"])
    assert ready.platform.image_path(image).read_bytes() == content
    assert ready.platform.received_md5s() == {image.md5}


def test_the_same_bytes_again_are_harmless(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    answers = [ready.image(record, content).json() for content in [*images, images[1]]]
    assert [answer["code"] for answer in answers] == [0, 0, 0, 0]
    assert answers[3]["message"] == "影像已存在，未重复保存"
    state = ready.platform.state()
    assert state["images"] == 3
    assert state["duplicates"] == 1
    assert state["sent_twice_as_new"] == []
    assert [i.sop_instance_uid for i in ready.platform.images()] == [
        "1.2.3.1",
        "1.2.3.2",
        "1.2.3.3",
    ]
    assert '"complete": true' in json.dumps(state["examinations"])


def test_other_bytes_of_one_instance_are_told(ready: Caller, record: dict[str, Any]) -> None:
    ready.image(record, make_image(1, sop="1.2.9"))
    ready.image(record, make_image(2, sop="1.2.9"))
    assert ready.platform.state()["sent_twice_as_new"] == ["1.2.9"]


@pytest.mark.parametrize(
    ("changes", "code", "rule"),
    [
        ({"hiImgIdx": ""}, 422, "hiImgIndx 医保影像云索引编码：必填项为空"),
        (
            {"hiImgIdx": f"111-1-20261122010203-{'0' * 13}-{'0' * 9}"},
            409,
            "hiImgIndx 医保影像云索引编码：索引不存在，应先上传影像检查数据（2.1）",
        ),
        ({"studyUid": ""}, 422, "studyUid 检查唯一标识：必填项为空"),
        ({"studyUid": "1" * 513}, 422, "studyUid 检查唯一标识：长度 513 超过 512 个字符"),
        ({"accessionNumber": ""}, 422, "accessionNumber 影像关联编号：必填项为空"),
        (
            {"accessionNumber": "A" * 257},
            422,
            "accessionNumber 影像关联编号：长度 257 超过 256 个字符",
        ),
        (
            {"accessionNumber": "OTHER"},
            422,
            "accessionNumber 影像关联编号：与 2.1 检查数据中的影像关联编号不一致",
        ),
        ({"fileMd5": ""}, 422, "fileMd5 文件 Md5 值：必填项为空"),
        ({"fileMd5": "xyz"}, 422, "fileMd5 文件 Md5 值：应为 32 位十六进制字符"),
        ({"fileMd5": "0" * 32}, 422, "fileMd5 文件 Md5 值：与收到的文件不一致"),
        ({"imageTotalNum": ""}, 422, "imageTotalNum 影像总张数：必填项为空"),
        ({"imageTotalNum": "0"}, 422, "imageTotalNum 影像总张数：应为 1 至 999999 的整数"),
        ({"imageTotalNum": "many"}, 422, "imageTotalNum 影像总张数：应为 1 至 999999 的整数"),
        ({"imageTotalNum": "1000000"}, 422, "imageTotalNum 影像总张数：应为 1 至 999999 的整数"),
    ],
)
def test_each_rule_of_an_image(
    ready: Caller,
    record: dict[str, Any],
    images: list[bytes],
    changes: dict[str, str],
    code: int,
    rule: str,
) -> None:
    answer = ready.image(record, images[0], **changes).json()
    assert answer["code"] == code
    assert answer["message"] == rule
    assert set(answer) == {"code", "hiImgIndx", "message"}
    assert ready.platform.images() == ()
    assert list(ready.platform.ledger.incoming.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "dicom 影像 dicom 文件：文件为空"),
        (b"GIF89a" * 100, "dicom 影像 dicom 文件：不是 DICOM 文件，缺少 DICM 标识"),
        (b"DICM", "dicom 影像 dicom 文件：不是 DICOM 文件，缺少 DICM 标识"),
    ],
)
def test_what_is_no_dicom_file_is_refused(
    ready: Caller, record: dict[str, Any], content: bytes, rule: str
) -> None:
    assert ready.image(record, content).json()["message"] == rule


def test_a_form_without_file_or_with_two_is_refused(ready: Caller, images: list[bytes]) -> None:
    url = f"{ready.platform.base_url}/saveImgFile"
    none = ready.http.post(
        url, headers=ready.envelope("saveImgFile"), files={"other": ("x", images[0])}
    )
    assert none.json()["message"].count("dicom 影像 dicom 文件：缺少文件") == 1
    two = ready.http.post(
        url,
        headers=ready.envelope("saveImgFile"),
        files=[("dicom", ("x", images[0])), ("dicom", ("x", images[1]))],
    )
    assert two.status_code == 400
    assert two.json()["message"] == "dicom：一次请求只能上传一个文件"
    assert list(ready.platform.ledger.incoming.iterdir()) == []


def test_more_images_than_announced_are_refused(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    for content in images[:2]:
        ready.image(record, content, imageTotalNum="2")
    answer = ready.image(record, images[2], imageTotalNum="2").json()
    assert answer["code"] == 422
    assert answer["message"] == "imageTotalNum 影像总张数：不同影像已有 3 张，超过申报的 2 张"
    assert ready.image(record, images[2], imageTotalNum="3").json()["code"] == 0


def test_the_envelope_may_come_as_form_fields(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    form = {
        "hilmgIdx": f" {record['hiImgIndx']} ",
        "studyUId": record["studyUid"],
        "accessionNumber": record["accessionNumber"],
        "fileMd5": hashlib.md5(images[0], usedforsecurity=False).hexdigest(),
        "imageTotalNum": "1",
    }
    answer = ready.http.post(
        f"{ready.platform.base_url}/saveImgFile",
        data={**ready.envelope("saveImgFile"), **form},
        files={"dicom": ("x", images[0])},
    )
    assert answer.json()["code"] == 0


def test_a_field_sent_twice_is_refused(ready: Caller, images: list[bytes]) -> None:
    answer = ready.http.post(
        f"{ready.platform.base_url}/saveImgFile",
        data={"studyUid": "1", "studyUId": "2"},
        files={"dicom": ("x", images[0])},
    )
    assert answer.status_code == 400
    assert answer.json()["message"] == "studyUId：参数重复"


def test_a_body_that_is_no_form_is_refused(ready: Caller) -> None:
    answer = ready.http.post(f"{ready.platform.base_url}/saveImgFile", json={})
    assert answer.status_code == 400
    assert answer.json()["message"] == "请求体不是合法的 multipart/form-data（content_type）"


def test_a_body_in_chunks_is_read(ready: Caller, record: dict[str, Any]) -> None:
    content = make_image(1, 300_000)
    built = ready.http.build_request(
        "POST", "http://x/", files={"dicom": ("x", content)}, data={"imageTotalNum": "1"}
    )
    body = built.read()

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 7777):
            yield body[start : start + 7777]

    headers = {**ready.envelope("saveImgFile"), "Content-Type": built.headers["content-type"]}
    url = f"{ready.platform.base_url}/saveImgFile"
    answer = ready.http.post(url, headers=headers, content=pieces())
    assert "fileMd5 文件 Md5 值：必填项为空" in answer.json()["message"]
    assert "dicom" not in answer.json()["message"]


# -- 2.4


def test_a_report_is_kept_and_answered_as_printed(ready: Caller, record: dict[str, Any]) -> None:
    assert ready.report(record, PDF).json() == {
        "code": 0,
        "hiImgIdx": record["hiImgIndx"],
        "message": "成功",
    }
    assert ready.report(record, PDF).json()["message"] == "报告已存在，未重复保存"
    (report,) = ready.platform.reports()
    assert ready.platform.ledger.report_path(report).read_bytes() == PDF


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"rpotNo": ""}, "rpotNo 报告编号：必填项为空"),
        ({"rpotNo": "R" * 51}, "rpotNo 报告编号：长度 51 超过 50 个字符"),
        ({"rpotNo": "R-unknown"}, "rpotNo 报告编号：未在 2.1 检查数据中申报"),
        ({"studyUid": ""}, "studyUid 检查唯一标识：必填项为空"),
        ({"fileMd5": "0" * 32}, "fileMd5 文件 Md5 值：与收到的文件不一致"),
    ],
)
def test_each_rule_of_a_report(
    ready: Caller, record: dict[str, Any], changes: dict[str, str], rule: str
) -> None:
    answer = ready.report(record, PDF, **changes).json()
    assert answer["code"] == 422
    assert answer["message"] == rule


def test_what_is_no_pdf_is_refused(ready: Caller, record: dict[str, Any]) -> None:
    answer = ready.report(record, b"<html>").json()
    assert answer["message"] == "examRpotPdf1 检查报告 pdf 文件：不是 PDF 文件，缺少 %PDF- 标识"


def test_a_report_before_its_record_is_out_of_order(caller: Caller, record: dict[str, Any]) -> None:
    assert caller.report(record, PDF).json()["code"] == 409


# -- the server


def test_a_restart_knows_everything(
    tmp_path: Path, record: dict[str, Any], images: list[bytes]
) -> None:
    platform = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    with httpx.Client(trust_env=False) as http:
        caller = Caller(platform, http)
        with platform:
            caller.record(record, msgid="once")
            caller.image(record, images[0])
        with pytest.raises(httpx.TransportError):
            caller.image(record, images[1])
        with platform:
            assert caller.image(record, images[1]).json()["code"] == 0
    again = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    with again, httpx.Client(trust_env=False) as http:
        caller = Caller(again, http)
        assert "重复" in caller.record(record, msgid="once").json()["message"]
        assert caller.image(record, images[0], msgid="m").json()["message"].startswith("影像已存在")
        assert len(again.images()) == 2


def test_unknown_addresses_and_methods(caller: Caller) -> None:
    assert caller.http.post(f"{caller.platform.base_url}/saveImgInfo").status_code == 404
    assert caller.http.post(f"{caller.platform.root_url}/saveImgFile").status_code == 404
    assert caller.http.get(f"{caller.platform.base_url}/saveImgFile").status_code == 405


def test_a_port_has_one_owner(platform: GuizhouPlatform, tmp_path: Path) -> None:
    second = GuizhouPlatform(
        tmp_path / "second", port=platform.port, institution_code=INSTITUTION, key=KEY
    )
    with pytest.raises(UsageError) as caught:
        second.start()
    assert caught.value.code == "sandbox_port_taken"


def test_an_address_before_the_start_is_unknown(tmp_path: Path) -> None:
    platform = GuizhouPlatform(tmp_path, institution_code=INSTITUTION, key=KEY)
    with pytest.raises(UsageError) as caught:
        _ = platform.base_url
    assert caught.value.code == "sandbox_not_running"
    platform.stop()


def test_a_sender_that_dies_half_way_leaves_nothing(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    address = ("127.0.0.1", ready.platform.port)
    head = (
        b"POST /mie/api/mie/saveImgFile HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n"
        b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        b'--b\r\nContent-Disposition: form-data; name="dicom"; filename="x"\r\n\r\n'
    )
    with socket.create_connection(address) as line:
        line.sendall(head + images[0])
        line.shutdown(socket.SHUT_WR)
        assert line.recv(100) == b""
    assert ready.platform.requests()[-1].outcome == "peer_gone"
    assert list(ready.platform.ledger.incoming.iterdir()) == []
    assert ready.image(record, images[0]).json()["code"] == 0


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -5\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n-4\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n",
    ],
)
def test_a_body_that_cannot_be_framed_ends_the_connection(
    platform: GuizhouPlatform, head: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", platform.port)) as line:
        line.sendall(
            b"POST /mie/api/mie/saveExamRpotImgInfo HTTP/1.1\r\nContent-Type: application/json\r\n"
            + head
        )
        answer = b"".join(iter(lambda: line.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"Connection: close" in answer


def test_a_cautious_client_is_told_to_continue(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    with socket.create_connection(("127.0.0.1", ready.platform.port)) as line:
        line.sendall(
            b"POST /mie/api/mie/saveImgFile HTTP/1.1\r\nExpect: 100-continue\r\n"
            b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n"
        )
        assert line.recv(1000).startswith(b"HTTP/1.1 100 ")
        line.sendall(b"{}")
        assert line.recv(1000).startswith(b"HTTP/1.1 400 ")


def test_one_connection_serves_many_requests(
    ready: Caller, record: dict[str, Any], images: list[bytes]
) -> None:
    for number, content in enumerate(images * 3):
        answer = ready.image(record, content)
        assert answer.json()["code"] == 0, number
        assert "connection" not in answer.headers
    assert ready.platform.state()["duplicates"] == 6
