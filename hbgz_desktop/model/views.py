"""Read models: what lists and details show. May hold patient data; masked by whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.delivery import Attempt, Delivery
    from hbgz_desktop.model.events import Event
    from hbgz_desktop.model.problem import Problem
    from hbgz_desktop.model.worklist import Lane


class FilesHere(StrEnum):
    """Whether a study's files lie on this machine."""

    HERE = "here"
    """At least one does."""
    CLEARED = "cleared"
    """None does any more: they were cleared by rule (DESIGN 5.7)."""


@dataclass(frozen=True, slots=True)
class StudyFilter:
    """What a list of studies shows; empty means no limit.

    Attributes:
        text: Name, pinyin, initials, accession number or patient id; beginning or part.
        since: First received at or after.
        until: First received before.
        files: Where its files are.
    """

    text: str = ""
    lanes: tuple[Lane, ...] = ()
    modality: str = ""
    since: datetime | None = None
    until: datetime | None = None
    files: FilesHere | None = None


@dataclass(frozen=True, slots=True)
class StudyRow:
    """One line of 检查: a study, or an examination whose images have not come (``study_id`` None).

    Attributes:
        id: Row id of the work list, the key of selections.
        detail: Error code or ``rule:field`` of what is wrong, "" when nothing is.
        expected: None = unknown.
        attempts: Automatic attempts of the delivery that has used most.
        paused_by: Who holds it back, "" when nobody does.
        files: Of its images, those whose file lies on this machine.
        cleared_at: When files of it were cleared by rule last, None when none were.
        progress: 0…1 of the images the platform has confirmed, of those that will be sent.
    """

    id: int
    study_id: int | None
    examination_id: int | None
    study_instance_uid: str
    lane: Lane
    detail: str
    patient_name: str
    patient_sex: str
    patient_age: str
    patient_id: str
    accession_number: str
    modality: str
    description: str
    calling_ae: str
    expected: int | None
    received: int
    sendable: int
    sent: int
    confirmed: int
    has_changed: bool
    at: datetime
    last_received_at: datetime | None
    attempts: int = 0
    paused_by: str = ""
    warned: int = 0
    files: int = 0
    cleared_at: datetime | None = None

    @property
    def is_cleared(self) -> bool:
        """None of its images lies on this machine any more, by rule (DESIGN 5.7)."""
        return self.cleared_at is not None and not self.files

    @property
    def progress(self) -> float:
        """Share of confirmed images."""
        return self.confirmed / self.sendable if self.sendable else 0.0


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series of a study's detail; ``thumbnail_instance_id`` is its middle image."""

    id: int
    series_instance_uid: str
    modality: str
    number: int | None
    description: str
    instance_count: int
    confirmed_count: int
    thumbnail_instance_id: int | None
    thumbnail: str


NOT_CURRENT = frozenset({"superseded", "undecided", "declined"})
"""States of a version beside which another one is sent: it is older, waits for a person, or a person said no."""


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """One instance of the ledger.

    Attributes:
        path: Relative to the spool.
        state: ``received``, ``sent``, ``confirmed``, ``lost``, ``not_sent`` (by rule), ``cleared`` (no
            file any more: confirmed where ``confirmed_at`` says so), or one of ``NOT_CURRENT``.
        dimse_status: The peer's newest answer to its C-STORE, None when it never went by DICOM.
    """

    id: int
    series_instance_uid: str
    sop_instance_uid: str
    sop_class_uid: str
    transfer_syntax_uid: str
    instance_number: int | None
    path: str
    size_bytes: int
    md5: str
    version: int
    state: str
    received_at: datetime
    confirmed_at: datetime | None
    dimse_status: int | None = None
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangedInstance:
    """An instance the platform has confirmed, and the newest version that came after it.

    Attributes:
        sent_id: Row of the version that was confirmed and is sent.
        newer_id: Row of the version that waits for a person.
        newer_md5: "" while it is not worked out.
        received_at: When the newer one came.
    """

    sop_instance_uid: str
    series_instance_uid: str
    sent_id: int
    sent_version: int
    sent_md5: str
    newer_id: int
    newer_version: int
    newer_md5: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class StudyDetail:
    """Everything the drawer shows of one line."""

    row: StudyRow
    record_fields: dict[str, str] = field(default_factory=dict)
    series: tuple[SeriesRow, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    problems: tuple[Problem, ...] = ()
    events: tuple[Event, ...] = ()
    index_codes: dict[str, str] = field(default_factory=dict)
    expected_source: str = ""
    changed: tuple[ChangedInstance, ...] = ()
    charset: str = ""
    charset_origin: str = ""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue shows; empty means no limit."""

    text: str = ""
    states: tuple[str, ...] = ()
    platform: str = ""
    cause: str | None = None
    is_paused: bool | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of 上传队列.

    Attributes:
        is_correction: A record the platform took before with other content (G071).
    """

    delivery: Delivery
    patient_name: str
    accession_number: str
    modality: str
    is_correction: bool = False


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """Deliveries that share a cause.

    Attributes:
        key: ``state|reason or error code``; the filter of exactly these rows is kept beside it.
        next_attempt_at: Earliest automatic retry.
    """

    key: str
    state: str
    cause: str
    count: int
    oldest_at: datetime
    next_attempt_at: datetime | None
    filter: QueueFilter


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Examinations that wait on the same thing (待处理).

    Attributes:
        examinations: How many.
        sample_ids: Newest first, at most 50.
    """

    rule: str
    field: str
    label: str
    value: str
    code_set: str
    limit: str
    origin: str
    examinations: int
    sample_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A row of an imported file that was not taken."""

    id: int
    source: str
    row: int
    field: str
    value: str
    rule: str
    at: datetime


@dataclass(frozen=True, slots=True)
class QuarantineRow:
    """A refused object whose bytes are kept."""

    id: int
    path: str
    size_bytes: int
    reason: str
    sop_class_uid: str
    calling_ae: str
    address: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Throughput:
    """One bar of the overview's chart: studies received and confirmed in a slot of time."""

    start: datetime
    received: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """Requests and answers of one examination, newest first."""

    attempts: tuple[Attempt, ...]
