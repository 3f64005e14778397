"""The standards as data: field lists and code sets under ``resources/standards`` (DESIGN 4).

Everything that is loaded is immutable and safe from any thread.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from hbgz_desktop.model.errors import StandardError
from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.platforms.code_set import Code, CodeSet, Mark, Suggestion, compact_name
from hbgz_desktop.platforms.field_table import Field, Interface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

__all__ = [
    "Code",
    "CodeSet",
    "Field",
    "Interface",
    "Mark",
    "Standard",
    "StandardInfo",
    "Suggestion",
    "list_standards",
    "load_standard",
]

Raw = dict[str, Any]
Made = TypeVar("Made")

_NODE_TYPE = re.compile(r"(?:List<)?(?P<node>[A-Z]\w*DTO)>?")
_DECISION_MARKS = {"G066": Mark.SUSPICIOUS, "G067": Mark.NAME_VARIANT}


@dataclass(frozen=True, slots=True)
class StandardInfo:
    """A standard that is installed.

    Attributes:
        platform: ``guizhou`` or ``hebei``.
        version: As in the folder's name, e.g. ``1.4``.
        title: Printed title.
        date: Printed date, yyyy-MM-dd.
    """

    platform: str
    version: str
    title: str
    date: str


@dataclass(frozen=True, eq=False)
class Standard:
    """One version of a platform's document.

    Attributes:
        platform: ``guizhou`` or ``hebei``.
        version: e.g. ``1.4``.
        title: Printed title.
        date: Printed date, yyyy-MM-dd.
        interfaces: Service id → service, in printed order.
        code_sets: Name → code set; the second names of G068 are keys too.
    """

    platform: str
    version: str
    title: str
    date: str
    interfaces: Mapping[str, Interface]
    code_sets: Mapping[str, CodeSet]

    def interface(self, name: str) -> Interface:
        """A service by its id.

        Raises:
            StandardError: ``standard_interface_unknown``.
        """
        if name not in self.interfaces:
            raise StandardError("standard_interface_unknown", version=self.version, interface=name)
        return self.interfaces[name]

    def code_set(self, name: str) -> CodeSet:
        """A code set by its name or by the name of the field that uses it (G068).

        Raises:
            StandardError: ``standard_code_set_unknown``.
        """
        if name not in self.code_sets:
            raise StandardError("standard_code_set_unknown", version=self.version, code_set=name)
        return self.code_sets[name]


def list_standards() -> tuple[StandardInfo, ...]:
    """All standards that are installed, by platform and version.

    Raises:
        StandardError: ``resources_missing`` or ``standard_unreadable``.
    """
    found = sorted((resources_dir() / "standards").glob("*/*/standard.json"))
    return tuple(_info(_read(path)) for path in found)


@lru_cache(maxsize=8)
def load_standard(platform: str, version: str) -> Standard:
    """A standard by platform and version, read once in a process.

    Raises:
        StandardError: ``standard_unknown`` when it is not installed, ``standard_unreadable`` when a
            data file is missing or damaged.
    """
    folder = resources_dir() / "standards" / platform / version
    known = {(info.platform, info.version) for info in list_standards()}
    if (platform, version) not in known:
        raise StandardError("standard_unknown", platform=platform, version=version)
    return read_standard(folder)


def read_standard(folder: Path) -> Standard:
    """A standard from its folder.

    Raises:
        StandardError: ``standard_unreadable``, facts name the file.
    """
    head = _read(folder / "standard.json")
    info = _info(head)
    code_sets = {
        name: _build(_code_set, folder / "code_sets" / f"{name}.json") for name in head["code_sets"]
    }
    second_names = {alias: code_sets[name] for alias, name in head["code_set_aliases"].items()}

    def interface(raw: Raw) -> Interface:
        return _interface(raw, code_sets, MappingProxyType(head["field_aliases"]))

    interfaces = {
        name: _build(interface, folder / "interfaces" / f"{name}.json")
        for name in head["interfaces"]
    }
    return Standard(
        platform=info.platform,
        version=info.version,
        title=info.title,
        date=info.date,
        interfaces=MappingProxyType(interfaces),
        code_sets=MappingProxyType(code_sets | second_names),
    )


def _info(head: Raw) -> StandardInfo:
    return StandardInfo(head["platform"], head["version"], head["title"], head["date"])


def _read(path: Path) -> Raw:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        raise StandardError("standard_unreadable", file=path.name) from exc
    if not isinstance(raw, dict):
        raise StandardError("standard_unreadable", file=path.name)
    return raw


def _build(make: Callable[[Raw], Made], path: Path) -> Made:
    try:
        return make(_read(path))
    except (AttributeError, KeyError, TypeError) as exc:
        raise StandardError("standard_unreadable", file=path.name) from exc


def _interface(raw: Raw, code_sets: Mapping[str, CodeSet], aliases: Mapping[str, str]) -> Interface:
    def table(rows: Iterable[Raw]) -> tuple[Field, ...]:
        return tuple(_field(row, code_sets) for row in rows)

    return Interface(
        name=raw["name"],
        section=raw["section"],
        title=raw["title"],
        method=raw["method"],
        path=raw["path"],
        infno=raw["infno"],
        content_type=raw["content_type"],
        envelope_in_headers=raw["envelope_in_headers"],
        envelope=table(raw["envelope"]),
        fields=table(raw["fields"]),
        nested=MappingProxyType({node: table(rows) for node, rows in raw["nested"].items()}),
        outputs=table(raw["outputs"]),
        decisions=tuple(raw["decisions"]),
        aliases=aliases,
    )


def _field(raw: Raw, code_sets: Mapping[str, CodeSet]) -> Field:
    node = _node(raw)
    dictionary = raw.get("dictionary")
    return Field(
        seq=raw["seq"],
        name=raw.get("name", "data"),  # 2.6 prints no name for its answer (G054)
        label=raw["label"],
        type="node" if node else raw["type"],
        length=raw.get("length"),
        precision=raw.get("precision"),
        scale=raw.get("scale"),
        required=raw.get("required", False),
        dictionary=dictionary if dictionary in code_sets else None,
        format=raw.get("format"),
        note=raw.get("note", ""),
        coded=raw.get("coded", False),
        repeated=raw.get("repeated", raw["type"].startswith("List<")),
        node=node,
        separator=raw.get("separator"),
        printed_name=raw.get("printed_name", ""),
        decisions=tuple(raw.get("decisions", ())),
        encrypted=raw.get("encrypted", False),
        conditional=raw.get("conditional", False),
        enumeration=MappingProxyType(raw.get("enumeration", {})),
    )


def _node(raw: Raw) -> str | None:
    """Name of the nested table: printed as a type (Guizhou), or the path to it (Hebei)."""
    printed = _NODE_TYPE.fullmatch(raw["type"])
    return printed["node"] if printed else raw.get("node")


def _code_set(raw: Raw) -> CodeSet:
    rows = enumerate(raw["rows"], start=1)
    return CodeSet(
        name=raw["name"],
        title=raw["title"],
        section=raw["section"],
        rows=tuple(_code(row, place) for place, row in rows),
    )


def _code(raw: Raw, place: int) -> Code:
    decisions = tuple(raw.get("decisions", ()))
    marks = [Mark.MALFORMED] if raw.get("malformed") else []
    marks += [Mark.DUPLICATE] if raw.get("duplicate") else []
    marks += [_DECISION_MARKS[decision] for decision in decisions if decision in _DECISION_MARKS]
    suggestion = raw.get("suggestion")
    return Code(
        code=raw["code"],
        name=raw["name"],
        name_compact=raw.get("name_compact") or compact_name(raw["name"]),
        seq=raw.get("seq", place),
        marks=tuple(marks),
        decisions=decisions,
        suggestion=_suggestion(suggestion) if suggestion else None,
    )


def _suggestion(raw: Raw) -> Suggestion:
    code, name = raw["code"] or "", raw["name"] or ""
    return Suggestion(code, name, raw["confidence"], raw["reason"])
