"""The field tables of one service, as a standard prints them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a field table.

    Attributes:
        seq: Printed number.
        name: Parameter code as it is sent (G016, G029).
        label: The standard's Chinese name.
        type: string, text, date, datetime, decimal, int, file or node.
        length: Longest text in characters, None = no limit printed.
        precision: Decimal digits in all, of a ``decimal``.
        scale: Digits after the point, of a ``decimal``.
        required: 是否必填, in outputs 是否非空.
        dictionary: Name of the code set that rules, None when no values are printed.
        format: Printed pattern of a date, e.g. ``yyyy-MM-dd``.
        note: Note column.
        coded: 代码标识; true without ``dictionary`` when the values are not printed (G042).
        repeated: Whether it is a list of nodes.
        node: Name of the nested table of a ``node``.
        separator: Between the entries of a list kept in one text, None for a single value.
        printed_name: Name as printed where it differs.
        decisions: Decision ids that concern the field.
        encrypted: Whether 加密传输 is printed (H037).
        conditional: Required under a printed condition only (H054).
        enumeration: Values printed with this field alone: code → meaning; shared by no other (H059).
    """

    seq: int
    name: str
    label: str
    type: str
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    required: bool = False
    dictionary: str | None = None
    format: str | None = None
    note: str = ""
    coded: bool = False
    repeated: bool = False
    node: str | None = None
    separator: str | None = None
    printed_name: str = ""
    decisions: tuple[str, ...] = ()
    encrypted: bool = False
    conditional: bool = False
    enumeration: Mapping[str, str] = field(default_factory=dict, hash=False)

    def meaning(self, code: str) -> str:
        """What a value means by the field's own enumeration; an unknown one stays as it is (H059)."""
        return self.enumeration.get(code, code)


@dataclass(frozen=True, eq=False)
class Interface:
    """One service.

    Attributes:
        name: Service id, unique in the standard (2.7 and 2.8 share an ``infno``, G019).
        section: Section of the standard.
        title: Printed title.
        method: HTTP method.
        path: Path of the address, leading slash.
        infno: Transaction number, the last segment of the path (G018).
        content_type: Of the request.
        envelope_in_headers: Whether the envelope travels as HTTP headers (G047).
        envelope: Fields beside ``input``.
        fields: Fields of ``input``, or of the form.
        nested: Table name → fields, e.g. ``SetlInfoDTO``; in Hebei's the path, ``data.studyItem``.
        outputs: Fields of the answer.
        decisions: Decision ids that concern the service.
        aliases: Misprinted spelling → parameter code, of all services.
    """

    name: str
    section: str
    title: str
    method: str
    path: str
    infno: str
    content_type: str
    envelope_in_headers: bool
    envelope: tuple[Field, ...]
    fields: tuple[Field, ...]
    nested: Mapping[str, tuple[Field, ...]]
    outputs: tuple[Field, ...]
    decisions: tuple[str, ...]
    aliases: Mapping[str, str]

    def field(self, name: str) -> Field | None:
        """The input field of exactly this parameter code."""
        return self._by_name.get(name)

    def canonical_name(self, name: str) -> str | None:
        """The parameter code a spelling means: misprints and case folded (G016, G029, G074)."""
        if name in self._by_name:
            return name
        return self._by_spelling.get(_fold(name))

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        spellings = {alias: name for alias, name in self.aliases.items() if name in self._by_name}
        spellings |= {name: name for name in self._by_name}
        return {_fold(spelling): name for spelling, name in spellings.items()}


def _fold(name: str) -> str:
    """Case folded and l/I made one, which the print cannot tell apart (G016)."""
    return name.casefold().replace("l", "i")
