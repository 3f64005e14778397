"""The facts a simulated platform keeps of what it received."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One accepted record of 2.1; a correction is a further one with the same index (G071).

    Attributes:
        number: Of its file ``records/<number>.json``.
        outcome: ``new``, ``correction`` or ``again`` (nothing changed).
        warnings: Printed variants and advisory rules it ran into.
    """

    number: int
    index: str
    study_uid: str
    accession_numbers: tuple[str, ...]
    report_numbers: tuple[str, ...]
    digest: str
    outcome: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredImageInfo:
    """One accepted announcement of 2.3; a later one of the same index takes its place.

    Attributes:
        outcome: ``new``, ``again``, or ``changed`` when total, study or numbers differ.
    """

    index: str
    study_uid: str
    accession_numbers: tuple[str, ...]
    total: int
    outcome: str


@dataclass(frozen=True, slots=True)
class StoredDeletion:
    """One index that 2.5 deleted, and what went with it."""

    index: str
    study_uid: str
    images: int
    reports: int


@dataclass(frozen=True, slots=True)
class StoredImage:
    """One accepted file of 2.2, or instance of 2.3.

    Attributes:
        index: "" for an instance that came by DICOM before it was announced.
        sop_instance_uid: From the file's own meta group, "" when that cannot be read.
        total: imageTotalNum announced with it, or by 2.3 before it.
        outcome: ``new``, or ``again`` when the same bytes were there already (G046).
        transport: ``http`` or ``dicom``.
        accession_number: Of the instance's header; by DICOM only.
        status: DIMSE status it was answered with, 0 by HTTP.
    """

    index: str
    md5: str
    sop_instance_uid: str
    study_uid: str
    total: int
    size_bytes: int
    outcome: str
    transport: str = "http"
    accession_number: str = ""
    status: int = 0

    @property
    def instance(self) -> str:
        """What imageTotalNum counts: the SOP instance, or the bytes where it cannot be read."""
        return self.sop_instance_uid or self.md5


@dataclass(frozen=True, slots=True)
class StoredReport:
    """One accepted PDF of 2.4; ``outcome`` as for an image."""

    index: str
    report_no: str
    md5: str
    size_bytes: int
    outcome: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request and how it ended.

    Attributes:
        at: Aware UTC time of the end, ISO 8601.
        outcome: ``accepted``, ``refused``, ``partly``, ``fault``, ``cut`` or ``peer_gone``.
        code: The answer's code, "" when there was no answer of the platform's own.
        fault: Kind of the fault that struck, "".
        message: The answer's message.
    """

    number: int
    at: str
    service: str
    msgid: str
    outcome: str
    code: str
    fault: str
    message: str

    @classmethod
    def ended_now(
        cls, number: int, service: str, msgid: str, outcome: str, details: Mapping[str, str]
    ) -> Self:
        """One that has ended this moment; ``details`` are code, fault and message."""
        return cls(
            number=number,
            at=datetime.now(UTC).isoformat(),
            service=service,
            msgid=msgid,
            outcome=outcome,
            code=details.get("code", ""),
            fault=details.get("fault", ""),
            message=details.get("message", ""),
        )


def folder_of(index: str) -> str:
    """Return the folder of an index code: a digest, for the code holds a certificate number."""
    return hashlib.sha256(index.encode("utf-8")).hexdigest()[:24]
