"""The console's engine: a real process that is started, watched, killed and started again."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from tests.unit.services.clinic import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic

pytestmark = pytest.mark.timeout(100)
START_S = 60.0


@pytest.fixture
def clinic(make_clinic: MakeClinic) -> Clinic:
    """A clinic whose engine takes any port."""
    return make_clinic(**{"dicom.port": 0, "dicom.bind_address": "127.0.0.1"})


@pytest.fixture
def supervisor(clinic: Clinic) -> Iterator[EngineSupervisor]:
    """A supervisor whose engine does not outlive the test."""
    supervisor = EngineSupervisor(clinic.work.folder, clinic.work.engine_state)
    yield supervisor
    if not supervisor.stop("test"):
        psutil.Process(supervisor.status().pid).kill()
    wait_until("gone", lambda: not supervisor.is_running())


def log(data: Path) -> str:
    return (data / "logs" / "engine.log").read_text(encoding="utf-8")


def test_a_life_of_an_engine(clinic: Clinic, supervisor: EngineSupervisor) -> None:
    assert not supervisor.is_running()
    assert supervisor.stop("test"), "nothing to stop"
    supervisor.expect_start()
    assert supervisor.status().is_starting, "from the moment it is meant to"
    first = supervisor.ensure_running()
    assert (first.is_alive, first.receiver_state) == (True, "listening")
    assert not first.is_starting
    assert supervisor.is_running()

    assert supervisor.ensure_running().pid == first.pid, "one is enough"
    other = EngineSupervisor(clinic.work.folder, clinic.work.engine_state)
    assert other.ensure_running().pid == first.pid, "also for a second window"

    refused = supervisor._spawn()
    assert refused.wait(START_S) == 1
    status = supervisor.status()
    assert (status.is_alive, status.pid, status.stopped_at) == (True, first.pid, None)
    assert "engine_ended code=engine_running" in log(clinic.data)

    os.kill(first.pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    wait_until("killed", lambda: not supervisor.is_running())
    assert supervisor.status().is_listening, "its heartbeat still looks fresh"
    second = supervisor.ensure_running()
    assert second.is_alive
    assert second.pid != first.pid
    assert second.started_at != first.started_at

    third = supervisor.restart("test")
    assert third.is_alive
    assert third.pid != second.pid

    assert supervisor.stop("test")
    assert not supervisor.is_running()
    assert not supervisor.status().is_alive
    assert "worker_bug" not in log(clinic.data)


def test_one_that_another_started_is_waited_for(
    clinic: Clinic, supervisor: EngineSupervisor
) -> None:
    other = EngineSupervisor(clinic.work.folder, clinic.work.engine_state)
    process = other._spawn()
    wait_until("its lock", supervisor.is_running, START_S)
    status = supervisor.ensure_running()
    assert status.is_listening
    assert status.pid == process.pid
    assert supervisor.stop("test")
    process.wait(START_S)


def test_an_engine_that_cannot_start_is_not_waited_for(
    clinic: Clinic, supervisor: EngineSupervisor
) -> None:
    path = clinic.work.settings_file.path
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "\n[nonsense]\n", encoding="utf-8")
    assert not supervisor.ensure_running().is_alive
    assert not supervisor.status().is_starting, "it has ended without a word"
    assert not supervisor.is_running()
    assert "engine_ended code=setting_unknown" in log(clinic.data)
    path.write_text(good, encoding="utf-8")
