from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import PlatformError
from hbgz_desktop.storage.events import EventLog
from hbgz_desktop.storage.platform_state import SEQUENCE_MAX, PlatformStates

if TYPE_CHECKING:
    from hbgz_desktop.storage.database import Database

PLATFORM = "guizhou"
NOW = datetime(2026, 11, 22, 8, 30, 15, 500_000, tzinfo=UTC)
SECOND = NOW.replace(microsecond=0)


@pytest.fixture
def states(database: Database) -> PlatformStates:
    return PlatformStates(database)


def fail(states: PlatformStates, delivery_id: int, *, wide: bool = False, limit: int = 3) -> bool:
    return states.failed(
        PLATFORM,
        "platform_server_error",
        delivery_id=delivery_id,
        threshold=limit,
        probe_delay_s=30,
        is_platform_wide=wide,
    )


def test_a_fresh_platform_is_well(states: PlatformStates) -> None:
    health = states.health(PLATFORM)
    assert (health.failures, health.opened_at, health.cause) == (0, None, "")


def test_one_poisonous_delivery_does_not_open_the_breaker(states: PlatformStates) -> None:
    assert not any(fail(states, 7) for _ in range(20))
    assert states.health(PLATFORM).opened_at is None


def test_failures_of_several_deliveries_open_it(states: PlatformStates) -> None:
    assert [fail(states, one) for one in (1, 2, 3)] == [False, False, True]
    health = states.health(PLATFORM)
    assert health.opened_at is not None
    assert health.next_probe_at is not None
    assert health.cause == "platform_server_error"


def test_a_failure_of_the_connection_counts_each_time(states: PlatformStates) -> None:
    assert [fail(states, 7, wide=True) for _ in range(3)] == [False, False, True]


def test_an_answer_in_between_begins_the_count_anew(states: PlatformStates) -> None:
    fail(states, 1)
    fail(states, 2)
    states.note_answer(PLATFORM, 12.0)
    assert [fail(states, one) for one in (3, 4)] == [False, False]


def test_the_first_alarm_is_the_only_one(states: PlatformStates, database: Database) -> None:
    for one in range(1, 10):
        fail(states, one)
    opened = states.health(PLATFORM).opened_at
    assert states.answered(PLATFORM, 5.0)
    kinds = [event.kind for event in EventLog(database).since(0)]
    assert kinds == ["platform_down", "platform_back"]
    assert opened is not None


def test_after_a_probe_one_more_failure_opens_it_again(states: PlatformStates) -> None:
    for one in range(1, 10):
        fail(states, one)
    assert states.answered(PLATFORM, 5.0, is_probe=True)
    assert states.health(PLATFORM).opened_at is None
    assert fail(states, 100)


def test_after_a_probe_the_delivery_that_failed_last_does_not_open_it(
    states: PlatformStates,
) -> None:
    """Else one record that cannot be answered would stop a single uploader for ever."""
    for one in (1, 2, 7):
        fail(states, one)
    states.answered(PLATFORM, 5.0, is_probe=True)
    assert not fail(states, 7), "its attempt counts, and others get their turn"


def test_a_real_answer_closes_it_for_good(states: PlatformStates) -> None:
    for one in (1, 2, 3):
        fail(states, one)
    states.answered(PLATFORM, 5.0, is_probe=True)
    states.note_answer(PLATFORM, 5.0)
    assert [fail(states, one) for one in (11, 12)] == [False, False]


def test_a_failed_probe_waits_again(states: PlatformStates) -> None:
    for one in (1, 2, 3):
        fail(states, one)
    before = states.health(PLATFORM).next_probe_at
    states.probe_failed(PLATFORM, "platform_timeout_connect", 300)
    health = states.health(PLATFORM)
    assert before is not None
    assert health.next_probe_at is not None
    assert health.next_probe_at > before
    assert (health.opened_at is not None, health.cause) == (True, "platform_timeout_connect")


def test_answers_are_noted_at_most_once_a_second(states: PlatformStates) -> None:
    states.note_answer(PLATFORM, 1.0)
    states.note_answer(PLATFORM, 99.0)
    assert states.health(PLATFORM).last_answer_ms == 1.0


def test_pausing_says_who(states: PlatformStates) -> None:
    states.set_paused(PLATFORM, paused=True, actor="王工")
    assert states.health(PLATFORM).paused_by == "王工"
    states.set_paused(PLATFORM, paused=False, actor="王工")
    health = states.health(PLATFORM)
    assert (health.is_paused, health.paused_by) == (False, "")


def test_numbers_of_one_second_go_on(states: PlatformStates) -> None:
    assert states.reserve_msgids(PLATFORM, NOW, 100) == (SECOND, 1, 100)
    assert states.reserve_msgids(PLATFORM, NOW, 1) == (SECOND, 101, 101)
    later = NOW + timedelta(seconds=1)
    assert states.reserve_msgids(PLATFORM, later, 5) == (SECOND + timedelta(seconds=1), 1, 5)


def test_a_full_second_borrows_from_the_next(states: PlatformStates) -> None:
    assert states.reserve_msgids(PLATFORM, NOW, SEQUENCE_MAX + 5) == (SECOND, 1, SEQUENCE_MAX)
    assert states.reserve_msgids(PLATFORM, NOW, 2) == (SECOND + timedelta(seconds=1), 1, 2)


def test_the_time_part_never_goes_back(states: PlatformStates) -> None:
    states.reserve_msgids(PLATFORM, NOW, 10)
    an_hour_ago = NOW - timedelta(hours=1)
    assert states.reserve_msgids(PLATFORM, an_hour_ago, 1) == (SECOND, 11, 11)


def test_a_clock_that_is_days_behind_is_refused(states: PlatformStates) -> None:
    states.reserve_msgids(PLATFORM, NOW, 10)
    with pytest.raises(PlatformError) as caught:
        states.reserve_msgids(PLATFORM, NOW - timedelta(days=2), 1)
    assert caught.value.code == "clock_went_back"
    assert states.reserve_msgids(PLATFORM, NOW, 1) == (SECOND, 11, 11), "nothing was used up"
