"""What pynetdicom says of an association it could not open: we say it ourselves, by a code, once."""

from __future__ import annotations

import logging
import ssl

_SAID_BY_OURSELVES = (
    "Association request failed",
    "TCP Initialisation Error",
    "No accepted presentation contexts",
    "Association Rejected",
    "Association Aborted",
    "Result: ",
    "Reason: ",
    "ACSE timeout reached",
)
_LOGGERS = ("pynetdicom.transport", "pynetdicom.acse")


def _is_news(record: logging.LogRecord) -> bool:
    if isinstance(record.msg, ssl.SSLError):
        return False
    return not str(record.msg).startswith(_SAID_BY_OURSELVES)


def quieten() -> None:
    """Keep a peer that is down out of the log of errors; calling it again changes nothing."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_is_news)
