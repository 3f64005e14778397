"""Events of one study as lines of its timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from hbgz_desktop.ui.phrases import clauses
from hbgz_desktop.ui.states import State
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.timeline import TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hbgz_desktop.model.events import Event
    from hbgz_desktop.services.error_texts import ErrorTexts
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_STATES = {
    "study_opened": State.WAITING,
    "study_completed": State.WAITING,
    "study_changed_sent": State.RUNNING,
    "study_changed_kept": State.PAUSED,
    "study_expected": State.WAITING,
    "study_expected_unknown": State.WAITING,
    "study_matched": State.CONFIRMED,
    "delivery_delivered": State.CONFIRMED,
    "delivery_transient": State.RETRYING,
    "delivery_retried": State.RUNNING,
    "delivery_resumed": State.RUNNING,
    "delivery_refused": State.NEEDS_FIX,
    "delivery_failed": State.FAILED,
    "delivery_paused": State.PAUSED,
    "delivery_cancelled": State.PAUSED,
    "delivery_cancel_requested": State.PAUSED,
    "deletion_asked": State.RUNNING,
    "index_deleted": State.CONFIRMED,
    "deletion_undone": State.RUNNING,
    "index_kept": State.WAITING,
    "file_lost": State.FAILED,
    "study_cleared": State.PAUSED,
    "file_restored": State.WAITING,
}
_LEVELS = {"warning": State.NEEDS_FIX, "error": State.FAILED}
_MOST = 60


def timeline_entries(
    events: Iterable[Event], texts: ErrorTexts, words: StudyWords
) -> tuple[TimelineEntry, ...]:
    """Newest first; the same thing again and again becomes one line with its count."""
    entries: list[TimelineEntry] = []
    counts: list[int] = []
    for event in events:
        entry = _entry(event, texts, words)
        if entries and (entries[-1].title, entries[-1].detail) == (entry.title, entry.detail):
            counts[-1] += 1
            continue
        entries.append(entry)
        counts.append(1)
    numbered = [
        entry if count == 1 else _repeated(entry, count)
        for entry, count in zip(entries, counts, strict=True)
    ]
    return tuple(numbered[:_MOST])


def _entry(event: Event, texts: ErrorTexts, words: StudyWords) -> TimelineEntry:
    facts = {key: fact_words(key, value, texts) for key, value in event.facts.items()}
    text = texts.of(f"event_{event.kind}", facts)
    state = _STATES.get(event.kind) or _LEVELS.get(event.level)
    detail = clauses((text.cause, *_extras(event.facts, texts)))
    return TimelineEntry(words.full_moment(event.at), state, text.title, detail)


def _extras(facts: Mapping[str, object], texts: ErrorTexts) -> tuple[str, ...]:
    """Why, where, by whom: what the title does not say."""
    cause, platform, actor = (str(facts.get(key) or "") for key in ("cause", "platform", "actor"))
    return (
        texts.of(cause).title if cause else "",
        platform_name(platform) if platform else "",
        actor,
    )


def fact_words(key: str, value: object, texts: ErrorTexts) -> object:
    """A fact as a person reads it: ``word_<key>_<value>`` of the texts, else the value itself."""
    code = f"word_{key}_{value}"
    return texts.of(code).title if code in texts.codes() else value


def _repeated(entry: TimelineEntry, count: int) -> TimelineEntry:
    times = QCoreApplication.translate("StudyTimeline", "{title}（{n} 次）", "", count)
    return TimelineEntry(
        entry.time, entry.state, times.format(title=entry.title, n=count), entry.detail
    )
