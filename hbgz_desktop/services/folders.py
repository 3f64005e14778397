"""The folders of one data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from hbgz_desktop.system.machine_folder import machine_folder
from hbgz_desktop.system.windows_paths import reachable

if TYPE_CHECKING:
    from collections.abc import Callable

ENVIRONMENT = "HBGZ_DATA"
ROOM = 90
"""Characters of the longest path below a data folder (cache/other_hospitals, a file being fetched)."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where everything of one installation lies; made on demand by its users."""

    root: Path

    @classmethod
    def choose(
        cls, given: str | None, shared: Callable[[], Path | None] = machine_folder
    ) -> DataFolder:
        """``--data``, else HBGZ_DATA, else what all accounts share, else the account's own user-data folder.

        Args:
            given: As on the command line.
            shared: Names the folder of an installation for the whole computer, which its service works on.
        """
        chosen = given or os.environ.get(ENVIRONMENT)
        if chosen:
            return cls(reachable(Path(chosen).expanduser().absolute(), ROOM))
        machine = shared()
        if machine is not None:
            return cls(reachable(machine, ROOM))
        own = platformdirs.user_data_dir("hbgz_desktop", appauthor=False)
        return cls(reachable(Path(own), ROOM))

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / "hbgz.sqlite"

    @property
    def spool(self) -> Path:
        """Received images."""
        return self.root / "spool"

    @property
    def quarantine(self) -> Path:
        """Refused objects whose bytes are kept."""
        return self.root / "quarantine"

    @property
    def reports(self) -> Path:
        """Report PDFs."""
        return self.root / "reports"

    @property
    def thumbnails(self) -> Path:
        """Cache that may be deleted at any time."""
        return self.root / "cache" / "thumbnails"

    @property
    def other_hospitals(self) -> Path:
        """Cache of other hospitals' images: patient data, never sent."""
        return self.root / "cache" / "other_hospitals"

    @property
    def logs(self) -> Path:
        """Log files; no patient data."""
        return self.root / "logs"

    @property
    def drop(self) -> Path:
        """Default drop folder."""
        return self.root / "drop"

    @property
    def engine_lock(self) -> Path:
        """Held by the running engine."""
        return self.root / "engine.lock"
