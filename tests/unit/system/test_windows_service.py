"""The service manager is asked for no more than is needed, and its refusals get names."""

from __future__ import annotations

import sys

import pytest

from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.system.system_service import ServiceState
from hbgz_desktop.system.windows_service import engine_service
from tests.unit.system.service_manager import DENIED, QUERY, ServiceManager


@pytest.mark.parametrize("state", list(ServiceState))
def test_each_state_is_told(state: ServiceState) -> None:
    manager = ServiceManager(state=state)
    assert manager.service().state() is state
    assert manager.opened == [], "every handle is closed"


def test_start_and_stop() -> None:
    manager = ServiceManager(state=ServiceState.STOPPED)
    service = manager.service()
    service.ask_start()
    assert service.state() is ServiceState.RUNNING
    service.ask_start()
    service.ask_stop()
    assert service.state() is ServiceState.STOPPED
    service.ask_stop()
    assert manager.asked == ["start", "start", "stop", "stop"], "asking twice is no error"
    assert manager.opened == []


def test_an_account_that_may_only_look() -> None:
    manager = ServiceManager(granted=QUERY)
    service = manager.service()
    assert service.state() is ServiceState.RUNNING
    for ask in (service.ask_start, service.ask_stop):
        with pytest.raises(ServiceError) as caught:
            ask()
        assert caught.value.code == "service_denied"
        assert caught.value.facts == {"name": "hbgz_engine", "winerror": DENIED}
    assert (manager.asked, manager.opened) == ([], [])


def test_what_is_not_registered_is_missing_and_what_may_not_be_seen_is_there() -> None:
    missing = ServiceManager(state=None).service()
    assert not missing.is_registered()
    with pytest.raises(ServiceError) as caught:
        missing.state()
    assert caught.value.code == "service_missing"
    assert ServiceManager(granted=0).service().is_registered()
    assert ServiceManager().service().is_registered()


@pytest.mark.parametrize(
    ("number", "code"),
    [(1058, "service_disabled"), (1069, "service_no_logon"), (1053, "service_failed")],
)
def test_other_refusals(number: int, code: str) -> None:
    manager = ServiceManager(state=ServiceState.STOPPED, refuses=number)
    with pytest.raises(ServiceError) as caught:
        manager.service().ask_start()
    assert (caught.value.code, caught.value.facts["winerror"]) == (code, number)
    assert manager.opened == []


def test_this_system() -> None:
    service = engine_service()
    if sys.platform != "win32":
        assert service is None
    else:
        assert service is not None
        assert service.is_registered() in (True, False), "the real manager answers"
