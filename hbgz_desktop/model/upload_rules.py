"""Which examinations go to a platform, by class, modality, department and source: pure rules (G012).

A rule never stops what a platform already holds a part of: that is decided by whoever plans.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

ULTRASOUND = "4"
"""Code of 3.3 ``img_exam_type``; the other four classes go by default (G012)."""


class SkipReason(StrEnum):
    """The rule that says an examination need not go; key of the error texts."""

    SOURCE = "skip_source"
    DEPARTMENT = "skip_department"
    MODALITY = "skip_modality"
    ULTRASOUND = "skip_ultrasound"


@dataclass(frozen=True, slots=True)
class ExaminationScope:
    """What the rules look at; whatever is not known is empty and lets the examination through.

    Attributes:
        modalities: DICOM Modality of each of its studies, as received.
        exam_types: Codes of 3.3 its record names; counts only while no study's class is known.
        department: ``examDeptName`` of its record.
        source: Name of the file or table its record came from.
    """

    modalities: tuple[str, ...] = ()
    exam_types: tuple[str, ...] = ()
    department: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class NameRule:
    """A list of what does not go and a list of the only ones that go; ``*`` stands for any text.

    Attributes:
        skipped: Does not go.
        only: Nothing else goes; empty = no limit.
    """

    skipped: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    def lets(self, name: str) -> bool:
        """True when this name may go; a name that is not known may."""
        known = _plain(name)
        if not known:
            return True
        is_wanted = not self.only or _is_among(known, self.only)
        return is_wanted and not _is_among(known, self.skipped)


@dataclass(frozen=True, slots=True)
class UploadRules:
    """All rules of one platform.

    Attributes:
        with_ultrasound: Ultrasound goes as well (G012).
        class_of: DICOM Modality → code of 3.3 (G069).
    """

    with_ultrasound: bool = False
    modalities: NameRule = NameRule()
    departments: NameRule = NameRule()
    sources: NameRule = NameRule()
    class_of: Mapping[str, str] = field(default_factory=dict)


def skip_reason(rules: UploadRules, scope: ExaminationScope) -> SkipReason | None:
    """Why an examination need not go, None when it has to.

    Source is asked first, then department, modality and class. Of several studies one that may go
    is enough. The images' modality decides the class; the record's only while that is not known.
    """
    if not rules.sources.lets(scope.source):
        return SkipReason.SOURCE
    if not rules.departments.lets(scope.department):
        return SkipReason.DEPARTMENT
    named = [one for one in scope.modalities if _plain(one)]
    going = [one for one in named if rules.modalities.lets(one)]
    if named and not going:
        return SkipReason.MODALITY
    if not rules.with_ultrasound and _is_ultrasound(rules, scope, going):
        return SkipReason.ULTRASOUND
    return None


def is_required(rules: UploadRules, modality: str, department: str, source: str) -> bool:
    """Whether an examination of one modality has to go; empty texts are not known."""
    modalities = (modality,) if modality else ()
    scope = ExaminationScope(modalities, department=department, source=source)
    return skip_reason(rules, scope) is None


def _is_ultrasound(rules: UploadRules, scope: ExaminationScope, going: Sequence[str]) -> bool:
    classes = {rules.class_of.get(one.strip().upper(), "") for one in going} - {""}
    return (classes or set(scope.exam_types)) == {ULTRASOUND}


def _is_among(known: str, patterns: Collection[str]) -> bool:
    # fnmatch would take [ and ] for a set of characters: a person writes 彩超[东院]
    plain = (_plain(one).replace("[", "[[]") for one in patterns)
    return any(fnmatchcase(known, one) for one in plain if one)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
