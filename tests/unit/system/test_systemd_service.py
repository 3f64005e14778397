"""A systemd unit by what systemctl answers; ``run.py linux --check`` asks a real one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.system.system_service import ServiceState
from hbgz_desktop.system.systemd_service import ENGINE_UNIT, SystemdService, engine_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

DENIED = "Failed to stop hbgz-engine.service: Interactive authentication required.\n"


class Systemctl:
    """Answers the next questions as told, and keeps what was asked."""

    def __init__(self, *answers: tuple[int, str] | None) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, words: Sequence[str]) -> tuple[int, str] | None:
        self.asked.append(" ".join(words))
        return self._answers.pop(0)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("active", ServiceState.RUNNING),
        ("activating", ServiceState.STARTING),
        ("deactivating", ServiceState.STOPPING),
        ("inactive", ServiceState.STOPPED),
        ("failed", ServiceState.STOPPED),
    ],
)
def test_its_states(said: str, wanted: ServiceState) -> None:
    systemctl = Systemctl((0, f"{said}\n"))
    assert SystemdService(ENGINE_UNIT, systemctl).state() is wanted
    assert systemctl.asked == [f"show --property=ActiveState --value {ENGINE_UNIT}"]


@pytest.mark.parametrize(
    ("answer", "is_there"),
    [((0, "loaded\n"), True), ((0, "not-found\n"), False), ((1, "no bus"), False), (None, False)],
)
def test_whether_there_is_one(answer: tuple[int, str] | None, *, is_there: bool) -> None:
    assert SystemdService(ENGINE_UNIT, Systemctl(answer)).is_registered() is is_there


def test_it_is_asked_without_waiting() -> None:
    systemctl = Systemctl((0, ""), (0, ""))
    service = SystemdService(ENGINE_UNIT, systemctl)
    service.ask_stop()
    service.ask_start()
    assert systemctl.asked == [f"--no-block stop {ENGINE_UNIT}", f"--no-block start {ENGINE_UNIT}"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [((1, DENIED), "unit_denied"), ((1, "Unit is masked."), "unit_failed"), (None, "unit_failed")],
)
def test_what_it_refuses(answer: tuple[int, str] | None, code: str) -> None:
    with pytest.raises(ServiceError) as caught:
        SystemdService(ENGINE_UNIT, Systemctl(answer)).ask_stop()
    assert (caught.value.code, caught.value.facts["name"]) == (code, ENGINE_UNIT)


def test_a_systemd_that_is_silent_has_no_state() -> None:
    with pytest.raises(ServiceError):
        SystemdService(ENGINE_UNIT, Systemctl(None)).state()


def test_only_linux_has_one() -> None:
    assert (engine_unit() is not None) == (sys.platform == "linux")
