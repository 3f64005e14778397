"""Code → words: what it is, why, who acts, what to do next (DESIGN 7). No Qt, no code below speaks to people."""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from hbgz_desktop.model.resources import resources_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("zh", "en")
WHO = ("clerk", "it", "platform", "program")


@dataclass(frozen=True, slots=True)
class ErrorText:
    """The words for one code.

    Attributes:
        title: What is wrong, in a few words.
        cause: Why, one sentence.
        who: Who acts next: ``clerk``, ``it``, ``platform`` or ``program``.
        next_step: What to do, one sentence.
    """

    title: str
    cause: str
    who: str
    next_step: str


class _Tolerant(string.Formatter):
    """Leaves a placeholder empty when its fact is not given; attributes and indexes are not followed."""

    @override
    def get_field(self, field_name: str, args: Any, kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        """Look the plain name up."""
        name = field_name.split(".")[0].split("[")[0]
        return kwargs.get(name, ""), name


@lru_cache(maxsize=4)
def _table(language: str) -> dict[str, dict[str, str]]:
    path = resources_dir() / "texts" / f"errors.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


class ErrorTexts:
    """Texts of one language; an unknown code gets a text that names the code."""

    def __init__(self, language: str = "zh") -> None:
        """Choose the language; one that does not exist becomes Chinese."""
        self._language = language if language in LANGUAGES else "zh"

    def codes(self) -> tuple[str, ...]:
        """Every code that has texts."""
        return tuple(_table(self._language))

    def of(self, code: str, facts: Mapping[str, object] | None = None) -> ErrorText:
        """Words for a code; placeholders are filled from ``facts``."""
        entry = _table(self._language).get(code)
        if entry is None:
            unknown = _table(self._language).get("unknown_code", {})
            entry, facts = unknown, {"code": code}
        values = dict(facts or {})
        fill = _Tolerant().vformat
        return ErrorText(
            title=fill(entry.get("title", code), (), values).strip(),
            cause=fill(entry.get("cause", ""), (), values).strip(),
            who=entry.get("who", "it"),
            next_step=fill(entry.get("next", ""), (), values).strip(),
        )
