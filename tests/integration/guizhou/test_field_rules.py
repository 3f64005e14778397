"""A request with any one rule of the print broken is refused by name, and nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.guizhou.front_desk import (
    FORMS,
    GET_IMAGE,
    LIST_IMAGES,
    QUERIES,
    QUERY_INDEXES,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SAVE_REPORT,
    SERVICES,
    Asked,
    FrontDesk,
)
from tests.integration.guizhou.printed_tables import (
    INDEX_PARTS,
    OWN_SHAPE,
    PRINTED,
    code_cases,
    envelope_cases,
    format_cases,
    length_cases,
    others,
    required_cases,
    type_cases,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("service", SERVICES)
def test_the_request_that_the_others_spoil_is_good(desk: FrontDesk, service: str) -> None:
    desk.assert_accepted(desk.send(desk.asked(service)))


def refuse(desk: FrontDesk, asked: Asked, name: str) -> str:
    """Refused for this field; nothing kept."""
    before = desk.kept()
    outer = name.partition(".")[0]
    words = desk.assert_refused(desk.send(asked), outer, *others(name))
    assert name.rpartition(".")[2].lower().replace("l", "i") in words.lower().replace("l", "i")
    assert desk.kept() == before
    return words


@pytest.mark.parametrize(("service", "name", "ways"), [*required_cases()])
def test_a_mandatory_field(desk: FrontDesk, service: str, name: str, ways: tuple[str, ...]) -> None:
    """Absent, "" and null are alike (G044)."""
    good = desk.asked(service)
    for way in ways:
        asked = good.lacking(name)
        if way != "absent":
            asked = good.having(name, "" if way == "empty" else None)
        words = refuse(desk, asked, name)
        assert ("缺少文件" if name in good.files else "必填项为空") in words


@pytest.mark.parametrize(("service", "name", "value", "limit"), [*length_cases()])
def test_a_text_longer_than_printed(
    desk: FrontDesk, service: str, name: str, value: str, limit: int
) -> None:
    good = desk.asked(service)
    words = refuse(desk, good.having(name, value), name)
    if name not in OWN_SHAPE:
        assert f"长度 {limit + 1} 超过 {limit} 个字符" in words


@pytest.mark.parametrize(("service", "name", "wrong", "words"), [*type_cases()])
def test_a_value_of_another_type(
    desk: FrontDesk, service: str, name: str, wrong: list[object], words: str
) -> None:
    good = desk.asked(service)
    for value in wrong:
        assert words in refuse(desk, good.having(name, value), name)


@pytest.mark.parametrize(("service", "name"), [*code_cases()])
def test_a_code_that_is_not_in_the_dictionary(desk: FrontDesk, service: str, name: str) -> None:
    """Names are no codes (G070); the dictionary is named."""
    good = desk.asked(service)
    for value in ("99", "其它"):
        words = refuse(desk, good.having(name, value), name)
        assert f"代码 {value} 不在字典【" in words


@pytest.mark.parametrize(("service", "name"), [*format_cases()])
def test_a_date_that_is_none(desk: FrontDesk, service: str, name: str) -> None:
    """Another pattern, or a day or time that does not exist."""
    good = desk.asked(service)
    for value in ("2026/11/22", "20261122", "2026-02-30", "2026-11-22 25:00:00", "今天"):
        assert "日期格式应为 yyyy-MM-dd" in refuse(desk, good.having(name, value), name)


@pytest.mark.parametrize(("service", "name", "limit"), [*envelope_cases()])
def test_a_member_of_the_envelope(
    desk: FrontDesk, service: str, name: str, limit: int | None
) -> None:
    """Absent, empty, longer than printed."""
    good = desk.asked(service)
    assert "必填项为空" in refuse(desk, good.enveloped(**{name: None}), name)
    if service not in FORMS:  # no header is made of nothing but a blank
        assert "必填项为空" in refuse(desk, good.enveloped(**{name: " "}), name)
    if limit:
        words = refuse(desk, good.enveloped(**{name: "9" * (limit + 1)}), name)
        assert f"超过 {limit} 个字符" in words


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("infno", "saveAnything", "应为 "),
        ("infTime", "2026/11/22 01:02:03", "格式应为 yyyy-MM-dd HH:mm:ss"),
        ("infTime", "2026-02-30 00:00:00", "格式应为 yyyy-MM-dd HH:mm:ss"),
    ],
)
@pytest.mark.parametrize("service", SERVICES)
def test_what_the_envelope_says(
    desk: FrontDesk, service: str, name: str, value: str, words: str
) -> None:
    assert words in refuse(desk, desk.asked(service).enveloped(**{name: value}), name)


@pytest.mark.parametrize("service", SERVICES)
def test_the_institution_and_its_key(desk: FrontDesk, service: str) -> None:
    """An unknown code and a wrong key are refused; a query may do without a key, not with a wrong one (G023)."""
    code = "fixmedinsCode" if service in QUERIES else "infCode"
    strange = desk.asked(service).enveloped(**{code: "H52010000002"})
    assert "机构未登记" in refuse(desk, strange, code)
    wrong = desk.asked(service).enveloped(key="wrong")
    assert "与登记的密钥不一致" in refuse(desk, wrong, "key")
    assert desk.send(wrong).json()["code"] == 401


@pytest.mark.parametrize("service", SERVICES)
def test_a_message_number_counts_once(desk: FrontDesk, service: str) -> None:
    """G021: whatever became of the request that used it."""
    number = desk.next_msgid()
    first = desk.asked(service).enveloped(msgid=number)
    desk.assert_accepted(desk.send(first))
    assert "报文 ID 重复" in refuse(desk, desk.asked(service).enveloped(msgid=number), "msgid")


@pytest.mark.parametrize("service", [one for one in SERVICES if one not in FORMS])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "请求体不是 UTF-8 编码的 JSON"),
        (b'{"input": [', "请求体不是 UTF-8 编码的 JSON"),
        ('{"input": "甲"}'.encode("gb18030"), "请求体不是 UTF-8 编码的 JSON"),
        (b"[]", "请求体应为 JSON 对象"),
        (b"{}", "input 交易输入：必填项为空"),
        (b'{"input": []}', "input 交易输入：必填项为空"),
        (b'{"input": "no json"}', "input 交易输入：字符串内容不是 JSON"),
        (b'{"input": [7]}', "input 交易输入：应为对象或对象数组"),
    ],
)
def test_a_body_that_is_no_request(
    desk: FrontDesk, service: str, content: bytes, words: str
) -> None:
    answer = desk.send_bytes(service, content)
    assert (answer.status_code, answer.json()["code"]) == (400, 400)
    assert answer.json()["message"] == words


@pytest.mark.parametrize("service", [one for one in SERVICES if one not in FORMS])
def test_an_input_longer_than_printed(desk: FrontDesk, service: str) -> None:
    """40000 characters (G024)."""
    asked = desk.asked(service).having("remark", "字" * 40001)
    assert desk.send(asked).json()["message"].endswith("超过 40000 个字符")


@pytest.mark.parametrize("service", [one for one in SERVICES if one not in FORMS])
def test_a_request_that_is_not_announced_as_json(desk: FrontDesk, service: str) -> None:
    asked = desk.asked(service)
    url = f"{desk.platform.root_url}{PRINTED[service]['path']}"
    answer = desk.http.post(url, content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.json()["message"] == "请求类型应为 application/json"
    assert desk.http.get(url).status_code == 405
    desk.assert_accepted(desk.send(asked))


# -- what no table prints, but the text says


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ("111-1", "应为 5 部分或 6 部分，实为 2 部分"),
        ("1111111-{cert}-{time}-{zeros}-000000000", "第 1 部分"),
        ("111-{cert}x-{time}-{zeros}-000000000", "第 2 部分"),
        ("111-{cert}-20260230000000-{zeros}-000000000", "第 3 部分"),
        ("111-{cert}-{time}-000-000000000", "第 4 部分"),
        ("111-{cert}-{time}-{zeros}-0000", "第 5 部分"),
        ("111-{cert}-{time}-{zeros}-000000000-0123456789012345678", "第 6 部分"),
    ],
)
@pytest.mark.parametrize("service", [one for one in SERVICES if one != QUERY_INDEXES])
def test_an_index_code_of_another_grammar(
    desk: FrontDesk, service: str, index: str, words: str
) -> None:
    """1.2, with what G001 to G009 let through."""
    good = desk.asked(service)
    cert, time = good.fields["hiImgIndx"].split("-")[1:3]
    text = index.format(cert=cert, time=time, zeros="0" * 13)
    assert words in refuse(desk, good.having("hiImgIndx", text), "hiImgIndx")


@pytest.mark.parametrize("service", [SAVE_IMAGE, SAVE_IMAGE_INFO, SAVE_REPORT])
def test_nothing_before_its_record(desk: FrontDesk, service: str) -> None:
    """G046, G048, G071: 2.1 first; it says that this is a matter of order."""
    good = desk.asked(service)
    unknown = desk.record()["hiImgIndx"]
    words = refuse(desk, good.having("hiImgIndx", unknown), "hiImgIndx")
    assert words.endswith("索引不存在，应先上传影像检查数据（2.1）")


@pytest.mark.parametrize("service", [SAVE_IMAGE, SAVE_IMAGE_INFO])
def test_other_accession_numbers_than_the_records(desk: FrontDesk, service: str) -> None:
    """G031: the same set in all services of one index."""
    asked = desk.asked(service).having("accessionNumber", "A-OTHER")
    assert "与 2.1 检查数据中的影像关联编号不一致" in refuse(desk, asked, "accessionNumber")


@pytest.mark.parametrize("service", [SAVE_IMAGE, SAVE_REPORT])
@pytest.mark.parametrize(
    ("digest", "words"), [("0" * 32, "与收到的文件不一致"), ("0" * 31, "应为 32 位十六进制字符")]
)
def test_a_checksum_that_is_not_the_files(
    desk: FrontDesk, service: str, digest: str, words: str
) -> None:
    """G045."""
    assert words in refuse(desk, desk.asked(service).having("fileMd5", digest), "fileMd5")


def test_a_report_number_that_2_1_did_not_name(desk: FrontDesk) -> None:
    """G050."""
    asked = desk.asked(SAVE_REPORT).having("rpotNo", "R-OTHER")
    assert "未在 2.1 检查数据中申报" in refuse(desk, asked, "rpotNo")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("examCharge", "-1.00", "不能为负数"),
        ("examCharge", "1.234", "小数位数 3 超过 2 位"),
        ("examCharge", "1000000", "整数位数超过 6 位"),
        ("age", "35.25", "小数位数 2 超过 1 位"),
        ("examAdmdvs", "52010", "应为 6 位数字"),
        ("examPart", "b020zyzzz", "应由大写英文字母和阿拉伯数字组成"),
        ("setlInfoList.examPart", "b020zyzzz", "应由大写英文字母和阿拉伯数字组成"),
        ("studyUid", "1.02", "不是合法的 DICOM UID"),
        ("rpotNo", "R1,,R2", "多个值用英文逗号隔开，其中有空值"),
        ("accessionNumber", "A1,", "多个值用英文逗号隔开，其中有空值"),
        ("setlInfoList", [], "必填项为空，至少一条"),
    ],
)
def test_what_the_notes_of_2_1_say(desk: FrontDesk, name: str, value: object, words: str) -> None:
    assert words in refuse(desk, desk.asked(SAVE_RECORD).having(name, value), name)


@pytest.mark.parametrize("total", [0, -1, 2.0, "1.5", "一", 1000000])
def test_a_number_of_images_that_is_none(desk: FrontDesk, total: object) -> None:
    """Int 6, as number or text (G046)."""
    asked = desk.asked(SAVE_IMAGE_INFO).having("imageTotalNum", total)
    assert "应为 1 至 999999 的整数" in refuse(desk, asked, "imageTotalNum")


def test_a_first_day_after_the_last(desk: FrontDesk) -> None:
    """G058."""
    asked = (
        desk.asked(QUERY_INDEXES).having("begntime", "2026-02-02").having("endtime", "2026-02-01")
    )
    assert "不能晚于 endtime" in refuse(desk, asked, "begntime")


@pytest.mark.parametrize("service", [LIST_IMAGES, GET_IMAGE])
def test_a_service_name_that_is_none(desk: FrontDesk, service: str) -> None:
    """G019: it tells 2.7 from 2.8."""
    asked = desk.asked(service).having("serviceName", "queryImgCache")
    words = refuse(desk, asked, "serviceName")
    assert words.endswith("应为 queryImgCaheFileSn 或 queryImgCahe")


@pytest.mark.parametrize("service", [LIST_IMAGES, GET_IMAGE])
def test_an_examination_that_is_not_cached(desk: FrontDesk, service: str) -> None:
    exams = desk.platform.cloud.of_person(*desk.patient, "")
    index = next(one.index for one in exams if not one.is_cached)
    words = refuse(desk, desk.asked(service).having("hiImgIndx", index), "hiImgIndx")
    assert words.endswith("索引不存在或影像没有缓存")


def test_a_serial_that_is_none(desk: FrontDesk) -> None:
    asked = desk.asked(GET_IMAGE).having("imgFileSn.instUuid", "1.2.3")
    assert refuse(desk, asked, "imgFileSn").endswith("序列号不存在")


def test_several_questions_at_once(desk: FrontDesk) -> None:
    """2.6 to 2.8 ask for one thing (G024)."""
    asked = desk.asked(QUERY_INDEXES)
    answer = desk.send_bytes(
        QUERY_INDEXES, f'{{"input": [{{"certno": "{asked.fields["certno"]}"}}, {{}}]}}'.encode()
    )
    assert answer.json()["message"] == "input 交易输入：应为一个对象"


@pytest.mark.parametrize("name", sorted(INDEX_PARTS))
def test_the_index_code_is_the_records_own(desk: FrontDesk, name: str) -> None:
    """1.2: parts 1 and 2 are the certificate."""
    change: dict[str, Callable[[str], str]] = {
        "psnCertType": lambda _: "112",
        "certno": lambda text: text[:-1] + "9",
    }
    good = desk.asked(SAVE_RECORD)
    asked = good.having(name, change[name](good.fields[name]))
    assert "部分与" in refuse(desk, asked, "hiImgIndx")
