"""An index code part by part, in words (1.2; G001–G007): for the drawer, the command line, a parser.

The second part is a certificate number: ``shown`` is what may stand on a screen unasked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import RecordError
from hbgz_desktop.model.index_code import SHANGHAI, parse_index_code
from hbgz_desktop.model.masking import mask_identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hbgz_desktop.model.index_code import IndexCode
    from hbgz_desktop.services.code_book import CodeBook
    from hbgz_desktop.services.error_texts import ErrorTexts

_PARTS = "examPart"
_LONGEST_KIND = 6
"""Characters of a certificate type (G042)."""
_CERTIFICATE = 2


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One part.

    Attributes:
        number: 1–6.
        label: Name of the part.
        value: The part itself; kept out of ``repr``.
        shown: The same with a certificate number masked.
        meaning: What it says, "" when only the value can be shown.
    """

    number: int
    label: str
    value: str = field(repr=False)
    shown: str
    meaning: str


@dataclass(frozen=True, slots=True)
class IndexWords:
    """A whole index.

    Attributes:
        shown: The index with its certificate number masked.
        lines: Its five or six parts.
        warnings: Accepted departures from the grammar, in words.
    """

    shown: str
    lines: tuple[IndexLine, ...]
    warnings: tuple[str, ...]


def mask_index(text: str) -> str:
    """An index without the certificate number in its second part."""
    parts = text.split("-")
    if len(parts) == 1 and len(text) > _LONGEST_KIND:  # no index at all: it may be the number alone
        return mask_identity(text)
    return "-".join([*parts[:1], *map(mask_identity, parts[1:_CERTIFICATE]), *parts[_CERTIFICATE:]])


def explain_index(text: str, texts: ErrorTexts, book: CodeBook) -> IndexWords:
    """What an index says, five parts or six.

    Args:
        text: As printed or received.
        texts: Words of one language.
        book: Guizhou's code sets, for the name of the body part.

    Raises:
        RecordError: ``index_code_malformed`` or ``index_code_too_long``.
    """
    code, warnings = parse_index_code(text.strip())
    meanings = _meanings(code, texts, book)
    lines = tuple(
        IndexLine(
            number,
            texts.of(f"index_part_{number}").title,
            value,
            mask_identity(value) if number == _CERTIFICATE else value,
            meanings.get(number, ""),
        )
        for number, value in enumerate(code.text.split("-"), start=1)
    )
    labels = {line.number: line.label for line in lines}
    said = tuple(texts.of(f"problem_{one.rule}", {"label": labels[one.part]}) for one in warnings)
    return IndexWords(mask_index(code.text), lines, tuple(one.title for one in said))


def explain_indexes(
    codes: Mapping[str, str], texts: ErrorTexts, book: CodeBook
) -> dict[str, IndexWords]:
    """The same for every platform's index that can be read."""
    found = {}
    for platform, text in codes.items():
        try:
            found[platform] = explain_index(text, texts, book)
        except RecordError:
            continue
    return found


def _meanings(code: IndexCode, texts: ErrorTexts, book: CodeBook) -> dict[int, str]:
    local = code.exam_time.astimezone(SHANGHAI)
    clock = f"{local:%H:%M:%S}"
    facts = {"year": local.year, "month": local.month, "day": local.day, "clock": clock}
    return {
        1: texts.of("index_kind_111").title if code.cert_type == "111" else "",
        3: texts.of("index_time", facts).title,
        4: _zeros(code.device, texts),
        5: _zeros(code.part, texts) or _part(code.part, texts, book),
    }


def _zeros(value: str, texts: ErrorTexts) -> str:
    return "" if value.strip("0") else texts.of("index_part_zeros").title


def _part(value: str, texts: ErrorTexts, book: CodeBook) -> str:
    names = " / ".join(row.name for row in book.same_code(_PARTS, value))
    return names or texts.of("index_part_unknown").title
