"""What a check found: the facts of one needs-fix line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """An error keeps the examination from being sent; a warning is shown and sent."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule.

    Attributes:
        field: Parameter code of the platform, dotted and indexed inside lists (``setlInfoList[0].examPart``).
        label: The standard's own Chinese name of the field.
        rule: ``required``, ``length``, ``type``, ``date_format``, ``code_unknown`` (needs a mapping),
            ``index_grammar``, ``check_digit``, ``cross_field`` … ; key ``problem_<rule>`` of the texts file.
        value: The value at fault; shown, never logged.
        severity: Error or warning.
        code_set: Name of the code set for ``code_unknown``, else "".
        decision: Decision id that rules, e.g. ``G038``, else "".
        limit: The rule's number or pattern in words, e.g. "50", "yyyy-MM-dd".
    """

    field: str
    label: str
    rule: str
    value: str
    severity: Severity = Severity.ERROR
    code_set: str = ""
    decision: str = ""
    limit: str = ""
