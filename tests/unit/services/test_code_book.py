"""Looking through the standard's code sets: every row, its marks in words, second names, export."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl
import pytest

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.platforms.standards import load_standard
from hbgz_desktop.services.code_book import (
    CodeBook,
    CodeDoubt,
    Mark,
    mark_texts,
    suggestion_text,
)
from hbgz_desktop.services.error_texts import ErrorTexts

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.services.clinic import Clinic

BOOK = CodeBook(load_standard("guizhou", "1.4"))
TEXTS = ErrorTexts("zh")
PARTS = "examPart"


def test_every_set_of_chapter_3_and_the_inline_lists() -> None:
    assert {one.name: one.count for one in BOOK.sets()} == {
        "gend": 4,
        "hosp_lv": 14,
        "img_exam_type": 5,
        "prfs": 13,
        "chargeType": 3,
        PARTS: 481,
        "examWay": 9,
        "examRsltCode": 3,
        "succFlag": 3,
    }
    aliases = {one.name: one.aliases for one in BOOK.sets() if one.aliases}
    assert aliases == {"img_exam_type": ("imgExamType",), "hosp_lv": ("hospLv",)}
    assert BOOK.facts("imgExamType") == BOOK.facts("img_exam_type")


def test_the_marks_are_those_of_the_register() -> None:
    assert BOOK.facts(PARTS).marks == {
        Mark.MALFORMED: 25,
        Mark.DUPLICATE: 6,
        Mark.SUSPICIOUS: 7,
        Mark.NAME_VARIANT: 11,
    }
    assert {len(row.code) == 9 for row in BOOK.search(PARTS, mark=Mark.MALFORMED)} == {False}
    clean = [row for row in BOOK.search(PARTS) if not row.is_malformed]
    assert {len(row.code) for row in clean} == {9}
    assert all(not one.marks for one in BOOK.sets() if one.name != PARTS)


@pytest.mark.parametrize(
    ("typed", "mark", "codes"),
    [
        ("BT00ZZZZ", None, ["BT00ZZZZ", "BT00ZZZZ"]),
        ("pgzy", Mark.MALFORMED, ["BT00ZZZZ"]),
        ("pangguang", Mark.DUPLICATE, ["BT00ZZZZ"]),
        ("膀胱", Mark.SUSPICIOUS, []),
        ("zcwgj", Mark.SUSPICIOUS, ["BP0KZZZZ1", "BP0KZZZZ2", "BP0KZZZZ7", "BP0KZZZM1"]),
        (
            "",
            Mark.DUPLICATE,
            ["BP0KZZZZA", "BP0KZZZZA", "BT00ZZZZ", "BT00ZZZZ", *["BQ2FZUZZZ"] * 2],
        ),
    ],
)
def test_search_by_code_name_pinyin_and_initials_of_one_mark(
    typed: str, mark: Mark | None, codes: list[str]
) -> None:
    assert [row.code for row in BOOK.search(PARTS, typed, mark)] == codes


def test_a_mark_in_words_says_what_follows() -> None:
    (row,) = BOOK.search(PARTS, "BB04ZZZZ21")
    (text,) = mark_texts(row, TEXTS)
    assert text.title == "编码位数与规范不符"
    assert "印的是 10 位，规范是 9 位；照原文保留。不能进索引第 5 段" in text.cause
    guess = suggestion_text(row, TEXTS)
    assert guess is not None
    assert guess.title == "可能应为 BB04ZZZ21"
    assert "不是官方的" in guess.cause
    second = BOOK.same_code(PARTS, "BP0KZZZZA")
    assert (
        "X 线左侧尺桡骨侧位 / X 线左侧腕关节侧位" in mark_texts(second[1], TEXTS, second)[0].cause
    )
    assert suggestion_text(second[0], TEXTS) is None
    assert all(
        text.title and text.cause and "{" not in text.cause
        for row in BOOK.search(PARTS)
        for text in mark_texts(row, TEXTS)
    )


@pytest.mark.parametrize(
    ("code", "name", "doubt"),
    [
        ("B020ZYZZZ", "颅脑 CT 普通扫描（平扫）", CodeDoubt.NONE),
        ("BP0KZZZZA", "X 线左侧尺桡骨侧位", CodeDoubt.NONE),
        ("BP0KZZZZA", "X 线左侧腕关节侧位", CodeDoubt.SECOND_NAME),
        ("BP0KZZZZA", "", CodeDoubt.NONE),
        ("BT00ZZZZ", "静脉肾盂造影 (IVP)", CodeDoubt.MALFORMED),
        ("BD0", "", CodeDoubt.MALFORMED),
        ("B5375WZZZ", "门静脉和脾静脉 MRI 造影", CodeDoubt.NONE),
        ("B999ZZZZZ", "", CodeDoubt.NONE),
    ],
)
def test_what_has_to_be_settled_before_a_code_is_chosen(
    code: str, name: str, doubt: CodeDoubt
) -> None:
    assert BOOK.doubt(PARTS, code, name) is doubt
    assert BOOK.doubt("psnCertType", code, name) is CodeDoubt.NONE


def test_a_set_as_a_workbook_and_as_csv(tmp_path: Path) -> None:
    assert BOOK.export(PARTS, tmp_path / "a.xlsx", TEXTS) == 481
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    rows = [tuple(str(cell or "") for cell in row) for row in sheet.values]
    assert rows[0] == ("序号", "代码", "名称", "标记", "推测的代码", "推测的名称")
    assert [row[1:3] for row in rows[1:]] == [(one.code, one.name) for one in BOOK.search(PARTS)]
    assert rows[102] == (
        "102",
        "BB04ZZZZ21",
        "X 线胸部侧卧后前位",
        "编码位数与规范不符",
        "BB04ZZZ21",
        "",
    )
    assert BOOK.export("hospLv", tmp_path / "b.csv", TEXTS) == 14
    with (tmp_path / "b.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    assert lines[2][1].strip() == "02", "the zero in front stays (G070)"
    with pytest.raises(UsageError):
        BOOK.export("nothing", tmp_path / "c.xlsx", TEXTS)


def test_an_odd_code_is_mapped_only_where_the_settings_allow_it(clinic: Clinic) -> None:
    control = clinic.work.mapping_control
    with pytest.raises(UsageError) as error:
        control.set(PARTS, "颈椎侧位", "BR00ZZZZ2Z", "李敏")
    assert error.value.code == "mapping_code_malformed"
    assert control.all(PARTS) == ()
    clinic.configure(**{"guizhou.allow_malformed_parts": True})
    control.set(PARTS, "颈椎侧位", "BR00ZZZZ2Z", "李敏")
    assert [one.standard_code for one in control.all(PARTS)] == ["BR00ZZZZ2Z"]
    control.set(PARTS, "腕关节侧位", "BP0KZZZZA", "李敏")
