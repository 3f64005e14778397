"""A log file of limited size that goes on whatever happens to it."""

from __future__ import annotations

import logging
import logging.handlers
import time
from contextlib import suppress
from pathlib import Path

from typing_extensions import override

AGAIN_S = 60.0
"""So long a file that could not be put aside is written on."""


class LogFile(logging.handlers.RotatingFileHandler):
    """``x.log``, and older lines in ``x.log.1`` to ``x.log.<n>``.

    A line that cannot be written (the disk is full) is dropped; the program does its work without it. A file
    that somebody has open cannot be put aside on Windows: then it grows, and no older file is touched.
    """

    def __init__(self, path: Path, *, size_bytes: int, kept: int) -> None:
        """Open the file with the first line.

        Args:
            path: The newest lines.
            size_bytes: About so large a file may become.
            kept: So many older files stay.
        """
        super().__init__(path, maxBytes=size_bytes, backupCount=kept, encoding="utf-8", delay=True)
        self._not_before = 0.0

    @override
    def shouldRollover(self, record: logging.LogRecord) -> bool:
        """True when the line would make the file too large, and it may be put aside."""
        return time.monotonic() >= self._not_before and bool(super().shouldRollover(record))

    @override
    def doRollover(self) -> None:
        """Put the file aside, then the older ones one further; the next line begins a new file."""
        if self.stream is not None:
            self.stream.close()
            self.stream = None
        try:
            Path(self.baseFilename).replace(f"{self.baseFilename}.0")
        except OSError:
            self._not_before = time.monotonic() + AGAIN_S
            return
        for number in reversed(range(self.backupCount)):
            with suppress(OSError):
                Path(f"{self.baseFilename}.{number}").replace(f"{self.baseFilename}.{number + 1}")

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the library would print the line's arguments with a trace to stderr."""
