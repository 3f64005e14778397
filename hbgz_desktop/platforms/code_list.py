"""Several values in one text: the separator of G032, the commas of G031 and G039."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hbgz_desktop.platforms.field_table import Field

_CODES = re.compile(r"[\s|｜,，、;；]+")
_NUMBERS = re.compile(r"\s*[|｜,，、;；]+\s*")
_NAME_LISTS = frozenset({"imgExamItem"})
_NAMES = re.compile(r"\s*[|｜;；]+\s*")


def split_list(text: str) -> tuple[str, ...]:
    """Codes of a list, whatever separates them: ``| ｜ , ， 、 ; ；`` or a blank (G032).

    Returns:
        The entries in their order, without empty ones.
    """
    return _entries(_CODES, text)


def split_numbers(text: str) -> tuple[str, ...]:
    """Accession or report numbers of a list; a blank inside a number belongs to it (G031, G039)."""
    return _entries(_NUMBERS, text)


def split_names(text: str, count: int = 0) -> tuple[str, ...]:
    """Item names of a list (G032): names may hold blanks, commas and ``、`` of their own.

    Args:
        text: The names as written.
        count: Number of codes the names belong to, 0 = unknown. The weak separators are used only
            when they, and only they, yield that many names.
    """
    strong = _entries(_NAMES, text)
    if count > 1 and len(strong) != count:
        weak = next((found for found in _weak_splits(text) if len(found) == count), None)
        return weak or strong
    return strong


def join_list(codes: Iterable[str], separator: str = "|") -> str:
    """The entries as one text; ``|`` unless a setting says otherwise (G032)."""
    return separator.join(codes)


def field_entries(field: Field, text: str, count: int = 0) -> tuple[str, ...]:
    """Entries of a list field, split as its separator and its kind demand.

    Args:
        field: A field with a ``separator``.
        text: The list as written.
        count: For item names the number of item codes beside them, 0 = unknown.
    """
    if field.separator == ",":
        return split_numbers(text)
    if field.name in _NAME_LISTS:
        return split_names(text, count)
    return split_list(text)


def _weak_splits(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return _entries(_NUMBERS, text), _entries(_CODES, text)


def _entries(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(entry for entry in pattern.split(text.strip()) if entry)
