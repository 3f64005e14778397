"""What pynetdicom says of a peer that is not there, refuses or dies: we say it by a code, once."""

from __future__ import annotations

import logging

_SAID_BY_OURSELVES = (
    "Association request failed",
    "TCP Initialisation Error",
    "No accepted presentation contexts",
    "Association Rejected",
    "Association Aborted",
    "Result: ",
    "Reason: ",
    "ACSE timeout reached",
    "Connection closed",
    "The received PDU is shorter than expected",
)
_OF_THE_SOCKET = ("pynetdicom.transport", "pynetdicom.dul")
_LOGGERS = (*_OF_THE_SOCKET, "pynetdicom.acse", "pynetdicom.association")


def _is_news(record: logging.LogRecord) -> bool:
    if isinstance(record.msg, OSError):  # pynetdicom logs the exception itself after its sentence
        return record.name not in _OF_THE_SOCKET
    return not str(record.msg).startswith(_SAID_BY_OURSELVES)


def quieten() -> None:
    """Keep how a peer ends out of the log of errors; calling it again changes nothing."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_is_news)
