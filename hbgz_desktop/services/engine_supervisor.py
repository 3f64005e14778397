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

    from hbgz_desktop.model.status import EngineStatus
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.storage.engine_state import EngineStateStore
    from hbgz_desktop.system.system_service import SystemService

START_LIMIT_S = 60.0
"""A slow disk, and an antivirus that reads every file first; one that ends is not waited for."""
STOP_LIMIT_S = 20.0
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
        self._process: subprocess.Popen[bytes] | None = None

    def status(self) -> EngineStatus:
        """The engine's last words, and whether its first are awaited."""
        status = self._store.status()
        is_starting = self._starting.is_set() and not status.is_alive
        return replace(status, is_starting=is_starting)

    def expect_start(self) -> None:
        """From now on it counts as starting, until ``ensure_running`` or ``restart`` has come to its end."""
        self._starting.set()

    def is_running(self) -> bool:
        """True when some process holds the engine lock, whether it answers or not."""
        self._has_ended()  # lets the system forget one that we started and that is over
        return EngineLock(self._folder.engine_lock).is_held_elsewhere()

    def ensure_running(self) -> EngineStatus:
        """Start one when none runs and wait until it has said something of its own, or has ended again.

        Of a service only the start that is under way is waited for.
        """
        with self._start() as before:
            if self.service is not None:
                if self.service.state() is ServiceState.STARTING:
                    self._wait_for_word_after(before)
            elif not self.is_running():
                self._process = self._spawn()
                self._wait_for_word_after(before)
        return self.status()

    @contextlib.contextmanager
    def _start(self) -> Iterator[EngineStatus]:
        """While it lasts the engine counts as starting; gives what it said before."""
        self.expect_start()
        try:
            yield self.status()
        finally:
            self._starting.clear()

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
            if time.monotonic() >= limit:
                return False
            self._pause.wait(LOOK_EVERY_S)
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
        with self._start() as before:
            service.ask_start()
            self._wait_for_word_after(before)
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

    def _wait_for_word_after(self, before: EngineStatus) -> None:
        """Wait for a life other than the last one, whose heartbeat may still look fresh after a kill."""
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit and not self._is_over():
            status = self.status()
            is_new = status.is_alive and status.started_at != before.started_at
            if is_new and status.receiver_state:
                return
            self._pause.wait(LOOK_EVERY_S)

    def _is_over(self) -> bool:
        """Whether what was started has ended again without a word."""
        if self.service is not None:
            return self.service.state() is ServiceState.STOPPED
        return self._has_ended()

    def _has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None
