"""Which encoding a text of a dataset is really in (PS3.3 C.12.1.1.2, PS3.5 6.1), and its text.

Chinese modalities declare (0008,0005) wrongly or not at all. What is declared is believed unless
the bytes contradict it; then the calling AE's fallback and a comparison by common characters
decide. Only texts we show and match are repaired: stored files are never re-encoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pydicom.charset import CODES_TO_ENCODINGS, python_encoding

if TYPE_CHECKING:
    from collections.abc import Sequence

GB18030 = "gb18030"
UTF_8 = "utf_8"
LATIN_1 = "iso8859_1"
ASCII = "ascii"

_CANDIDATES = (UTF_8, GB18030, "big5", "shift_jis", "euc_kr", LATIN_1)
_CHINESE = {"GB18030", "GBK", "GB2312", "ISO_IR58", "CP936", "EUC_CN", "ISO2022IR58", "ISO_IR165"}
_UNICODE = {"ISO_IR192", "UTF8", "UTF_8", "ISO2022IR192"}
_LATIN_TERMS = {"ISO_IR100", "ISO_IR6", "ISO2022IR100", "ISO2022IR6", ""}
_ESCAPE = b"\x1b"
_CHINESE_ESCAPES = re.compile(rb"\x1b(?:\$\)A|\(B|\(J|-A)")
_EAST_ASIAN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_BETWEEN_IDEOGRAPHS = re.compile(f"(?<=[{_EAST_ASIAN}]) (?=[{_EAST_ASIAN}])")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_ANY_ESCAPE = re.compile(rb"\x1b[\x20-\x2f]*[\x30-\x7e]?")
_RANGE_SCORES = (
    (0x3400, 0x4DBF, 0.1),  # ideographs outside GB 2312: real in names, common in wrong readings
    (0x4E00, 0x9FFF, 0.1),
    (0x20000, 0x3FFFF, 0.0),
    (0x3000, 0x303F, 0.5),  # full-width punctuation and forms
    (0xFF00, 0xFFEF, 0.5),
    (0x2010, 0x2026, 0.5),  # dashes, quotation marks, bullets
    (0x2103, 0x2103, 0.5),
    (0x2160, 0x217F, 0.5),  # Roman numbers
    (0xB1, 0xB1, 0.5),
    (0xB7, 0xB7, 0.5),
    (0xD7, 0xD7, 0.5),
    (0xC0, 0x17F, -0.2),  # accented Latin letters
)
_CONFIDENT = 0.55
"""Mean score a reading needs before it may overrule what is declared."""

_MARGIN = 0.25
"""By how much another reading must be better than the declared one."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and where its encoding came from.

    Attributes:
        codec: Python codec name; ``ascii`` when the bytes need nothing else.
        origin: ``dataset`` (as declared), ``fallback`` (of the calling AE) or ``detected``.
    """

    text: str
    codec: str
    origin: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a text for the side-by-side preview; ``score`` is at most 1, the best."""

    codec: str
    text: str
    score: float


def decode_text(raw: bytes, declared: Sequence[str], fallback: str) -> Decoded:
    """Decode an encoded text value, padding removed.

    Args:
        raw: The value as encoded, all its values and component groups.
        declared: Values of (0008,0005), empty when missing.
        fallback: Charset of the calling AE, a DICOM term or Python name; used where nothing usable
            is declared.
    """
    raw = raw.rstrip(b" \0")
    if raw.isascii() and _ESCAPE not in raw:
        return Decoded(raw.decode(ASCII), ASCII, "dataset")
    codec = codec_of(declared)
    if _ESCAPE in raw:
        return _decode_escaped(raw, declared)
    own = _read(raw, codec) if codec else None
    if own is not None and codec and _holds(raw, own, codec):
        return Decoded(own, codec, "dataset")
    return _guess(raw, own, codec, codec_of([fallback]))


def codec_of(declared: Sequence[str]) -> str | None:
    """Return the Python codec for declared character sets; None when missing or unknown."""
    terms = [_normalise(term) for term in declared]
    if any(term in _UNICODE for term in terms) and not any(term in _CHINESE for term in terms):
        return UTF_8
    if any(term in _CHINESE for term in terms):
        return GB18030
    for spelled, term in zip(declared, terms, strict=True):
        if term not in _LATIN_TERMS:
            found = python_encoding.get(spelled.strip()) or _python_name(spelled)
            if found:
                return str(found)
    return LATIN_1 if any(term in {"ISO_IR100", "ISO2022IR100"} for term in terms) else None


def candidates(raw: bytes) -> tuple[Candidate, ...]:
    """Return the different readings of a text, most plausible first, for a person to choose."""
    raw = raw.rstrip(b" \0")
    found: dict[str, Candidate] = {}
    for codec in _CANDIDATES:
        text = _read(raw, codec)
        if text is not None and text not in found:
            found[text] = Candidate(codec, text, round(plausibility(text), 3))
    return tuple(sorted(found.values(), key=lambda item: -item.score))


def person_name_display(text: str) -> str:
    """Return a PN value (PS3.5 6.2) as people write it: the ideographic group if there is one."""
    groups = [" ".join(group.replace("^", " ").split()) for group in text.split("=")]
    chosen = next((group for group in groups[1:2] if group), "") or next(filter(None, groups), "")
    return chosen if chosen.isascii() else _join_ideographs(chosen)


def plausibility(text: str) -> float:
    """Return from -1 to 1 how much the non-ASCII part of a text looks like clinical Chinese."""
    scores = [_character_score(char) for char in text if ord(char) > 0x7F]
    return sum(scores) / len(scores) if scores else 1.0


def _join_ideographs(text: str) -> str:
    return _BETWEEN_IDEOGRAPHS.sub("", text)


def _normalise(term: str) -> str:
    upper = re.sub(r"[\s_-]+", " ", term.strip().upper())
    upper = upper.replace("ISO IR", "ISO_IR").replace("ISO 2022 IR", "ISO2022IR")
    return upper.replace(" ", "").replace("UTF8", "UTF_8").replace("EUCCN", "EUC_CN")


def _python_name(term: str) -> str | None:
    compact = _normalise(term)
    for spelled, codec in python_encoding.items():
        if _normalise(spelled) == compact:
            return str(codec)
    try:
        "".encode(term.strip().lower())
    except (LookupError, ValueError):
        return None
    return term.strip().lower()


def _read(raw: bytes, codec: str) -> str | None:
    """Decode strictly, but forgive a last character that a length limit cut."""
    for cut in range(4 if codec in {UTF_8, GB18030} else 1):
        try:
            text = raw[: len(raw) - cut].decode(codec)
        except UnicodeDecodeError:
            continue
        except LookupError:
            return None
        if cut and (text.isascii() or not _is_cut_tail(raw[len(raw) - cut :], codec)):
            return None
        return text
    return None


def _is_cut_tail(tail: bytes, codec: str) -> bool:
    if codec == UTF_8:
        return tail[0] >= 0xC2 and all(0x80 <= byte < 0xC0 for byte in tail[1:])
    return tail[0] >= 0x81


def _holds(raw: bytes, text: str, codec: str) -> bool:
    """Tell whether the declared reading may stand."""
    if codec == UTF_8:
        return True
    score = plausibility(text)
    if codec == LATIN_1:
        return not _looks_double_byte(raw)
    other = _read(raw, UTF_8)
    return other is None or plausibility(other) < max(_CONFIDENT, score + _MARGIN)


def _looks_double_byte(raw: bytes) -> bool:
    """Tell GBK or UTF-8 bytes from Latin-1 letters, which stand alone between ASCII ones."""
    utf8 = _read(raw, UTF_8)
    if utf8 is not None:
        return True
    chinese = _read(raw, GB18030)
    if chinese is None or plausibility(chinese) < _CONFIDENT:
        return False
    runs = [len(run.group()) for run in _HIGH_RUN.finditer(raw)]
    pairs = len(re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]", raw))
    embedded = re.search(rb"[a-z][\x80-\xff]{1,3}(?:[a-z]|$|[\^ ])", raw) is not None
    return pairs * 2 >= sum(runs) and not (embedded and max(runs) < 4)


def _guess(raw: bytes, own: str | None, codec: str | None, fallback: str | None) -> Decoded:
    """Choose among fallback, UTF-8 and GB18030 by plausibility; Latin-1 when nothing else reads."""
    western = _read(raw, UTF_8)
    if western is not None and _is_western(western):
        return Decoded(western, UTF_8, "fallback" if fallback == UTF_8 else "detected")
    readings: list[tuple[float, str, str]] = []
    for name in dict.fromkeys(filter(None, (UTF_8, GB18030, fallback))):
        text = _read(raw, name)
        if text is not None:
            bonus = 0.2 if name == UTF_8 else 0.1 if name == fallback else 0.0
            readings.append((plausibility(text) + bonus, name, text))
    readings.sort(key=lambda reading: -reading[0])
    if own is not None and codec is not None and (not readings or readings[0][0] < 0):
        return Decoded(own, codec, "dataset")
    if readings:
        _, name, text = readings[0]
        return Decoded(text, name, "fallback" if name == fallback else "detected")
    return Decoded(raw.decode(LATIN_1), LATIN_1, "detected")


def _is_western(text: str) -> bool:
    """Tell whether all but ASCII are accented letters beside small ones, as in a European name."""
    accented = [match.start() for match in re.finditer(r"[^\x00-\x7f]", text)]
    return all(
        "\xc0" <= text[at] <= "\u017f"
        and re.search("[a-z]", text[max(0, at - 1) : at + 3]) is not None
        for at in accented
    )


def _decode_escaped(raw: bytes, declared: Sequence[str]) -> Decoded:
    """Decode ISO 2022 code extensions; the Chinese one leniently, as its escapes go missing."""
    plain = _CHINESE_ESCAPES.sub(b"", raw)
    if _ESCAPE not in plain:
        text = _read(plain, GB18030)
        if text is not None:
            is_declared = codec_of(declared) == GB18030
            return Decoded(text, GB18030, "dataset" if is_declared else "detected")
    text = _read_fragments(raw, python_encoding.get(declared[0].strip() if declared else "", ASCII))
    if text is not None:
        return Decoded(text, codec_of(declared) or LATIN_1, "dataset")
    stripped = _ANY_ESCAPE.sub(b"", raw).replace(_ESCAPE, b"")
    return Decoded(stripped.decode(LATIN_1), LATIN_1, "detected")


def _read_fragments(raw: bytes, first: str) -> str | None:
    """Decode text that switches character sets by escape sequences (PS3.3 C.12.1.1.2)."""
    pieces = []
    for fragment in re.split(rb"(?=\x1b)", raw):
        escape = next((code for code in CODES_TO_ENCODINGS if fragment.startswith(code)), b"")
        if fragment.startswith(_ESCAPE) and not escape:
            return None
        codec = CODES_TO_ENCODINGS.get(escape, first)
        body = fragment if codec.startswith("iso2022") else fragment[len(escape) :]
        try:
            pieces.append(body.decode(GB18030 if codec == "iso_ir_58" else codec))
        except UnicodeDecodeError:
            return None
    return "".join(pieces)


@cache
def _level_one() -> frozenset[str]:
    """The 3755 common characters of GB 2312-80, rows 16 to 55."""
    return frozenset(
        "".join(
            bytes((lead, trail)).decode("gb2312", "ignore")
            for lead in range(0xB0, 0xD8)
            for trail in range(0xA1, 0xFF)
        )
    )


@cache
def _level_two() -> frozenset[str]:
    """The less common characters of GB 2312-80, rows 56 to 87."""
    return frozenset(
        "".join(
            bytes((lead, trail)).decode("gb2312", "ignore")
            for lead in range(0xD8, 0xF8)
            for trail in range(0xA1, 0xFF)
        )
    )


def _character_score(char: str) -> float:
    if char in _level_one():
        return 1.0
    code = ord(char)
    for first, last, score in _RANGE_SCORES:
        if first <= code <= last:
            return 0.5 if char in _level_two() else score
    return -1.0
