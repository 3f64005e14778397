"""Other hospitals' examinations of the demo's five people, made up once and always the same.

Dates, index codes and UIDs follow from the seed; images are drawn when somebody asks for them, and
the same seed and size give the same bytes.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from hbgz_desktop.sandbox.demo import FINDINGS, ITEMS, LOCAL, demo_studies, index_code
from hbgz_desktop.sandbox.guizhou_shared import SharedExam, SharedImage
from hbgz_desktop.sandbox.modality import generate_image
from hbgz_desktop.sandbox.received import folder_of
from hbgz_desktop.sandbox.study_spec import Anatomy, Charset, StudySpec, Syntax, make_uid

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY: Final = "library"
HOSPITALS: Final = (
    ("H52010000101", "贵州示例省医院"),
    ("H52230000102", "示例州中医院"),
    ("H52062200103", "示例县人民医院"),
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One examination: whose, where, when, what, how many images; without rows it is not cached."""

    person: int
    hospital: int
    moment: str
    modality: str
    anatomy: Anatomy
    series: int
    images: int
    rows: int
    syntax: Syntax


_SHAPES: Final = (
    _Shape(0, 0, "2026-09-14 09:21:07", "CT", Anatomy.ABDOMEN, 1, 60, 512, Syntax.EXPLICIT),
    _Shape(0, 1, "2026-03-02 15:40:31", "MR", Anatomy.HEAD, 2, 12, 256, Syntax.IMPLICIT),
    _Shape(0, 2, "2025-11-22 08:05:12", "DX", Anatomy.CHEST, 1, 1, 1024, Syntax.EXPLICIT),
    _Shape(0, 2, "2024-05-06 10:00:59", "CT", Anatomy.HEAD, 1, 20, 0, Syntax.EXPLICIT),
    _Shape(1, 0, "2026-10-30 11:12:13", "CT", Anatomy.HEAD, 2, 20, 512, Syntax.JPEG_LS),
    _Shape(1, 1, "2026-10-30 16:02:00", "DX", Anatomy.CHEST, 1, 1, 1024, Syntax.JPEG_LOSSLESS),
    _Shape(2, 2, "2026-01-15 13:30:00", "MR", Anatomy.HEAD, 2, 10, 256, Syntax.RLE),
    _Shape(2, 0, "2025-12-31 23:59:59", "US", Anatomy.HEART, 1, 4, 480, Syntax.JPEG_BASELINE),
    _Shape(3, 1, "2026-07-07 07:07:07", "CT", Anatomy.ABDOMEN, 1, 30, 512, Syntax.JPEG_2000),
)


class OtherHospitals:
    """The library as a shelf of the cloud. Safe from any thread."""

    def __init__(self, root: Path, seed: int = 1, rows: int = 0) -> None:
        """Know what there is; nothing is drawn yet.

        Args:
            root: Images lie below ``library`` of it.
            seed: Of people (those of the demo with this seed), UIDs and images.
            rows: Pixel rows and columns of every image, for quick trials; 0 for true sizes.
        """
        self._root = root / LIBRARY / f"{seed}-{rows}"
        self._seed = seed
        self._lock = threading.Lock()
        self._specs: dict[str, tuple[StudySpec, int]] = {}
        self._exams: list[SharedExam] = []
        people = demo_studies(seed, datetime(2026, 1, 1, tzinfo=LOCAL))
        rng = random.Random(f"library {seed}")  # noqa: S311  # repeatable, nothing secret
        for number, shape in enumerate(_SHAPES):
            spec = _spec(people[shape.person], shape, rng, rows)
            exam = _exam(spec, shape)
            self._specs[exam.index] = (spec, seed * 1000 + number)
            self._exams.append(exam)

    def exams(self) -> tuple[SharedExam, ...]:
        """Return all of them."""
        return tuple(self._exams)

    def images(self, index: str) -> tuple[SharedImage, ...]:
        """Return the images of one; naming them draws none."""
        if index not in self._specs:
            return ()
        spec, _ = self._specs[index]
        study = spec.study_instance_uid
        return tuple(
            SharedImage(
                study,
                f"{study}.{series}",
                f"{study}.{series}.{number}",
                partial(self._file, index, series, number),
            )
            for series in range(1, spec.series + 1)
            for number in range(1, spec.images + 1)
        )

    def _file(self, index: str, series: int, number: int) -> Path:
        """Return an image's file, drawn at the first look."""
        spec, seed = self._specs[index]
        path = self._root / folder_of(index) / f"S{series:02d}I{number:05d}.dcm"
        with self._lock:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                draft = path.with_suffix(".part")
                draft.write_bytes(generate_image(spec, series, number, seed))
                draft.replace(path)
        return path


def _spec(person: StudySpec, shape: _Shape, rng: random.Random, rows: int) -> StudySpec:
    moment = datetime.strptime(shape.moment, "%Y-%m-%d %H:%M:%S").replace(tzinfo=LOCAL)
    is_colour = shape.modality == "US"
    return replace(
        person,
        modality=shape.modality,
        anatomy=shape.anatomy,
        study_instance_uid=make_uid(rng),
        series=shape.series,
        images=shape.images,
        rows=rows or shape.rows,
        columns=rows or shape.rows,
        patient_id=f"Q{rng.randrange(10**7, 10**8)}",
        accession_number=f"B{rng.randrange(10**8, 10**9)}",
        charset=Charset.GB18030,
        transfer_syntax=shape.syntax,
        study_datetime=moment,
        description=ITEMS[shape.modality, shape.anatomy][2],
        institution_name=HOSPITALS[shape.hospital][1],
        is_colour=is_colour,
    )


def _exam(spec: StudySpec, shape: _Shape) -> SharedExam:
    code, name = HOSPITALS[shape.hospital]
    day = spec.study_datetime.astimezone(LOCAL).date()
    part, _, item, _ = ITEMS[spec.modality, spec.anatomy]
    return SharedExam(
        index=index_code(spec),
        certificate_type="111",
        certificate_number=spec.certificate_number,
        person_name=spec.patient_name.replace("^", ""),
        exam_day=day,
        fields={
            "fixmedinsCode": code,
            "fixmedinsName": name,
            "examDate": day.isoformat(),
            "examPart": part,
        },
        is_cached=bool(shape.rows),
        report=(item, *FINDINGS[spec.anatomy]),
    )
