"""Images of 2.2 and reports of 2.4 over real sockets."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.sandbox.caller import Caller, make_image

if TYPE_CHECKING:
    from collections.abc import Iterator


PDF = b"%PDF-1.4\n%%EOF\n"


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
