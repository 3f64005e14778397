"""The validator of records: what is wrong with one examination before it is sent (DESIGN 5.4)."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.field_checks import FieldChecker, ValidationOptions, unknown_field
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE, check_exam_rules
from hbgz_desktop.platforms.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.platforms.field_table import Interface
    from hbgz_desktop.platforms.standards import Standard

__all__ = ["Rule", "ValidationOptions", "fields_with_code_set", "validate_exam_record"]

# in the example of 2.1, not in its table
_EXAMPLE_ONLY = frozenset({"hospitalCode", "patientId"})


def validate_exam_record(
    standard: Standard,
    payload: Mapping[str, object],
    options: ValidationOptions | None = None,
) -> tuple[Problem, ...]:
    """Check a payload of 2.1 saveExamRpotImgInfo, already mapped to standard codes.

    Presence, length in characters, type, printed patterns and code sets come from the standard's
    data; the decisions G001–G044, G064, G065, G069 and G077 and the contradictions between fields
    are added. Misprinted spellings of parameter codes are understood (G016, G029).

    Args:
        standard: Guizhou's, from ``load_standard``.
        payload: One element of ``input`` as it would be sent.
        options: Settings; None = the defaults of the decisions.

    Returns:
        Problems in the printed order of the fields, unknown members last; empty = may be sent.

    Raises:
        StandardError: The standard has no 2.1.
    """
    chosen = options or ValidationOptions()
    interface = standard.interface(SERVICE)
    values, unknown = _known_values(interface, payload)
    checker = FieldChecker(standard, interface.nested, chosen)
    problems = [
        *checker.check_table(interface.fields, values),
        *check_exam_rules(standard, values, chosen),
    ]
    order = {field.name: field.seq for field in interface.fields}
    problems.sort(key=lambda problem: order[re.split(r"[.\[]", problem.field, maxsplit=1)[0]])
    return (*problems, *unknown)


def fields_with_code_set(standard: Standard) -> Mapping[str, str]:
    """Fields of 2.1 whose values are codes → name of the code set.

    "" where the standard names a foreign code list without printing it (psnCertType, G042): such a
    field has a mapping from local codes, under its own name, but nothing to pick from. The
    settlement rows' examPart uses the same set as the field of that name.
    """
    fields = standard.interface(SERVICE).fields
    return MappingProxyType(
        {field.name: field.dictionary or "" for field in fields if field.coded or field.dictionary}
    )


def _known_values(
    interface: Interface, payload: Mapping[str, object]
) -> tuple[dict[str, object], list[Problem]]:
    values: dict[str, object] = {}
    unknown = []
    for name, value in payload.items():
        canonical = interface.canonical_name(name)
        if canonical is None:
            decision = "G027" if name in _EXAMPLE_ONLY else ""
            unknown.append(unknown_field(name, value, decision))
        elif canonical == name or canonical not in payload:
            values[canonical] = value
    return values, unknown
