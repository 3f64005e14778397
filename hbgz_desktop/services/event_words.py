"""Events in words: title from the texts file, its short facts in words too."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.model.events import Event
    from hbgz_desktop.services.error_texts import ErrorTexts

_WORD_FACTS = ("what", "how", "reason")
"""Facts whose values are keys of the texts file (``word_<fact>_<value>``)."""


def event_title(texts: ErrorTexts, event: Event) -> str:
    """What happened, in a few words."""
    facts = dict(event.facts)
    known = texts.codes()
    for name in _WORD_FACTS:
        key = f"word_{name}_{facts.get(name)}"
        if key in known:
            facts[name] = texts.of(key).title
    return texts.of(f"event_{event.kind}", facts).title


def event_cause(texts: ErrorTexts, event: Event) -> str:
    """Title of the error code the event carries, "" when it carries none."""
    cause = event.facts.get("cause") or event.facts.get("code")
    return texts.of(cause).title if isinstance(cause, str) and cause else ""


def event_line(texts: ErrorTexts, event: Event) -> str:
    """Title and cause in one line."""
    return " · ".join(filter(None, (event_title(texts, event), event_cause(texts, event))))
