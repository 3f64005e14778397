"""How commands print: plain tables for people, JSON for programs, one clear line for errors."""

from __future__ import annotations

import dataclasses
import json
import sys
import unicodedata
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.errors import UsageError
from hbgz_desktop.services.clock_words import LOCAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.errors import HbgzError
    from hbgz_desktop.services.error_texts import ErrorTexts


def say(line: str = "") -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def read_line() -> str:
    """The first line of stdin, without its end.

    Raises:
        UsageError: ``stdin_not_utf8``.
    """
    try:
        return sys.stdin.readline().strip("\ufeff\r\n")
    except UnicodeDecodeError:
        raise UsageError("stdin_not_utf8") from None


def complain(error: HbgzError, texts: ErrorTexts) -> None:
    """Print a known error as one clear line on stderr: title, cause, next step, code and facts."""
    text = texts.of(error.code, error.facts)
    facts = " ".join(f"{key}={value}" for key, value in error.facts.items())
    parts = [text.title, text.cause, text.next_step]
    sys.stderr.write("hbgz: " + " ".join(part for part in parts if part))
    sys.stderr.write(f" [{error.code}{' ' + facts if facts else ''}]\n")


def plain(value: Any) -> Any:
    """Dataclasses, enums, times and paths as JSON knows them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value


def print_json(value: Any) -> None:
    """Print one JSON document, UTF-8, readable."""
    say(json.dumps(plain(value), ensure_ascii=False, indent=2))


def width(text: str) -> int:
    """Columns a text takes on a terminal; Hanzi take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print an aligned table; nothing but the headings when there are no rows."""
    cells = [[str("" if one is None else one) for one in row] for row in rows]
    widths = [
        max([width(heading), *(width(row[place]) for row in cells)])
        for place, heading in enumerate(headings)
    ]
    for row in [list(headings), *cells]:
        padded = [one + " " * (wide - width(one)) for one, wide in zip(row, widths, strict=True)]
        say("  ".join(padded).rstrip())


def local(moment: datetime | None) -> str:
    """A time as the console and the platforms show it (Asia/Shanghai).

    Not by the system's own zone: Windows has none for the years before 1970.
    """
    return "" if moment is None else moment.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M:%S")
