"""Encoded dataset → InstanceHeader: by the bounded scan, else by pydicom, else *unreadable*."""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from pydicom.filereader import read_dataset
from pydicom.tag import BaseTag

from hbgz_desktop.dicom import header_scan as tags
from hbgz_desktop.dicom.charset import ASCII, Decoded, decode_text, person_name_display
from hbgz_desktop.dicom.contexts import (
    DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
    EXPLICIT_VR_BIG_ENDIAN,
    EXPLICIT_VR_LITTLE_ENDIAN,
    IMPLICIT_VR_LITTLE_ENDIAN,
    configure,
)
from hbgz_desktop.dicom.file_meta import parse_file_meta
from hbgz_desktop.dicom.header_scan import Values, inflate_head, scan_header
from hbgz_desktop.dicom.view_reader import ViewReader
from hbgz_desktop.model.errors import DicomError, InvalidInstanceError
from hbgz_desktop.model.instance import InstanceHeader

if TYPE_CHECKING:
    from collections.abc import Sequence

INFLATE_LIMIT = 64 * 1024 * 1024
"""Bytes a deflated header may inflate to when pydicom reads it."""

CANNOT_UNDERSTAND = 0xC000
DOES_NOT_MATCH = 0xA900
"""Statuses of PS3.4 B.2.3: cannot understand; data set does not match SOP class."""

_UID = re.compile(r"[0-9]+(?:\.[0-9]+)*")


def read_header(
    dataset: bytes | memoryview | Path, transfer_syntax_uid: str, *, fallback_charset: str
) -> InstanceHeader:
    """Read the header facts of an instance; never raises for what the bytes hold.

    Safe from any thread. Memory is bounded: values up to the last wanted tag, deflated data up to
    64 MiB.

    Args:
        dataset: The encoded dataset without file meta; or the path of a stored file, with file
            meta.
        transfer_syntax_uid: Its syntax; for a path it may be empty, then the file meta's is used.
        fallback_charset: Charset of the calling AE for texts that declare none or a wrong one.

    Returns:
        The header; with empty texts and ``is_readable`` False when neither scan nor pydicom could
        read it.

    Raises:
        DicomError: ``file_unreadable`` when a path cannot be opened.
    """
    if isinstance(dataset, Path):
        return _read_file(dataset, transfer_syntax_uid, fallback_charset)
    values = scan_header(dataset, transfer_syntax_uid)
    if not values and len(dataset):
        values = _read_with_pydicom(dataset, transfer_syntax_uid)
    if values is None or (len(dataset) and not values):
        return InstanceHeader("", "", "", "", transfer_syntax_uid, is_readable=False)
    return _build(values, transfer_syntax_uid, fallback_charset)


def check_uids(header: InstanceHeader, sop_class_uid: str, sop_instance_uid: str) -> None:
    """Refuse an instance that cannot be filed or is not what its C-STORE command says.

    UIDs: at most 64 characters, digits and dots; leading zeros in a component are tolerated,
    since real modalities send them (PS3.5 9.1 forbids them).

    Args:
        header: A readable header; an unreadable one is checked for the command's UIDs only.
        sop_class_uid: Affected SOP Class UID of the command.
        sop_instance_uid: Affected SOP Instance UID of the command.

    Raises:
        InvalidInstanceError: fact ``status`` is 0xC000 for a missing or malformed UID and 0xA900
            where command and dataset differ.
    """
    _demand_uid("sop_class_uid", sop_class_uid)
    _demand_uid("sop_instance_uid", sop_instance_uid)
    if not header.is_readable:
        return
    _demand_uid("dataset_sop_instance_uid", header.sop_instance_uid)
    _demand_uid("series_instance_uid", header.series_instance_uid)
    _demand_uid("study_instance_uid", header.study_instance_uid)
    if header.sop_class_uid != sop_class_uid:
        raise InvalidInstanceError("sop_class_mismatch", status=DOES_NOT_MATCH)
    if header.sop_instance_uid != sop_instance_uid:
        raise InvalidInstanceError("sop_instance_mismatch", status=DOES_NOT_MATCH)


def is_uid(value: str) -> bool:
    """Tell whether a text can serve as a UID: at most 64 characters, digits and dots."""
    return len(value) <= 64 and _UID.fullmatch(value) is not None


def _demand_uid(field: str, value: str) -> None:
    if not value:
        raise InvalidInstanceError("uid_missing", status=CANNOT_UNDERSTAND, field=field)
    if not is_uid(value):
        raise InvalidInstanceError("uid_malformed", status=CANNOT_UNDERSTAND, field=field)


def _read_file(path: Path, syntax: str, fallback: str) -> InstanceHeader:
    try:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as view,
        ):
            return _read_mapped(view, syntax, fallback)
    except ValueError:  # an empty file cannot be mapped
        return InstanceHeader("", "", "", "", syntax, is_readable=False)
    except OSError as exc:
        raise DicomError("file_unreadable", errno=exc.errno) from exc


def _read_mapped(view: memoryview, syntax: str, fallback: str) -> InstanceHeader:
    try:
        meta = parse_file_meta(view)
        offset, own_syntax = meta.dataset_offset, meta.transfer_syntax_uid
    except DicomError:
        offset, own_syntax = (132 if bytes(view[128:132]) == b"DICM" else 0), ""
    with view[offset:] as body:
        known = syntax or own_syntax or _guess_syntax(bytes(body[:6]))
        return read_header(body, known, fallback_charset=fallback)


def _guess_syntax(start: bytes) -> str:
    """Guess the encoding of a dataset without file meta from its first element."""
    if not (start[4:6].isalpha() and start[4:6].isupper()):
        return IMPLICIT_VR_LITTLE_ENDIAN
    return EXPLICIT_VR_BIG_ENDIAN if start[:1] == b"\0" else EXPLICIT_VR_LITTLE_ENDIAN


def _behind_wanted(tag: BaseTag, _vr: str | None, _length: int) -> bool:
    return int(tag) > tags.LAST_WANTED


def _read_with_pydicom(dataset: bytes | memoryview, syntax: str) -> Values | None:
    """Read with pydicom, in the encoding the first element shows: senders mix them up."""
    data: bytes | memoryview = dataset
    if syntax == DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN:
        try:
            data = inflate_head(dataset, INFLATE_LIMIT)
        except zlib.error:
            return None
    found = _guess_syntax(bytes(data[:6]))
    is_implicit = found == IMPLICIT_VR_LITTLE_ENDIAN
    best: Values | None = None
    configure()
    for order in dict.fromkeys((found, syntax)):
        values = _attempt(data, is_implicit=is_implicit, is_little=order != EXPLICIT_VR_BIG_ENDIAN)
        if values and tags.SOP_INSTANCE_UID in values:
            return values
        best = best if best is not None else values
    return best


def _attempt(data: bytes | memoryview, *, is_implicit: bool, is_little: bool) -> Values | None:
    reader = cast("BinaryIO", ViewReader(data))
    try:
        ds = read_dataset(
            reader,
            is_implicit,
            is_little,
            stop_when=_behind_wanted,
            specific_tags=[BaseTag(tag) for tag in tags.WANTED],
        )
        return {
            int(tag): _raw(ds.get_item(tag)) for tag in list(ds.keys()) if int(tag) in tags.WANTED
        }
    except Exception:  # noqa: BLE001 - pydicom raises anything on hostile bytes
        return None


def _raw(element: object) -> bytes:
    value = getattr(element, "value", None)
    return bytes(value) if isinstance(value, (bytes, bytearray, memoryview)) else b""


def _build(values: Values, syntax: str, fallback: str) -> InstanceHeader:
    declared = _plain(values, tags.SPECIFIC_CHARACTER_SET).split("\\")
    texts = {tag: _text(values, tag, declared, fallback) for tag in _TEXT_TAGS}
    deciding = _deciding(list(texts.values()))
    return InstanceHeader(
        study_instance_uid=_plain(values, tags.STUDY_INSTANCE_UID),
        series_instance_uid=_plain(values, tags.SERIES_INSTANCE_UID),
        sop_instance_uid=_plain(values, tags.SOP_INSTANCE_UID),
        sop_class_uid=_plain(values, tags.SOP_CLASS_UID),
        transfer_syntax_uid=syntax,
        patient_name=person_name_display(texts[tags.PATIENT_NAME].text),
        patient_id=texts[tags.PATIENT_ID].text,
        patient_birth_date=_plain(values, tags.PATIENT_BIRTH_DATE),
        patient_sex=_plain(values, tags.PATIENT_SEX),
        patient_age=_plain(values, tags.PATIENT_AGE),
        accession_number=texts[tags.ACCESSION_NUMBER].text,
        study_id=texts[tags.STUDY_ID].text,
        study_date=_plain(values, tags.STUDY_DATE),
        study_time=_plain(values, tags.STUDY_TIME),
        modality=_plain(values, tags.MODALITY),
        study_description=texts[tags.STUDY_DESCRIPTION].text,
        series_description=texts[tags.SERIES_DESCRIPTION].text,
        body_part_examined=_plain(values, tags.BODY_PART_EXAMINED),
        station_name=texts[tags.STATION_NAME].text,
        institution_name=texts[tags.INSTITUTION_NAME].text,
        series_number=_number(values, tags.SERIES_NUMBER),
        instance_number=_number(values, tags.INSTANCE_NUMBER),
        number_of_frames=_frames(values),
        charset=deciding.codec,
        charset_origin=deciding.origin,
    )


_TEXT_TAGS = (
    tags.PATIENT_NAME,
    tags.PATIENT_ID,
    tags.STUDY_DESCRIPTION,
    tags.SERIES_DESCRIPTION,
    tags.INSTITUTION_NAME,
    tags.STATION_NAME,
    tags.ACCESSION_NUMBER,
    tags.STUDY_ID,
)


def _deciding(texts: Sequence[Decoded]) -> Decoded:
    """Return the text whose encoding stands for the header: the first that is not ASCII."""
    return next((text for text in texts if text.codec != ASCII), texts[0])


def _text(values: Values, tag: int, declared: Sequence[str], fallback: str) -> Decoded:
    decoded = decode_text(values.get(tag, b""), declared, fallback)
    clean = "".join(char for char in decoded.text if char >= " ").strip()
    return Decoded(clean, decoded.codec, decoded.origin)


def _plain(values: Values, tag: int) -> str:
    return values.get(tag, b"").decode("latin-1").strip(" \0\r\n\t")


def _number(values: Values, tag: int) -> int | None:
    text = _plain(values, tag).split("\\")[0].strip()
    if re.fullmatch(r"[+-]?[0-9]{1,12}", text):
        return int(text)
    return None


def _frames(values: Values) -> int:
    """Frames of an image; an image is what has Rows (PS3.3 C.7.6.3)."""
    if tags.ROWS not in values:
        return 0
    return max(1, _number(values, tags.NUMBER_OF_FRAMES) or 1)
