"""What the simulated platform has received: files on disk, a line a fact, questions about them.

``ledger.jsonl`` is only ever appended to, each line after the file it speaks of is in place, so
that a restart finds everything that was answered with success. A torn last line is dropped.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import uuid
from collections import Counter, defaultdict
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final, TypeVar

from hbgz_desktop.sandbox.received import (
    RequestRow,
    StoredImage,
    StoredRecord,
    StoredReport,
    folder_of,
)
from hbgz_desktop.sandbox.row_file import RowFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

LEDGER_NAME: Final = "ledger.jsonl"
RECORDS: Final = "records"
IMAGES: Final = "images"
REPORTS: Final = "reports"
INCOMING: Final = "incoming"


RowT = TypeVar("RowT")


class TotalExceededError(Exception):
    """More distinct images arrived for an index than were ever announced.

    Attributes:
        count: How many there would be.
    """

    def __init__(self, count: int) -> None:
        """Keep the count."""
        super().__init__(str(count))
        self.count = count


class Ledger:
    """All that was received below one folder. Safe from any thread.

    Attributes:
        incoming: Where bodies are written while they arrive, on the same volume as the rest.
        on_request: Called after each request, on its connection's thread.
    """

    def __init__(self, root: Path) -> None:
        """Open or create the folder and read its ledger."""
        self._root = root
        self._file = RowFile(root / LEDGER_NAME)
        self.on_request: Callable[[RequestRow], None] | None = None
        self.incoming = root / INCOMING
        self._lock = threading.RLock()
        self._forget()
        self._make_folders()
        self._load()

    # -- what is written

    def note_msgid(self, msgid: str) -> bool:
        """Keep a msgid for good; False when it was seen before."""
        with self._lock:
            if msgid in self._msgids:
                return False
            self._file.append("msgid", {"msgid": msgid})
            self._msgids.add(msgid)
            return True

    def add_request(self, service: str, msgid: str, outcome: str, **details: str) -> None:
        """Keep how a request ended; ``details`` are code, fault and message."""
        with self._lock:
            number = len(self._requests) + 1
            row = RequestRow.ended_now(number, service, msgid, outcome, details)
            self._file.append("request", asdict(row))
            self._requests.append(row)
        if self.on_request is not None:
            self.on_request(row)

    def add_record(
        self,
        index: str,
        *,
        study_uid: str,
        accession_numbers: Iterable[str],
        report_numbers: Iterable[str],
        content: Mapping[str, object],
        warnings: Iterable[str],
    ) -> StoredRecord:
        """Keep an accepted record and its JSON."""
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        with self._lock:
            previous = self._records.get(index)
            number = len(self._history) + 1
            outcome = "new"
            if previous is not None:
                outcome = "again" if previous.digest == digest else "correction"
            record = StoredRecord(
                number,
                index,
                study_uid,
                tuple(accession_numbers),
                tuple(report_numbers),
                digest,
                outcome,
                tuple(warnings),
            )
            self._write(self.record_path(record), text.encode("utf-8"))
            self._file.append("record", asdict(record))
            self._keep_record(record)
            return record

    def add_image(self, image: StoredImage, upload: Path) -> StoredImage:
        """Move an uploaded file into place; its outcome tells whether the bytes were new.

        Raises:
            TotalExceededError: More instances than the highest imageTotalNum announced; other bytes of
                an instance that is there do not count again (G046: SOP instances are counted).
        """
        with self._lock:
            is_known = (image.index, image.md5) in self._images
            instances = self._instances[image.index]
            is_counted = is_known or image.instance in instances
            count = len(instances) + (not is_counted)
            if not is_counted and count > max(image.total, self._totals.get(image.index, 0)):
                raise TotalExceededError(count)
            kept = replace(image, outcome="again" if is_known else "new")
            self._place(upload, self.image_path(kept))
            self._file.append("image", asdict(kept))
            self._keep_image(kept)
            return kept

    def add_report(self, report: StoredReport, upload: Path) -> StoredReport:
        """Move an uploaded PDF into place; its outcome tells whether the bytes were new."""
        with self._lock:
            is_known = (report.index, report.report_no, report.md5) in self._reports
            kept = replace(report, outcome="again" if is_known else "new")
            self._place(upload, self.report_path(kept))
            self._file.append("report", asdict(kept))
            self._keep_report(kept)
            return kept

    def reset(self) -> None:
        """Delete all that was received and begin anew."""
        with self._lock:
            for name in (RECORDS, IMAGES, REPORTS, INCOMING):
                shutil.rmtree(self._root / name, ignore_errors=True)
            self._file.delete()
            self._forget()
            self._make_folders()

    def new_upload_path(self) -> Path:
        """Return a fresh path to write an arriving body to."""
        return self.incoming / f"{uuid.uuid4().hex}.part"

    # -- where things are

    def record_path(self, record: StoredRecord) -> Path:
        """Path of a record's JSON."""
        return self._root / RECORDS / f"{record.number}.json"

    def image_path(self, image: StoredImage) -> Path:
        """Path of an image's bytes, exactly as received."""
        return self._root / IMAGES / folder_of(image.index) / f"{image.md5}.dcm"

    def report_path(self, report: StoredReport) -> Path:
        """Path of a report's bytes, exactly as received."""
        number = folder_of(report.report_no)[:16]
        return self._root / REPORTS / folder_of(report.index) / f"{number}-{report.md5}.pdf"

    # -- what is known

    def record(self, index: str) -> StoredRecord | None:
        """Return the latest record of an index code, compared exactly (G004)."""
        with self._lock:
            return self._records.get(index)

    def records(self) -> tuple[StoredRecord, ...]:
        """Return every accepted record, corrections included, oldest first."""
        with self._lock:
            return tuple(self._history)

    def images(self, index: str | None = None) -> tuple[StoredImage, ...]:
        """Return the distinct images, of one index code or of all, oldest first."""
        with self._lock:
            return tuple(i for i in self._images.values() if index in (None, i.index))

    def reports(self, index: str | None = None) -> tuple[StoredReport, ...]:
        """Return the distinct reports, of one index code or of all."""
        with self._lock:
            return tuple(r for r in self._reports.values() if index in (None, r.index))

    def requests(self) -> tuple[RequestRow, ...]:
        """Return every request, in the order they ended, earlier runs included."""
        with self._lock:
            return tuple(self._requests)

    def duplicates(self) -> int:
        """Return how often bytes arrived that were there already (harmless, G046)."""
        with self._lock:
            return self._duplicates

    def sent_twice_as_new(self) -> tuple[str, ...]:
        """Return SOP Instance UIDs kept more than once, as other bytes or under another index."""
        with self._lock:
            counts = Counter(i.sop_instance_uid for i in self._images.values())
            return tuple(sorted(uid for uid, n in counts.items() if uid and n > 1))

    def state(self) -> dict[str, object]:
        """Return counts for the control address; index codes appear as folder names only."""
        with self._lock:
            services = Counter(row.service for row in self._requests)
            outcomes = Counter(row.outcome for row in self._requests)
            faults = Counter(row.fault for row in self._requests if row.fault)
            return {
                "requests": dict(services),
                "outcomes": dict(outcomes),
                "faults": dict(faults),
                "msgids": len(self._msgids),
                "records": len(self._records),
                "corrections": sum(1 for r in self._history if r.outcome == "correction"),
                "images": len(self._images),
                "image_bytes": sum(i.size_bytes for i in self._images.values()),
                "reports": len(self._reports),
                "duplicates": self._duplicates,
                "sent_twice_as_new": list(self.sent_twice_as_new()),
                "examinations": [self._examination(index) for index in self._records],
            }

    def _examination(self, index: str) -> dict[str, object]:
        count = len(self._instances[index])
        total = self._totals.get(index, 0)
        return {
            "index": folder_of(index),
            "images": count,
            "image_total": total,
            "complete": 0 < total == count,
            "reports": len(self.reports(index)),
        }

    # -- memory and disk

    def _forget(self) -> None:
        self._msgids: set[str] = set()
        self._history: list[StoredRecord] = []
        self._records: dict[str, StoredRecord] = {}
        self._images: dict[tuple[str, str], StoredImage] = {}
        self._instances: defaultdict[str, set[str]] = defaultdict(set)
        self._totals: dict[str, int] = {}
        self._reports: dict[tuple[str, str, str], StoredReport] = {}
        self._requests: list[RequestRow] = []
        self._duplicates = 0

    def _make_folders(self) -> None:
        shutil.rmtree(self.incoming, ignore_errors=True)
        for name in (RECORDS, IMAGES, REPORTS, INCOMING):
            (self._root / name).mkdir(parents=True, exist_ok=True)

    def _keep_record(self, record: StoredRecord) -> None:
        self._history.append(record)
        self._records[record.index] = record

    def _keep_image(self, image: StoredImage) -> None:
        if (image.index, image.md5) not in self._images:
            self._images[image.index, image.md5] = image
            self._instances[image.index].add(image.instance)
        self._totals[image.index] = max(self._totals.get(image.index, 0), image.total)
        self._duplicates += image.outcome == "again"

    def _keep_report(self, report: StoredReport) -> None:
        self._reports.setdefault((report.index, report.report_no, report.md5), report)
        self._duplicates += report.outcome == "again"

    def _place(self, upload: Path, target: Path) -> None:
        if target.exists():  # the same bytes: the name holds their digest
            upload.unlink()
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        upload.replace(target)

    def _write(self, target: Path, content: bytes) -> None:
        draft = self.new_upload_path()
        draft.write_bytes(content)
        draft.replace(target)

    def _load(self) -> None:
        for kind, row in self._file.rows():
            self._replay(kind, row)

    def _replay(self, kind: str, row: dict[str, object]) -> None:
        values = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
        if kind == "msgid":
            self._msgids.add(str(values["msgid"]))
        elif kind == "record":
            self._keep_record(_row(StoredRecord, values))
        elif kind == "image":
            self._keep_image(_row(StoredImage, values))
        elif kind == "report":
            self._keep_report(_row(StoredReport, values))
        elif kind == "request":
            self._requests.append(_row(RequestRow, values))


def _row(kind: type[RowT], values: Mapping[str, object]) -> RowT:
    return kind(**values)
