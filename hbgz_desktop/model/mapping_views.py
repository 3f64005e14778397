"""Read models of 字典对照: local values, the codes they stand for and what waits on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class MappingEntry:
    """One change of the table; an empty ``standard_code`` removes the line."""

    code_set: str
    local_value: str
    standard_code: str


@dataclass(frozen=True, slots=True)
class WaitingValue:
    """A local value for which the checker found no code.

    Attributes:
        fields: Parameter codes it stands in.
        seen: Examinations that carry it and cannot be sent with it.
        waiting: Those of them that wait for nothing else first (待处理): images are complete.
    """

    code_set: str
    local_value: str
    fields: tuple[str, ...]
    seen: int
    waiting: int


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One line of the table: a local value with or without its code.

    Attributes:
        standard_code: "" while the value has none.
        standard_name: The standard's name of the code, "" when the standard does not print it.
        is_as_printed: The standard prints this code in an odd form (G065).
        set_at: None while the value has no code.
        waiting: Examinations that wait on it.
        field: A parameter code it stands in, "" for a line nothing waits on.
    """

    code_set: str
    local_value: str
    standard_code: str = ""
    standard_name: str = ""
    is_as_printed: bool = False
    set_by: str = ""
    set_at: datetime | None = None
    waiting: int = 0
    field: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What names the line."""
        return self.code_set, self.local_value


@dataclass(frozen=True, slots=True)
class CodeSetRow:
    """One code set of the list at the left.

    Attributes:
        printed: Codes the standard prints, 0 when it names the set without printing it (G042).
        mapped: Lines in force.
        unmapped: Local values without a code.
        waiting: Examinations that wait on this set.
    """

    name: str
    title: str
    printed: int
    mapped: int
    unmapped: int
    waiting: int
