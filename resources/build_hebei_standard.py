"""Write ``resources/standards/hebei/1.5`` from the verified extraction in ``tests/data/spec``.

Run it again after a corrected extraction: ``python resources/build_hebei_standard.py [target folder]``.
Only the platform's six services of 2.2.3; a table inside a table is named by its path, e.g.
``data.studyItem.studyDetails``. Enumerations stay with their field: they are never shared (H059).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "tests" / "data" / "spec"
TARGET = ROOT / "resources" / "standards" / "hebei" / "1.5"
SERVICES = ("getToken", "refreshToken", "saveAuthUser", "hrPage", "getHrInfo", "restJcJyYyInfo")

Raw = dict[str, Any]


def field_row(field: Raw, seq: int, path: str) -> Raw:
    """One row of a field table; absent and empty cells are left out."""
    has_table = "fields" in field
    printed = field.get("printed", {}).get("name")
    row = {
        "seq": seq,
        "name": field["name"],
        "label": field["description"] or "",
        "type": "node" if has_table else field.get("item_type") or field.get("type", "string"),
        "node": path if has_table else None,
        "repeated": field.get("type") == "array",
        "required": field.get("required") is True,
        "conditional": field.get("required") == "conditional",
        "encrypted": field.get("encrypted") is True,
        "enumeration": field.get("enum"),
        "format": field.get("format"),
        "separator": field.get("separator"),
        "note": field.get("note"),
        "printed_name": ", ".join(printed) if printed else None,
        "decisions": field.get("errata"),
    }
    return {key: value for key, value in row.items() if value not in (None, False, [])}


def table(fields: list[Raw], path: str, nested: dict[str, list[Raw]]) -> list[Raw]:
    """A whole field table; the tables inside it go into ``nested``, outer before inner."""
    rows = []
    for seq, field in enumerate(fields, start=1):
        inner = f"{path}.{field['name']}" if path else field["name"]
        rows.append(field_row(field, seq, inner))
        if "fields" in field:
            nested[inner] = []
            nested[inner] += table(field["fields"], inner, nested)
    return rows


def interface_file(source: Raw) -> Raw:
    """The data file of one service."""
    nested: dict[str, list[Raw]] = {}
    return {
        "name": source["id"],
        "section": source["section"],
        "title": source["title"],
        "method": source["method"],
        "path": source["path"],
        "infno": source["id"],
        "content_type": source["content_type"]["value"],
        "envelope_in_headers": True,
        "decisions": source["errata"],
        "envelope": table(source["headers"], "", nested),
        "fields": table(source["request"], "", nested),
        "outputs": table(source["response"], "", nested),
        "nested": nested,
    }


def lines(document: Raw) -> str:
    """JSON with one row of a table a line."""
    parts = []
    for key, value in document.items():
        if key == "nested":
            tables = [f"  {_json(name)}: {_rows(rows, '   ')}" for name, rows in value.items()]
            text = "{\n" + ",\n".join(tables) + "\n }" if tables else "{}"
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            text = _rows(value, "  ")
        else:
            text = _json(value)
        parts.append(f" {_json(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _rows(rows: list[Raw], indent: str) -> str:
    return "[\n" + ",\n".join(indent + _json(row) for row in rows) + "\n" + indent[:-1] + "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def build(target: Path) -> None:
    """Write every file of the standard."""
    source: Raw = json.loads((SPEC / "hebei_interfaces.json").read_text(encoding="utf-8"))
    document = source["document"]
    services = {one["id"]: one for one in source["interfaces"]}
    (target / "interfaces").mkdir(parents=True, exist_ok=True)
    head = {
        "platform": "hebei",
        "version": document["version"].removeprefix("V"),
        "title": document["title"],
        "date": document["date"],
        "interfaces": list(SERVICES),
        "code_sets": [],
        "code_set_aliases": {},
        "field_aliases": {},
    }
    _write(target / "standard.json", lines(head))
    for name in SERVICES:
        _write(target / "interfaces" / f"{name}.json", lines(interface_file(services[name])))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
