"""The sandbox's own copy of the printed tables of 2.1 and chapter 3."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PrintedField:
    """One row of a printed table; ``length`` as printed: "50", "8,2" or ""."""

    no: int
    code: str
    name: str
    type: str
    length: str
    required: bool
    coded: bool

    @property
    def title(self) -> str:
        """Code and Chinese name, the way a refusal names the field."""
        return f"{self.code} {self.name}"


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Guizhou V1.4: the 76 fields of 2.1, SetlInfoDTO and the code sets by field code."""

    record: tuple[PrintedField, ...]
    settlement: tuple[PrintedField, ...]
    codes: Mapping[str, frozenset[str]]


def load_field_table() -> FieldTable:
    """Read the table that lies beside this module."""
    source = resources.files("hbgz_desktop.sandbox") / "data" / "guizhou_v1_4.json"
    value = json.loads(source.read_text(encoding="utf-8"))
    return FieldTable(
        record=tuple(PrintedField(**row) for row in value["record"]),
        settlement=tuple(PrintedField(**row) for row in value["settlement"]),
        codes={name: frozenset(codes) for name, codes in value["codes"].items()},
    )


def fold(name: str) -> str:
    """Return a name as it is compared: without case, l and I as one (G016, G029, G074)."""
    return name.strip().lower().replace("l", "i")


INDEX_NAMES: Final = frozenset({"hiimgindx", "hiimgidx"})


def text_of(value: object) -> str:
    """Return a value as text without outer blanks; "", null and absence are alike (G044)."""
    return "" if value is None else str(value).strip()


def text_at(values: Mapping[str, object], code: str) -> str:
    """Return the text of a parameter from members that ``folded`` made."""
    return text_of(values.get(fold(code)))


def folded(values: Mapping[str, object]) -> dict[str, object]:
    """Return members by folded name; every spelling of the index becomes one (G016)."""
    result: dict[str, object] = {}
    for name, value in values.items():
        key = fold(str(name))
        result["hiimgindx" if key in INDEX_NAMES else key] = value
    return result
