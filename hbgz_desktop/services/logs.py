"""Log files of engine and console: rotating, UTC, without patient data."""

from __future__ import annotations

import logging
import sys
import time
from typing import TYPE_CHECKING

from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.event_log_handler import EventLogHandler
from hbgz_desktop.services.log_file import LogFile
from hbgz_desktop.system.durable_files import make_folder
from hbgz_desktop.system.event_log import event_log
from hbgz_desktop.system.os_errors import translate_os_error

if TYPE_CHECKING:
    from hbgz_desktop.services.folders import DataFolder

SIZE_BYTES = 5 * 1024 * 1024
KEPT = 5
_QUIET = ("httpx", "httpcore", "pynetdicom", "pydicom", "uvicorn", "PIL", "alembic")


def configure_logging(
    folder: DataFolder,
    *,
    to_screen: bool = False,
    to_event_log: bool = False,
    name: str = "engine",
) -> tuple[logging.Handler, ...]:
    """Write to ``logs/<name>.log``; libraries that print names or addresses stay at WARNING (DESIGN 11).

    Args:
        folder: The data folder.
        to_screen: Every line to stderr as well.
        to_event_log: Warnings and errors to the system's event log as well, where there is one.
        name: Of the file.

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
        LogFile(folder.logs / f"{name}.log", size_bytes=SIZE_BYTES, kept=KEPT)
    ]
    if to_screen and sys.stderr is not None:
        handlers.append(logging.StreamHandler(sys.stderr))
    log = event_log() if to_event_log else None
    if log is not None:
        handlers.append(EventLogHandler(log.write, ErrorTexts()))
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
