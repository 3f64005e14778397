"""The printed tables of 2.3 and 2.5 to 2.8, and checks of single values by them.

A refusal names the parameter and the rule, never a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from hbgz_desktop.sandbox.field_table import fold, text_of
from hbgz_desktop.sandbox.index_grammar import read_index

DATE_SHAPE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2})?")
DATE_PATTERNS: Final = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
UID_SHAPE: Final = re.compile(r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))+")
CERTIFICATE_TYPE: Final = re.compile(r"[0-9A-Z]+")
MAX_UID: Final = 64

Kind = Literal["text", "index", "uid", "list", "count", "date", "certificate_type", "object"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of a printed input table; ``limit`` 0 where none is printed."""

    code: str
    name: str
    limit: int
    required: bool
    kind: Kind = "text"

    @property
    def title(self) -> str:
        """Code and Chinese name, the way a refusal names the parameter."""
        return f"{self.code} {self.name}"


INDEX: Final = Parameter("hiImgIndx", "医保影像云索引编码", 100, required=True, kind="index")
IMAGE_INFO: Final = (
    INDEX,
    Parameter("studyUid", "检查唯一标识", 512, required=True, kind="uid"),
    Parameter("accessionNumber", "影像关联编号", 256, required=True, kind="list"),
    Parameter("imageTotalNum", "影像总张数", 6, required=True, kind="count"),
)
DELETION: Final = (INDEX,)
QUERY: Final = (
    Parameter("psnName", "人员姓名", 50, required=False),
    Parameter("psnCertType", "人员证件类型", 6, required=True, kind="certificate_type"),
    Parameter("certno", "证件号码", 600, required=True),
    Parameter("begntime", "检查开始时间", 0, required=False, kind="date"),
    Parameter("endtime", "检查结束时间", 0, required=False, kind="date"),
)
SERVICE_NAME: Final = Parameter("serviceName", "服务名称", 100, required=True)
LISTING: Final = (INDEX, SERVICE_NAME)
FILE_SERIAL: Final = Parameter("imgFileSn", "影像文件序列号", 0, required=True, kind="object")
IMAGE: Final = (INDEX, FILE_SERIAL, SERVICE_NAME)
SERIAL: Final = (
    Parameter("examUuid", "检查 UID", 100, required=True),
    Parameter("snUuid", "序列 UID", 100, required=True),
    Parameter("instUuid", "实例 UID", 100, required=True),
)


def check_parameters(table: tuple[Parameter, ...], values: Mapping[str, object]) -> list[str]:
    """Check members by folded name against a printed table; returns refusals in its order."""
    return [error for row in table for error in _check(row, values.get(fold(row.code)))]


def count_of(value: object) -> int:
    """Return imageTotalNum, number or text (G046); 0 when it is none."""
    text = text_of(value)
    is_plain = not isinstance(value, (bool, float)) and re.fullmatch(r"[0-9]{1,6}", text)
    return int(text) if is_plain else 0


def day_of(value: object) -> date | None:
    """Return the day of a date, with a time behind it or without (G041, G058); None when none."""
    text = text_of(value)
    for pattern in DATE_PATTERNS if DATE_SHAPE.fullmatch(text) else ():
        try:
            # A calendar check of a local time; no instant is computed.
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _check(row: Parameter, value: object) -> list[str]:
    text = text_of(value)
    if not text or value in ({}, []):
        return [f"{row.title}：必填项为空"] if row.required else []
    if row.kind == "count":
        return [] if count_of(value) else [f"{row.title}：应为 1 至 999999 的整数"]
    if row.kind == "object":
        return [] if isinstance(value, Mapping) else [f"{row.title}：类型应为对象"]
    if not isinstance(value, str):
        return [f"{row.title}：类型应为字符型"]
    if row.kind == "index":
        return list(read_index(text).errors)
    if row.limit and len(text) > row.limit:
        return [f"{row.title}：长度 {len(text)} 超过 {row.limit} 个字符"]
    rule = _rule(row.kind, text)
    return [f"{row.title}：{rule}"] if rule else []


def _rule(kind: Kind, text: str) -> str:
    """Return the rule of a kind that a text breaks, "" if none."""
    if kind == "uid" and not (UID_SHAPE.fullmatch(text) and len(text) <= MAX_UID):
        return "不是合法的 DICOM UID"
    if kind == "list" and any(not entry.strip() for entry in text.split(",")):
        return "多个值用英文逗号隔开，其中有空值"
    if kind == "date" and day_of(text) is None:
        return "日期格式应为 yyyy-MM-dd，且日期真实存在"
    if kind == "certificate_type" and not CERTIFICATE_TYPE.fullmatch(text):
        return "应由大写英文字母和阿拉伯数字组成"
    return ""
