"""Guizhou's index code ``hiImgIndx`` (1.2; decisions G001–G011).

Five parts joined by ``-``: certificate type, certificate number, examination time, imaging device
(13 characters), body part (9 characters); a sixth part, the institution, by setting (G001).
An index contains a certificate number: it is shown masked, never logged.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hbgz_desktop.model.errors import RecordError

SHANGHAI = ZoneInfo("Asia/Shanghai")
MAX_INDEX_LENGTH = 100
DEVICE_ZEROS = "0" * 13
PART_ZEROS = "0" * 9

_SEPARATOR = "-"
_TIME_FORMAT = "%Y%m%d%H%M%S"
_BLANKS_AND_BRACKETS = re.compile(r"[\s()\[\]{}<>\u3010\u3011\u3014\u3015]")
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_CERT_NO = re.compile(r"[0-9A-Z]{1,34}")
_GRAMMAR = (
    re.compile(r"[0-9A-Z]{1,6}"),
    _CERT_NO,
    re.compile(r"[0-9]{14}"),
    re.compile(r"[0-9A-Z]{13,14}"),
    re.compile(r"[0-9A-Z]{9,10}"),
    re.compile(r"[0-9A-Z]{1,18}"),
)


@dataclass(frozen=True, slots=True)
class IndexCode:
    """The parts of one index code.

    Attributes:
        cert_type: 1–6 upper-case letters and digits, 111 = identity card.
        cert_no: 1–34 upper-case letters and digits; kept out of ``repr``.
        exam_time: Study date and time, aware UTC, whole seconds (G011).
        device: 13 characters as sent, 14 as accepted (G003).
        part: 9 characters as sent, 10 as accepted (G004).
        institution: Sixth part, None for the five parts of the normative text (G001).
    """

    cert_type: str
    cert_no: str = field(repr=False)
    exam_time: datetime
    device: str = DEVICE_ZEROS
    part: str = PART_ZEROS
    institution: str | None = None

    @property
    def text(self) -> str:
        """The index as it is sent; the time is local (Asia/Shanghai)."""
        parts = [self.cert_type, self.cert_no, self.local_digits, self.device, self.part]
        if self.institution is not None:
            parts.append(self.institution)
        return _SEPARATOR.join(parts)

    @property
    def local_digits(self) -> str:
        """Part 3, ``yyyyMMddHHmmss`` in Asia/Shanghai."""
        local = self.exam_time.astimezone(SHANGHAI)
        return f"{local.year:04d}{local:%m%d%H%M%S}"


@dataclass(frozen=True, slots=True)
class IndexCodeOptions:
    """Settings of what is sent.

    Attributes:
        institution: Sixth part, "" = five parts (G001).
        send_device_and_part: Real codes in parts 4 and 5 instead of zeros (G006).
        hyphen_replacement: What a hyphen of a certificate number becomes; None = refused (G008).
    """

    institution: str = ""
    send_device_and_part: bool = False
    hyphen_replacement: str | None = None


@dataclass(frozen=True, slots=True)
class IndexWarning:
    """An accepted departure from the grammar.

    Attributes:
        rule: ``index_device_length``, ``index_part_length`` or ``index_institution_length``.
        part: Number of the part, 1-based.
        decision: Decision id that lets it pass.
    """

    rule: str
    part: int
    decision: str


def clean_certificate_number(text: str, hyphen_replacement: str | None = None) -> str:
    """Certificate number as the index wants it: upper case, no blanks or brackets (G008).

    Args:
        text: As a hospital system wrote it; full-width characters are accepted.
        hyphen_replacement: What a hyphen becomes, "" drops it; None refuses it.

    Raises:
        RecordError: ``certificate_empty``, ``certificate_hyphen``, ``certificate_characters`` or
            ``certificate_too_long``.
    """
    cleaned = _BLANKS_AND_BRACKETS.sub("", unicodedata.normalize("NFKC", text))
    cleaned = _upper(_HYPHENS.sub(_SEPARATOR, cleaned))
    if hyphen_replacement is not None:
        cleaned = cleaned.replace(_SEPARATOR, hyphen_replacement)
    if not cleaned:
        raise RecordError("certificate_empty")
    if _SEPARATOR in cleaned:
        raise RecordError("certificate_hyphen")
    if len(cleaned) > 34:
        raise RecordError("certificate_too_long", length=len(cleaned), limit=34)
    if not _CERT_NO.fullmatch(cleaned):
        raise RecordError("certificate_characters")
    return cleaned


def build_index_code(
    cert_type: str,
    cert_no: str,
    exam_time: datetime,
    *,
    device: str = "",
    part: str = "",
    options: IndexCodeOptions | None = None,
) -> IndexCode:
    """The index code of a new examination.

    Args:
        cert_type: Standard certificate type, e.g. ``111``.
        cert_no: Certificate number as recorded; cleaned here.
        exam_time: Study date and time, aware; fractions of a second are dropped (G011).
        device: 13 characters, used only with ``send_device_and_part``.
        part: Code of 3.6, used only with ``send_device_and_part``; one that has not 9 characters
            is never sent here and becomes zeros (G065).
        options: Settings; None = the defaults of the decisions.

    Raises:
        RecordError: A certificate problem, or ``index_code_malformed`` with the part's number.
        ValueError: ``exam_time`` is naive.
    """
    if exam_time.tzinfo is None:
        raise ValueError("exam_time must be aware")
    chosen = options or IndexCodeOptions()
    real = chosen.send_device_and_part
    code = IndexCode(
        cert_type=_upper(cert_type.strip()),
        cert_no=clean_certificate_number(cert_no, chosen.hyphen_replacement),
        exam_time=exam_time.astimezone(UTC).replace(microsecond=0),
        device=device if real and device else DEVICE_ZEROS,
        part=part if real and is_well_formed_part(part) else PART_ZEROS,
        institution=chosen.institution or None,
    )
    if len(code.device) != len(DEVICE_ZEROS):
        raise RecordError("index_code_malformed", part=4)
    _check_grammar(code.text)
    return code


def is_well_formed_part(code: str) -> bool:
    """Whether a code of 3.6 has the 9 characters that part 5 has room for (G065)."""
    return len(code) == len(PART_ZEROS) and _GRAMMAR[4].fullmatch(code) is not None


def parse_index_code(text: str) -> tuple[IndexCode, tuple[IndexWarning, ...]]:
    """Read an index code; ``result.text`` equals the text that was read, letter by letter.

    Accepts 5 or 6 parts (G001), 13 or 14 characters in part 4 (G003), 9 or 10 in part 5 (G004),
    1–6 in part 1 (G005) and any upper-case letters and digits (G006).

    Raises:
        RecordError: ``index_code_too_long`` over 100 characters (G009), ``index_code_malformed``
            with the number of the first part at fault, 0 when the count of parts is wrong.
    """
    parts = _check_grammar(text)
    code = IndexCode(
        cert_type=parts[0],
        cert_no=parts[1],
        exam_time=_read_time(parts[2]),
        device=parts[3],
        part=parts[4],
        institution=parts[5] if len(parts) > 5 else None,
    )
    if code.text != text:  # a local time that daylight saving skipped
        raise RecordError("index_code_malformed", part=3)
    return code, _warnings(code)


def advance_second(code: IndexCode) -> IndexCode:
    """The same index one second later: the way out of a collision (G010)."""
    return replace(code, exam_time=code.exam_time + timedelta(seconds=1))


def _upper(text: str) -> str:
    """Upper case for ASCII only: others may turn into letters that were never written."""
    return text.upper() if text.isascii() else text


def _check_grammar(text: str) -> list[str]:
    if len(text) > MAX_INDEX_LENGTH:
        raise RecordError("index_code_too_long", length=len(text), limit=MAX_INDEX_LENGTH)
    parts = text.split(_SEPARATOR)
    if len(parts) not in (5, 6):
        raise RecordError("index_code_malformed", part=0)
    for number, (part, pattern) in enumerate(zip(parts, _GRAMMAR, strict=False), start=1):
        if not pattern.fullmatch(part):
            raise RecordError("index_code_malformed", part=number)
    return parts


def _read_time(digits: str) -> datetime:
    try:
        local = datetime.strptime(digits, _TIME_FORMAT).replace(tzinfo=SHANGHAI)
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise RecordError("index_code_malformed", part=3) from exc


def _warnings(code: IndexCode) -> tuple[IndexWarning, ...]:
    found = []
    if len(code.device) != len(DEVICE_ZEROS):
        found.append(IndexWarning("index_device_length", 4, "G003"))
    if len(code.part) != len(PART_ZEROS):
        found.append(IndexWarning("index_part_length", 5, "G004"))
    if code.institution is not None and len(code.institution) != 18:
        found.append(IndexWarning("index_institution_length", 6, "G001"))
    return tuple(found)
