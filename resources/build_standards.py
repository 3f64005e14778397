"""Write ``resources/standards/guizhou/1.4`` from the verified extraction in ``tests/data/spec``.

Run it again after a corrected extraction: ``python resources/build_standards.py [target folder]``.
Values stay as printed; what the loader derives (marks, aliases inside a service) is not written.
The list separators of G031 and G032 are read from the note column, that of examPart from G034.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "tests" / "data" / "spec"
TARGET = ROOT / "resources" / "standards" / "guizhou" / "1.4"

LOST_SEPARATOR = re.compile(r"用“\s*”\s*(间隔开|隔开)")
INLINE_TITLES = {
    "examWay": "检查方式",
    "examRsltCode": "检查检验结果代码",
    "succFlag": "成功标志",
}
DICTIONARIES = ("gend", "hosp_lv", "img_exam_type", "prfs", "chargeType", "examPart")
CODE_SET_ALIASES = {"imgExamType": "img_exam_type", "hospLv": "hosp_lv"}

Raw = dict[str, Any]


def separator_of(field: Raw) -> str | None:
    """The character between the entries of a list kept in one text, None for a single value."""
    note = field["note"] or ""
    if "英文逗号隔开" in note:
        return ","
    is_lost = LOST_SEPARATOR.search(note) or "G034" in field.get("errata", [])
    return "|" if is_lost else None


def field_row(field: Raw) -> Raw:
    """One row of a field table; absent and empty cells are left out."""
    printed = field.get("printed", {})
    row = {
        "seq": field.get("seq"),
        "name": field["name"],
        "label": field["description"],
        "type": field["type"],
        "length": field.get("length"),
        "precision": field.get("precision"),
        "scale": field.get("scale"),
        "coded": field.get("dictionary"),
        "dictionary": field.get("dictionary_name") or field.get("value_set"),
        "required": field.get("required", field.get("non_null")),
        "format": field.get("format"),
        "separator": separator_of(field),
        "note": field["note"],
        "printed_name": printed.get("name"),
        "printed_type": printed.get("type"),
        "decisions": field.get("errata"),
    }
    return {key: value for key, value in row.items() if value not in (None, False, [])}


def field_rows(fields: list[Raw]) -> list[Raw]:
    """A whole field table."""
    return [field_row(field) for field in fields]


def interface_file(source: Raw) -> Raw:
    """The data file of one service."""
    nested = {**source["input"].get("nested", {}), **source["output"].get("nested", {})}
    return {
        "name": source["id"],
        "section": source["section"],
        "title": source["title"],
        "method": source["method"],
        "path": source["path"],
        "infno": source["infno"],
        "content_type": source["content_type"],
        "envelope_in_headers": source["content_type"] == "multipart/form-data",
        "decisions": source["errata"],
        "envelope": field_rows(source["envelope"]),
        "fields": field_rows(source["input"]["fields"]),
        "nested": {node: field_rows(fields) for node, fields in nested.items()},
        "outputs": field_rows(source["output"]["fields"]),
    }


def code_row(row: Raw) -> Raw:
    """One code as printed, with what the analysis says of it."""
    kept = {
        "seq": row.get("seq"),
        "code": row["code"],
        "name": row["name"],
        "name_compact": row.get("name_compact"),
        "malformed": row.get("well_formed") is False,
        "duplicate": row.get("duplicate_code", False),
        "decisions": row.get("errata"),
        "suggestion": row.get("suggestion"),
    }
    return {key: value for key, value in kept.items() if value not in (None, False, [])}


def code_set_file(name: str, source: Raw) -> Raw:
    """The data file of one code set; inline lists belong to section 2.1."""
    return {
        "name": name,
        "section": source.get("section", "2.1"),
        "title": source.get("title", INLINE_TITLES.get(name)),
        "rows": [code_row(row) for row in source["rows"]],
    }


def printed_spellings(interfaces: list[Raw]) -> dict[str, str]:
    """Every misprinted parameter code → the one that is sent (G016, G029, G049)."""
    spellings: dict[str, str] = {}
    for source in interfaces:
        tables = [source["envelope"], source["input"]["fields"], source["output"]["fields"]]
        for field in [field for table in tables for field in table]:
            printed = field.get("printed", {}).get("name")
            if printed:
                spellings[printed] = field["name"]
    return dict(sorted(spellings.items()))


def line(value: object) -> str:
    """JSON in one line, Chinese kept readable."""
    return json.dumps(value, ensure_ascii=False)


def render(value: object, depth: int = 0) -> str:
    """JSON with one table row a line, so that a revision of the standard reads as a diff."""
    pad = " " * (depth + 1)
    if isinstance(value, dict) and (depth == 0 or any(isinstance(v, list) for v in value.values())):
        members = [f"{pad}{line(key)}: {render(item, depth + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(members) + "\n" + " " * depth + "}" if members else "{}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = [pad + line(item) for item in value]
        return "[\n" + ",\n".join(rows) + "\n" + " " * depth + "]"
    return line(value)


def write(path: Path, document: Raw) -> None:
    """Write one data file with LF ends on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(document) + "\n", encoding="utf-8", newline="\n")


def build(target: Path) -> None:
    """Write all data files of Guizhou V1.4 under ``target``."""
    spec = json.loads((SPEC / "guizhou_interfaces.json").read_text(encoding="utf-8"))
    codes = json.loads((SPEC / "guizhou_dictionaries.json").read_text(encoding="utf-8"))
    interfaces: list[Raw] = spec["interfaces"]
    set_names = (*DICTIONARIES, *INLINE_TITLES)
    write(
        target / "standard.json",
        {
            "platform": "guizhou",
            "version": spec["document"]["version"].removeprefix("V"),
            "title": spec["document"]["title"],
            "date": spec["document"]["date"],
            "interfaces": [source["id"] for source in interfaces],
            "code_sets": list(set_names),
            "code_set_aliases": CODE_SET_ALIASES,
            "field_aliases": printed_spellings(interfaces),
        },
    )
    for source in interfaces:
        write(target / "interfaces" / f"{source['id']}.json", interface_file(source))
    for name in set_names:
        dictionary = code_set_file(name, codes["dictionaries"][name])
        write(target / "code_sets" / f"{name}.json", dictionary)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
