"""2.6 and 2.7: what is asked, and every form an answer has (G053–G062)."""

from __future__ import annotations

import threading
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.platforms.guizhou.messages import ImageSerial, IndexQuery
from tests.unit.platforms.guizhou_bench import INDEX, KEY, OTHER_INDEX, error_of
from tests.unit.platforms.printed import printed_answer, printed_request

if TYPE_CHECKING:
    from tests.unit.platforms.guizhou_bench import Bench
    from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

NOBODY = {"code": 0, "type": "success", "message": "成功", "data": []}
WHO = IndexQuery("111", "110101197804050041")
SERIAL = {"examUuid": "111", "snUuid": "222", "instUuid": "333"}


# ---- 2.6 ----------------------------------------------------------------------------------------


def test_the_printed_question(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(NOBODY)
    query = IndexQuery("111", "110101197804050041", "John Doe", date(2022, 4, 4), date(2025, 4, 4))
    found = bench.client(fixmedins_code="123456789012").query_indexes(query)
    assert (found.exchange.accepted, found.rows) == (True, ())
    seen = front_end.requests[0]
    assert seen.path == "/mie/api/mie/queryExamRpotImgIndxListFHospital"
    printed = printed_request("queryExamRpotImgIndxListFHospital")
    sent = seen.json()
    own = {"msgid": "H52030200193202503030100000001", "infTime": "2025-03-03 01:00:00"}
    assert sent == printed | own


def test_what_is_not_known_is_not_sent(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(NOBODY)
    bench.client().query_indexes(WHO)
    sent = front_end.requests[0].json()
    assert sent["input"] == {"psnCertType": "111", "certno": "110101197804050041"}
    assert sent["fixmedinsCode"] == "H52030200193"
    assert not {"infCode", "key"} & set(sent)


def test_switches_of_the_questions(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(NOBODY)
    client = bench.client(
        send_key_in_queries=True,
        send_fixmedins_code=True,
        fixmedins_code="H1",
        query_shape="array",
        date_pattern="yyyyMMdd",
        certno_cipher=lambda number: f"<{number[-4:]}>",
    )
    client.query_indexes(IndexQuery("111", "110101197804050041", begin=date(2024, 1, 31)))
    sent = front_end.requests[0].json()
    assert (sent["key"], sent["infCode"], sent["fixmedinsCode"]) == (KEY, "H1", "H1")
    assert sent["input"] == [{"psnCertType": "111", "certno": "<0041>", "begntime": "20240131"}]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (
            IndexQuery("111", "1", begin=date(2024, 2, 2), end=date(2024, 2, 1)),
            "query_dates_reversed",
        ),
        (IndexQuery("111", " "), "query_without_certificate"),
        (IndexQuery("", "1"), "query_without_certificate"),
    ],
)
def test_a_question_that_cannot_be_right_is_not_sent(
    front_end: ScriptedFrontEnd, bench: Bench, query: IndexQuery, code: str
) -> None:
    found = bench.client().query_indexes(query)
    assert error_of(found.exchange).code == code
    assert (found.exchange.msgid, found.rows) == ("", ())
    assert not front_end.requests


def test_one_day_is_a_period(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(NOBODY)
    day = date(2024, 2, 1)
    assert (
        bench.client().query_indexes(IndexQuery("111", "1", begin=day, end=day)).exchange.accepted
    )


def test_the_printed_row(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(printed_answer("queryExamRpotImgIndxListFHospital"))
    found = bench.client().query_indexes(WHO)
    assert found.exchange.accepted
    assert found.exchange.index_matched is None
    (row,) = found.rows
    assert row.index_code == (
        "11-110101197804050041-20241122143000-1100000000001-001000011-123502004266009982"
    )
    assert (row.name, row.cert_type, row.cert_no) == ("John Doe", "111", "110101*****0041")
    assert (row.fixmedins_code, row.fixmedins_name) == ("H371464507", "德州市 XXXXX 卫生院")
    assert (row.exam_date, row.exam_part) == ("2025-04-02", "B02910ZZZ")
    # mandatory in the table, absent in the example (G057)
    assert (row.report_url, row.viewer_url) == ("", "")
    assert row.download_url.endswith("/queryImgCaheFIndex")


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ([{"hilmgIdx": INDEX}, {"hiImglndx": OTHER_INDEX}], [INDEX, OTHER_INDEX]),
        ({"hiImgIdx": INDEX, "areaCode": None, "psnName": None}, [INDEX]),
        (None, []),
        ([], []),
        (f'[{{"HIIMGINDX": "{INDEX}"}}]', [INDEX]),
        (["nonsense", 1, None], []),
    ],
)
def test_every_form_of_the_list(
    front_end: ScriptedFrontEnd, bench: Bench, data: object, codes: list[str]
) -> None:
    front_end.answer({"code": "0", "data": data}, headers={"Content-Type": "text/html"})
    found = bench.client().query_indexes(WHO)
    assert found.exchange.accepted
    assert [row.index_code for row in found.rows] == codes


def test_a_long_list_is_read_to_its_end(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    rows = [{"hiImgIndx": INDEX, "examRpotLinkUrl": "http://h/" + "x" * 900}] * 3000
    front_end.answer({"code": 0, "data": rows})
    found = bench.client().query_indexes(WHO)
    assert len(found.rows) == 3000
    assert len(found.exchange.answer_text) == 64 * 1024


@pytest.mark.parametrize(
    ("answer", "how", "code"),
    [
        ({"code": 1, "message": "查询失败"}, {}, "platform_rejected"),
        ({"code": "500", "message": "系统繁忙，请稍后"}, {}, "platform_busy"),
        ({"code": 1, "message": "未授权的机构"}, {}, "platform_not_authorised"),
        ({"code": 0, "data": []}, {"status": 404}, "platform_path_unknown"),
        ({"data": [{"hiImgIndx": INDEX}]}, {}, "platform_answer_not_json"),
        (b"<html/>", {}, "platform_answer_not_json"),
    ],
)
def test_refusals_give_no_rows(
    front_end: ScriptedFrontEnd, bench: Bench, answer: object, how: dict[str, Any], code: str
) -> None:
    front_end.answer(answer, **how)
    found = bench.client().query_indexes(WHO)
    assert error_of(found.exchange).code == code
    assert found.rows == ()


def test_another_host_is_not_followed(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(b"", status=302, headers={"Location": front_end.base_url + "/elsewhere"})
    assert error_of(bench.client().query_indexes(WHO).exchange).code == "platform_path_unknown"
    assert len(front_end.requests) == 1


def test_nobody_is_in_a_repr(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(printed_answer("queryExamRpotImgIndxListFHospital"))
    found = bench.client().query_indexes(IndexQuery("111", "110101197804050041", "John Doe"))
    shown = repr((WHO, found, found.exchange.request_summary))
    assert "John" not in shown
    assert "110101" not in shown


# ---- 2.7 ----------------------------------------------------------------------------------------


def test_the_printed_list_of_images(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer(printed_answer("queryImgCaheFileSn"))
    printed = printed_request("queryImgCaheFileSn")
    asked = printed["input"]["hiImgIndx"]
    found = bench.client(fixmedins_code="123456789012").query_images(asked)
    seen = front_end.requests[0]
    assert seen.path == "/mie/api/mie/queryImgCaheFIndex"
    own = {"msgid": "H52030200193202503030100000001", "infTime": "2025-03-03 01:00:00"}
    assert seen.json() == printed | own
    assert found.exchange.accepted
    assert found.exchange.service == "queryImgCaheFileSn"
    assert found.serials == (ImageSerial("111", "222", "333"),)


@pytest.mark.parametrize(
    "data",
    [
        {"hiImgIndx": INDEX, "imgFileSnList": [SERIAL]},
        {"hiImgIndx": None, "imgFileSnList": SERIAL},
        [{"hilmgIdx": INDEX, "ImgFileSnList": [SERIAL, None]}],
        {"imgFileSnList": [{"EXAMUUID": 111, "snuuid": "222", "instUUID": "333", "x": []}]},
    ],
)
def test_every_form_of_the_images(front_end: ScriptedFrontEnd, bench: Bench, data: object) -> None:
    front_end.answer({"code": 0, "data": data})
    assert bench.client().query_images(INDEX).serials == (ImageSerial("111", "222", "333"),)


@pytest.mark.parametrize("data", [None, {}, {"imgFileSnList": None}, {"hiImgIndx": INDEX}])
def test_nothing_cached_is_no_error(
    front_end: ScriptedFrontEnd, bench: Bench, data: object
) -> None:
    front_end.answer({"code": 0, "data": data})
    found = bench.client().query_images(INDEX)
    assert found.exchange.accepted
    assert found.serials == ()


def test_another_persons_images_are_refused(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    front_end.answer({"code": 0, "data": {"hiImgIndx": OTHER_INDEX, "imgFileSnList": [SERIAL]}})
    found = bench.client().query_images(INDEX)
    assert error_of(found.exchange).code == "platform_other_index"
    assert found.serials == ()


def test_the_address_of_the_list_is_asked_when_it_is_allowed(
    front_end: ScriptedFrontEnd, bench: Bench
) -> None:
    front_end.answer({"code": 0, "data": {"imgFileSnList": [SERIAL]}})
    port = front_end.base_url.split(":")[2].partition("/")[0]
    link = f"http://localhost:{port}/other/queryImgCaheFIndex"
    client = bench.client()
    refused = client.query_images(INDEX, address=link)
    assert error_of(refused.exchange).code == "image_address_refused"
    assert not front_end.requests
    assert client.cache_address(link) == ""
    allowing = bench.client(allowed_hosts=("localhost",))
    assert allowing.cache_address(link) == link
    assert allowing.query_images(INDEX, address=link).serials
    assert front_end.requests[0].path == "/other/queryImgCaheFIndex"


def test_silence_ends_by_its_own_limit(front_end: ScriptedFrontEnd, bench: Bench) -> None:
    waiting = threading.Event()
    front_end.answer(NOBODY, wait_for=waiting)
    try:
        found = bench.client(query_timeout_s=0.2).query_indexes(WHO)
    finally:
        waiting.set()
    assert error_of(found.exchange).code == "platform_timeout_read"
