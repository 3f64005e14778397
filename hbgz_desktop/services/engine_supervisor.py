"""The console's engine: started when none runs on the data folder, watched, restarted on request (DESIGN 2)."""

from __future__ import annotations

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
    """Starts the engine as a process of its own that outlives the window. Blocks; not for the GUI thread."""

    def __init__(self, folder: DataFolder, store: EngineStateStore) -> None:
        """Supervise the engine of one data folder."""
        self._folder = folder
        self._store = store
        self._pause = threading.Event()

    def status(self) -> EngineStatus:
        """The engine's last words."""
        return self._store.status()

    def is_running(self) -> bool:
        """True when some process holds the engine lock, whether it answers or not."""
        return EngineLock(self._folder.engine_lock).is_held_elsewhere()

    def ensure_running(self) -> EngineStatus:
        """Start one when none runs and wait until it has said something."""
        if not self.is_running():
            self._spawn()
            self._wait_until_alive()
        return self.status()

    def stop(self, actor: str) -> bool:
        """Ask the engine to end after the files now on their way; False when it does not answer."""
        if not self.is_running():
            return True
        self._store.ask("stop", requested_by=actor, deadline_s=STOP_LIMIT_S)
        limit = time.monotonic() + STOP_LIMIT_S
        while time.monotonic() < limit:
            if not self.is_running():
                return True
            self._pause.wait(LOOK_EVERY_S)
        return False

    def restart(self, actor: str) -> EngineStatus:
        """Stop, and by force when it does not answer: nothing acknowledged can be lost by that."""
        if not self.stop(actor):
            self._kill(self.status().pid)
        return self.ensure_running()

    @staticmethod
    def _kill(pid: int) -> None:
        try:
            process = psutil.Process(pid)
            if "hbgz_desktop" in " ".join(process.cmdline()):
                process.kill()
                process.wait(STOP_LIMIT_S)
        except psutil.Error:
            return

    def _spawn(self) -> None:
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
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            creationflags=no_window | own_group,
            start_new_session=sys.platform != "win32",
        )

    def _wait_until_alive(self) -> None:
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit and not self.status().is_alive:
            self._pause.wait(LOOK_EVERY_S)
