"""Reads what ``strace -f -y`` wrote: which call of which thread ended before which other began."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEGUN = re.compile(r"^(?P<thread>\d+)\s+(?P<name>\w+)\((?P<rest>.*)$")
_RESUMED = re.compile(r"^(?P<thread>\d+)\s+<\.\.\. (?P<name>\w+) resumed>(?P<rest>.*)$")
_RESULT = re.compile(r"=\s+(-?\d+)(?:<.*>)?(?:\s+\w+ \(.*\))?\s*$")
_UNFINISHED = "<unfinished ...>"


@dataclass(frozen=True)
class Call:
    """One system call.

    Attributes:
        begun: Line of the trace on which it began; lines are in the order of the events.
        ended: Line on which it had returned.
        arguments: As strace prints them, paths of descriptors in angle brackets.
        result: What it returned, None when the process ended meanwhile.
    """

    thread: int
    name: str
    arguments: str
    begun: int
    ended: int
    result: int | None


def read_calls(lines: Iterable[str]) -> list[Call]:
    """Every call of a trace, ordered by its beginning."""
    calls: list[Call] = []
    open_calls: dict[int, tuple[str, str, int]] = {}
    for number, line in enumerate(lines):
        resumed = _RESUMED.match(line)
        if resumed is not None:
            thread = int(resumed["thread"])
            name, arguments, begun = open_calls.pop(thread)
            assert name == resumed["name"]
            calls.append(_call(thread, name, arguments, resumed["rest"], begun, number))
            continue
        match = _BEGUN.match(line)
        if match is None:
            continue
        thread = int(match["thread"])
        if match["rest"].rstrip().endswith(_UNFINISHED):
            arguments = match["rest"].rstrip().removesuffix(_UNFINISHED).rstrip()
            open_calls[thread] = (match["name"], arguments, number)
        else:
            calls.append(_call(thread, match["name"], match["rest"], "", number, number))
    return sorted(calls, key=lambda one: one.begun)


def _call(thread: int, name: str, arguments: str, rest: str, begun: int, ended: int) -> Call:
    whole = arguments + rest
    result = _RESULT.search(whole)
    return Call(thread, name, whole, begun, ended, int(result[1]) if result else None)
