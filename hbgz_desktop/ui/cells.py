"""What a table cell holds: ready values that the row delegates know how to paint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from typing_extensions import override

if TYPE_CHECKING:
    from hbgz_desktop.ui.states import Badge


CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives its ``Cell``; None while the row is still being read."""


@dataclass(frozen=True, slots=True)
class TwoLines:
    """What and detail; dense rows show them on one line."""

    what: str
    detail: str
    is_mono: bool = False
    """The detail is a number or code: fixed width."""
    ink: str = ""
    """Colour token of the detail, or "" for ``text_2``."""

    @override
    def __str__(self) -> str:
        return f"{self.what} {self.detail}".strip()


@dataclass(frozen=True, slots=True)
class BadgeCell:
    """A state badge."""

    badge: Badge

    @override
    def __str__(self) -> str:
        return self.badge.word


@dataclass(frozen=True, slots=True)
class LedgerCell:
    """Four small bars and 308/312; ``words`` replaces the numbers (已收 184); ``warned`` makes them amber."""

    expected: int | None
    received: int
    sent: int
    confirmed: int
    words: str = ""
    warned: int = 0

    @property
    def label(self) -> str:
        """What stands beside the bars: confirmed / expected, or confirmed / received."""
        whole = self.received if self.expected is None else self.expected
        return self.words or f"{self.confirmed:,}/{whole:,}"

    @override
    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Mono:
    """A UID, AE title, code or raw text: fixed width."""

    text: str

    @override
    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Link:
    """Words in the accent colour (选一个代码…)."""

    text: str

    @override
    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Number:
    """A number, right-aligned; ``is_strong`` for the one that matters."""

    text: str
    is_strong: bool = False

    @override
    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Inked:
    """Text in a token's colour with an optional icon (log level, 偏高)."""

    text: str
    ink: str
    icon: str = ""

    @override
    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ProgressCell:
    """A bar for one row's own progress, from 0 to 1, and its words."""

    fraction: float
    words: str

    @override
    def __str__(self) -> str:
        return self.words


Cell = str | TwoLines | BadgeCell | LedgerCell | Mono | Link | Number | Inked | ProgressCell
