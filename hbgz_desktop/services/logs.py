"""Log files of engine and console: rotating, UTC, without patient data."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hbgz_desktop.services.folders import DataFolder

SIZE_BYTES = 5 * 1024 * 1024
KEPT = 5
_QUIET = ("httpx", "httpcore", "pynetdicom", "pydicom", "uvicorn", "PIL", "alembic")


def configure_logging(folder: DataFolder, *, to_screen: bool = False, name: str = "engine") -> None:
    """Write to ``logs/<name>.log``; libraries that print names or addresses stay at WARNING (DESIGN 11)."""
    folder.logs.mkdir(parents=True, exist_ok=True)
    form = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s")
    form.converter = time.gmtime
    handlers: list[logging.Handler] = [
        logging.handlers.RotatingFileHandler(
            folder.logs / f"{name}.log",
            maxBytes=SIZE_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            delay=True,
        )
    ]
    if to_screen:
        handlers.append(logging.StreamHandler(sys.stderr))
    root = logging.getLogger()
    for handler in handlers:
        handler.setFormatter(form)
        root.addHandler(handler)
    root.setLevel(logging.INFO)
    for library in _QUIET:
        logging.getLogger(library).setLevel(logging.WARNING)
