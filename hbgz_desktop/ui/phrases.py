"""The one way words are put together: enumerations, clauses, labels and sentences in the console's language.

A comma of Chinese is another character than one of English, and no blank follows it; who joins words
with a literal of its own writes Chinese into an English window. Safe from any thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDS = "。."


def listed(words: Iterable[str]) -> str:
    """甲、乙 – things of one kind. Empty ones are left out, here and below."""
    return QCoreApplication.translate("Phrases", "、").join(filter(None, words))


def clauses(words: Iterable[str]) -> str:
    """甲，乙 – facts about one thing, in one breath."""
    return QCoreApplication.translate("Phrases", "，").join(filter(None, words))


def statements(words: Iterable[str]) -> str:
    """甲；乙 – facts that stand each for itself."""
    return QCoreApplication.translate("Phrases", "；").join(filter(None, words))


def labelled(label: str, value: str) -> str:
    """标签：值; the label alone when there is no value."""
    if not value:
        return label
    return QCoreApplication.translate("Phrases", "{label}：{value}").format(
        label=label, value=value
    )


def noted(text: str, note: str) -> str:
    """词（说明）; the text alone when there is no note."""
    if not note:
        return text
    return QCoreApplication.translate("Phrases", "{text}（{note}）").format(text=text, note=note)


def sentences(*words: str) -> str:
    """句。句 – each but the last ends as a sentence does; the last stays as it is."""
    parts = [one for one in words if one]
    return QCoreApplication.translate("Phrases", "。").join(
        [*(one.rstrip(_ENDS) for one in parts[:-1]), *parts[-1:]]
    )
