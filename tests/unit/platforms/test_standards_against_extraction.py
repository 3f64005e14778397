"""Every cell of ``resources/standards/guizhou/1.4`` against the verified extraction.

The data files are read here as plain JSON and through the loader, never by the generator's code.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.platforms.standards import Field, Mark, load_standard

ROOT = Path(__file__).resolve().parents[3]
SPEC = ROOT / "tests" / "data" / "spec"
FOLDER = resources_dir() / "standards" / "guizhou" / "1.4"

Raw = dict[str, Any]

EXTRACTION: Raw = json.loads((SPEC / "guizhou_interfaces.json").read_text(encoding="utf-8"))
DICTIONARIES: Raw = json.loads((SPEC / "guizhou_dictionaries.json").read_text(encoding="utf-8"))[
    "dictionaries"
]
SERVICES: dict[str, Raw] = {service["id"]: service for service in EXTRACTION["interfaces"]}
CODE_SETS = (
    "gend",
    "hosp_lv",
    "img_exam_type",
    "prfs",
    "chargeType",
    "examPart",
    "examWay",
    "examRsltCode",
    "succFlag",
)
# read off the printed notes by eye: G032 and G034 for "|", 英文逗号 for ","
LISTS = {
    ("saveExamRpotImgInfo", "imgExamType"): "|",
    ("saveExamRpotImgInfo", "examItemCode"): "|",
    ("saveExamRpotImgInfo", "imgExamItem"): "|",
    ("saveExamRpotImgInfo", "examWay"): "|",
    ("saveExamRpotImgInfo", "examPart"): "|",
    ("SetlInfoDTO", "examPart"): "|",
    ("ResDTO", "examPart"): "|",
    ("saveExamRpotImgInfo", "accessionNumber"): ",",
    ("saveExamRpotImgInfo", "rpotNo"): ",",
    ("saveImgFile", "accessionNumber"): ",",
    ("saveImgInfo", "accessionNumber"): ",",
}
NODE_TYPES = {
    "List<SetlInfoDTO>": ("SetlInfoDTO", True),
    "List<FileSnDTO>": ("FileSnDTO", True),
    "List<ResDTO>": ("ResDTO", True),
    "FileSnDTO": ("FileSnDTO", False),
}


def tables(service: Raw) -> dict[str, list[Raw]]:
    """The tables of a service as the extraction has them."""
    nested = {**service["input"].get("nested", {}), **service["output"].get("nested", {})}
    return {
        "envelope": service["envelope"],
        "fields": service["input"]["fields"],
        "outputs": service["output"]["fields"],
        **nested,
    }


def file_tables(name: str) -> dict[str, list[Raw]]:
    """The tables of a service as the data file has them."""
    raw = json.loads((FOLDER / "interfaces" / f"{name}.json").read_text(encoding="utf-8"))
    return {
        "envelope": raw["envelope"],
        "fields": raw["fields"],
        "outputs": raw["outputs"],
        **raw["nested"],
    }


def expected_cells(row: Raw) -> Raw:
    """A row of the extraction with the empty cells left out."""
    printed = row.get("printed", {})
    cells = {
        "seq": row["seq"],
        "name": row["name"],
        "label": row["description"],
        "type": row["type"],
        "length": row["length"],
        "precision": row["precision"],
        "scale": row["scale"],
        "coded": row["dictionary"],
        "dictionary": row["dictionary_name"] or row.get("value_set"),
        "required": row["required"] if "required" in row else row["non_null"],
        "format": row["format"],
        "note": row["note"],
        "printed_name": printed.get("name"),
        "printed_type": printed.get("type"),
        "decisions": row.get("errata", []),
    }
    return {key: value for key, value in cells.items() if value not in (None, False, [])}


@pytest.mark.parametrize("name", SERVICES)
def test_service_tables_cell_by_cell(name: str) -> None:
    expected = tables(SERVICES[name])
    found = file_tables(name)
    assert list(found) == list(expected)
    for table, rows in expected.items():
        stripped = [{k: v for k, v in row.items() if k != "separator"} for row in found[table]]
        assert stripped == [expected_cells(row) for row in rows], table


@pytest.mark.parametrize("name", SERVICES)
def test_service_heads(name: str) -> None:
    service = SERVICES[name]
    loaded = load_standard("guizhou", "1.4").interface(name)
    assert loaded.section == service["section"]
    assert loaded.title == service["title"]
    assert loaded.method == service["method"]
    assert loaded.path == service["path"]
    assert loaded.infno == service["infno"]
    assert loaded.content_type == service["content_type"]
    assert loaded.envelope_in_headers == ("header" in service["envelope_location"])
    assert list(loaded.decisions) == service["errata"]


def test_list_fields_have_the_separator_that_is_sent() -> None:
    found = {
        (name if table in {"envelope", "fields", "outputs"} else table, row["name"]): row[
            "separator"
        ]
        for name in SERVICES
        for table, rows in file_tables(name).items()
        for row in rows
        if "separator" in row
    }
    assert found == LISTS


def check_loaded(field: Field, row: Raw) -> None:
    """A loaded field says what the row of the extraction says."""
    node, repeated = NODE_TYPES.get(row["type"], (None, False))
    assert field.seq == row["seq"]
    assert field.name == (row["name"] or "data")
    assert field.label == row["description"]
    assert field.type == ("node" if node else row["type"])
    assert (field.node, field.repeated) == (node, repeated)
    assert (field.length, field.precision, field.scale) == (
        row["length"],
        row["precision"],
        row["scale"],
    )
    assert field.required is bool(row.get("required", row.get("non_null")))
    assert field.coded is bool(row["dictionary"])
    assert field.format == row["format"]
    assert field.note == (row["note"] or "")
    assert field.printed_name == row.get("printed", {}).get("name", "")
    assert list(field.decisions) == row.get("errata", [])
    code_set = row["dictionary_name"] or row.get("value_set")
    assert field.dictionary == (code_set if code_set in CODE_SETS else None)


@pytest.mark.parametrize("name", SERVICES)
def test_loader_keeps_every_cell(name: str) -> None:
    loaded = load_standard("guizhou", "1.4").interface(name)
    own = {"envelope": loaded.envelope, "fields": loaded.fields, "outputs": loaded.outputs}
    found = {**own, **loaded.nested}
    expected = tables(SERVICES[name])
    assert set(found) == set(expected)
    for table, rows in expected.items():
        for field, row in zip(found[table], rows, strict=True):
            check_loaded(field, row)


def test_only_the_certificate_type_has_no_printed_values() -> None:
    fields = load_standard("guizhou", "1.4").interface("saveExamRpotImgInfo").fields
    assert [field.name for field in fields if field.coded and not field.dictionary] == [
        "psnCertType"
    ]


@pytest.mark.parametrize("name", CODE_SETS)
def test_code_sets_cell_by_cell(name: str) -> None:
    source = DICTIONARIES[name]
    loaded = load_standard("guizhou", "1.4").code_set(name)
    assert len(loaded.rows) == source["row_count"] == len(source["rows"])
    if "section" in source:
        assert (loaded.section, loaded.title) == (source["section"], source["title"])
    for code, row in zip(loaded.rows, source["rows"], strict=True):
        assert code.code == row["code"]
        assert code.name == row["name"]
        assert code.seq == row.get("seq", code.seq)
        assert code.name_compact == row.get("name_compact", code.name_compact)
        assert list(code.decisions) == row.get("errata", [])
        assert code.is_malformed is (row.get("well_formed") is False)
        assert (Mark.DUPLICATE in code.marks) is row.get("duplicate_code", False)
        suggestion = row.get("suggestion")
        assert (code.suggestion is None) is (suggestion is None)
        if code.suggestion and suggestion:
            assert code.suggestion.code == (suggestion["code"] or "")
            assert code.suggestion.name == (suggestion["name"] or "")
            assert code.suggestion.confidence == suggestion["confidence"]
            assert code.suggestion.reason == suggestion["reason"]


def test_body_parts_are_counted_as_the_extraction_counts_them() -> None:
    source = DICTIONARIES["examPart"]
    rows = load_standard("guizhou", "1.4").code_set("examPart").rows
    assert len(rows) == 481
    assert len({row.code for row in rows}) == source["distinct_codes"] == 478
    assert [row.code for row in rows if row.is_malformed] == source["malformed"]
    assert sum(not row.is_malformed for row in rows) == source["well_formed"] == 456
    duplicates = {row.code for row in rows if Mark.DUPLICATE in row.marks}
    assert duplicates == set(source["duplicates"])


def test_document_head_and_spellings() -> None:
    head = json.loads((FOLDER / "standard.json").read_text(encoding="utf-8"))
    assert f"V{head['version']}" == EXTRACTION["document"]["version"]
    assert head["title"] == EXTRACTION["document"]["title"]
    assert head["date"] == EXTRACTION["document"]["date"]
    assert head["interfaces"] == list(SERVICES)
    assert sorted(head["code_sets"]) == sorted(CODE_SETS)
    assert head["field_aliases"] == {
        "examRpotPdf 1": "examRpotPdf1",
        "examRsItCode": "examRsltCode",
        "hiImgIdx": "hiImgIndx",
        "hiImglndx": "hiImgIndx",
        "hilmgIdx": "hiImgIndx",
    }


def test_data_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    build = runpy.run_path(str(ROOT / "resources" / "build_standards.py"))["build"]
    build(tmp_path)
    written = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.json")}
    assert written == {path.relative_to(FOLDER) for path in FOLDER.rglob("*.json")}
    for path in written:
        text = (FOLDER / path).read_text(encoding="utf-8")
        assert (tmp_path / path).read_text(encoding="utf-8") == text, path
