"""Checks of single values by the printed tables: presence, length, type, dates, code lists.

A refusal names the field and the rule, never a value, except codes, which identify nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from hbgz_desktop.sandbox.field_table import FieldTable, PrintedField, fold, text_of

SEPARATORS: Final = re.compile(r"[|｜ ,，、;；]+")
DATE_PATTERNS: Final = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
DATE_SHAPE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?")
CODE_SHAPE: Final = re.compile(r"[0-9A-Z]+")
NAME_OF_SET: Final = {
    "gend": "性别 gend",
    "hospLv": "医院等级 hosp_lv",
    "imgExamType": "影像检查类型 img_exam_type",
    "prfs": "职业 prfs",
    "chargeType": "费用类型 chargeType",
    "examWay": "检查方式 examWay",
    "examRsItCode": "检查检验结果 examRsltCode",
}
SEVERAL_CODES: Final = frozenset({"imgExamType", "examWay"})
# G030: 50 as printed is shorter than a UID may be, and than the printed sample.
WIDER: Final = {"studyUid": 64}
# G038: printed as mandatory although every other second-review field is optional.
ONLY_WARNED: Final = frozenset({"sdryChkDate"})
PROVINCE: Final = "52"


@dataclass(slots=True)
class Findings:
    """What the checks of one record found, in printed order."""

    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


class FieldRules:
    """The rules of one printed table, ready to be applied to records of 2.1."""

    def __init__(self, table: FieldTable) -> None:
        """Check by ``table``."""
        self._table = table
        self._special: Mapping[str, Callable[[PrintedField, str, Findings], None]] = {
            "examPart": self._check_part,
            "psnCertType": self._check_certificate_type,
            "examAdmdvs": self._check_area,
            "rpotNo": _check_list,
            "accessionNumber": _check_list,
            "studyUid": _check_uid,
        }

    def check_record(self, values: Mapping[str, object]) -> Findings:
        """Check the 76 fields; ``values`` by folded name, see ``field_table.folded``."""
        findings = Findings()
        for row in self._table.record:
            value = values.get(fold(row.code))
            if row.type == "rows":
                self._check_rows(row, value, findings)
            else:
                self._check_value(row, value, findings)
        return findings

    def _check_rows(self, row: PrintedField, value: object, findings: Findings) -> None:
        """Check setlInfoList: at least one SetlInfoDTO, each with its four fields (G040)."""
        if value == [] or (not isinstance(value, list) and not text_of(value)):
            findings.errors.append(f"{row.title}：必填项为空，至少一条")
            return
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            findings.errors.append(f"{row.title}：类型应为对象列表")
            return
        for number, item in enumerate(value, 1):
            inner = Findings()
            members = {fold(str(name)): member for name, member in item.items()}
            for column in self._table.settlement:
                self._check_value(column, members.get(fold(column.code)), inner)
            findings.errors += [f"{row.title} 第 {number} 条 {text}" for text in inner.errors]
            findings.warnings += [f"{row.title} 第 {number} 条 {text}" for text in inner.warnings]

    def _check_value(self, row: PrintedField, value: object, findings: Findings) -> None:
        text = text_of(value)
        if not text:
            if row.code in ONLY_WARNED:
                findings.warnings.append(f"{row.title}：必填项为空（G038，仅提示）")
            elif row.required:
                findings.errors.append(f"{row.title}：必填项为空")
        elif row.type == "decimal":
            _check_decimal(row, value, findings)
        elif not isinstance(value, str):
            findings.errors.append(f"{row.title}：类型应为字符型")
        elif row.type in ("date", "datetime"):
            _check_date(row, text, findings)
        else:
            self._check_text(row, text, findings)

    def _check_text(self, row: PrintedField, text: str, findings: Findings) -> None:
        limit = WIDER.get(row.code, int(row.length) if row.length else None)
        if limit is not None and len(text) > limit:
            findings.errors.append(f"{row.title}：长度 {len(text)} 超过 {limit} 个字符")
            return
        if row.code in NAME_OF_SET:
            self._check_codes(row, text, findings)
        elif special := self._special.get(row.code):
            special(row, text, findings)

    def _check_codes(self, row: PrintedField, text: str, findings: Findings) -> None:
        allowed = self._table.codes[row.code]
        codes = SEPARATORS.split(text) if row.code in SEVERAL_CODES else [text]
        for code in codes:
            if code not in allowed:
                findings.errors.append(
                    f"{row.title}：代码 {code[:20]} 不在字典【{NAME_OF_SET[row.code]}】中"
                )

    def _check_part(self, row: PrintedField, text: str, findings: Findings) -> None:
        """Let zeros and codes of 3.6 pass, unknown ones with a warning (G034, G065, G069)."""
        for code in SEPARATORS.split(text):
            if not CODE_SHAPE.fullmatch(code):
                findings.errors.append(f"{row.title}：应由大写英文字母和阿拉伯数字组成")
            elif set(code) != {"0"} and code not in self._table.codes["examPart"]:
                findings.warnings.append(f"{row.title}：代码 {code[:20]} 不在字典【检查部位】中")
            elif len(code) != 9:
                findings.warnings.append(f"{row.title}：代码 {code[:20]} 不是 9 位")

    def _check_certificate_type(self, row: PrintedField, text: str, findings: Findings) -> None:
        if not CODE_SHAPE.fullmatch(text):
            findings.errors.append(f"{row.title}：应由大写英文字母和阿拉伯数字组成")

    def _check_area(self, row: PrintedField, text: str, findings: Findings) -> None:
        """Six digits; another province is let through with a warning (G043)."""
        if not re.fullmatch(r"[0-9]{6}", text):
            findings.errors.append(f"{row.title}：应为 6 位数字")
        elif not text.startswith(PROVINCE):
            findings.warnings.append(f"{row.title}：不以 {PROVINCE} 开头")


def _check_date(row: PrintedField, text: str, findings: Findings) -> None:
    """Both printed patterns are let through for either type (G041), but the day must exist."""
    if DATE_SHAPE.fullmatch(text):
        for pattern in DATE_PATTERNS:
            try:
                # A calendar check of a local time; no instant is computed.
                datetime.strptime(text, pattern)  # noqa: DTZ007
            except ValueError:
                continue
            return
    wanted = "yyyy-MM-dd" if row.type == "date" else "yyyy-MM-dd HH:mm:ss"
    findings.errors.append(f"{row.title}：日期格式应为 {wanted}，且日期真实存在")


def _check_decimal(row: PrintedField, value: object, findings: Findings) -> None:
    """Number or text (G037), not negative (G077), digits as printed: "8,2", or 5 with 1."""
    total, scale = (int(part) for part in (row.length + ",1").split(",")[:2])
    try:
        number = Decimal(text_of(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, bool) or not number.is_finite():
        findings.errors.append(f"{row.title}：类型应为数值")
        return
    if number < 0:
        findings.errors.append(f"{row.title}：不能为负数")
        return
    normal = number.normalize()
    places = max(0, -int(normal.as_tuple().exponent))
    if places > scale:
        findings.errors.append(f"{row.title}：小数位数 {places} 超过 {scale} 位")
    elif number >= Decimal(10) ** (total - scale):
        findings.errors.append(f"{row.title}：整数位数超过 {total - scale} 位")


def _check_list(row: PrintedField, text: str, findings: Findings) -> None:
    """Several entries are separated by ASCII commas, none of them empty (G031, G039)."""
    if any(not entry.strip() for entry in text.split(",")):
        findings.errors.append(f"{row.title}：多个值用英文逗号隔开，其中有空值")


def _check_uid(row: PrintedField, text: str, findings: Findings) -> None:
    """One DICOM UID (PS3.5 9.1)."""
    if not re.fullmatch(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+", text):
        findings.errors.append(f"{row.title}：不是合法的 DICOM UID")
