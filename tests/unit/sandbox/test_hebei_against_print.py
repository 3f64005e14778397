"""The sandbox's own tables against the extraction of the printed document, member by member."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hbgz_desktop.sandbox.hebei_fields import MEMBERS, RELATION, SERVICE_OF_PATH

if TYPE_CHECKING:
    from tests.unit.sandbox.hebei_caller import HebeiCaller

SPEC = Path(__file__).parents[2] / "data" / "spec" / "hebei_interfaces.json"
PRINTED: dict[str, Any] = {
    one["id"]: one
    for one in json.loads(SPEC.read_text(encoding="utf-8"))["interfaces"]
    if one["section"].startswith("2.2.3.")
}


def names(fields: list[dict[str, Any]]) -> list[str]:
    return [field["name"] for field in fields]


def inside(fields: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    (field,) = (field for field in fields if field["name"] == name)
    found: list[dict[str, Any]] = field["fields"]
    return found


def test_the_six_services_and_their_paths() -> None:
    assert {one["path"]: name for name, one in PRINTED.items()} == SERVICE_OF_PATH
    assert set(MEMBERS) == set(PRINTED)
    assert {one["method"] for one in PRINTED.values()} == {"POST"}


@pytest.mark.parametrize("service", [name for name in PRINTED if name != "refreshToken"])
def test_members_of_a_request(service: str) -> None:
    printed = PRINTED[service]["request"]
    assert [member.code for member in MEMBERS[service]] == names(printed)
    for member, field in zip(MEMBERS[service], printed, strict=True):
        # The relation has no mark, but the call has no purpose without it.
        is_required = field["required"] is True or field["name"] == RELATION
        assert member.is_required == is_required, member.code
        assert member.is_encrypted == bool(field["encrypted"]), member.code


def test_members_of_the_quotation(visit: HebeiCaller) -> None:
    visit.rule("hrPage")
    visit.platform.open_page()
    visit.platform.finish_page()
    answer = visit.call("restJcJyYyInfo")["data"]
    printed = inside(PRINTED["restJcJyYyInfo"]["response"], "data")
    assert list(answer) == names(printed)
    for kind, details in (("studyItem", "studyDetails"), ("labItem", "labDetails")):
        item = answer[kind][0]
        assert list(item) == names(inside(printed, kind))
        assert list(item[details][0]) == names(inside(inside(printed, kind), details))


@pytest.mark.parametrize("service", ["hrPage", "getHrInfo"])
def test_members_of_an_answer(visit: HebeiCaller, service: str) -> None:
    visit.rule("hrPage")
    data = visit.call(service)["data"]
    shown = data[0] if isinstance(data, list) else data
    assert list(shown) == names(inside(PRINTED[service]["response"], "data"))
