"""The unit that is delivered: one record with its studies and reports (DESIGN 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What matching and planning need of a study.

    Attributes:
        name_key: Search text of the name; its first word is the compact name.
        is_complete: No further image is expected.
        has_digests: Every sendable current instance has its MD5.
        is_undecided: A newer version of a confirmed instance waits for a person.
        has_lost: A file that was never confirmed is gone.
        has_cleared: Files of it were cleared by rule; a platform that has not got them cannot get them.
        items: (instance id, MD5) of the current, sendable, readable instances.
    """

    id: int
    study_instance_uid: str
    accession_number: str
    patient_id: str
    name_key: str
    birth_date: str
    study_date: str
    study_time: str
    modality: str
    last_received_at: datetime
    is_complete: bool
    examination_id: int | None
    has_digests: bool
    has_lost: bool
    items: tuple[tuple[int, str], ...]
    is_undecided: bool = False
    has_cleared: bool = False


@dataclass(frozen=True, slots=True)
class MatchCandidate:
    """A record that might belong to a study."""

    examination_id: int
    record_id: int
    study_uid: str
    accessions: tuple[str, ...]
    patient_id: str
    name_key: str
    birth_date: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Examination:
    """One row of ``examinations``.

    Attributes:
        match_kind: ``uid``, ``accession`` or ``person``: how its images were joined last, "" while none are.
        index_codes: Platform → index code in force.
    """

    id: int
    record_id: int
    match_kind: str
    index_codes: dict[str, str]
