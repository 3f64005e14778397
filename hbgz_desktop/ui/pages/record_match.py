"""Whether images and a record speak of the same person: compared in full, shown masked."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.model.record_choice import RecordChoice, StudySide


class Sameness(Enum):
    """What a comparison found."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def compare(side: StudySide, choice: RecordChoice) -> dict[str, Sameness]:
    """Sameness of name (as written or in pinyin), sex, birth date, patient id and accession number."""
    return {
        "name": _names(side.name_key, choice.name_key),
        "sex": _texts(side.sex, choice.sex),
        "birth_date": _texts(re.sub(r"\D", "", side.birth_date), choice.birth_date),
        "patient_id": _texts(side.patient_id, choice.patient_id),
        "accession": _among(side.accession_number, choice.accessions),
    }


def _texts(one: str, other: str) -> Sameness:
    if not one or not other:
        return Sameness.UNKNOWN
    return Sameness.SAME if one == other else Sameness.OTHER


def _names(one: str, other: str) -> Sameness:
    # the third word of a key is the initials, which many people share
    mine, theirs = set(one.split()[:2]), set(other.split()[:2])
    if not mine or not theirs:
        return Sameness.UNKNOWN
    return Sameness.SAME if mine & theirs else Sameness.OTHER


def _among(one: str, others: tuple[str, ...]) -> Sameness:
    if not one or not others:
        return Sameness.UNKNOWN
    return Sameness.SAME if one in others else Sameness.OTHER
