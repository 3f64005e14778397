"""Several records in one call: every answer goes back to its record (G024, G026, G051, G052)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.model.errors import PlatformRejectedError, PlatformUnreachableError, StorageError
from hbgz_desktop.platforms.guizhou.batches import Element, batches
from hbgz_desktop.platforms.guizhou.client import GuizhouClient
from hbgz_desktop.platforms.guizhou.messages import ImageInfo
from hbgz_desktop.platforms.http import make_client
from tests.unit.platforms.guizhou_bench import INDEX, STUDY, Bench
from tests.unit.platforms.printed import printed_answer, printed_request

if TYPE_CHECKING:
    from hbgz_desktop.platforms.guizhou.messages import BatchResult
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

CODES = tuple(INDEX.replace("20241122143000", f"2024112214300{second}") for second in range(4))
ONE, TWO, THREE, FOUR = CODES


def said(index: str | None, flag: object, message: str = "") -> dict[str, object]:
    return {"hiImgIndx": index, "succFlag": flag, "message": message}


def delete(bench: Bench, codes: tuple[str, ...] = (ONE, TWO, THREE), **options: Any) -> BatchResult:
    return bench.client(**{"delete_batch": 10, **options}).delete_indexes(codes)


def told(result: BatchResult) -> list[tuple[str, bool, str]]:
    return [(one.index_code, one.accepted, one.matched_by) for one in result.answers]


# ---- 2.5 as it is sent --------------------------------------------------------------------------


def test_deletion_is_sent_as_decided(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [said(ONE, "1"), said(TWO, "1")]})
    assert not delete(bench, (ONE, TWO)).is_partial
    seen = front_end.requests[0]
    assert seen.path == "/mie/api/mie/deleteExamRpotImgIndxInfo"
    assert seen.json()["infno"] == "deleteExamRpotImgIndxInfo"
    assert seen.json()["input"] == [ONE, TWO]


def test_path_and_number_are_set_apart(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [said(ONE, "1")]})
    other = {"deleteExamRpotImgIndxInfo": "deleteExamRpotImgIdxInfo"}
    delete(bench, (ONE,), paths=other)
    delete(bench, (ONE,), infnos=other)
    seen = [(one.path.rpartition("/")[2], one.json()["infno"]) for one in front_end.requests]
    assert seen == [
        ("deleteExamRpotImgIdxInfo", "deleteExamRpotImgIndxInfo"),
        ("deleteExamRpotImgIndxInfo", "deleteExamRpotImgIdxInfo"),
    ]


def test_the_printed_deletion(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(printed_answer("deleteExamRpotImgIndxInfo"))
    printed = printed_request("deleteExamRpotImgIndxInfo")
    other = {"deleteExamRpotImgIndxInfo": "deleteExamRpotImgIdxInfo"}
    result = delete(bench, tuple(printed["input"]), paths=other, infnos=other)
    sent = front_end.requests[0].json()
    assert (sent["infno"], sent["input"]) == (printed["infno"], printed["input"])
    # one record without an index covers both (G052)
    assert [(one.accepted, one.matched_by) for one in result.answers] == [(True, "batch")] * 2


def test_index_codes_as_objects(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [{"hilmgIdx": ONE, "succFlag": 1}]})
    names = {"deleteExamRpotImgIndxInfo": "hilmgIdx"}
    result = delete(bench, (ONE,), delete_as_objects=True, index_fields=names)
    assert front_end.requests[0].json()["input"] == [{"hilmgIdx": ONE}]
    assert told(result) == [(ONE, True, "index")]


def test_one_at_a_time_by_default(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [said(None, "1")]})
    front_end.answer({"code": 0, "data": [said(None, "-1", "索引不存在")]})
    result = bench.client().delete_indexes([ONE, TWO])
    assert [one.json()["input"] for one in front_end.requests] == [[ONE], [TWO]]
    assert result.is_partial
    assert result.answers[1].already
    assert result.answers[1].error is not None
    assert result.answers[1].error.code == "platform_already_gone"


# ---- whose answer is whose ----------------------------------------------------------------------


def test_by_index_in_any_order(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(
        {"code": 0, "data": [said(THREE, 1), said(f" {ONE.lower()} ", "1"), said(TWO, "0", "坏")]}
    )
    result = delete(bench)
    assert told(result) == [(ONE, True, "index"), (TWO, False, "index"), (THREE, True, "index")]
    refused = result.answers[1]
    assert (refused.flag, refused.message) == ("0", "坏")
    assert isinstance(refused.error, PlatformRejectedError)
    assert result.is_partial
    exchange = result.exchanges[0]
    assert not exchange.accepted
    assert exchange.error is not None
    assert exchange.error.code == "platform_batch_partial"
    assert exchange.error.facts == {"accepted": 2, "refused": 1}


def test_by_position_when_none_is_named(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(
        {"code": "0", "data": [said(None, "1"), {"succFlag": "-1"}, {"SuccFlag": "1"}]}
    )
    assert told(delete(bench)) == [
        (ONE, True, "position"),
        (TWO, False, "position"),
        (THREE, True, "position"),
    ]


def test_named_ones_first_then_the_rest_by_position(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": [said(None, "1"), said(TWO, "-1"), said(None, "1")]})
    assert told(delete(bench)) == [
        (ONE, True, "position"),
        (TWO, False, "index"),
        (THREE, True, "position"),
    ]


def test_a_named_answer_is_nobody_elses_by_position(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": [said(TWO, "1"), said(None, "-1"), said(THREE, "1")]})
    # the first place is taken by the second record's answer: nobody knows of the first
    assert told(delete(bench)) == [
        (ONE, False, "none"),
        (TWO, True, "index"),
        (THREE, True, "index"),
    ]


def test_too_few_answers_leave_the_others_unknown(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": [said(ONE, "1"), said(THREE, "1")]})
    result = delete(bench)
    assert told(result) == [(ONE, True, "index"), (TWO, False, "none"), (THREE, True, "index")]
    error = result.answers[1].error
    assert isinstance(error, PlatformUnreachableError)
    assert (error.code, error.retryable) == ("platform_answer_missing", True)


def test_fewer_without_a_name_belong_to_nobody(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [said(None, "1"), said(None, "1")]})
    assert {one.matched_by for one in delete(bench).answers} == {"none"}
    assert not any(one.accepted for one in delete(bench).answers)


@pytest.mark.parametrize(
    "answer",
    [
        {"code": 0, "data": [said(None, "1")]},
        {"code": 0, "data": said(None, 1)},
        {"code": 0, "succFlag": "1", "message": "成功"},
        {"code": 0, "data": '[{"succFlag": "1"}]'},
    ],
)
def test_one_answer_without_an_index_covers_all(
    front_end: ScriptedFrontEnd, bench: Bench, answer: dict[str, object]
) -> None:
    front_end.answer(answer)
    assert {(one.accepted, one.matched_by) for one in delete(bench).answers} == {(True, "batch")}


def test_one_answer_that_says_partly_says_of_none(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": [said(None, "0", "部分数据失败")]})
    result = delete(bench)
    assert not any(one.accepted for one in result.answers)
    assert {one.error.code for one in result.answers if one.error} == {"platform_answer_partly"}


def test_an_answer_that_names_one_covers_only_that(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": [said(TWO, "1")]})
    assert told(delete(bench)) == [
        (ONE, False, "none"),
        (TWO, True, "index"),
        (THREE, False, "none"),
    ]


def test_the_same_index_twice_is_answered_twice(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [said(ONE, "1"), said(ONE, "-1")]})
    assert told(delete(bench, (ONE, ONE))) == [(ONE, True, "index"), (ONE, False, "index")]


def test_a_refusal_of_the_whole_refuses_each(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 1, "message": "密钥错误"})
    result = delete(bench)
    assert {one.error.code for one in result.answers if one.error} == {"platform_not_authorised"}
    assert not result.is_partial


@pytest.mark.parametrize(
    ("answer", "how", "code"),
    [
        (b"<html>502</html>", {"status": 502}, "platform_server_error"),
        (b"<html>ok</html>", {}, "platform_answer_not_json"),
        ({"code": 0, "data": [said(ONE, "1")]}, {"status": 500}, "platform_server_error"),
        (b"", {"hang_up": True}, "platform_reset"),
        ({"hello": 1}, {}, "platform_answer_not_json"),
    ],
)
def test_without_an_answer_nothing_is_known_of_any(
    front_end: ScriptedFrontEnd, bench: Bench, answer: object, how: dict[str, Any], code: str
) -> None:
    front_end.answer(answer, **how)
    result = delete(bench)
    assert [(one.accepted, one.matched_by) for one in result.answers] == [(False, "none")] * 3
    assert {one.error.code for one in result.answers if one.error} == {code}
    assert all(one.error is not None and one.error.retryable for one in result.answers)


def test_code_0_without_any_flag_proves_nothing(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "message": "成功", "data": None})
    codes = {one.error.code for one in delete(bench).answers if one.error}
    assert codes == {"platform_answer_without_flag"}
    believed = delete(bench, require_succ_flag=False)
    assert all(one.accepted for one in believed.answers)


# ---- 2.1 and 2.3, splitting ---------------------------------------------------------------------


def test_records_are_split_under_the_limit(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    for codes in ((ONE, TWO), (THREE, FOUR)):
        front_end.answer({"code": 0, "data": [said(code, "1") for code in codes]})
    payloads = [{"hiImgIndx": code, "imgDscr": "影" * 100} for code in CODES]
    client = bench.client(max_input_characters=450)
    result = client.save_exam_records(payloads)
    sent = [one.json()["input"] for one in front_end.requests]
    assert sent == [payloads[:2], payloads[2:]]
    assert [one.request_summary["records"] for one in result.exchanges] == [2, 2]
    assert all(int(str(one.request_summary["input_characters"])) <= 450 for one in result.exchanges)
    assert [one.index_code for one in result.answers] == list(CODES)
    assert all(one.accepted for one in result.answers)
    assert len({one.msgid for one in result.exchanges}) == 2


def test_one_that_is_too_long_holds_back_no_other(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": [said(ONE, "1")]})
    front_end.answer({"code": 0, "data": [said(THREE, "1")]})
    payloads = [
        {"hiImgIndx": ONE},
        {"hiImgIndx": TWO, "imgDscr": "影" * 500},
        {"hiImgIndx": THREE},
    ]
    result = bench.client(max_input_characters=200).save_exam_records(payloads)
    assert [one.accepted for one in result.answers] == [True, False, True]
    assert result.answers[1].error is not None
    assert result.answers[1].error.code == "input_too_long"
    assert [one.msgid == "" for one in result.exchanges] == [False, True, False]
    assert len(front_end.requests) == 2


def test_image_infos_one_by_one_where_a_single_object_is_wanted(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": {"succFlag": "1"}})
    infos = [ImageInfo(code, STUDY, ("A1",), 5) for code in CODES[:2]]
    assert all(
        one.accepted for one in bench.client(upload_shape="object").save_image_infos(infos).answers
    )
    assert len(front_end.requests) == 2
    assert front_end.requests[1].json()["input"] == {
        "hiImgIndx": TWO,
        "studyUid": STUDY,
        "accessionNumber": "A1",
        "imageTotalNum": 5,
    }


def test_nothing_to_send_sends_nothing(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    result = bench.client().delete_indexes([])
    assert (result.exchanges, result.answers, result.is_partial) == ((), (), False)
    assert not front_end.requests


def test_no_number_no_request_at_all(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    numbers = iter(["first"])

    def next_number() -> str:
        try:
            return next(numbers)
        except StopIteration:
            raise StorageError("msgid_sequence") from None

    with make_client(front_end.base_url) as http:
        client = GuizhouClient(bench.options, http, next_number)
        with pytest.raises(StorageError):
            client.delete_indexes([ONE, TWO])
    assert not front_end.requests


def test_batches_hold_both_limits() -> None:
    elements = [Element(str(number), "x" * length) for number, length in enumerate([3, 3, 9, 1, 1])]
    split = [
        [len(one.text) for one in batch]
        for batch in batches(elements, max_characters=9, max_count=10)
    ]
    assert split == [[3, 3], [9], [1, 1]]
    by_count = [len(batch) for batch in batches(elements, max_characters=100, max_count=2)]
    assert by_count == [2, 2, 1]


def test_nobody_is_in_a_repr(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": [said(ONE, "0", "110101197804050038 有误")]})
    result = delete(bench, (ONE,))
    assert "110101197804050038" not in repr(result)
    assert all("110101197804050038" not in str(one.error) for one in result.answers)
