"""The index code's grammar as printed in 1.2, with the variants let through (G001 to G009)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

TITLE: Final = "hiImgIndx 医保影像云索引编码"
MAX_LENGTH: Final = 100
CERTIFICATE_TYPE: Final = re.compile(r"[0-9A-Z]{1,6}")
CERTIFICATE_NUMBER: Final = re.compile(r"[0-9A-Z]{1,34}")
DEVICE: Final = re.compile(r"[0-9A-Z]{13,14}")
BODY_PART: Final = re.compile(r"[0-9A-Z]{9,10}")
SIXTH: Final = re.compile(r"[0-9A-Z]{1,18}")


@dataclass(frozen=True, slots=True)
class IndexReading:
    """What was made of an index code.

    Attributes:
        errors: Refusals, in the platform's words; empty when the code is accepted.
        warnings: Printed variants that are let through.
        certificate_type: Part 1, "" when the code has no five parts.
        certificate_number: Part 2.
        exam_day: Part 3 as yyyy-MM-dd, "" when it is no time.
    """

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    certificate_type: str = ""
    certificate_number: str = ""
    exam_day: str = ""


def read_index(text: str) -> IndexReading:
    """Check one index code against 1.2."""
    if len(text) > MAX_LENGTH:
        return IndexReading(errors=(f"{TITLE}：长度 {len(text)} 超过 {MAX_LENGTH} 个字符",))
    parts = text.split("-")
    if len(parts) not in (5, 6):
        return IndexReading(errors=(f"{TITLE}：应为 5 部分或 6 部分，实为 {len(parts)} 部分",))
    errors: list[str] = []
    _demand(errors, CERTIFICATE_TYPE, parts[0], "第 1 部分证件类型应为 1 至 6 位大写字母或数字")
    _demand(errors, CERTIFICATE_NUMBER, parts[1], "第 2 部分证件号码应为 1 至 34 位大写字母或数字")
    exam_day = _day(parts[2])
    if not exam_day:
        errors.append(f"{TITLE}：第 3 部分检查日期时间应为真实存在的 YYYYMMDDhhmmss")
    _demand(errors, DEVICE, parts[3], "第 4 部分成像设备代码应为 13 位大写字母或数字")
    _demand(errors, BODY_PART, parts[4], "第 5 部分检查部位代码应为 9 位大写字母或数字")
    if len(parts) == 6:
        _demand(errors, SIXTH, parts[5], "第 6 部分应为 1 至 18 位大写字母或数字")
    return IndexReading(tuple(errors), _variants(parts), parts[0], parts[1], exam_day)


def _demand(errors: list[str], pattern: re.Pattern[str], part: str, rule: str) -> None:
    if not pattern.fullmatch(part):
        errors.append(f"{TITLE}：{rule}")


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{14}", text):
        return ""
    try:
        # A local time of day in Asia/Shanghai; only its calendar is checked.
        return datetime.strptime(text, "%Y%m%d%H%M%S").date().isoformat()  # noqa: DTZ007
    except ValueError:
        return ""


def _variants(parts: list[str]) -> tuple[str, ...]:
    warnings = []
    if len(parts[3]) == 14:
        warnings.append(f"{TITLE}：第 4 部分为 14 位（G003）")
    if len(parts[4]) == 10:
        warnings.append(f"{TITLE}：第 5 部分为 10 位（G004）")
    return tuple(warnings)
