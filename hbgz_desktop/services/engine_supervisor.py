"""The engine of a data folder, from outside: a process the console starts, or the Windows service (DESIGN 2)."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil

from hbgz_desktop.model.errors import ServiceError
from hbgz_desktop.storage.engine_lock import EngineLock
from hbgz_desktop.system.child_process import start_free
from hbgz_desktop.system.system_service import ServiceState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from hbgz_desktop.model.status import EngineStatus
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.storage.engine_state import EngineStateStore
    from hbgz_desktop.system.system_service import SystemService

START_LIMIT_S = 60.0
"""A slow disk, and an antivirus that reads every file first; one that ends is not waited for."""
STOP_LIMIT_S = 20.0
BEGIN_LIMIT_S = 5.0
"""A manager that was asked to start may still say for a moment that it is stopped."""
SERVICE_LIMIT_S = 30.0
"""The service gives its engine 18 s and then ends it."""
LOOK_EVERY_S = 0.2


class EngineSupervisor:
    """Starts the engine as a process of its own that outlives the window.

    Where a Windows service runs the engine nothing is started here: the service manager is asked. A service
    that somebody stopped stays stopped until a person says otherwise.

    Blocks, not for the GUI thread. Safe from any thread.

    Attributes:
        service: That of the engine; None where a console starts it.
        service_name: Its name, "" for none.
    """

    def __init__(
        self, folder: DataFolder, store: EngineStateStore, service: SystemService | None = None
    ) -> None:
        """Supervise the engine of one data folder.

        Args:
            folder: The data folder.
            store: What the engine says of itself.
            service: The service that runs the engine of this folder (``service_of``); None: nobody does.
        """
        self._folder = folder
        self._store = store
        self.service = service
        self.service_name = service.name if service is not None else ""
        self._pause = threading.Event()
        self._starting = threading.Event()
        self._former: datetime | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def status(self) -> EngineStatus:
        """The engine's last words, and whether its first are awaited."""
        status = self._store.status()
        is_opening = status.is_alive and not status.receiver_state
        is_awaited = self._starting.is_set() and not self._has_spoken(status)
        return replace(status, is_starting=is_opening or is_awaited)

    def _has_spoken(self, status: EngineStatus) -> bool:
        """Whether a life other than the former, whose heartbeat may look fresh after a kill, can or cannot receive."""
        is_new = self._former is None or status.started_at != self._former
        return status.is_alive and bool(status.receiver_state) and is_new

    def expect_start(self) -> None:
        """From now on it counts as starting, until ``ensure_running`` or ``restart`` has come to its end."""
        self._starting.set()

    def is_running(self) -> bool:
        """True when some process holds the engine lock, whether it answers or not."""
        if self._process is not None:
            self._process.poll()  # lets the system forget one that we started and that is over
        return EngineLock(self._folder.engine_lock).is_held_elsewhere()

    def ensure_running(self) -> EngineStatus:
        """Start one when none runs, and wait until it can or cannot receive, or has ended again.

        One that another started, or a service that is not stopped, is waited for as well.
        """
        with self._start():
            if self.service is None and not self.is_running():
                self._former = self._store.status().started_at
                self._process = self._spawn()
            self._wait_for_word()
        return self.status()

    @contextlib.contextmanager
    def _start(self) -> Iterator[None]:
        """While it lasts the engine counts as starting until it has spoken."""
        self.expect_start()
        try:
            yield
        finally:
            self._starting.clear()

    def close(self) -> None:
        """The console ends: nothing is waited for any more."""
        self._pause.set()

    def stop(self, actor: str) -> bool:
        """Ask the engine to end after the files now on their way; False when it does not answer.

        Raises:
            ServiceError: ``service_denied``: a service runs it, and this account may not stop that.
        """
        if self.service is not None:
            return self._stop_service(self.service, actor)
        if not self.is_running():
            self._see_off()
            return True
        self._store.ask("stop", requested_by=actor, deadline_s=STOP_LIMIT_S)
        if not self._wait_until(lambda: not self.is_running(), STOP_LIMIT_S):
            return False
        self._see_off()
        return True

    def _stop_service(self, service: SystemService, actor: str) -> bool:
        """The manager first: an engine that ends of itself would stay away without its having been asked."""
        was_running = self.is_running()
        service.ask_stop()
        if (
            was_running
        ):  # who asked is written down; an engine to come forgets what was asked of this one
            self._store.ask("stop", requested_by=actor, deadline_s=STOP_LIMIT_S)
        return self._wait_until(lambda: service.state() is ServiceState.STOPPED, SERVICE_LIMIT_S)

    def _wait_until(self, is_so: Callable[[], bool], limit_s: float) -> bool:
        limit = time.monotonic() + limit_s
        while not is_so():
            if time.monotonic() >= limit or self._pause.wait(LOOK_EVERY_S):
                return False
        return True

    def _see_off(self) -> None:
        """Wait for the last moments of a process of ours whose lock is free by now."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_LIMIT_S)

    def restart(self, actor: str) -> EngineStatus:
        """Stop, and by force when it does not answer: nothing acknowledged can be lost by that.

        Raises:
            ServiceError: ``service_denied``: a service runs it, and this account may not; or it does not
                start or stop.
        """
        if self.service is not None:
            return self._restart_service(self.service, actor)
        if not self.stop(actor):
            self._kill(self.status().pid)
        return self.ensure_running()

    def _restart_service(self, service: SystemService, actor: str) -> EngineStatus:
        if not self._stop_service(service, actor):
            raise ServiceError("service_does_not_answer", name=service.name)
        with self._start():
            self._former = self._store.status().started_at
            service.ask_start()
            self._wait_until(lambda: service.state() is not ServiceState.STOPPED, BEGIN_LIMIT_S)
            self._wait_for_word()
        return self.status()

    @staticmethod
    def _kill(pid: int) -> None:
        """End the engine with this id; an id that went to another program meanwhile is left alone."""
        try:
            process = psutil.Process(pid)
            words = " ".join(process.cmdline())
            if pid and "hbgz" in words and "engine" in words:
                process.kill()
                process.wait(STOP_LIMIT_S)
        except psutil.Error:
            return

    def _spawn(self) -> subprocess.Popen[bytes]:
        return start_free("hbgz_desktop", "--data", str(self._folder.root), "engine")

    def _wait_for_word(self) -> None:
        self._wait_until(
            lambda: self._has_spoken(self._store.status()) or self._is_over(), START_LIMIT_S
        )

    def _is_over(self) -> bool:
        """Whether what was started, by us or another, has ended again without a word."""
        if self.service is not None:
            return self.service.state() is ServiceState.STOPPED
        is_ours_alive = self._process is not None and self._process.poll() is None
        return not is_ours_alive and not self.is_running()
