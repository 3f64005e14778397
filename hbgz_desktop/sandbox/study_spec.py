"""What a simulated study is to be: plain facts, made before any pixel is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random
    from datetime import date, datetime

UID_ROOT: Final = "1.2.826.0.1.3680043.8.498."


def make_uid(rng: random.Random) -> str:
    """Return a fresh UID below the sandbox's root, short enough for the 50 characters of 2.1."""
    return f"{UID_ROOT}{rng.randrange(10**20, 10**21)}"


class Charset(Enum):
    """How names are written; the value is Specific Character Set (0008,0005), by value."""

    UTF_8 = ("ISO_IR 192",)
    GB18030 = ("GB18030",)
    ISO_2022_58 = ("ISO 2022 IR 6", "ISO 2022 IR 58")
    GBK_UNDECLARED = ()
    """GBK bytes and no (0008,0005) at all, as many older devices send."""


class Syntax(Enum):
    """Transfer syntaxes the modality can write, by UID."""

    IMPLICIT = "1.2.840.10008.1.2"
    EXPLICIT = "1.2.840.10008.1.2.1"
    DEFLATED = "1.2.840.10008.1.2.1.99"
    RLE = "1.2.840.10008.1.2.5"
    JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
    """Eight bits only: ultrasound."""
    JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70"
    JPEG_LS = "1.2.840.10008.1.2.4.80"
    JPEG_2000 = "1.2.840.10008.1.2.4.90"


class Anatomy(Enum):
    """What the phantom shows."""

    HEAD = "HEAD"
    ABDOMEN = "ABDOMEN"
    CHEST = "CHEST"
    HEART = "HEART"


@dataclass(frozen=True, slots=True)
class StudySpec:
    """One study to generate.

    Attributes:
        modality: CT, MR, DX or US.
        anatomy: CT and MR know HEAD, CT also ABDOMEN, DX CHEST, US HEART.
        study_instance_uid: Of the study; series and instances hang below it.
        series: Number of series; a second MR series has another contrast.
        images: Images a series.
        rows: Pixel rows.
        columns: Pixel columns.
        patient_name: In Chinese with a caret between family and given name, e.g. ``王^小明``.
        romanised_name: The alphabetic group of the name, ASCII.
        sex: M, F or O.
        study_datetime: Aware time; written as local time of Asia/Shanghai.
        is_colour: Ultrasound only: with a colour Doppler patch.
        certificate_number: Of the patient, for the record; no header carries it.
    """

    modality: str
    anatomy: Anatomy
    study_instance_uid: str
    series: int
    images: int
    rows: int
    columns: int
    patient_name: str
    romanised_name: str
    patient_id: str
    accession_number: str
    sex: str
    birth_date: date
    charset: Charset
    transfer_syntax: Syntax
    study_datetime: datetime
    description: str
    institution_name: str = "示例人民医院"
    is_colour: bool = False
    certificate_number: str = ""
