"""A code set of a standard, looked up by code and searched as a person types."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_HALF_WIDTH = str.maketrans("（），", "(),")
_RUNS = re.compile("(?P<chinese>[\u3400-\u9fff]+)|[a-z0-9]+")
_NO_MATCH = 1000
_SPLIT_TOKENS = 100


class Mark(StrEnum):
    """What the register of contradictions says of a printed code."""

    MALFORMED = "malformed"
    """Not 9 characters (G065); shown as 照原文."""
    DUPLICATE = "duplicate"
    """Printed for two names (G064)."""
    SUSPICIOUS = "suspicious"
    """Well formed, but the neighbours say otherwise (G066); sent as printed."""
    NAME_VARIANT = "name_variant"
    """The name is misprinted (G067); display only."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An analyst's correction; never in the document, never sent without confirmation.

    Attributes:
        code: Suggested code, "" when none.
        name: Suggested name, "" when none.
        confidence: ``high``, ``medium``, ``low`` or ``none``.
        reason: Why.
    """

    code: str
    name: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Code:
    """One printed row.

    Attributes:
        code: Exactly as printed, leading zeros kept (G070).
        name: The name, line-wrap blanks removed.
        name_compact: Without white space, brackets half-width: for comparison (G067).
        seq: Position in the print, 1-based.
        marks: What is wrong with the row.
        decisions: Decision ids.
        suggestion: Correction that needs confirmation, or None.
    """

    code: str
    name: str
    name_compact: str
    seq: int
    marks: tuple[Mark, ...] = ()
    decisions: tuple[str, ...] = ()
    suggestion: Suggestion | None = None

    @property
    def is_malformed(self) -> bool:
        """Whether the printed code has a length that cannot be sent as it is (G065)."""
        return Mark.MALFORMED in self.marks


class _Keys(NamedTuple):
    code: str
    name: str
    suggested: str


class _Pinyin(NamedTuple):
    initials: str
    full: str


def compact_name(name: str) -> str:
    """White space removed, brackets and commas half-width."""
    return re.sub(r"\s+", "", name).translate(_HALF_WIDTH)


@dataclass(frozen=True, eq=False)
class CodeSet:
    """A dictionary of a standard; immutable, safe from any thread.

    Attributes:
        name: The dictionary's own name, e.g. ``img_exam_type``.
        title: Printed title.
        section: Section of the standard.
        rows: All rows in printed order; a code may stand in two (G064).
    """

    name: str
    title: str
    section: str
    rows: tuple[Code, ...]

    def by_code(self, code: str) -> tuple[Code, ...]:
        """All rows of a code, none when it is unknown (G064)."""
        return self._by_code.get(code, ())

    def names(self) -> Mapping[str, str]:
        """Code → name; two names of one code are joined by " / "."""
        return self._names

    def search(self, text: str, limit: int = 20) -> tuple[Code, ...]:
        """Rows that match what a person types, best first.

        Looks in code, name, pinyin initials, full pinyin and, last, in the name that a misprint
        probably stands for (髋 for 髌, G067); several words must all match. The
        pinyin is computed at the first search that has a letter in it (about 0.1 s for 3.6).

        Args:
            text: What was typed; "" lists the set from its beginning.
            limit: Most rows to return.
        """
        tokens = _search_key(text).split()
        if not tokens:
            return self.rows[:limit]
        ranked = [(self._rank(place, tokens), place) for place in range(len(self.rows))]
        found = sorted(item for item in ranked if item[0] < _NO_MATCH)
        return tuple(self.rows[place] for _, place in found[:limit])

    def _rank(self, place: int, tokens: list[str]) -> int:
        whole = self._token_rank(place, "".join(tokens))
        if len(tokens) == 1:
            return whole
        worst = max(self._token_rank(place, token) for token in tokens)
        return min(whole, worst if worst == _NO_MATCH else worst + _SPLIT_TOKENS)

    def _token_rank(self, place: int, token: str) -> int:
        keys = self._keys[place]
        attempts = [
            token == keys.code or token == keys.name,
            keys.code.startswith(token),
            keys.name.startswith(token),
            token in keys.name,
        ]
        if re.search("[a-z]", token):
            pinyin = self._pinyin[place]
            attempts += [
                pinyin.initials.startswith(token),
                pinyin.full.startswith(token),
                token in pinyin.initials,
                token in pinyin.full,
            ]
        attempts += [token in keys.code, token in keys.suggested]
        return next((rank for rank, hit in enumerate(attempts) if hit), _NO_MATCH)

    @cached_property
    def _by_code(self) -> dict[str, tuple[Code, ...]]:
        found: dict[str, tuple[Code, ...]] = {}
        for row in self.rows:
            found[row.code] = (*found.get(row.code, ()), row)
        return found

    @cached_property
    def _names(self) -> Mapping[str, str]:
        rows = self._by_code.items()
        return MappingProxyType({code: " / ".join(row.name for row in same) for code, same in rows})

    @cached_property
    def _keys(self) -> tuple[_Keys, ...]:
        return tuple(_keys_of(row) for row in self.rows)

    @cached_property
    def _pinyin(self) -> tuple[_Pinyin, ...]:
        return tuple(_pinyin_of(keys.name) for keys in self._keys)


def _keys_of(row: Code) -> _Keys:
    suggested = compact_name(row.suggestion.name) if row.suggestion else ""
    return _Keys(row.code.casefold(), _search_key(row.name_compact), _search_key(suggested))


def _search_key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _pinyin_of(name: str) -> _Pinyin:
    # pypinyin reads its tables when it is imported: off the load path
    from pypinyin import lazy_pinyin

    syllables: list[str] = []
    for run in _RUNS.finditer(name):
        syllables += lazy_pinyin(run[0]) if run["chinese"] else run[0]
    return _Pinyin("".join(syllable[0] for syllable in syllables), "".join(syllables))
