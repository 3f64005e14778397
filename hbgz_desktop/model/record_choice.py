"""A record a person may give a study to; both sides are compared before it is asked (DESIGN 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordChoice:
    """One record, with what tells people apart. Holds patient data; masked by whoever shows it.

    Attributes:
        birth_date: yyyymmdd or "".
        sex: ``M``, ``F`` or "".
        item: What was ordered, in words.
        studies: How many studies already belong to it.
    """

    examination_id: int
    patient_name: str
    name_key: str
    patient_id: str
    birth_date: str
    sex: str
    accessions: tuple[str, ...]
    item: str
    at: datetime
    studies: int


@dataclass(frozen=True, slots=True)
class StudySide:
    """What the images themselves say, for the same comparison."""

    study_id: int
    patient_name: str
    name_key: str
    patient_id: str
    birth_date: str
    sex: str
    accession_number: str
    modality: str
    description: str
    images: int
    at: datetime
