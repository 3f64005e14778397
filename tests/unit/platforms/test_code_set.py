"""Looking up and searching codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.platforms.code_set import Mark, compact_name
from hbgz_desktop.platforms.standards import load_standard

PARTS = load_standard("guizhou", "1.4").code_set("examPart")
LEVELS = load_standard("guizhou", "1.4").code_set("hosp_lv")


def names(text: str, limit: int = 20) -> list[str]:
    return [code.name for code in PARTS.search(text, limit)]


def test_two_names_of_one_code_are_both_given() -> None:
    rows = PARTS.by_code("BP0KZZZZA")
    assert [row.name for row in rows] == ["X 线左侧尺桡骨侧位", "X 线左侧腕关节侧位"]
    assert PARTS.names()["BP0KZZZZA"] == "X 线左侧尺桡骨侧位 / X 线左侧腕关节侧位"


def test_unknown_code_has_no_rows() -> None:
    assert PARTS.by_code("NOTHING") == ()
    assert PARTS.by_code("b020zyzzz") == ()


def test_marks() -> None:
    assert PARTS.by_code("BD0")[0].marks == (Mark.MALFORMED,)
    assert PARTS.by_code("B5375WZZZ")[0].marks == (Mark.SUSPICIOUS,)
    assert PARTS.by_code("BQ30ZYZZZ")[0].marks == (Mark.NAME_VARIANT,)
    assert PARTS.by_code("BT00ZZZZ")[0].marks == (Mark.MALFORMED, Mark.DUPLICATE)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("B020ZYZZZ", "颅脑 CT 普通扫描（平扫）"),
        ("b020zy", "颅脑 CT 普通扫描（平扫）"),
        ("颅脑 CT 普通扫描（平扫）", "颅脑 CT 普通扫描（平扫）"),
        ("颅脑CT普通", "颅脑 CT 普通扫描（平扫）"),
        ("lnctpt", "颅脑 CT 普通扫描（平扫）"),
        ("LNCT", "颅脑 CT 普通扫描（平扫）"),
        ("lunaoct", "颅脑 CT 普通扫描（平扫）"),
        ("lunao ct putong", "颅脑 CT 普通扫描（平扫）"),
        ("增强 颅脑 ct", "颅脑 CT 平扫加增强扫描"),
        ("\uff23\uff34 颅脑", "颅脑 CT 普通扫描（平扫）"),
    ],
)
def test_search(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_all_words_must_match() -> None:
    assert names("颅脑 髋关节") == []
    assert names("xyzzy") == []


def test_a_misprinted_name_is_found_by_the_right_one() -> None:
    assert "右侧髌关节 MRI 普通扫描" in names("右侧髋关节 MRI", 100)


def test_nothing_typed_lists_from_the_beginning() -> None:
    assert PARTS.search("  ", 3) == PARTS.rows[:3]
    assert len(PARTS.search("ct", 7)) == 7


def test_leading_zeros_matter() -> None:
    assert LEVELS.by_code("2") == ()
    assert [code.name for code in LEVELS.search("02")] == ["三级甲等"]


@given(st.sampled_from(PARTS.rows))
def test_every_row_is_found_by_its_code_and_its_name(row: object) -> None:
    code = next(code for code in PARTS.rows if code is row)
    assert code in PARTS.search(code.code, 5)
    assert code in PARTS.search(code.name, 5)
    assert compact_name(code.name) == code.name_compact


@given(st.text(max_size=12))
def test_search_takes_any_text(text: str) -> None:
    assert len(PARTS.search(text, 5)) <= 5


def test_loading_does_not_import_the_pinyin_tables() -> None:
    script = (
        "import sys; from hbgz_desktop.platforms.standards import load_standard; "
        "load_standard('guizhou', '1.4').code_set('examPart').search('颅脑'); "
        "sys.exit('pypinyin' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", script], check=False, cwd=root)
    assert done.returncode == 0
