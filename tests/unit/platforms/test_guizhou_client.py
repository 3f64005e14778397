"""The Guizhou client against a server of real sockets: what is sent."""

from __future__ import annotations

import logging
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import (
    PlatformRejectedError,
    SettingsError,
    StorageError,
)
from tests.unit.platforms.guizhou_bench import (
    ACCEPTED,
    FLAT,
    INDEX,
    KEY,
    OTHER_INDEX,
    STUDY,
    Bench,
    error_of,
    md5_of,
    send_image,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd


# ---- 2.1 ----------------------------------------------------------------------------------------


def test_record_is_sent_as_printed(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(ACCEPTED)
    payload = {"hiImgIndx": INDEX, "psnName": "李丽", "age": 35, "examCharge": "240.00"}
    exchange = bench.client().save_exam_record(payload)
    assert exchange.accepted
    assert exchange.error is None
    assert exchange.index_matched is True
    assert (exchange.answer_code, exchange.message) == ("0", "保存数据成功")
    seen = front_end.requests[0]
    assert (seen.method, seen.path) == ("POST", "/mie/api/mie/saveExamRpotImgInfo")
    assert seen.headers["content-type"] == "application/json; charset=UTF-8"
    assert "transfer-encoding" not in seen.headers
    assert seen.json() == {
        "infno": "saveExamRpotImgInfo",
        "msgid": "H52030200193202503030100000001",
        "infTime": "2025-03-03 01:00:00",
        "infCode": "H52030200193",
        "key": KEY,
        "input": [payload],
    }
    assert "李丽".encode() in seen.body  # UTF-8, not \uXXXX (G072)


def test_switches_add_the_other_spellings(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(ACCEPTED)
    client = bench.client(
        send_info=True,
        send_fixmedins_code=True,
        index_fields={"saveExamRpotImgInfo": "hiImgIdx"},
    )
    assert client.save_exam_record({"hiImgIndx": INDEX}).accepted
    sent = front_end.requests[0].json()
    assert sent["info"] == sent["infno"] == "saveExamRpotImgInfo"
    assert sent["fixmedinsCode"] == sent["infCode"] == "H52030200193"
    assert sent["input"] == [{"hiImgIdx": INDEX}]


def test_message_number_can_be_repeated(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(ACCEPTED)
    exchange = bench.client().save_exam_record({"hiImgIndx": INDEX}, msgid="again")
    assert exchange.msgid == front_end.requests[0].json()["msgid"] == "again"


def test_too_long_input_is_never_sent(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    exchange = bench.client(max_input_characters=100).save_exam_record({"imgDscr": "影" * 100})
    error = error_of(exchange)
    assert isinstance(error, PlatformRejectedError)
    assert (error.code, error.retryable) == ("input_too_long", False)
    assert error.facts == {"characters": 116, "limit": 100}
    assert exchange.msgid == ""
    assert not front_end.requests


def test_half_a_character_is_never_sent(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    exchange = bench.client().save_exam_record({"psnName": "李\ud83d"})
    assert error_of(exchange).code == "input_not_encodable"
    assert not front_end.requests


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "0", "data": [{"hiImgIndx": INDEX, "succFlag": 1}]},
        {"code": 0.0, "data": {"hiImgIdx": f" {INDEX} ", "succFlag": "1"}},
        {
            "code": 0,
            "data": [
                {"hilmgIdx": OTHER_INDEX, "succFlag": "-1"},
                {"hiImgIndx": INDEX, "SuccFlag": "1"},
            ],
        },
        {"code": 0, "data": [{"succFlag": "1"}]},
        {"hiImgIndx": INDEX, "succFlag": "1", "message": "flat, as the table has it"},
        {"code": 0, "data": f'[{{"hiImgIndx": "{INDEX}", "succFlag": "1"}}]'},
        b'\xef\xbb\xbf{"code": 0, "data": [{"succFlag": "1",},],}',
        b'"{\\"code\\": 0, \\"succFlag\\": 1}"',
    ],
)
def test_acceptance_in_any_shape(front_end: ScriptedFrontEnd, bench: Bench, answer: object) -> None:
    front_end.answer(answer, headers={"Content-Type": "text/plain"})
    exchange = bench.client().save_exam_record({"hiImgIndx": INDEX})
    assert exchange.accepted
    assert exchange.error is None


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"code": 0, "data": [{"hiImgIndx": INDEX, "succFlag": "0"}]}, "platform_rejected"),
        ({"code": 0, "data": [{"hiImgIndx": INDEX, "succFlag": -1}]}, "platform_rejected"),
        (
            {
                "code": 0,
                "data": [
                    {"succFlag": "1", "hiImgIndx": OTHER_INDEX},
                    {"succFlag": "0", "hiImgIndx": INDEX},
                ],
            },
            "platform_rejected",
        ),
        ({"code": 1, "data": [{"hiImgIndx": INDEX, "succFlag": "1"}]}, "platform_rejected"),
        ({"code": 0, "type": "success", "data": []}, "platform_answer_without_flag"),
        ({"code": 500, "message": "证件号码格式错误"}, "platform_rejected"),
        ({"code": "-1", "msg": "该索引已存在"}, "platform_already_exists"),
    ],
)
def test_refusal_of_a_record(
    front_end: ScriptedFrontEnd, bench: Bench, answer: object, code: str
) -> None:
    front_end.answer(answer)
    exchange = bench.client().save_exam_record({"hiImgIndx": INDEX})
    error = error_of(exchange)
    assert isinstance(error, PlatformRejectedError)
    assert (error.code, error.retryable) == (code, False)
    assert exchange.already is (code == "platform_already_exists")


def test_missing_flag_may_be_allowed(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "message": "成功"})
    client = bench.client(require_succ_flag=False)
    assert client.save_exam_record({"hiImgIndx": INDEX}).accepted


# ---- 2.2 and 2.4 --------------------------------------------------------------------------------


def test_image_is_one_form_with_its_length(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    front_end.answer(FLAT)
    exchange = send_image(bench.client(), image)
    assert exchange.accepted
    assert exchange.index_matched is True
    assert exchange.request_summary == {
        "service": "saveImgFile",
        "size_bytes": 10240,
        "md5": md5_of(image),
        "image_total": 1000,
    }
    seen = front_end.requests[0]
    assert seen.path == "/mie/api/mie/saveImgFile"
    assert "transfer-encoding" not in seen.headers
    assert int(seen.headers["content-length"]) == seen.body_bytes
    assert {
        name: seen.headers[name.lower()] for name in ("infno", "infTime", "infCode", "key")
    } == {
        "infno": "saveImgFile",
        "infTime": "2025-03-03 01:00:00",
        "infCode": "H52030200193",
        "key": KEY,
    }
    parts = seen.parts()
    texts = {name: parts[name].get_content() for name in parts if name != "dicom"}
    assert texts == {
        "hiImgIndx": INDEX,
        "studyUid": STUDY,
        "accessionNumber": "A1,A2",
        "fileMd5": md5_of(image),
        "imageTotalNum": "1000",
    }
    assert parts["dicom"].get_payload(decode=True) == image.read_bytes()
    assert parts["dicom"].get_filename() == "image.dcm"


def test_report_is_one_pdf_of_one_number(
    front_end: ScriptedFrontEnd, bench: Bench, tmp_path: Path
) -> None:
    front_end.answer(FLAT)
    path = tmp_path / "张三.pdf"
    path.write_bytes(b"%PDF-1.7\r\n--boundary--\r\n")
    client = bench.client(index_fields={"saveRptFile": "hiImgIdx"})
    md5 = md5_of(path).lower()
    exchange = client.save_report(INDEX, STUDY, "报告1", path, path.stat().st_size, md5)
    assert exchange.accepted
    parts = front_end.requests[0].parts()
    assert list(parts) == ["hiImgIdx", "studyUid", "rpotNo", "fileMd5", "examRpotPdf1"]
    assert parts["rpotNo"].get_content() == "报告1"
    assert parts["fileMd5"].get_content() == md5.upper()
    assert parts["examRpotPdf1"].get_payload(decode=True) == path.read_bytes()
    assert "张三".encode() not in front_end.requests[0].body


def test_empty_file_is_sent(front_end: ScriptedFrontEnd, bench: Bench, tmp_path: Path) -> None:
    front_end.answer(FLAT)
    path = tmp_path / "empty"
    path.touch()
    assert send_image(bench.client(), path).accepted


def test_a_large_image_never_stands_in_memory(
    front_end: ScriptedFrontEnd, bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "large.dcm"
    block = bytes(1024 * 1024)
    with path.open("wb") as file:
        for _ in range(64):
            file.write(block)
    front_end.answer(FLAT)
    client = bench.client()
    tracemalloc.start()
    try:
        size = path.stat().st_size
        exchange = client.save_image(INDEX, STUDY, ["A1"], path, size, "0" * 32, 1)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert exchange.accepted
    assert front_end.requests[0].body_bytes > 64 * 1024 * 1024
    assert peak_bytes < 8 * 1024 * 1024


def test_the_same_image_again_is_flagged(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    front_end.answer({"code": 1, "hiImgIdx": INDEX, "message": "影像已存在，请勿重复上传"})
    exchange = send_image(bench.client(), image)
    assert exchange.already
    assert error_of(exchange).code == "platform_already_exists"


def test_damage_on_the_way_may_be_repeated(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    front_end.answer({"code": "1", "message": "文件MD5校验不一致"})
    error = error_of(send_image(bench.client(), image))
    assert (error.code, error.retryable) == ("platform_md5_mismatch", True)


@pytest.mark.parametrize("announced", [10239, 10241])
def test_a_file_of_another_size_is_not_sent(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path, announced: int
) -> None:
    with pytest.raises(StorageError, match="upload_file_changed"):
        bench.client().save_image(INDEX, STUDY, ["A"], image, announced, "0" * 32, 1)
    assert not front_end.requests


def test_a_file_that_is_gone_is_not_sent(
    front_end: ScriptedFrontEnd, bench: Bench, tmp_path: Path
) -> None:
    missing = tmp_path / "张三.dcm"
    with pytest.raises(StorageError, match="upload_file_unreadable") as caught:
        bench.client().save_image(INDEX, STUDY, ["A"], missing, 10, "0" * 32, 1)
    assert "张三" not in str(caught.value)
    assert not front_end.requests


def test_threads_share_a_client(front_end: ScriptedFrontEnd, bench: Bench, image: Path) -> None:
    front_end.answer(FLAT)
    client = bench.client()
    with ThreadPoolExecutor(4) as pool:
        exchanges = list(pool.map(lambda _: send_image(client, image), range(24)))
    assert all(exchange.accepted for exchange in exchanges)
    assert len({request.headers["msgid"] for request in front_end.requests}) == 24
    assert front_end.connections <= 4


def test_one_connection_serves_many_requests(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path
) -> None:
    front_end.answer(FLAT)
    client = bench.client()
    for _ in range(3):
        assert send_image(client, image).accepted
    assert front_end.connections == 1


# ---- settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"institution_code": ""}, "platform_setting_missing"),
        ({"key": ""}, "platform_setting_missing"),
        ({"key": "密钥"}, "platform_setting_not_ascii"),
        ({"key": "a\r\nx: y"}, "platform_setting_not_ascii"),
        ({"institution_code": "H5 "}, "platform_setting_not_ascii"),
    ],
)
def test_impossible_settings_are_raised(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path, change: dict[str, Any], code: str
) -> None:
    client = bench.client(**change)
    with pytest.raises(SettingsError, match=code):
        client.save_exam_record({"hiImgIndx": INDEX})
    with pytest.raises(SettingsError, match=code):
        send_image(client, image)
    assert not front_end.requests


def test_the_key_is_in_no_repr_and_no_log(
    front_end: ScriptedFrontEnd, bench: Bench, image: Path, caplog: pytest.LogCaptureFixture
) -> None:
    front_end.answer({"code": 1, "message": f"key {KEY} 张三"})
    client = bench.client()
    with caplog.at_level(logging.DEBUG, logger="hbgz_desktop"):
        exchange = send_image(client, image)
    shown = f"{bench.options!r} {exchange!r} {exchange.error} {caplog.text}"
    assert KEY not in shown
    assert "张三" not in shown
    assert "110101197804050038" not in shown
    assert not [
        record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))
    ]
