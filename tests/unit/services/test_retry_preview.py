"""What a retry would bring: every delivery is counted once, and nothing is promised that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hbgz_desktop.model.delivery import (
    AT_REST,
    RETRYABLE_BY_HAND,
    BlockedReason,
    DeliveryKind,
    DeliveryState,
)
from hbgz_desktop.model.queue_lane import DeliveryFact
from hbgz_desktop.model.status import PlatformHealth
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.retry_preview import (
    NEEDS_CHANGE,
    NEEDS_IT,
    Forecast,
    forecast,
    preview,
)

NOW = datetime(2026, 11, 20, 6, 26, tzinfo=UTC)
WELL = PlatformHealth("guizhou", 0, None, None, NOW, 86.0, "", is_paused=False, paused_by="")
DOWN = replace(WELL, opened_at=NOW, cause="platform_refused_connection")
HELD = replace(WELL, is_paused=True, paused_by="李敏")
FAILED = DeliveryFact(
    "guizhou", DeliveryKind.IMAGES, DeliveryState.FAILED, None, False, "platform_server_error"
)
FACTS = st.builds(
    DeliveryFact,
    platform=st.sampled_from(("guizhou", "hebei")),
    kind=st.sampled_from(DeliveryKind),
    state=st.sampled_from(DeliveryState),
    reason=st.none() | st.sampled_from(BlockedReason),
    is_paused=st.booleans(),
    cause=st.sampled_from(("", "platform_busy", *sorted(NEEDS_CHANGE), *sorted(NEEDS_IT))),
)


def told(fact: DeliveryFact, health: PlatformHealth = WELL) -> Forecast:
    return forecast(fact, {health.platform: health})


def test_a_transient_failure_will_likely_pass() -> None:
    assert told(FAILED) is Forecast.LIKELY
    assert told(replace(FAILED, state=DeliveryState.RETRYING)) is Forecast.LIKELY
    assert told(replace(FAILED, state=DeliveryState.CANCELLED, cause="")) is Forecast.LIKELY


def test_a_platform_that_does_not_answer_is_waited_for() -> None:
    assert told(FAILED, DOWN) is Forecast.PLATFORM
    assert forecast(FAILED, {"hebei": replace(DOWN, platform="hebei")}) is Forecast.LIKELY


def test_what_somebody_holds_back_has_to_be_resumed_first() -> None:
    assert told(replace(FAILED, is_paused=True)) is Forecast.PAUSED
    assert told(FAILED, HELD) is Forecast.PAUSED
    waiting = replace(FAILED, state=DeliveryState.READY, is_paused=True)
    assert told(waiting) is Forecast.PAUSED


@pytest.mark.parametrize("cause", sorted(NEEDS_CHANGE))
def test_what_was_refused_by_rule_needs_other_content(cause: str) -> None:
    assert told(replace(FAILED, cause=cause)) is Forecast.CHANGE
    assert told(replace(FAILED, cause=cause), DOWN) is Forecast.CHANGE


@pytest.mark.parametrize("cause", sorted(NEEDS_IT))
def test_a_wrong_setting_is_for_it(cause: str) -> None:
    assert told(replace(FAILED, cause=cause)) is Forecast.IT


@pytest.mark.parametrize("cause", sorted(NEEDS_CHANGE | NEEDS_IT))
def test_every_cause_named_here_has_its_words(cause: str) -> None:
    assert cause in ErrorTexts("zh").codes()


def test_needs_fix_is_never_sent_again_as_it_is() -> None:
    refused = replace(FAILED, state=DeliveryState.BLOCKED, reason=BlockedReason.NEEDS_FIX, cause="")
    assert told(refused) is Forecast.CHANGE


@pytest.mark.parametrize(
    "state",
    [DeliveryState.READY, DeliveryState.RUNNING, DeliveryState.DELIVERED, DeliveryState.BLOCKED],
)
def test_what_goes_by_itself_needs_no_retry(state: DeliveryState) -> None:
    assert told(replace(FAILED, state=state)) is Forecast.NOT_NEEDED


def test_the_sentence_of_the_selection_bar() -> None:
    """已选 16 项 · 11 项多半能成 · 3 项要等平台恢复 · 2 项要先改内容."""
    tally = {
        FAILED: 11,
        replace(FAILED, platform="hebei"): 3,
        replace(FAILED, cause="platform_rejected"): 2,
    }
    platforms = {"guizhou": WELL, "hebei": replace(DOWN, platform="hebei")}
    shown = preview(tally, platforms)
    assert {k: n for k, n in shown.counts.items() if n} == {
        Forecast.LIKELY: 11,
        Forecast.PLATFORM: 3,
        Forecast.CHANGE: 2,
    }
    assert (shown.total, shown.retryable, shown.cancellable, shown.running) == (16, 16, 16, 0)
    assert shown.kinds[DeliveryKind.IMAGES] == 16


def test_pause_and_cancel_count_only_what_they_change() -> None:
    tally = {
        replace(FAILED, state=DeliveryState.RUNNING): 2,
        replace(FAILED, state=DeliveryState.READY, is_paused=True): 3,
        replace(FAILED, state=DeliveryState.DELIVERED): 5,
        replace(FAILED, state=DeliveryState.CANCELLED): 7,
    }
    shown = preview(tally, {"guizhou": WELL})
    assert (shown.pausable, shown.paused, shown.cancellable, shown.running) == (2, 3, 5, 2)
    assert shown.retryable == 7


@given(st.dictionaries(FACTS, st.integers(1, 50), max_size=20), st.booleans())
def test_every_delivery_is_counted_exactly_once(
    tally: dict[DeliveryFact, int], is_down: bool
) -> None:
    shown = preview(tally, {"guizhou": DOWN if is_down else WELL})
    assert shown.total == sum(tally.values())
    assert shown.pausable + shown.paused == shown.cancellable
    open_ones = sum(n for fact, n in tally.items() if fact.state not in AT_REST)
    assert shown.cancellable == open_ones == sum(shown.kinds.values())
    assert shown.counts[Forecast.LIKELY] + shown.counts[Forecast.PLATFORM] <= shown.retryable


@given(FACTS)
def test_only_what_a_retry_touches_is_called_likely(fact: DeliveryFact) -> None:
    if told(fact) in (Forecast.LIKELY, Forecast.PLATFORM, Forecast.IT):
        assert fact.state in RETRYABLE_BY_HAND
