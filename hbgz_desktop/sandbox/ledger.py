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
from typing import TYPE_CHECKING, Any, Final

from hbgz_desktop.sandbox.received import (
    RequestRow,
    StoredDeletion,
    StoredImage,
    StoredImageInfo,
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
UNLINKED: Final = ""


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
            limit = max(image.total, self._totals.get(image.index, 0))
            if not is_counted and image.index != UNLINKED and count > limit:
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

    def add_image_info(self, info: StoredImageInfo) -> StoredImageInfo:
        """Keep an announcement of 2.3 and give it the instances that came before it (G048)."""
        with self._lock:
            known = self._infos.get((info.index, info.study_uid))
            same = known is not None and replace(known, outcome="") == replace(info, outcome="")
            outcome = "new" if known is None else "again" if same else "changed"
            kept = replace(info, outcome=outcome)
            self._file.append("image_info", asdict(kept))
            self._keep_info(kept)
            for image in self.images(UNLINKED):
                if _is_announced(image, kept):
                    linked = replace(image, index=kept.index, total=kept.total)
                    self._place(self.image_path(image), self.image_path(linked))
                    self._file.append("linked", asdict(linked))
                    self._keep_linked(linked)
            return kept

    def delete(self, index: str) -> StoredDeletion | None:
        """Delete record, announcement, images and reports of an index code; None if unknown."""
        with self._lock:
            record = self._records.get(index)
            if record is None:
                return None
            images, reports = self.images(index), self.reports(index)
            row = StoredDeletion(index, record.study_uid, len(images), len(reports))
            self._file.append("deletion", asdict(row))
            for number in {one.number for one in self._history if one.index == index}:
                (self._root / RECORDS / f"{number}.json").unlink(missing_ok=True)
            for place in (IMAGES, REPORTS):
                shutil.rmtree(self._root / place / folder_of(index), ignore_errors=True)
            self._keep_deletion(row)
            return row

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

    def image_info(self, index: str) -> StoredImageInfo | None:
        """Return the latest announcement of an index code (2.3), of whichever of its studies."""
        with self._lock:
            return next((i for i in reversed(self._infos.values()) if i.index == index), None)

    def infos_of(self, study_uid: str) -> tuple[StoredImageInfo, ...]:
        """Return the announcements of a study, the latest last."""
        with self._lock:
            return tuple(one for one in self._infos.values() if one.study_uid == study_uid)

    def deletions(self) -> tuple[StoredDeletion, ...]:
        """Return what 2.5 deleted, oldest first."""
        with self._lock:
            return tuple(self._deletions)

    def live_records(self) -> tuple[StoredRecord, ...]:
        """Return the latest record of every index code that was not deleted."""
        with self._lock:
            return tuple(self._records.values())

    def instance_count(self, index: str) -> int:
        """Return how many distinct instances are there of what imageTotalNum counts."""
        with self._lock:
            return len(self._instances.get(index, ()))

    def announced_total(self, index: str) -> int:
        """Return the images announced: by 2.3 the latest number, by 2.2 the highest; 0 if none."""
        with self._lock:
            info = self.image_info(index)
            return info.total if info else self._totals.get(index, 0)

    def msgid_count(self) -> int:
        """Return how many message numbers were seen."""
        with self._lock:
            return len(self._msgids)

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
        self._infos: dict[tuple[str, str], StoredImageInfo] = {}
        self._deletions: list[StoredDeletion] = []
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

    def _keep_info(self, info: StoredImageInfo) -> None:
        self._infos.pop((info.index, info.study_uid), None)  # the latest stands last
        self._infos[info.index, info.study_uid] = info

    def _keep_linked(self, image: StoredImage) -> None:
        self._images.pop((UNLINKED, image.md5), None)
        self._instances[UNLINKED].discard(image.instance)
        self._keep_image(image)

    def _keep_deletion(self, row: StoredDeletion) -> None:
        self._deletions.append(row)
        self._records.pop(row.index, None)
        self._infos = {key: one for key, one in self._infos.items() if one.index != row.index}
        self._instances.pop(row.index, None)
        self._totals.pop(row.index, None)
        self._images = {key: one for key, one in self._images.items() if one.index != row.index}
        self._reports = {key: one for key, one in self._reports.items() if one.index != row.index}

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
            return
        keepers: dict[str, tuple[type[Any], Callable[[Any], None]]] = {
            "record": (StoredRecord, self._keep_record),
            "image": (StoredImage, self._keep_image),
            "linked": (StoredImage, self._keep_linked),
            "image_info": (StoredImageInfo, self._keep_info),
            "deletion": (StoredDeletion, self._keep_deletion),
            "report": (StoredReport, self._keep_report),
            "request": (RequestRow, self._requests.append),
        }
        if kind in keepers:
            row_kind, keep = keepers[kind]
            keep(row_kind(**values))


def _is_announced(image: StoredImage, info: StoredImageInfo) -> bool:
    return image.study_uid == info.study_uid and image.accession_number in info.accession_numbers
