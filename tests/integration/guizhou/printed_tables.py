"""Cases out of the extraction of the printed document: what may be wrong with each field of a request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.integration.guizhou.front_desk import FORMS, SAVE_RECORD, SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest.mark import ParameterSet

SPEC = Path(__file__).parents[2] / "data" / "spec" / "guizhou_interfaces.json"
PRINTED: dict[str, dict[str, Any]] = {
    one["id"]: one for one in json.loads(SPEC.read_text(encoding="utf-8"))["interfaces"]
}
LENGTH = {(SAVE_RECORD, "studyUid"): 64}
"""Where a decision takes another length than the print: G030."""
OWN_SHAPE = frozenset({"hiImgIndx", "fileMd5", "imageTotalNum", "studyUid"})
"""A text too long breaks the field's own shape as well; the refusal says which came first."""
DICTIONARY = {"gend", "img_exam_type", "prfs", "chargeType", "hosp_lv"}
"""Whose codes are all printed; unknown examPart codes pass with a warning (G034, G069)."""
WORDS_OF_TYPE = {"decimal": "类型应为数值", "int": "应为 1 至 999999 的整数"}
INDEX_PARTS = {"psnCertType", "certno"}
"""Parts 1 and 2 of the index code: a wrong one breaks the index too."""


def fields_of(service: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each printed field with the path it has in a request."""
    printed = PRINTED[service]["input"]
    for one in printed["fields"]:
        yield one["name"], one
    outer = "setlInfoList" if service == SAVE_RECORD else "imgFileSn"
    for table in printed.get("nested", {}).values():
        for one in table:
            # 2.8 heads the column of a request 是否非空 (G060)
            yield f"{outer}.{one['name']}", {"required": one.get("non_null"), **one}


def others(name: str) -> tuple[str, ...]:
    """Fields that a refusal may name besides."""
    return ("hiImgIndx",) if name in INDEX_PARTS else ()


def required_cases() -> Iterator[ParameterSet]:
    """Each mandatory field of each service, and the ways in which it may be missing."""
    for service in SERVICES:
        for name, printed in fields_of(service):
            if not printed["required"] or name == "sdryChkDate":
                continue
            ways: tuple[str, ...] = ("absent", "empty", "null")
            if service in FORMS:
                ways = ("absent",) if printed["type"] == "file" else ("absent", "empty")
            yield pytest.param(service, name, ways, id=f"{service}-{name}")


def length_cases() -> Iterator[ParameterSet]:
    """Each text of each service longer than printed by one character."""
    for service in SERVICES:
        for name, printed in fields_of(service):
            limit = LENGTH.get((service, name), printed["length"])
            if not limit or printed["type"] not in ("string", "int"):
                continue
            digits = "9" if printed["type"] == "int" else "字"
            yield pytest.param(service, name, digits * (limit + 1), limit, id=f"{service}-{name}")


def type_cases() -> Iterator[ParameterSet]:
    """Each field of each JSON service with values of other types."""
    for service in SERVICES:
        if service in FORMS:
            continue
        for name, printed in fields_of(service):
            kind = printed["type"]
            words = WORDS_OF_TYPE.get(kind, "类型应为字符型")
            wrong: list[object] = [7, True, ["x"], {"x": 1}]
            if kind in ("decimal", "int"):
                wrong = [True, ["x"], "x"]
            elif kind.startswith("List"):
                wrong, words = ["x", 7, ["x"]], "类型应为对象列表"
            elif kind.endswith("DTO"):
                wrong, words = ["x", 7, ["x"]], "类型应为对象"
            yield pytest.param(service, name, wrong, words, id=f"{service}-{name}")


def code_cases() -> Iterator[ParameterSet]:
    """Each field with a printed dictionary."""
    for service in SERVICES:
        for name, printed in fields_of(service):
            if printed.get("value_set") or printed["dictionary_name"] in DICTIONARY:
                yield pytest.param(service, name, id=f"{service}-{name}")


def format_cases() -> Iterator[ParameterSet]:
    """Each date of each service."""
    for service in SERVICES:
        for name, printed in fields_of(service):
            if printed["type"] in ("date", "datetime"):
                yield pytest.param(service, name, id=f"{service}-{name}")


def envelope_cases() -> Iterator[ParameterSet]:
    """Each printed member around ``input``."""
    for service in SERVICES:
        for printed in PRINTED[service]["envelope"]:
            name, limit = printed["name"], printed["length"]
            if name != "input":
                yield pytest.param(service, name, limit, id=f"{service}-{name}")
