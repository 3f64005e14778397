"""Every cell of ``resources/standards/hebei/1.5`` against the verified extraction, and our types against both."""

from __future__ import annotations

import json
import runpy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.model.shared_viewing import (
    RecognitionResult,
    SharedLabReport,
    SharedLabResult,
    SharedStudy,
    SharedStudyDetail,
)
from hbgz_desktop.model.visit import LABELS, REQUIRED, SENT, VisitCall
from hbgz_desktop.platforms.hebei.answers import printed_name
from hbgz_desktop.platforms.hebei.options import PATIENT_FIELDS, HebeiOptions
from hbgz_desktop.platforms.standards import Field, load_standard

ROOT = Path(__file__).resolve().parents[4]
FOLDER = resources_dir() / "standards" / "hebei" / "1.5"
NAMES = ("getToken", "refreshToken", "saveAuthUser", "hrPage", "getHrInfo", "restJcJyYyInfo")

Raw = dict[str, Any]

EXTRACTION: Raw = json.loads(
    (ROOT / "tests" / "data" / "spec" / "hebei_interfaces.json").read_text(encoding="utf-8")
)
SERVICES: dict[str, Raw] = {one["id"]: one for one in EXTRACTION["interfaces"]}
STANDARD = load_standard("hebei", "1.5")


def tables(service: Raw) -> dict[str, list[Raw]]:
    """Path → rows, as the extraction nests them."""
    found = {
        "envelope": service["headers"],
        "fields": service["request"],
        "outputs": service["response"],
    }

    def descend(rows: list[Raw], path: str) -> None:
        for row in rows:
            if "fields" in row:
                inner = f"{path}{row['name']}"
                found[inner] = row["fields"]
                descend(row["fields"], f"{inner}.")

    for name in ("request", "response"):
        descend(service[name], "")
    return found


def loaded_tables(name: str) -> dict[str, tuple[Field, ...]]:
    own = STANDARD.interface(name)
    return {
        "envelope": own.envelope,
        "fields": own.fields,
        "outputs": own.outputs,
        **own.nested,
    }


@pytest.mark.parametrize("name", NAMES)
def test_tables_cell_by_cell(name: str) -> None:
    expected, found = tables(SERVICES[name]), loaded_tables(name)
    assert set(found) == set(expected)
    for path, rows in expected.items():
        assert [one.name for one in found[path]] == [row["name"] for row in rows]
        for field, row in zip(found[path], rows, strict=True):
            assert field.label == (row["description"] or "")
            assert field.required is (row.get("required") is True)
            assert field.conditional is (row.get("required") == "conditional")
            assert field.encrypted is (row.get("encrypted") is True)
            assert dict(field.enumeration) == row.get("enum", {})
            assert field.format == row.get("format")
            assert field.separator == row.get("separator")
            assert field.note == row.get("note", "")
            assert list(field.decisions) == row.get("errata", [])
            assert field.repeated is (row.get("type") == "array")
            assert (field.type == "node") is ("fields" in row)
            assert field.type in ("string", "node")
            assert field.length is None


@pytest.mark.parametrize("name", NAMES)
def test_heads(name: str) -> None:
    service, own = SERVICES[name], STANDARD.interface(name)
    assert (own.name, own.section, own.title) == (name, service["section"], service["title"])
    assert (own.method, own.path) == (service["method"], service["path"])
    assert own.content_type == service["content_type"]["value"]
    assert list(own.decisions) == service["errata"]


def test_the_standard_has_the_six_services_and_the_printed_head() -> None:
    assert tuple(STANDARD.interfaces) == NAMES
    document = EXTRACTION["document"]
    assert (STANDARD.title, STANDARD.date) == (document["title"], document["date"])
    assert f"V{STANDARD.version}" == document["version"]


def test_enumerations_stay_with_their_field() -> None:
    results = STANDARD.interface("restJcJyYyInfo").nested
    study = {one.name: one for one in results["data.studyItem"]}
    analyte = {one.name: one for one in results["data.labItem.labDetails"]}
    assert study["studyResultCode"].meaning("1") == "异常"
    assert analyte["resultPrompt"].meaning("1") == "正常"
    assert analyte["resultPrompt"].meaning("23") == "23"


def test_data_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    build = runpy.run_path(str(ROOT / "resources" / "build_hebei_standard.py"))["build"]
    build(tmp_path)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.json")}
    assert written == {path.relative_to(FOLDER) for path in FOLDER.rglob("*.json")}
    for path in written:
        text = (FOLDER / path).read_text(encoding="utf-8")
        assert (tmp_path / path).read_text(encoding="utf-8") == text, path


# ---- our own types ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (RecognitionResult, "data"),
        (SharedStudy, "data.studyItem"),
        (SharedStudyDetail, "data.studyItem.studyDetails"),
        (SharedLabReport, "data.labItem"),
        (SharedLabResult, "data.labItem.labDetails"),
    ],
)
def test_every_printed_field_of_the_results_has_a_place(kind: Any, path: str) -> None:
    ours = [printed_name(one.name) for one in fields(kind) if one.name != "unknown"]
    assert ours == [one.name for one in STANDARD.interface("restJcJyYyInfo").nested[path]]


@pytest.mark.parametrize("call", VisitCall)
def test_a_visit_sends_and_requires_what_is_printed(call: VisitCall) -> None:
    printed = [one for one in STANDARD.interface(call.value).fields if one.name in LABELS]
    assert SENT[call] == tuple(one.name for one in printed)
    assert REQUIRED[call] == tuple(one.name for one in printed if one.required)
    assert {one.name: LABELS[one.name] for one in printed} == {
        one.name: one.label for one in printed
    }
    assert {one.name for one in printed if one.encrypted} == set(PATIENT_FIELDS) & set(SENT[call])


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_the_printed_paths(name: str) -> None:
    own = HebeiOptions("http://h:1/")
    assert own.url(name) == f"http://h:1{STANDARD.interface(name).path}"
