"""A systemd unit seen from a user's account: its state, and asking systemd for a change."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.system.child_process import ask_program
from hbgz_desktop.system.system_service import ServiceState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ENGINE_UNIT = "hbgz-engine.service"
"""As installer/linux has it."""
LIMIT_S = 10.0
_STATES = {
    "active": ServiceState.RUNNING,
    "reloading": ServiceState.RUNNING,
    "activating": ServiceState.STARTING,
    "deactivating": ServiceState.STOPPING,
}


def ask_systemd(words: Sequence[str]) -> tuple[int, str] | None:
    """Ask; never for a password, and without waiting for what was asked for."""
    return ask_program(["systemctl", "--no-ask-password", *words], limit_s=LIMIT_S)


class SystemdService:
    """One unit. Blocks for tens of milliseconds, not for the GUI thread; safe from any thread.

    Attributes:
        name: What IT types after ``systemctl restart``.
    """

    def __init__(
        self, name: str, ask: Callable[[Sequence[str]], tuple[int, str] | None] = ask_systemd
    ) -> None:
        """Name the unit; nothing is asked yet."""
        self.name = name
        self._ask = ask

    def is_registered(self) -> bool:
        """True when systemd knows the unit; False where there is no systemd at all."""
        answer = self._ask(["show", "--property=LoadState", "--value", self.name])
        return answer is not None and answer[0] == 0 and answer[1].strip() == "loaded"

    def state(self) -> ServiceState:
        """What it does now.

        Raises:
            ServiceError: ``unit_failed``: systemd does not answer.
        """
        answer = self._ask(["show", "--property=ActiveState", "--value", self.name])
        if answer is None or answer[0] != 0:
            raise ServiceError("unit_failed", name=self.name)
        return _STATES.get(answer[1].strip(), ServiceState.STOPPED)

    def ask_start(self) -> None:
        """Ask for a start; returns before it runs.

        Raises:
            ServiceError: ``unit_denied``: this account may not, or ``unit_failed``.
        """
        self._change("start")

    def ask_stop(self) -> None:
        """Ask for a stop; returns before it has stopped.

        Raises:
            ServiceError: ``unit_denied``: this account may not, or ``unit_failed``.
        """
        self._change("stop")

    def _change(self, verb: str) -> None:
        answer = self._ask(["--no-block", verb, self.name])
        if answer is None:
            raise ServiceError("unit_failed", name=self.name)
        if answer[0] != 0:
            is_denied = "authentication" in answer[1].lower() or "denied" in answer[1].lower()
            raise ServiceError("unit_denied" if is_denied else "unit_failed", name=self.name)


def engine_unit() -> SystemdService | None:
    """The unit our package registers, whether it is registered or not; None but on Linux."""
    return SystemdService(ENGINE_UNIT) if sys.platform == "linux" else None
