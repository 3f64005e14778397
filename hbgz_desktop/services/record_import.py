"""Files of records into the database: one bad row never stops the others (issue 2, section 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.record import (
    RecordKeys,
    SourceProblem,
    SourceRecord,
)
from hbgz_desktop.platforms.code_list import split_numbers
from hbgz_desktop.platforms.guizhou.exam_rules import SERVICE
from hbgz_desktop.platforms.local_time import read_local_time
from hbgz_desktop.services.work_watch import WorkWatch
from hbgz_desktop.sources.file_limits import FileLimits
from hbgz_desktop.sources.record_file import read_record_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.matching import Matching
    from hbgz_desktop.services.planning import Planner
    from hbgz_desktop.services.report_fetch import ReportFetch
    from hbgz_desktop.storage.records import RecordStore

SETTLEMENT_NODE = "SetlInfoDTO"
OTHER_PATIENT = "record_other_patient"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one file brought.

    Attributes:
        record_ids: Of new and changed records, in file order.
        waiting_settlements: Settlement rows whose record is not known yet (G040).
        problems: Row, field, value, rule; the rows named were not taken, except row 0.
    """

    path: Path
    encoding: str
    new: int
    changed: int
    same: int
    settlements: int
    waiting_settlements: int
    record_ids: tuple[int, ...]
    problems: tuple[SourceProblem, ...]


@dataclass(frozen=True, slots=True)
class _Saved:
    """What became of one row."""

    record_id: int
    examination_id: int
    outcome: str
    has_new_report: bool


def record_keys(record: SourceRecord) -> RecordKeys:
    """What a row is recognised by: accession number, else study UID, else index, else application number."""
    fields = record.fields
    accessions = split_numbers(fields.get("accessionNumber", ""))
    study_uid = fields.get("studyUid", "").strip()
    index = fields.get("hiImgIndx", "").strip()
    appy_no = fields.get("appyNo", "").strip()
    choices = (
        ("acc", ",".join(sorted(accessions))),
        ("uid", study_uid),
        ("idx", index),
        ("appy", appy_no),
        ("row", repr(sorted(fields.items()))),
    )
    prefix, value = next((kind, text) for kind, text in choices if text)
    at = read_local_time(fields.get("examDate", ""))
    return RecordKeys(
        source_key=f"{prefix}:{value}",
        study_uid=study_uid,
        accessions=tuple(accessions),
        patient_name=fields.get("psnName", "").strip(),
        patient_id=fields.get("patnId", "").strip(),
        birth_date=re.sub(r"\D", "", fields.get("brdy", ""))[:8],
        appy_no=appy_no,
        hi_img_indx=index,
        exam_at=at.moment if at else None,
    )


class RecordImport:
    """Imports one file at a time; blocks on disk and, for report addresses, on the network."""

    def __init__(
        self,
        *,
        settings: Callable[[], Settings],
        standard: Standard,
        records: RecordStore,
        matching: Matching,
        planner: Planner,
        reports: ReportFetch,
    ) -> None:
        """Wire the parts."""
        self._settings = settings
        self._records = records
        self._matching = matching
        self._planner = planner
        self._reports = reports
        interface = standard.interface(SERVICE)
        self._fields = tuple(field.name for field in interface.fields)
        self._settlement_fields = tuple(field.name for field in interface.nested[SETTLEMENT_NODE])

    def import_file(
        self,
        path: Path,
        *,
        keep_name: bool = True,
        source: str = "",
        watch: WorkWatch | None = None,
    ) -> ImportReport:
        """Read a file and take every good row.

        Args:
            path: CSV, XLSX or JSON.
            keep_name: Keep the file's own name as the source shown to people.
            source: Name of the file this one corrects; its problems make room for those of this one.
            watch: Shows how far it is; it cannot be stopped half-way.

        Raises:
            RecordError: The file as a whole cannot be read.
        """
        watch = watch or WorkWatch()
        read = read_record_file(
            path,
            known_fields=self._fields,
            settlement_fields=self._settlement_fields,
            limits=FileLimits(),
        )
        name = source or (path.name if keep_name else path.suffix.lstrip(".").upper())
        problems = list(read.problems)
        watch.total = len(read.records)
        outcomes = {"new": 0, "changed": 0, "same": 0}
        record_ids: list[int] = []
        touched: dict[int, None] = {}
        for record in read.records:
            watch.done += 1
            saved = self._save(record, name, path.parent, problems)
            if saved is not None:
                outcomes[saved.outcome] += 1
                if saved.outcome != "same":
                    record_ids.append(saved.record_id)
                if saved.outcome != "same" or saved.has_new_report:
                    touched[saved.examination_id] = None
        owners = [self._records.add_settlement(row) for row in read.settlements]
        touched |= dict.fromkeys(one for one in owners if one is not None)
        touched |= dict.fromkeys(self._match(read.records))
        watch.total += len(touched)
        for examination_id in touched:
            self._planner.advance(examination_id)
            watch.done += 1
        self._records.note_problems(name, problems)
        return ImportReport(
            path=path,
            encoding=read.encoding,
            new=outcomes["new"],
            changed=outcomes["changed"],
            same=outcomes["same"],
            settlements=len(read.settlements),
            waiting_settlements=owners.count(None),
            record_ids=tuple(record_ids),
            problems=tuple(problems),
        )

    def _match(self, records: Iterable[SourceRecord]) -> Iterator[int]:
        """Join studies once every record of the file is known: two that want the same one are ambiguous."""
        for record in records:
            keys = record_keys(record)
            yield from self._matching.match_record(keys.study_uid, keys.accessions)

    def _save(
        self, record: SourceRecord, source: str, folder: Path, problems: list[SourceProblem]
    ) -> _Saved | None:
        keys = record_keys(record)
        old = self._records.find(keys.source_key)
        if old is not None and _is_other_patient(old.fields, record.fields):
            value = keys.source_key.partition(":")[2]
            problems.append(SourceProblem(record.row, "accessionNumber", value, OTHER_PATIENT))
            return None
        numbers = split_numbers(record.fields.get("rpotNo", ""))
        record_id, examination_id, outcome = self._records.save(
            keys,
            record.fields,
            unknown=record.unknown,
            source=source,
            row=record.row,
            inline_settlements=record.settlements,
            reports_by_number=dict(zip(numbers, record.report_pdfs, strict=False)),
        )
        has_new_report = self._fetch(record, record_id, folder, problems)
        return _Saved(record_id, examination_id, outcome, has_new_report)

    def _fetch(
        self, record: SourceRecord, record_id: int, folder: Path, problems: list[SourceProblem]
    ) -> bool:
        """Bring in the report PDFs; True when one came that was not there before."""
        before = self._records.reports_of(record_id)
        for report in before:
            problem = self._reports.fetch(report, folder)
            if problem:
                problems.append(SourceProblem(record.row, "reportPdf", report.rpot_no, problem))
        return self._records.reports_of(record_id) != before


def _is_other_patient(old: dict[str, str], new: dict[str, str]) -> bool:
    """True when name and certificate number both differ: not a correction but someone else."""
    pairs = [(old.get(key, "").strip(), new.get(key, "").strip()) for key in ("psnName", "certno")]
    return all(before and after and before != after for before, after in pairs)
