"""The event log gets warnings in words, and the same one not every five seconds."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.event_log_handler import AGAIN_AFTER_S, EventLogHandler

if TYPE_CHECKING:
    from collections.abc import Iterator


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def entries() -> list[tuple[int, str]]:
    return []


@contextmanager
def written_by(handler: logging.Handler) -> Iterator[logging.Logger]:
    logger = logging.getLogger("tests.event_log_handler")
    logger.propagate = False  # a warning of a test's own would fail it
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


@pytest.fixture
def log(clock: Clock, entries: list[tuple[int, str]]) -> Iterator[logging.Logger]:
    handler = EventLogHandler(lambda *entry: entries.append(entry), ErrorTexts(), clock)
    with written_by(handler) as logger:
        yield logger


def test_a_code_becomes_words(log: logging.Logger, entries: list[tuple[int, str]]) -> None:
    log.info("scp_started port=%d", 11112)
    log.warning("not_listening code=%s port=%d", "port_taken", 11112)
    text = ErrorTexts().of("port_taken")
    (level, words) = entries[0]
    assert (len(entries), level) == (1, logging.WARNING)
    assert words.splitlines()[0] == text.title
    assert words.splitlines()[-1] == "not_listening code=port_taken port=11112"
    assert text.next_step in words


@pytest.mark.parametrize("line", ["stopped_during_upload", "odd code=no_such_code_at_all"])
def test_a_line_without_texts_stays_as_it_is(
    log: logging.Logger, entries: list[tuple[int, str]], line: str
) -> None:
    log.error(line)
    assert entries == [(logging.ERROR, line)]


def test_the_same_line_comes_again_after_an_hour(
    log: logging.Logger, entries: list[tuple[int, str]], clock: Clock
) -> None:
    for _ in range(3):
        log.warning("not_listening port=%d", 11112)
    log.warning("not_listening port=%d", 104)
    assert len(entries) == 2
    clock.now = AGAIN_AFTER_S - 1
    log.warning("not_listening port=%d", 11112)
    assert len(entries) == 2
    clock.now = AGAIN_AFTER_S
    log.warning("not_listening port=%d", 11112)
    assert len(entries) == 3


def test_ever_new_lines_do_not_fill_the_memory(
    log: logging.Logger, entries: list[tuple[int, str]]
) -> None:
    for number in range(1200):
        log.warning("line %d", number)
    handler = log.handlers[0]
    assert isinstance(handler, EventLogHandler)
    assert (len(entries), len(handler._said) <= 500) == (1200, True)


def test_a_log_that_fails_does_not_reach_who_logs(clock: Clock) -> None:
    def broken(_level: int, _text: str) -> None:
        raise OSError("the event log service is off")

    with written_by(EventLogHandler(broken, ErrorTexts(), clock)) as logger:
        logger.warning("x")
