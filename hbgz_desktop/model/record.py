"""An examination record as a hospital system hands it over, before any mapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """Something wrong with one cell or row of a source file.

    Attributes:
        row: 1-based row as a person counts it in the file (header is row 1; JSON objects count from 1), 0 = whole file.
        field: Parameter code of the platform, "" when the row itself is meant.
        value: The offending text, shown to the person, never logged.
        rule: Key of ``resources/texts/errors.<language>.toml``, e.g. ``record_row_unreadable``.
    """

    row: int
    field: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One row: the platform's parameter codes (2.1, exactly as printed) → text as the source wrote it.

    Attributes:
        row: As in ``SourceProblem``.
        fields: Known parameter codes only; empty cells absent.
        settlements: SetlInfoDTO rows (setlId, medListCodg, feedetlSn, examPart) that came with the record.
        report_pdfs: Paths or addresses of the ``reportPdf`` column, in the order of ``rpotNo``.
        unknown: Columns the standard does not know, kept and reported, never sent.
    """

    row: int
    fields: dict[str, str]
    settlements: tuple[dict[str, str], ...] = ()
    report_pdfs: tuple[str, ...] = ()
    unknown: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceSettlement:
    """A settlement row that came apart from its record, joined by appyNo or hiImgIndx (G040).

    Attributes:
        row: As in ``SourceProblem``.
        appy_no: Application number it belongs to, "" when joined by index.
        hi_img_indx: Index code it belongs to, "" when joined by application number.
        setl_date: ``setlDate`` of the record when the file carries it, else "".
        values: SetlInfoDTO parameter codes → text.
    """

    row: int
    appy_no: str
    hi_img_indx: str
    setl_date: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """All that was read from one file.

    Attributes:
        path: The file.
        encoding: Codec used, "" for XLSX.
        records: Good rows, in file order.
        settlements: Separate settlement rows.
        problems: What could not be used; never stops the other rows.
    """

    path: Path
    encoding: str
    records: tuple[SourceRecord, ...] = ()
    settlements: tuple[SourceSettlement, ...] = ()
    problems: tuple[SourceProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordKeys:
    """What a record is recognised and matched by.

    Attributes:
        source_key: Same key = same examination of the source (a correction), e.g. ``acc:CT20261120-0411``.
        accessions: Accession numbers, one an image study (G031).
        birth_date: yyyymmdd or "".
        exam_at: Study or examination time when it can be read.
    """

    source_key: str
    study_uid: str
    accessions: tuple[str, ...]
    patient_name: str
    patient_id: str
    birth_date: str
    appy_no: str
    hi_img_indx: str
    exam_at: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """A record as stored.

    Attributes:
        fields: Parameter code → text as the source wrote it.
        settlements: SetlInfoDTO rows joined so far.
        revision: 1, one more at each change of the source.
    """

    id: int
    source: str
    source_row: int
    revision: int
    keys: RecordKeys
    fields: dict[str, str]
    unknown: dict[str, str]
    settlements: tuple[dict[str, str], ...]
    settlement_date: str
    imported_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """One report PDF of a record.

    Attributes:
        reference: Path or address the source gave; may hold patient data, never logged.
        path: Relative to the report spool, "" until fetched.
        problem: Error code why it could not be fetched, "" when it was.
    """

    id: int
    record_id: int
    rpot_no: str
    reference: str
    path: str
    size_bytes: int
    md5: str
    problem: str
    is_confirmed: bool
