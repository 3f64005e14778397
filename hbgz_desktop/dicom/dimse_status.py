"""Our errors → the status and ErrorComment a C-STORE sender gets (PS3.4 B.2.3, PS3.7 annex C)."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import HbgzError, InvalidInstanceError, StorageError
from hbgz_desktop.model.instance import StoreAnswer

if TYPE_CHECKING:
    import logging

OUT_OF_RESOURCES = 0xA700
CANNOT_UNDERSTAND = 0xC000
SOP_CLASS_NOT_SUPPORTED = 0x0122
PROCESSING_FAILURE = 0x0110


def answer_for(error: Exception) -> StoreAnswer:
    """Return what to tell the sender when storing raised; never success.

    A known error names its code. For a bug the comment says only that, and 0xC000 keeps the sender
    trying.
    """
    if isinstance(error, InvalidInstanceError):
        status = error.facts.get("status", CANNOT_UNDERSTAND)
        return StoreAnswer(status if isinstance(status, int) else CANNOT_UNDERSTAND, error.code)
    if isinstance(error, StorageError):
        return StoreAnswer(OUT_OF_RESOURCES, error.code)
    if isinstance(error, OSError | MemoryError):
        return StoreAnswer(OUT_OF_RESOURCES, "out_of_resources")
    if isinstance(error, HbgzError):
        return StoreAnswer(CANNOT_UNDERSTAND, error.code)
    return StoreAnswer(CANNOT_UNDERSTAND, "internal_error")


def log_bug(logger: logging.Logger, what: str, association_id: int, error: Exception) -> None:
    """Log an exception no rule foresees: its type and place, not its message."""
    logger.error("%s association=%d error=%s", what, association_id, where(error))


def where(error: BaseException) -> str:
    """Return an exception's type and place; its message may hold patient data and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
