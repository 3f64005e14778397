"""A Windows service seen from a user's account: its state, and asking the service manager for a change."""

from __future__ import annotations

import ctypes
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.system.system_service import ServiceState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENGINE_SERVICE = "hbgz_engine"
"""As installer/windows/service.h names it."""
_CONNECT = 0x1
_QUERY, _START, _STOP = 0x4, 0x10, 0x20
_CONTROL_STOP = 1
_DENIED = 5
_DISABLED = 1058
_MISSING = 1060
_RUNS_ALREADY, _STOPPED_ALREADY, _STOPS_ALREADY = 1056, 1062, 1061
_NO_LOGON = 1069
_CODES = {
    _DENIED: "service_denied",
    _DISABLED: "service_disabled",
    _MISSING: "service_missing",
    _NO_LOGON: "service_no_logon",
}


class _Status(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_uint32)
        for name in (
            *("type", "state", "accepted", "exit_code", "own_code", "checkpoint", "wait_hint"),
        )
    ]


class WindowsService:
    """One service by its name. Blocks for milliseconds, not for the GUI thread; safe from any thread.

    Attributes:
        name: What IT types after ``net start``.
    """

    def __init__(self, name: str, advapi32: Any, last_error: Callable[[], int]) -> None:
        """Name the service; nothing is asked yet.

        Args:
            name: Of the service.
            advapi32: The system's library.
            last_error: Number of the error of the calling thread's last call.
        """
        self.name = name
        self._advapi32 = advapi32
        self._last_error = last_error
        handle = ctypes.c_void_p
        advapi32.OpenSCManagerW.restype = advapi32.OpenServiceW.restype = handle
        advapi32.OpenServiceW.argtypes = [handle, ctypes.c_wchar_p, ctypes.c_uint32]
        advapi32.QueryServiceStatus.argtypes = [handle, ctypes.c_void_p]
        advapi32.StartServiceW.argtypes = [handle, ctypes.c_uint32, ctypes.c_void_p]
        advapi32.ControlService.argtypes = [handle, ctypes.c_uint32, ctypes.c_void_p]
        advapi32.CloseServiceHandle.argtypes = [handle]

    def is_registered(self) -> bool:
        """True when there is such a service, also when this account may not look into it."""
        try:
            self.state()
        except ServiceError as error:
            return error.code != "service_missing"
        return True

    def state(self) -> ServiceState:
        """What it does now.

        Raises:
            ServiceError: ``service_missing``, or the service manager refused.
        """
        with self._opened(_QUERY) as service:
            found = _Status()
            if not self._advapi32.QueryServiceStatus(service, ctypes.byref(found)):
                raise self._refused()
            known = {one.value: one for one in ServiceState}
            return known.get(found.state, ServiceState.STOPPED)

    def ask_start(self) -> None:
        """Ask for a start; returns before it runs. One that runs is left alone.

        Raises:
            ServiceError: ``service_denied``: this account may not; ``service_disabled`` and others.
        """
        with self._opened(_START) as service:
            if not self._advapi32.StartServiceW(service, 0, None):
                self._refuse_unless(_RUNS_ALREADY)

    def ask_stop(self) -> None:
        """Ask for a stop; returns before it has stopped. One that does not run is left alone.

        Raises:
            ServiceError: ``service_denied``: this account may not; and others.
        """
        with self._opened(_STOP) as service:
            if not self._advapi32.ControlService(service, _CONTROL_STOP, ctypes.byref(_Status())):
                self._refuse_unless(_STOPPED_ALREADY, _STOPS_ALREADY)

    @contextmanager
    def _opened(self, access: int) -> Iterator[object]:
        manager = self._advapi32.OpenSCManagerW(None, None, _CONNECT)
        if not manager:
            raise self._refused()
        try:
            service = self._advapi32.OpenServiceW(manager, self.name, access)
            if not service:
                raise self._refused()
            try:
                yield service
            finally:
                self._advapi32.CloseServiceHandle(service)
        finally:
            self._advapi32.CloseServiceHandle(manager)

    def _refuse_unless(self, *harmless: int) -> None:
        if self._last_error() not in harmless:
            raise self._refused()

    def _refused(self) -> ServiceError:
        number = self._last_error()
        code = _CODES.get(number, "service_failed")
        return ServiceError(code, name=self.name, winerror=number)


def engine_service() -> WindowsService | None:
    """The service our installer registers, whether it is registered or not; None but on Windows."""
    if sys.platform == "win32":
        advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
        return WindowsService(ENGINE_SERVICE, advapi32, ctypes.get_last_error)
    else:  # noqa: RET505  # mypy looks at one of the two systems at a time
        return None
