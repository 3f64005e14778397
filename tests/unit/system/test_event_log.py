"""Entries get the ids of the message table that hbgz_service.exe carries."""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hbgz_desktop.system.event_log import MESSAGES, SOURCE, WindowsEventLog, event_log

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "installer" / "windows" / "service_messages.mc"
SEVERITY = {"Info": 1, "Warning": 2, "Error": 3}


@dataclass
class Library:
    """advapi32 as far as the event log goes; keeps what was reported."""

    is_there: bool = True
    entries: list[tuple[int, int, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    @property
    def advapi32(self) -> Any:
        def register(_machine: None, source: str) -> int:
            if not self.is_there:
                return 0
            self.opened.append(source)
            return len(self.opened)

        def deregister(_log: int) -> int:
            self.opened.pop()
            return 1

        def report(*words: Any) -> int:
            _, kind, _, message, _, count, _, lines, _ = words
            assert count == 1
            self.entries.append((kind, message, lines[0]))
            return 1

        class Advapi32:
            RegisterEventSourceW = staticmethod(register)
            DeregisterEventSource = staticmethod(deregister)
            ReportEventW = staticmethod(report)

        return Advapi32


def test_levels_become_kinds() -> None:
    library = Library()
    log = WindowsEventLog(library.advapi32)
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL):
        assert log.write(level, f"端口 {level}")
    assert [(kind, message & 0xFF, text) for kind, message, text in library.entries] == [
        (4, 7, "端口 10"),
        (4, 7, "端口 20"),
        (2, 8, "端口 30"),
        (1, 9, "端口 40"),
        (1, 9, "端口 50"),
    ]
    assert library.opened == []


def test_a_text_is_cut_to_what_windows_takes() -> None:
    library = Library()
    WindowsEventLog(library.advapi32).write(logging.ERROR, "长" * 40_000)
    assert len(library.entries[0][2]) == 30_000


def test_a_log_that_is_not_there_takes_nothing() -> None:
    assert not WindowsEventLog(Library(is_there=False).advapi32).write(logging.ERROR, "x")


def test_ids_are_those_of_the_message_table() -> None:
    if not TABLE.exists():
        pytest.skip("the installer's sources are not here")
    text = TABLE.read_text(encoding="utf-8")
    found = re.findall(r"MessageId=(\d+)\s+Severity=(\w+)\s+SymbolicName=(\w+)", text)
    ids = {name: (SEVERITY[severity] << 30) | int(number) for number, severity, name in found}
    assert ids["NOTE_INFORMATION"] == MESSAGES[logging.INFO]
    assert ids["NOTE_WARNING"] == MESSAGES[logging.WARNING]
    assert ids["NOTE_ERROR"] == MESSAGES[logging.ERROR]
    header = (TABLE.parent / "service.h").read_text(encoding="utf-8")
    assert f'SERVICE_NAME L"{SOURCE}"' in header


def test_this_system() -> None:
    log = event_log()
    assert (log is None) == (sys.platform != "win32")
    if log is not None:
        assert log.write(logging.INFO, "test")
