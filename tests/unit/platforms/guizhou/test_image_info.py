"""2.3 saveImgInfo, and what all JSON uploads share, over real sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.platforms.guizhou.messages import ImageInfo
from tests.unit.platforms.guizhou_bench import ACCEPTED, INDEX, KEY, STUDY, error_of
from tests.unit.platforms.printed import printed_answer, printed_request

if TYPE_CHECKING:
    from tests.unit.platforms.guizhou_bench import Bench
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

INFO = ImageInfo(INDEX, STUDY, ("A1", "A2"), 1000)


def test_it_is_sent_as_the_table_says(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(ACCEPTED)
    exchange = bench.client().save_image_info(INFO)
    assert exchange.accepted
    assert exchange.index_matched is True
    assert exchange.service == "saveImgInfo"
    assert exchange.request_summary["image_total"] == 1000
    seen = front_end.requests[0]
    assert (seen.method, seen.path) == ("POST", "/mie/api/mie/saveImgInfo")
    assert seen.json() == {
        "infno": "saveImgInfo",
        "msgid": "H52030200193202503030100000001",
        "infTime": "2025-03-03 01:00:00",
        "infCode": "H52030200193",
        "key": KEY,
        "input": [
            {
                "hiImgIndx": INDEX,
                "studyUid": STUDY,
                "accessionNumber": "A1,A2",
                "imageTotalNum": 1000,
            }
        ],
    }


def test_switches_make_the_printed_example(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(printed_answer("saveImgInfo"))
    printed = printed_request("saveImgInfo")
    record = printed["input"][0]
    client = bench.client(
        index_fields={"saveImgInfo": "hiImgIdx"}, image_total_as_text=True, send_info=True
    )
    info = ImageInfo(record["hiImgIdx"], record["studyUid"], ("114649960",), 1000)
    exchange = client.save_image_info(info)
    sent = front_end.requests[0].json()
    assert sent["input"] == printed["input"]
    assert sent["info"] == printed["info"]
    assert exchange.accepted
    # asked with 14 and 10 zeros, answered with 13 and 9: not the same text (G004)
    assert exchange.index_matched is False


@pytest.mark.parametrize(
    ("switches", "sent"),
    [
        ({"upload_shape": "object"}, {"hiImgIndx": INDEX}),
        ({"input_as_text": True}, f'[{{"hiImgIndx":"{INDEX}"}}]'),
        ({"input_as_text": True, "upload_shape": "object"}, f'{{"hiImgIndx":"{INDEX}"}}'),
    ],
)
def test_input_in_the_shape_a_front_end_wants(
    front_end: ScriptedFrontEnd, bench: Bench, switches: dict[str, Any], sent: object
) -> None:
    front_end.answer(ACCEPTED)
    assert bench.client(**switches).save_exam_record({"hiImgIndx": INDEX}).accepted
    assert front_end.requests[0].json()["input"] == sent


@pytest.mark.parametrize(
    ("flag", "code"),
    [
        ({"succFlag": "0"}, "platform_rejected"),
        ({"succFlag": -1}, "platform_rejected"),
        ({}, "platform_answer_without_flag"),
    ],
)
def test_code_0_alone_is_no_success(
    front_end: ScriptedFrontEnd, bench: Bench, flag: dict[str, object], code: str
) -> None:
    front_end.answer({"code": 0, "data": [{"hiImgIndx": INDEX, **flag}]})
    assert error_of(bench.client().save_image_info(INFO)).code == code


def test_a_front_end_without_flags_is_believed_when_told_so(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "message": "成功", "data": None})
    assert bench.client(require_succ_flag=False).save_image_info(INFO).accepted


def test_the_number_is_repeated_only_while_no_answer_came(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "message": "系统繁忙"}, status=503)
    front_end.answer(ACCEPTED)
    client = bench.client(repeat_msgid=True)
    numbers = [client.save_image_info(INFO).msgid for _ in range(3)]
    other = client.save_image_info(ImageInfo(INDEX, STUDY, ("A1",), 999)).msgid
    assert numbers[0] == numbers[1] != numbers[2]
    assert other not in numbers
    assert [one.json()["msgid"] for one in front_end.requests] == [*numbers, other]


def test_every_attempt_has_a_new_number_by_default(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer(b"", hang_up=True)
    client = bench.client()
    assert client.save_image_info(INFO).msgid != client.save_image_info(INFO).msgid


def test_a_number_that_was_refused_as_used_is_not_repeated(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 1, "message": "报文ID重复"})
    client = bench.client(repeat_msgid=True)
    assert error_of(first := client.save_image_info(INFO)).code == "platform_number_repeated"
    assert client.save_image_info(INFO).msgid != first.msgid


def test_the_person_is_in_no_repr(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 1, "message": f"{INDEX} 不对"})
    exchange = bench.client().save_image_info(INFO)
    assert "110101197804050038" not in repr((INFO, exchange, exchange.error))
