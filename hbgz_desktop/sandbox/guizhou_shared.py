"""What the simulated cloud shares of one patient: other hospitals' examinations and our own uploads."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol

from hbgz_desktop.dicom.header import read_header
from hbgz_desktop.sandbox.field_table import folded, text_at
from hbgz_desktop.sandbox.received import folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from hbgz_desktop.sandbox.ledger import Ledger
    from hbgz_desktop.sandbox.received import StoredImage, StoredRecord


@dataclass(frozen=True, slots=True)
class SharedImage:
    """One image of an examination; ``path`` makes the file first where there is none yet."""

    study_uid: str
    series_uid: str
    instance_uid: str
    path: Callable[[], Path]


@dataclass(frozen=True, slots=True)
class SharedExam:
    """One examination as 2.6 lists it.

    Attributes:
        fields: Of ResDTO, by printed name, without links.
        is_cached: Whether its images lie in the cloud, hence can be had by 2.7 and 2.8.
        report: Lines of its report, for its page.
    """

    index: str
    certificate_type: str
    certificate_number: str
    person_name: str
    exam_day: date
    fields: Mapping[str, str]
    is_cached: bool
    report: tuple[str, ...]

    @property
    def key(self) -> str:
        """What its pages are addressed by: no index code stands in an address."""
        return folder_of(self.index)


class Shelf(Protocol):
    """Where examinations lie."""

    def exams(self) -> tuple[SharedExam, ...]:
        """Return all of them."""

    def images(self, index: str) -> tuple[SharedImage, ...]:
        """Return the images of one, in order; none for an index that is not here."""


def plain_number(text: str) -> str:
    """Return a certificate number as it is compared: upper case, no blanks or brackets (G008)."""
    return re.sub(r"[\s()（）]", "", text).upper()


class OwnShelf:
    """What was uploaded to this platform. Safe from any thread."""

    def __init__(self, ledger: Ledger) -> None:
        """Show what ``ledger`` holds."""
        self._ledger = ledger
        self._read: dict[tuple[int, str], SharedExam] = {}

    def exams(self) -> tuple[SharedExam, ...]:
        """Return every examination that was not deleted; with images it counts as cached."""
        return tuple(map(self._exam, self._ledger.live_records()))

    def images(self, index: str) -> tuple[SharedImage, ...]:
        """Return what was uploaded, in the order of series and instance number."""
        found = [self._image(one) for one in self._ledger.images(index)]
        return tuple(image for _, image in sorted(found, key=lambda one: one[0]))

    def _image(self, image: StoredImage) -> tuple[tuple[str, int, str], SharedImage]:
        path = self._ledger.image_path(image)
        header = read_header(path, "", fallback_charset="gb18030")
        series = header.series_instance_uid or image.study_uid
        order = (series, header.instance_number or 0, image.instance)
        return order, SharedImage(image.study_uid, series, image.instance, lambda: path)

    def _exam(self, record: StoredRecord) -> SharedExam:
        key = (record.number, record.digest)
        if key not in self._read:
            text = self._ledger.record_path(record).read_text(encoding="utf-8")
            self._read[key] = _exam_of(record, json.loads(text))
        return replace(self._read[key], is_cached=self._ledger.instance_count(record.index) > 0)


def _exam_of(record: StoredRecord, values: Mapping[str, object]) -> SharedExam:
    content = folded(values)

    def of(name: str) -> str:
        return text_at(content, name)

    printed = ("fixmedinsCode", "fixmedinsName", "examDate", "examPart")
    return SharedExam(
        index=record.index,
        certificate_type=of("psnCertType"),
        certificate_number=of("certno"),
        person_name=of("psnName"),
        exam_day=date.fromisoformat(of("examDate")[:10]),
        fields={name: of(name) for name in printed},
        is_cached=False,
        report=tuple(filter(None, (of("imgExamItem"), of("imgDscr"), of("diagRslt")))),
    )


class Cloud:
    """All shelves together. Safe from any thread."""

    def __init__(self, *shelves: Shelf) -> None:
        """Look through these, in order."""
        self._shelves = shelves

    def of_person(
        self, certificate_type: str, certificate_number: str, name: str
    ) -> list[SharedExam]:
        """Return a person's examinations, the latest first; ``name`` "" is any."""
        wanted = (certificate_type, plain_number(certificate_number))
        found = [
            one
            for one in self._all()
            if (one.certificate_type, plain_number(one.certificate_number)) == wanted
            and name in ("", one.person_name)
        ]
        return sorted(found, key=lambda one: (one.exam_day, one.index), reverse=True)

    def exam(self, index: str) -> SharedExam | None:
        """Return one, its index compared exactly (G004)."""
        return next((one for one in self._all() if one.index == index), None)

    def exam_of_key(self, key: str) -> SharedExam | None:
        """Return the one a page is asked of."""
        return next((one for one in self._all() if one.key == key), None)

    def images(self, index: str) -> tuple[SharedImage, ...]:
        """Return the images of one."""
        return next(filter(None, (shelf.images(index) for shelf in self._shelves)), ())

    def _all(self) -> list[SharedExam]:
        return [one for shelf in self._shelves for one in shelf.exams()]
