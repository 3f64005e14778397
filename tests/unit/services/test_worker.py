"""A thread of ours can be woken, stopped and joined, and survives its own bugs."""

from __future__ import annotations

import threading

import pytest

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.services import worker as worker_module
from hbgz_desktop.services.worker import Worker


def test_it_works_when_woken_and_ends_when_told() -> None:
    steps = threading.Semaphore(0)

    def step() -> float:
        steps.release()
        return 60.0

    worker = Worker("test", step)
    worker.start()
    for _ in range(3):
        assert steps.acquire(timeout=10)
        worker.wake()
    worker.stop()
    assert worker.join()
    assert worker.stopping.is_set()


def test_it_does_not_lose_a_wake_that_comes_during_a_step() -> None:
    seen = threading.Semaphore(0)
    go_on = threading.Semaphore(0)

    def step() -> float:
        seen.release()
        go_on.acquire(timeout=10)
        return 60.0

    worker = Worker("test", step)
    worker.start()
    assert seen.acquire(timeout=10)
    worker.wake()
    go_on.release()
    assert seen.acquire(timeout=10), "again at once"
    worker.stop()
    go_on.release()
    assert worker.join()


@pytest.mark.allow_warnings("worker_failed thread=hbgz-test code=database_busy|worker_bug")
def test_a_failing_step_is_logged_and_the_thread_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker_module, "PAUSE_AFTER_BUG_S", 0.0)
    errors = [StorageError("database_busy"), ZeroDivisionError()]
    done = threading.Event()

    def step() -> float:
        if errors:
            raise errors.pop(0)
        done.set()
        return 60.0

    worker = Worker("test", step)
    worker.start()
    assert done.wait(10)
    worker.stop()
    assert worker.join()
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]


def test_one_that_never_started_is_joined_at_once() -> None:
    worker = Worker("test", lambda: 0.0)
    worker.stop()
    assert worker.join()
