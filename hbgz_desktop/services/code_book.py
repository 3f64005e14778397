"""The code sets of a standard to look through: search, marks, second names, export (chapter 3; G063–G070).

Codes are shown and kept as printed; what is wrong with one is a mark beside it, never a correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.platforms.code_set import Code, CodeSet, Mark
from hbgz_desktop.services.table_export import ExportJob
from hbgz_desktop.sources.workbook import Sheet, write_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hbgz_desktop.platforms.standards import Standard
    from hbgz_desktop.services.error_texts import ErrorText, ErrorTexts

__all__ = ["Code", "CodeBook", "CodeDoubt", "CodeSetFacts", "Mark", "mark_texts", "suggestion_text"]

ALL = 100_000
PART_LENGTH = 9
"""Characters of a code of 3.6 (G065)."""


class CodeDoubt(StrEnum):
    """What has to be settled before a code may be chosen."""

    NONE = ""
    MALFORMED = "malformed"
    """Its length is not the standard's; sent only where a setting allows it (G065)."""
    SECOND_NAME = "second_name"
    """The code belongs to another name that is printed before this one (G064)."""


@dataclass(frozen=True, slots=True)
class CodeSetFacts:
    """One code set of the list.

    Attributes:
        aliases: Other names it answers to: those of the fields that use it (G068).
        marks: How many of its rows carry each mark, those that no row carries left out.
    """

    name: str
    title: str
    section: str
    aliases: tuple[str, ...]
    count: int
    marks: Mapping[Mark, int]


class CodeBook:
    """All code sets of one standard. Memory only; safe from any thread."""

    def __init__(self, standard: Standard) -> None:
        """Read ``standard``."""
        self._standard = standard

    def sets(self) -> tuple[CodeSetFacts, ...]:
        """Every code set once, in the standard's order."""
        own = {name: one for name, one in self._standard.code_sets.items() if name == one.name}
        return tuple(self._facts(one) for one in own.values())

    def facts(self, name: str) -> CodeSetFacts:
        """One code set by its name or an alias.

        Raises:
            UsageError: ``code_set_unknown``.
        """
        return self._facts(self._known(name))

    def has(self, name: str) -> bool:
        """True when the standard prints this set."""
        return name in self._standard.code_sets

    def search(
        self, name: str, text: str = "", mark: Mark | None = None, limit: int = ALL
    ) -> tuple[Code, ...]:
        """Rows that match code, name, pinyin or initials, of one mark when given; in order of fit.

        Raises:
            UsageError: ``code_set_unknown``.
        """
        known = self._known(name)
        rows = known.search(text, ALL) if text.strip() else known.rows
        found = rows if mark is None else tuple(row for row in rows if mark in row.marks)
        return found[:limit]

    def same_code(self, name: str, code: str) -> tuple[Code, ...]:
        """All rows of a code, none when the standard does not print it (G064)."""
        return self._standard.code_sets[name].by_code(code) if self.has(name) else ()

    def doubt(self, name: str, code: str, row_name: str = "") -> CodeDoubt:
        """What speaks against choosing a code by this of its names ("" = by the code alone)."""
        rows = self.same_code(name, code)
        if any(row.is_malformed for row in rows):
            return CodeDoubt.MALFORMED
        names = [row.name for row in rows]
        return CodeDoubt.SECOND_NAME if row_name in names[1:] else CodeDoubt.NONE

    def export(self, name: str, path: Path, texts: ErrorTexts) -> int:
        """Write a whole set as XLSX or CSV, by the file's ending; returns how many rows.

        Raises:
            UsageError: ``code_set_unknown``.
            RecordError: ``workbook_not_written``.
            StorageError: ``export_not_written``.
        """
        known = self._known(name)
        headings = ("序号", "代码", "名称", "标记", "推测的代码", "推测的名称")
        rows = [_cells(row, texts) for row in known.rows]
        if path.suffix.lower() == ".csv":
            ExportJob(path, len(rows)).run(headings, [rows])
        else:
            write_workbook(path, [Sheet(known.name, headings, rows)])
        return len(rows)

    def _known(self, name: str) -> CodeSet:
        if not self.has(name):
            allowed = ", ".join(one.name for one in self.sets())
            raise UsageError("code_set_unknown", name=name, allowed=allowed)
        return self._standard.code_sets[name]

    def _facts(self, known: CodeSet) -> CodeSetFacts:
        names = self._standard.code_sets.items()
        counts = {mark: sum(mark in row.marks for row in known.rows) for mark in Mark}
        return CodeSetFacts(
            name=known.name,
            title=known.title,
            section=known.section,
            aliases=tuple(name for name, one in names if one is known and name != known.name),
            count=len(known.rows),
            marks={mark: count for mark, count in counts.items() if count},
        )


def mark_texts(row: Code, texts: ErrorTexts, same: Sequence[Code] = ()) -> tuple[ErrorText, ...]:
    """What each mark of a row means, in words; ``same`` are the rows of its code."""
    names = " / ".join(one.name for one in same) or row.name
    facts = {"length": len(row.code), "wanted": PART_LENGTH, "names": names}
    return tuple(texts.of(f"code_mark_{mark}", facts) for mark in row.marks)


def suggestion_text(row: Code, texts: ErrorTexts) -> ErrorText | None:
    """An analyst's guess, said as what it is: not official; None when there is none."""
    if row.suggestion is None or not (row.suggestion.code or row.suggestion.name):
        return None
    guess = " ".join(part for part in (row.suggestion.code, row.suggestion.name) if part)
    return texts.of("code_suggestion", {"guess": guess})


def _cells(row: Code, texts: ErrorTexts) -> tuple[str, ...]:
    guess = row.suggestion
    return (
        str(row.seq),
        row.code,
        row.name,
        "；".join(one.title for one in mark_texts(row, texts)),
        guess.code if guess else "",
        guess.name if guess else "",
    )
