"""Log files of engine and console: rotating, UTC, without patient data."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import time
from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.storage.durable import make_folder, translate_os_error

if TYPE_CHECKING:
    from hbgz_desktop.services.folders import DataFolder

SIZE_BYTES = 5 * 1024 * 1024
KEPT = 5
_QUIET = ("httpx", "httpcore", "pynetdicom", "pydicom", "uvicorn", "PIL", "alembic")


class LogFile(logging.handlers.RotatingFileHandler):
    """A line that cannot be written (the disk is full) is dropped; the program does its work without it."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the library would print the line's arguments with a trace to stderr."""


def configure_logging(
    folder: DataFolder, *, to_screen: bool = False, name: str = "engine"
) -> tuple[logging.Handler, ...]:
    """Write to ``logs/<name>.log``; libraries that print names or addresses stay at WARNING (DESIGN 11).

    Returns:
        The handlers, for whoever wants to take them away again (``stop_logging``).

    Raises:
        StorageError: The folder cannot be made.
    """
    try:
        make_folder(folder.logs)
    except OSError as error:
        raise translate_os_error(error) from error
    form = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s")
    form.converter = time.gmtime
    handlers: list[logging.Handler] = [
        LogFile(
            folder.logs / f"{name}.log",
            maxBytes=SIZE_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            delay=True,
        )
    ]
    if to_screen and sys.stderr is not None:
        handlers.append(logging.StreamHandler(sys.stderr))
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(form)
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    for library in _QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)
    return tuple(handlers)


def stop_logging(handlers: tuple[logging.Handler, ...]) -> None:
    """Close what ``configure_logging`` opened."""
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
        handler.close()
