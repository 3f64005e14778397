"""Where a Windows service runs the engine the console asks the service manager, and never starts a child."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.audit import AuditFilter
from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.services.engine_service import service_of
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.system.child_process import PIPE, Streams, start_bound
from hbgz_desktop.system.system_service import ServiceState
from tests.unit.services.clinic import wait_until
from tests.unit.system.service_manager import DENIED, QUERY, ServiceManager

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

    from tests.unit.services.clinic import Clinic
    from tests.unit.services.conftest import MakeClinic

pytestmark = pytest.mark.timeout(100)


class ServiceProgram:
    """What hbgz_service.exe does: the engine hangs on a pipe, whose end asks it to end."""

    def __init__(self, clinic: Clinic) -> None:
        self._words = ("--data", str(clinic.work.folder.root), "engine", "--service")
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        streams = Streams(stdin=PIPE)
        self._processes.append(start_bound("hbgz_desktop", *self._words, streams=streams))

    def stop(self) -> None:
        for process in self._processes:
            if process.stdin is not None:
                process.stdin.close()
            assert process.wait(60) == 0
        self._processes.clear()


@pytest.fixture
def clinic(make_clinic: MakeClinic) -> Clinic:
    """A clinic whose engine takes any port."""
    return make_clinic(**{"dicom.port": 0, "dicom.bind_address": "127.0.0.1"})


@pytest.fixture
def program(clinic: Clinic) -> Iterator[ServiceProgram]:
    """The service's program; its engine does not outlive the test."""
    program = ServiceProgram(clinic)
    yield program
    program.stop()


def supervisor(clinic: Clinic, manager: ServiceManager) -> EngineSupervisor:
    return EngineSupervisor(clinic.work.folder, clinic.work.engine_state, manager.service())


def test_a_service_is_asked_to_restart(clinic: Clinic, program: ServiceProgram) -> None:
    manager = ServiceManager(on_start=program.start, on_stop=program.stop)
    console = supervisor(clinic, manager)
    assert console.service_name == "hbgz_engine"
    program.start()
    wait_until("up", lambda: console.status().receiver_state == "listening", 60.0)
    first = console.status()

    assert console.ensure_running().pid == first.pid
    console.restart("王工")
    assert manager.asked == ["stop", "start"]
    wait_until("up again", lambda: console.status().receiver_state == "listening", 60.0)
    second = console.status()
    assert second.is_alive
    assert second.pid != first.pid
    assert (second.receiver_state, second.stopped_at) == ("listening", None)
    asked = [
        one for one in clinic.work.audit.page(AuditFilter()) if one.action == "engine_stop_asked"
    ]
    assert [one.actor for one in asked] == ["王工"], "who asked is written down"

    assert console.stop("王工")
    assert manager.state is ServiceState.STOPPED
    assert not console.is_running()
    assert not console.status().is_alive


def test_a_service_that_runs_before_its_engine_has_spoken_is_waited_for(
    clinic: Clinic, program: ServiceProgram
) -> None:
    """At boot and after an upgrade the service is up long before its engine."""
    console = supervisor(clinic, ServiceManager(state=ServiceState.RUNNING))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(console.ensure_running)
        wait_until("asked", lambda: console.status().is_starting)
        assert not console.status().is_alive
        program.start()
        assert waiting.result(90).is_listening
    assert not console.status().is_starting


def test_nothing_is_waited_for_when_the_console_ends(clinic: Clinic) -> None:
    console = supervisor(clinic, ServiceManager(state=ServiceState.RUNNING))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(console.ensure_running)
        wait_until("asked", lambda: console.status().is_starting)
        console.close()
        assert not waiting.result(5).is_alive


def test_a_service_that_somebody_stopped_stays_stopped(clinic: Clinic) -> None:
    manager = ServiceManager(state=ServiceState.STOPPED)
    console = supervisor(clinic, manager)
    assert not console.ensure_running().is_alive
    assert manager.asked == []
    assert not console.is_running(), "no child of the console either"
    assert console.stop("test"), "it stands already"


def test_an_account_that_may_not_leaves_everything_as_it_is(
    clinic: Clinic, program: ServiceProgram
) -> None:
    manager = ServiceManager(granted=QUERY)
    console = supervisor(clinic, manager)
    program.start()
    wait_until("up", lambda: console.status().receiver_state == "listening", 60.0)
    first = console.status()
    for ask in (console.stop, console.restart):
        with pytest.raises(ServiceError) as caught:
            ask("test")
        assert caught.value.code == "service_denied"
        assert caught.value.facts == {"name": "hbgz_engine", "winerror": DENIED}
    assert console.is_running()
    assert console.status().pid == first.pid
    asked = [
        one for one in clinic.work.audit.page(AuditFilter()) if one.action == "engine_stop_asked"
    ]
    assert asked == [], "nothing was asked of the engine behind the manager's back"


@pytest.mark.skipif(sys.platform == "win32", reason="a Windows machine may well have one")
def test_this_system_has_no_such_service(clinic: Clinic) -> None:
    assert service_of(clinic.work.folder) is None
