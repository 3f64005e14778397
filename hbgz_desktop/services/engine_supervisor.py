"""The console's engine: started when none runs on the data folder, watched, restarted on request (DESIGN 2)."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import psutil

from hbgz_desktop.storage.engine_lock import EngineLock

if TYPE_CHECKING:
    from hbgz_desktop.model.status import EngineStatus
    from hbgz_desktop.services.folders import DataFolder
    from hbgz_desktop.storage.engine_state import EngineStateStore

START_LIMIT_S = 20.0
STOP_LIMIT_S = 20.0
LOOK_EVERY_S = 0.2


class EngineSupervisor:
    """Starts the engine as a process of its own that outlives the window.

    Blocks, not for the GUI thread. Safe from any thread.
    """

    def __init__(self, folder: DataFolder, store: EngineStateStore) -> None:
        """Supervise the engine of one data folder."""
        self._folder = folder
        self._store = store
        self._pause = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def status(self) -> EngineStatus:
        """The engine's last words."""
        return self._store.status()

    def is_running(self) -> bool:
        """True when some process holds the engine lock, whether it answers or not."""
        self._has_ended()  # lets the system forget one that we started and that is over
        return EngineLock(self._folder.engine_lock).is_held_elsewhere()

    def ensure_running(self) -> EngineStatus:
        """Start one when none runs and wait until it has said something of its own, or has ended again."""
        before = self.status()
        if not self.is_running():
            self._process = self._spawn()
            self._wait_for_word_after(before)
        return self.status()

    def stop(self, actor: str) -> bool:
        """Ask the engine to end after the files now on their way; False when it does not answer."""
        if not self.is_running():
            self._see_off()
            return True
        self._store.ask("stop", requested_by=actor, deadline_s=STOP_LIMIT_S)
        limit = time.monotonic() + STOP_LIMIT_S
        while time.monotonic() < limit:
            if not self.is_running():
                self._see_off()
                return True
            self._pause.wait(LOOK_EVERY_S)
        return False

    def _see_off(self) -> None:
        """Wait for the last moments of a process of ours whose lock is free by now."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_LIMIT_S)

    def restart(self, actor: str) -> EngineStatus:
        """Stop, and by force when it does not answer: nothing acknowledged can be lost by that."""
        if not self.stop(actor):
            self._kill(self.status().pid)
        return self.ensure_running()

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
        command = [
            sys.executable,
            "-m",
            "hbgz_desktop",
            "--data",
            str(self._folder.root),
            "engine",
        ]
        no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        own_group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=no_window | own_group,
            start_new_session=sys.platform != "win32",
        )

    def _wait_for_word_after(self, before: EngineStatus) -> None:
        """Wait for a life other than the last one, whose heartbeat may still look fresh after a kill."""
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit and not self._has_ended():
            status = self.status()
            is_new = status.is_alive and status.started_at != before.started_at
            if is_new and status.receiver_state:
                return
            self._pause.wait(LOOK_EVERY_S)

    def _has_ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None
