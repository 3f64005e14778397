"""Checks of single values against the columns of a field table: pure, no platform named.

What differs from field to field comes from the standard's data; a decision acts on the fields that
carry its id there.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from hbgz_desktop.model.problem import Problem, Severity
from hbgz_desktop.platforms.code_list import field_entries, join_list
from hbgz_desktop.platforms.code_set import Mark
from hbgz_desktop.platforms.local_time import read_pattern
from hbgz_desktop.platforms.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from hbgz_desktop.platforms.code_set import Code
    from hbgz_desktop.platforms.field_table import Field
    from hbgz_desktop.platforms.standards import Standard

_PATTERNS = ("yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_PART = re.compile(r"[0-9A-Z]{9}")
_MOST_DIGITS = 38
_PRESENCE_DECISIONS = frozenset({"G038", "G039", "G040"})
_LENGTH_DECISIONS = {
    "hiImgIndx": "G009",
    "studyUid": "G030",
    "accessionNumber": "G031",
    "rpotNo": "G039",
}
_CODE_RULES = frozenset(
    {
        Rule.CODE_UNKNOWN,
        Rule.CODE_UNLISTED,
        Rule.CODE_MALFORMED,
        Rule.CODE_AMBIGUOUS,
        Rule.CODE_ZEROS,
    }
)
_SEPARATOR_DECISIONS = ("G032", "G031", "G039", "G034")


@dataclass(frozen=True, slots=True)
class ValidationOptions:
    """Settings of the validator.

    Attributes:
        now: Aware UTC time that "in the future" is measured against; None = the clock.
        list_separator: What is sent between the codes of a list (G032).
        study_uid_max_length: Characters of ``studyUid``; 50 is printed, a UID has 64 (G030).
        allow_malformed_parts: Let codes of 3.6 that have not 9 characters pass (G065).
        region_prefix: First digits expected in ``examAdmdvs`` (G043).
        date_patterns: Printed pattern → the one that is sent, for older front ends (G073).
        hyphen_replacement: What a hyphen in a certificate number becomes, None = refused (G008).
    """

    now: datetime | None = None
    list_separator: str = "|"
    study_uid_max_length: int = 64
    allow_malformed_parts: bool = False
    region_prefix: str = "52"
    date_patterns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    hyphen_replacement: str | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field and where it stands in the payload."""

    field: Field
    path: str

    def problem(
        self,
        rule: Rule,
        value: object,
        *,
        severity: Severity = Severity.ERROR,
        decision: str = "",
        limit: str = "",
    ) -> Problem:
        return Problem(
            field=self.path,
            label=self.field.label,
            rule=rule,
            value=str(value),
            severity=severity,
            code_set=self.field.dictionary or "" if rule in _CODE_RULES else "",
            decision=decision,
            limit=limit,
        )


@dataclass(frozen=True, slots=True)
class FieldChecker:
    """Checks values against field tables of one standard.

    Attributes:
        standard: Whose code sets rule.
        nested: Tables of the service's nodes.
        options: Settings.
    """

    standard: Standard
    nested: Mapping[str, tuple[Field, ...]]
    options: ValidationOptions

    def check_table(
        self, fields: Iterable[Field], values: Mapping[str, object], prefix: str = ""
    ) -> Iterator[Problem]:
        """Problems of every field of a table; unknown members are not looked at."""
        for field in fields:
            yield from self.check_value(field, values.get(field.name), prefix + field.name)

    def check_value(self, field: Field, value: object, path: str) -> Iterator[Problem]:
        """Problems of one value.

        Args:
            field: Row of the field table.
            value: As it would be sent; None, blank text and an empty list mean absent (G044).
            path: Dotted and indexed name for ``Problem.field``.
        """
        spot = _Spot(field, path)
        if is_absent(value):
            if field.required:
                yield _missing(spot)
        elif field.type in ("string", "text"):
            yield from self._check_text(spot, value)
        elif field.type in ("date", "datetime"):
            yield from _check_date(spot, value, self.options.date_patterns)
        elif field.type == "decimal":
            yield from _check_decimal(spot, value)
        elif field.type == "int":
            yield from _check_int(spot, value)
        elif field.type == "node":
            yield from self._check_node(spot, value)

    def _check_text(self, spot: _Spot, value: object) -> Iterator[Problem]:
        field = spot.field
        if not isinstance(value, str):
            yield spot.problem(Rule.TYPE, value, limit="文字")
            return
        limit = self._max_length(field)
        if limit is not None and len(value) > limit:
            decision = _LENGTH_DECISIONS.get(field.name, "")
            yield spot.problem(Rule.LENGTH, value, decision=decision, limit=str(limit))
        entries: tuple[str, ...] = (value,)
        if field.separator:
            entries = field_entries(field, value)
            yield from self._check_list(spot, value, entries)
        if field.dictionary:
            for entry in entries:
                yield from self._check_code(spot, entry)

    def _max_length(self, field: Field) -> int | None:
        if field.name == "studyUid" and "G030" in field.decisions:
            return self.options.study_uid_max_length
        return field.length

    def _check_list(self, spot: _Spot, text: str, entries: tuple[str, ...]) -> Iterator[Problem]:
        field = spot.field
        if not entries:
            if field.required:
                yield _missing(spot)
            return
        separator = self.options.list_separator if field.separator == "|" else ","
        if text != join_list(entries, separator):
            yield spot.problem(
                Rule.SEPARATOR,
                text,
                severity=Severity.WARNING,
                decision=next((d for d in _SEPARATOR_DECISIONS if d in field.decisions), ""),
                limit=separator,
            )

    def _check_code(self, spot: _Spot, code: str) -> Iterator[Problem]:
        if "G034" in spot.field.decisions:
            verdict = self._judge_part(code, self._rows(spot.field, code))
            if verdict:
                rule, severity, decision = verdict
                yield spot.problem(rule, code, severity=severity, decision=decision, limit="9")
        elif not self._rows(spot.field, code):
            yield spot.problem(Rule.CODE_UNKNOWN, code)

    def _judge_part(self, code: str, rows: tuple[Code, ...]) -> tuple[Rule, Severity, str] | None:
        """A code of 3.6, or the zeros that stand for it (G034, G035, G064, G065, G069)."""
        verdict: tuple[Rule, Severity, str] | None = None
        if code == "0" * 10:
            verdict = (Rule.CODE_ZEROS, Severity.WARNING, "G034")
        elif any(row.is_malformed for row in rows):
            is_allowed = self.options.allow_malformed_parts
            severity = Severity.WARNING if is_allowed else Severity.ERROR
            verdict = (Rule.CODE_MALFORMED, severity, "G065")
        elif any(Mark.DUPLICATE in row.marks for row in rows):
            verdict = (Rule.CODE_AMBIGUOUS, Severity.WARNING, "G064")
        elif not rows and not _PART.fullmatch(code):
            verdict = (Rule.CODE_UNKNOWN, Severity.ERROR, "")
        elif not rows and code != "0" * 9:
            verdict = (Rule.CODE_UNLISTED, Severity.WARNING, "G069")
        return verdict

    def _rows(self, field: Field, code: str) -> tuple[Code, ...]:
        return self.standard.code_set(field.dictionary or "").by_code(code)

    def _check_node(self, spot: _Spot, value: object) -> Iterator[Problem]:
        rows = value if spot.field.repeated else [value]
        if not isinstance(rows, (list, tuple)):
            yield spot.problem(Rule.TYPE, value, limit="列表")
            return
        for place, row in enumerate(rows):
            path = f"{spot.path}[{place}]" if spot.field.repeated else spot.path
            yield from self._check_row(_Spot(spot.field, path), row)

    def _check_row(self, spot: _Spot, row: object) -> Iterator[Problem]:
        if not isinstance(row, Mapping):
            yield spot.problem(Rule.TYPE, row, limit="对象")
            return
        table = self.nested[spot.field.node or ""]
        yield from self.check_table(table, row, f"{spot.path}.")
        known = {field.name for field in table}
        for name in row:
            if name not in known:
                yield unknown_field(f"{spot.path}.{name}", row[name])


def is_absent(value: object) -> bool:
    """Whether a value counts as not given: None, blank text or an empty list (G044)."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value in ([], ())


def unknown_field(path: str, value: object, decision: str = "") -> Problem:
    """A member the standard does not have; it is never sent (G027)."""
    return Problem(path, "", Rule.UNKNOWN_FIELD, str(value), Severity.WARNING, decision=decision)


def _missing(spot: _Spot) -> Problem:
    decisions = spot.field.decisions
    decision = next((decision for decision in decisions if decision in _PRESENCE_DECISIONS), "")
    return spot.problem(Rule.REQUIRED, "", decision=decision)


def _check_date(spot: _Spot, value: object, patterns: Mapping[str, str]) -> Iterator[Problem]:
    """The pattern that is to be sent (G073); another printed one passes with a warning (G041)."""
    limit = spot.field.format or _PATTERNS[0]
    limit = patterns.get(limit, limit)
    if not isinstance(value, str):
        yield spot.problem(Rule.TYPE, value, limit=limit)
    elif not read_pattern(value, limit):
        is_other = any(read_pattern(value, pattern) for pattern in _PATTERNS)
        severity = Severity.WARNING if is_other else Severity.ERROR
        yield spot.problem(Rule.DATE_FORMAT, value, severity=severity, decision="G041", limit=limit)


def _check_decimal(spot: _Spot, value: object) -> Iterator[Problem]:
    """Number or text alike (G037); not below zero (G077)."""
    number = _decimal(value)
    if number is None:
        yield spot.problem(Rule.TYPE, value, decision="G037", limit="数字")
        return
    if number < 0:
        yield spot.problem(Rule.NEGATIVE, value, decision="G077", limit="0")
    scale = spot.field.scale or 0
    if _places(number) > scale:
        yield spot.problem(Rule.DECIMAL_PLACES, value, decision="G037", limit=str(scale))
    whole_digits = (spot.field.precision or _MOST_DIGITS) - scale
    if abs(number) >= Decimal(10) ** whole_digits:
        yield spot.problem(Rule.DECIMAL_DIGITS, value, decision="G037", limit=str(whole_digits))


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _check_int(spot: _Spot, value: object) -> Iterator[Problem]:
    text = str(value)
    is_number = isinstance(value, (int, str)) and not isinstance(value, bool)
    if not is_number or not (text.isascii() and text.isdigit()):
        yield spot.problem(Rule.TYPE, value, limit="整数")
    elif spot.field.length is not None and len(text) > spot.field.length:
        yield spot.problem(Rule.LENGTH, value, limit=str(spot.field.length))
