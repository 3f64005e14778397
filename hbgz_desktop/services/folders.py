"""The folders of one data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

ENVIRONMENT = "HBGZ_DATA"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Where everything of one installation lies; made on demand by its users."""

    root: Path

    @classmethod
    def choose(cls, given: str | None) -> DataFolder:
        """``--data``, else HBGZ_DATA, else the platform's user-data folder."""
        chosen = given or os.environ.get(ENVIRONMENT)
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        return cls(Path(platformdirs.user_data_dir("hbgz_desktop", appauthor=False)))

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
