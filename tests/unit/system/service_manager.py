"""Windows' service manager as a program sees it through advapi32: the wire below ``WindowsService``."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from hbgz_desktop.system.system_service import ServiceState
from hbgz_desktop.system.windows_service import ENGINE_SERVICE, WindowsService

if TYPE_CHECKING:
    from collections.abc import Callable

DENIED, MISSING, RUNS_ALREADY, STOPPED_ALREADY = 5, 1060, 1056, 1062
QUERY, START, STOP = 0x4, 0x10, 0x20
MANAGER, SERVICE = 71, 72


class Call:
    """A function of a library: ``ctypes`` is told its types on it."""

    def __init__(self, does: Callable[..., int]) -> None:
        self._does = does

    def __call__(self, *words: Any) -> int:
        return self._does(*words)


@dataclass
class ServiceManager:
    """Answers as Windows does; ``advapi32`` is the library.

    Attributes:
        state: Of the one service, None when it is not registered.
        granted: Rights this account has on it.
        refuses: Error with which every start or stop ends, 0 for none.
        on_start: What the service's own program does then.
        on_stop: The same.
        opened: Handles that nobody has closed.
        asked: Names of the changes that were asked for.
    """

    state: ServiceState | None = ServiceState.RUNNING
    granted: int = QUERY | START | STOP
    refuses: int = 0
    on_start: Callable[[], object] = bool
    on_stop: Callable[[], object] = bool
    opened: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    error: int = 0

    @property
    def advapi32(self) -> Any:
        """The library."""
        return SimpleNamespace(
            OpenSCManagerW=Call(self._open_manager),
            OpenServiceW=Call(self._open_service),
            QueryServiceStatus=Call(self._query),
            StartServiceW=Call(self._start),
            ControlService=Call(self._control),
            CloseServiceHandle=Call(self._close),
        )

    def service(self) -> WindowsService:
        """The engine's service, seen from a program."""
        return WindowsService(ENGINE_SERVICE, self.advapi32, lambda: self.error)

    def _fail(self, error: int) -> int:
        self.error = error
        return 0

    def _open_manager(self, _machine: None, _database: None, _access: int) -> int:
        self.opened.append(MANAGER)
        return MANAGER

    def _open_service(self, _manager: int, name: str, access: int) -> int:
        if name != ENGINE_SERVICE or self.state is None:
            return self._fail(MISSING)
        if access & ~self.granted:
            return self._fail(DENIED)
        self.opened.append(SERVICE)
        return SERVICE

    def _query(self, _service: int, status: Any) -> int:
        if self.state is not None:
            status._obj.state = int(self.state)
        return 1

    def _start(self, _service: int, _count: int, _words: None) -> int:
        self.asked.append("start")
        if self.refuses or self.state is not ServiceState.STOPPED:
            return self._fail(self.refuses or RUNS_ALREADY)
        self.state = ServiceState.RUNNING
        self.on_start()
        return 1

    def _control(self, _service: int, _code: int, _status: Any) -> int:
        self.asked.append("stop")
        if self.refuses or self.state is ServiceState.STOPPED:
            return self._fail(self.refuses or STOPPED_ALREADY)
        self.state = ServiceState.STOPPED
        self.on_stop()
        return 1

    def _close(self, handle: int) -> int:
        self.opened.remove(handle)
        return 1
