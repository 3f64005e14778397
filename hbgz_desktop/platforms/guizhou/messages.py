"""What goes into and comes out of 2.3 and 2.5 to 2.8; patient data stays out of every repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from hbgz_desktop.model.errors import PlatformError
    from hbgz_desktop.platforms.guizhou.exchange import Exchange

MatchedBy = Literal["index", "position", "batch", "none"]


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What 2.3 says of images that follow by DICOM.

    Attributes:
        index_code: Index of the examination.
        study_uid: Study Instance UID, equal to the images' own (G048).
        accession_numbers: As in 2.1 and in the images (G031, G048).
        image_total: Instances that will be sent (G046).
    """

    index_code: str = field(repr=False)
    study_uid: str
    accession_numbers: tuple[str, ...]
    image_total: int


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """What a front end said of one record of a call (G026, G052).

    Attributes:
        index_code: The index that was sent.
        accepted: Whether the platform said so of this record; what was not answered is not accepted.
        flag: ``succFlag``, None when there was none.
        message: The platform's words.
        matched_by: How the answer was found to be this record's: its index; its place among as many
            answers as were asked; one answer for all; ``none`` when there is no answer of its own.
        already: The platform says that it has, or no longer has, it already (G046, G071).
        error: None when accepted. Retryable when nothing is known of this record.
    """

    index_code: str = field(repr=False)
    accepted: bool
    flag: str | None
    message: str = field(repr=False)
    matched_by: MatchedBy
    already: bool = False
    error: PlatformError | None = None


@dataclass(frozen=True, slots=True)
class BatchResult:
    """A call for several records: as many requests as it took, one answer for each record.

    Attributes:
        exchanges: In sending order; one whose ``msgid`` is "" was not sent.
        answers: In the order of what was asked, one for each.
    """

    exchanges: tuple[Exchange, ...]
    answers: tuple[RecordAnswer, ...]

    @property
    def is_partial(self) -> bool:
        """Some were accepted and some were not."""
        return len({one.accepted for one in self.answers}) > 1


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """Whose examinations 2.6 asks for.

    Attributes:
        cert_type: ``psnCertType``.
        cert_no: ``certno``, as the person has it.
        name: ``psnName``, "" is not sent.
        begin: First day, inclusive (G058); None is not sent.
        end: Last day, inclusive (G058); None is not sent.
    """

    cert_type: str
    cert_no: str = field(repr=False)
    name: str = field(default="", repr=False)
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class SharedExamination:
    """One row of 2.6 as it came; texts are never checked (G055), "" where nothing came (G057).

    Attributes:
        index_code: ``hiImgIndx``.
        name: ``psnName``.
        cert_type: ``psnCertType``.
        cert_no: ``certno``, often masked by the platform.
        fixmedins_code: Hospital.
        fixmedins_name: Its name.
        exam_date: ``examDate`` as printed by the platform.
        exam_part: ``examPart``.
        report_url: ``examRpotLinkUrl``.
        viewer_url: ``imgInfoLinkUrl``.
        download_url: ``imgDldLink``; where 2.7 and 2.8 may be asked if G056 allows it.
    """

    index_code: str = field(repr=False)
    name: str = field(repr=False)
    cert_type: str = field(repr=False)
    cert_no: str = field(repr=False)
    fixmedins_code: str
    fixmedins_name: str
    exam_date: str
    exam_part: str
    report_url: str = field(repr=False)
    viewer_url: str = field(repr=False)
    download_url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ImageSerial:
    """One image of 2.7: opaque, sent back exactly as it came (G059).

    Attributes:
        exam_uid: ``examUuid``.
        series_uid: ``snUuid``.
        instance_uid: ``instUuid``.
    """

    exam_uid: str
    series_uid: str
    instance_uid: str


@dataclass(frozen=True, slots=True)
class IndexList:
    """What came of 2.6; no rows when ``exchange.error`` is set, or when there are none."""

    exchange: Exchange
    rows: tuple[SharedExamination, ...]


@dataclass(frozen=True, slots=True)
class ImageList:
    """What came of 2.7; nothing when ``exchange.error`` is set, or when nothing is cached."""

    exchange: Exchange
    serials: tuple[ImageSerial, ...]


@dataclass(frozen=True, slots=True)
class FetchedImage:
    """What came of 2.8.

    Attributes:
        exchange: With ``error`` set, what was written must be thrown away.
        size_bytes: Bytes of the whole image, 0 when it did not come.
        md5: Of those bytes, upper-case hex; "" when it did not come.
    """

    exchange: Exchange
    size_bytes: int
    md5: str
