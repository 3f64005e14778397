from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.retry import retry_delay

if TYPE_CHECKING:
    import random


def test_it_doubles_to_the_limit_with_jitter(rng: random.Random) -> None:
    for attempt in range(1, 100):
        ceiling = min(3600.0, 30.0 * 2 ** (attempt - 1))
        delay = retry_delay(attempt, first_delay_s=30, max_delay_s=3600, jitter=rng)
        assert ceiling / 2 <= delay.total_seconds() <= ceiling


@pytest.mark.parametrize("attempt", [0, 1])
def test_the_first_delay_is_at_most_what_was_set(attempt: int) -> None:
    assert retry_delay(attempt, first_delay_s=30, max_delay_s=3600).total_seconds() <= 30


def test_two_delays_differ(rng: random.Random) -> None:
    delays = {retry_delay(3, first_delay_s=30, max_delay_s=60, jitter=rng) for _ in range(20)}
    assert len(delays) > 1
