"""The index code's grammar, part by part."""

from __future__ import annotations

import pytest

from hbgz_desktop.sandbox.index_grammar import TITLE, read_index

GOOD = ["111", "52999919780405003X", "20241122143055", "0" * 13, "0" * 9]


def joined(number: int | None = None, part: str = "") -> str:
    parts = list(GOOD)
    if number is not None:
        parts[number] = part
    return "-".join(parts)


def test_the_printed_example_passes() -> None:
    reading = read_index("111-100200300040506000-20241122143055-0000000000000-000000000")
    assert reading.errors == ()
    assert reading.warnings == ()
    assert reading.certificate_type == "111"
    assert reading.certificate_number == "100200300040506000"
    assert reading.exam_day == "2024-11-22"


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        (f"{joined()}-123502004266007980", 0),
        (joined(3, "0" * 14), 1),
        (joined(4, "0" * 10), 1),
        (joined(4, "B02910ZZZ"), 0),
        (joined(0, "11"), 0),
        (joined(0, "A12345"), 0),
    ],
)
def test_printed_variants_pass(text: str, warnings: int) -> None:
    reading = read_index(text)
    assert reading.errors == ()
    assert len(reading.warnings) == warnings


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("111-1-2", "应为 5 部分或 6 部分，实为 3 部分"),
        (f"{joined()}-1-2", "应为 5 部分或 6 部分，实为 7 部分"),
        (joined(0, ""), "第 1 部分证件类型应为 1 至 6 位大写字母或数字"),
        (joined(0, "1111111"), "第 1 部分证件类型应为 1 至 6 位大写字母或数字"),
        (joined(1, "52999919780405003x"), "第 2 部分证件号码应为 1 至 34 位大写字母或数字"),
        (joined(1, "1" * 35), "第 2 部分证件号码应为 1 至 34 位大写字母或数字"),
        (joined(2, "2024112214305"), "第 3 部分检查日期时间应为真实存在的 YYYYMMDDhhmmss"),
        (joined(2, "20240230143055"), "第 3 部分检查日期时间应为真实存在的 YYYYMMDDhhmmss"),
        (joined(2, "20241122246000"), "第 3 部分检查日期时间应为真实存在的 YYYYMMDDhhmmss"),
        (joined(3, "0" * 12), "第 4 部分成像设备代码应为 13 位大写字母或数字"),
        (joined(4, "0" * 8), "第 5 部分检查部位代码应为 9 位大写字母或数字"),
        (f"{joined()}-", "第 6 部分应为 1 至 18 位大写字母或数字"),
        ("1" * 101, "长度 101 超过 100 个字符"),
    ],
)
def test_each_rule_refuses_by_name(text: str, rule: str) -> None:
    assert read_index(text).errors == (f"{TITLE}：{rule}",)
