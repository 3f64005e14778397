"""The fine timer is asked for once, however many need it, and given back with the last."""

from __future__ import annotations

import threading

from hbgz_desktop.system.timer_resolution import TICK_MS, FineTimer, fine_timer
from tests.operating_system import SLOWNESS


def test_it_is_asked_for_and_given_back_once() -> None:
    calls: list[tuple[str, int]] = []
    timer = FineTimer(lambda ms: calls.append(("begin", ms)), lambda ms: calls.append(("end", ms)))
    with timer.needed():
        with timer.needed():
            assert timer.users == 2
        assert calls == [("begin", TICK_MS)]
    assert calls == [("begin", TICK_MS), ("end", TICK_MS)]
    with timer.needed():
        pass
    assert calls == 2 * [("begin", TICK_MS), ("end", TICK_MS)]


def test_threads_that_overlap_keep_it_until_the_last_has_ended() -> None:
    levels: list[int] = []
    timer = FineTimer(lambda _: levels.append(1), lambda _: levels.append(-1))
    both_in, first_out = threading.Barrier(3), threading.Event()

    def use(leaves_first: bool) -> None:
        with timer.needed():
            both_in.wait(10)
            if not leaves_first:
                first_out.wait(10)

    threads = [threading.Thread(target=use, args=(first,)) for first in (True, False)]
    for thread in threads:
        thread.start()
    both_in.wait(10)
    threads[0].join(10 * SLOWNESS)
    assert levels == [1]
    first_out.set()
    threads[1].join(10 * SLOWNESS)
    assert levels == [1, -1]
    assert timer.users == 0


def test_the_system_takes_our_calls() -> None:
    with fine_timer().needed():
        assert fine_timer().users >= 1
