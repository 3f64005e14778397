"""An index code in words: five or six parts, the certificate number masked until it is asked for."""

from __future__ import annotations

import pytest

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.services.code_book import CodeBook
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.index_words import explain_index, explain_indexes, mask_index

BOOK = CodeBook(load_standard("guizhou", "1.4"))
ZH, EN = ErrorTexts("zh"), ErrorTexts("en")
CERTIFICATE = "520102199003070123"
FIVE = f"111-{CERTIFICATE}-20241122143055-0000000000000-000000000"


def test_every_part_in_words() -> None:
    said = explain_index(FIVE, ZH, BOOK)
    assert [(one.number, one.label, one.shown, one.meaning) for one in said.lines] == [
        (1, "证件类型", "111", "居民身份证"),
        (2, "证件号码", "5201***********123", ""),
        (3, "检查时间", "20241122143055", "2024年11月22日 14:30:55"),
        (4, "设备", "0000000000000", "没有含义，现阶段用 0 代替"),
        (5, "部位", "000000000", "没有含义，现阶段用 0 代替"),
    ]
    assert "-".join(one.value for one in said.lines) == FIVE
    assert said.shown == mask_index(FIVE) == FIVE.replace(CERTIFICATE, "5201***********123")
    assert said.warnings == ()
    assert CERTIFICATE not in repr(said)


def test_real_parts_say_what_the_standard_prints() -> None:
    said = explain_index(
        "414-X1-20250307000509-1100000000001-BP0KZZZZA-123502004266007980", ZH, BOOK
    )
    assert [one.meaning for one in said.lines] == [
        "",
        "",
        "2025年3月7日 00:05:09",
        "",
        "X 线左侧尺桡骨侧位 / X 线左侧腕关节侧位",
        "",
    ]
    assert said.lines[5].label == "机构"
    assert (
        explain_index(
            "111-X1-20250307000509-1-000000001".replace("-1-", "-1100000000001-"), ZH, BOOK
        )
        .lines[4]
        .meaning
        == "标准里没有这个部位代码"
    )


def test_in_english() -> None:
    said = explain_index("111-X1-20250307000509-0000000000000-000000000", EN, BOOK)
    assert [one.label for one in said.lines] == [
        "Certificate type",
        "Certificate number",
        "Examination time",
        "Device",
        "Body part",
    ]
    assert said.lines[2].meaning == "2025-03-07 00:05:09"


def test_an_accepted_departure_is_said() -> None:
    said = explain_index(FIVE.replace("-0000000000000-", "-00000000000000-"), ZH, BOOK)
    assert said.warnings == ("索引编码的设备代码是 14 位",)


@pytest.mark.parametrize("text", ["", "111", f"{FIVE}-", "111-X-20241322143055-0-0", "x" * 101])
def test_what_is_no_index_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        explain_index(text, ZH, BOOK)
    assert explain_indexes({"guizhou": text, "other": FIVE}, ZH, BOOK).keys() == {"other"}


def test_a_mask_needs_no_grammar() -> None:
    assert mask_index("") == ""
    assert mask_index("111") == "111"
    assert CERTIFICATE not in mask_index(f"111-{CERTIFICATE}")
    assert CERTIFICATE not in mask_index(CERTIFICATE)
