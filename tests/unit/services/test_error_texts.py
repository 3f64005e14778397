"""Every code has words in both languages, and no fact a peer may send can break them."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from hbgz_desktop.model.events import Event
from hbgz_desktop.services.error_texts import LANGUAGES, WHO, ErrorTexts
from hbgz_desktop.services.event_words import event_cause, event_line, event_title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_filled_with_nothing(language: str) -> None:
    texts = ErrorTexts(language)
    assert len(texts.codes()) > 150
    for code in texts.codes():
        text = texts.of(code)
        assert text.title or text.cause, code
        assert text.who in WHO, code
        shown = " ".join(str(getattr(text, one.name)) for one in fields(text))
        assert re.search(r"\{\w*\}", shown) is None, code


def test_facts_stand_in_their_places_and_are_never_followed() -> None:
    texts = ErrorTexts()
    assert "guizhou.key" in texts.of("problem_index_setting", {"limit": "guizhou.key"}).cause
    hostile = texts.of("problem_index_setting", {"limit": "{limit.__class__}{0}"})
    assert "{limit.__class__}{0}" in hostile.cause, "shown as it is"


def test_an_unknown_code_is_named() -> None:
    text = ErrorTexts("fr").of("no_such_code", {"limit": 1})
    assert "no_such_code" in f"{text.title}{text.cause}{text.next_step}"


def event(kind: str, **facts: object) -> Event:
    return Event(1, datetime(2026, 3, 1, tzinfo=UTC), kind, "info", None, None, None, facts)


def test_an_event_in_words() -> None:
    texts = ErrorTexts()
    failed = event("delivery_failed", what="images", cause="platform_rejected")
    assert texts.of("word_what_images").title in event_title(texts, failed)
    assert event_cause(texts, failed) == texts.of("platform_rejected").title
    assert (
        event_line(texts, failed) == f"{event_title(texts, failed)} · {event_cause(texts, failed)}"
    )
    assert event_cause(texts, event("study_opened")) == ""
    assert event_title(texts, event("no_such_event", what="x"))
