"""The settings in force, read again when the file has changed."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError

if TYPE_CHECKING:
    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.storage.settings_file import SettingsFile

LOG = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0


class CurrentSettings:
    """Call it for the settings in force. Safe from any thread; looks at the file at most once a second.

    A file that becomes invalid while the program runs is reported once and the last good settings hold.
    """

    def __init__(self, file: SettingsFile) -> None:
        """Read the file now.

        Raises:
            SettingsError: It is invalid.
        """
        self._file = file
        self._lock = threading.Lock()
        self._modified_ns = file.modified_ns()
        self._settings = file.load()
        self._looked_at = time.monotonic()

    def __call__(self) -> Settings:
        """The settings in force."""
        with self._lock:
            now = time.monotonic()
            if now - self._looked_at >= LOOK_EVERY_S:
                self._looked_at = now
                self._reload()
            return self._settings

    def look_now(self) -> None:
        """Take in a change at once: this process has just written the file."""
        with self._lock:
            self._looked_at = time.monotonic()
            self._load()  # two writes within one tick of the file system's clock look alike

    def _reload(self) -> None:
        try:
            modified_ns = self._file.modified_ns()
        except OSError as error:  # held for a moment, or the folder is away
            LOG.warning("settings_not_seen errno=%s", error.errno)
            return
        if modified_ns != self._modified_ns:
            self._modified_ns = modified_ns
            self._load()

    def _load(self) -> None:
        try:
            self._settings = self._file.load()
        except SettingsError as error:
            LOG.warning("settings_not_taken code=%s", error.code)
