"""The exception tree.

HbgzError
├── UsageError            a command or argument that cannot mean anything
├── AccountError          who acts: a PIN, a name, a role that may not
├── ServiceError          the Windows service that runs the engine, or the account's right to it
├── SettingsError         hbgz.toml or a setting's value
├── StorageError          database, spool, sealed secrets
│   ├── DiskFullError     under the reserve, or the system says ENOSPC
│   ├── DatabaseBusyError another process holds the database
│   └── EngineLockedError another engine owns this data folder
├── DicomError            what a DICOM peer sent, or how it answered
│   └── InvalidInstanceError  cannot be stored as an instance; bytes go to quarantine
├── RecordError           an imported file or row
├── StandardError         resources/standards is incomplete or unknown
└── PlatformError         a platform's answer, or its silence
    ├── PlatformUnreachableError  no usable answer: retry, feeds the breaker
    ├── PlatformRejectedError     refused by rule: sending again will not help
    └── NotAuthorisedError        key or institution code not accepted

Code and text are apart (DESIGN 7): ``code`` is a key of ``resources/texts/errors.<language>.toml``.
Facts hold ids and numbers, never patient data.
"""

from __future__ import annotations

from typing import ClassVar


class HbgzError(Exception):
    """A failure the program knows.

    Attributes:
        code: Stable key of the error's texts, e.g. ``disk_full``.
        retryable: True when the same action may succeed later without a person's help.
        facts: Ids and numbers for the text; never patient data.
    """

    default_retryable: ClassVar[bool] = False

    def __init__(self, code: str, *, retryable: bool | None = None, **facts: object) -> None:
        """Keep code, retryability and facts; the message is built from them."""
        self.code = code
        self.retryable = self.default_retryable if retryable is None else retryable
        self.facts = facts
        detail = " ".join(f"{key}={value}" for key, value in facts.items())
        super().__init__(f"{code} {detail}".rstrip())


class UsageError(HbgzError):
    """A command or argument that cannot mean anything."""


class AccountError(HbgzError):
    """Who acts: a wrong PIN, a locked or unknown name, a role that may not do this."""


class ServiceError(HbgzError):
    """The Windows service that runs the engine: not there, refused, or this account may not ask it."""


class SettingsError(HbgzError):
    """hbgz.toml or a setting's value; facts name key, line and what is allowed."""


class StorageError(HbgzError):
    """Database, spool or sealed secrets."""

    default_retryable = True


class DiskFullError(StorageError):
    """Free space is under the reserve, or the system refused to write."""


class DatabaseBusyError(StorageError):
    """Another process kept the database locked past the busy timeout."""


class EngineLockedError(StorageError):
    """Another engine owns this data folder."""

    default_retryable = False


class DicomError(HbgzError):
    """What a DICOM peer sent, or how it answered."""


class InvalidInstanceError(DicomError):
    """An object that cannot be stored as an instance; its bytes go to quarantine."""


class RecordError(HbgzError):
    """An imported file or row that cannot be used."""


class StandardError(HbgzError):
    """The data files of a standard are missing or do not hold what was asked for."""


class PlatformError(HbgzError):
    """A platform's answer, or its silence.

    Attributes:
        http_status: Status line of the answer, None when there was none.
        answer_code: The answer's own ``code``, as text.
    """

    def __init__(
        self,
        code: str,
        *,
        retryable: bool | None = None,
        http_status: int | None = None,
        answer_code: str | None = None,
        **facts: object,
    ) -> None:
        """Keep the answer's status and code apart from the facts."""
        self.http_status = http_status
        self.answer_code = answer_code
        super().__init__(code, retryable=retryable, **facts)


class PlatformUnreachableError(PlatformError):
    """No usable answer (network, 5xx, 429, timeout, HTML): retried, feeds the breaker."""

    default_retryable = True


class PlatformRejectedError(PlatformError):
    """Refused by rule: sending the same content again will not help."""


class NotAuthorisedError(PlatformError):
    """Key or institution code not accepted (401, 403): for IT, not for a clerk."""
