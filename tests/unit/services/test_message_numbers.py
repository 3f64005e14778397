"""Message numbers are unique for ever, across threads, processes and clocks that go back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hbgz_desktop.platforms.local_time import SHANGHAI
from hbgz_desktop.services.message_numbers import BLOCK, MessageNumbers

if TYPE_CHECKING:
    from tests.unit.services.clinic import Clinic

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=SHANGHAI)


def test_numbers_of_one_second_count_up_in_local_time(clinic: Clinic) -> None:
    numbers = MessageNumbers(clinic.work.platform_states, "guizhou")
    found = [numbers.next(NOON) for _ in range(BLOCK + 3)]
    assert found == [(NOON, place) for place in range(1, BLOCK + 4)]
    assert found[0][0].utcoffset() == timedelta(hours=8)


def test_a_later_moment_has_its_own_second_and_an_earlier_one_none(clinic: Clinic) -> None:
    numbers = MessageNumbers(clinic.work.platform_states, "guizhou")
    first = numbers.next(NOON)
    later = numbers.next(NOON + timedelta(seconds=5))
    back = numbers.next(NOON - timedelta(hours=1))
    assert first < later < back
    assert back[0] == later[0]


def test_two_processes_never_give_out_the_same(clinic: Clinic) -> None:
    pair = [MessageNumbers(clinic.work.platform_states, "guizhou") for _ in range(2)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda place: pair[place % 2].next(NOON), range(800)))
    assert len(set(found)) == 800


def test_after_a_restart_the_numbers_go_on(clinic: Clinic) -> None:
    last = MessageNumbers(clinic.work.platform_states, "guizhou").next(NOON)
    fresh = MessageNumbers(clinic.work.platform_states, "guizhou").next(NOON - timedelta(minutes=1))
    assert fresh > last
