"""What engine, receiver, devices and platforms say of themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Last words of the engine.

    Attributes:
        is_alive: Its heartbeat is younger than ten seconds and it has not said good-bye.
        is_starting: It has begun, or was asked to, and does not know yet whether it can receive; the rest may
            be the last words of the life before.
        receiver_state: ``listening``, ``disk_full``, the code of what keeps it from its port (``port_taken``), or
            ``stopped``; "" before the receiver was opened.
        receiver_detail: Code-specific number or name, e.g. the process that holds the port.
    """

    is_alive: bool = False
    is_starting: bool = False
    pid: int = 0
    program_version: str = ""
    started_at: datetime | None = None
    heartbeat_at: datetime | None = None
    stopped_at: datetime | None = None
    receiver_state: str = "stopped"
    receiver_detail: str = ""
    dicom_port: int = 0
    disk_free_bytes: float | None = None
    recovered_receives: int = 0
    recovered_sends: int = 0
    lost: int = 0
    rejected_associations: int = 0

    @property
    def is_listening(self) -> bool:
        """Whether images can come in now."""
        return self.is_alive and self.receiver_state == "listening" and not self.is_starting


@dataclass(frozen=True, slots=True)
class Command:
    """Something only the engine can do, asked for by a row (DESIGN 2)."""

    id: int
    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)
    requested_by: str = ""
    state: str = "open"
    result: str = ""


@dataclass(frozen=True, slots=True)
class AssociationRow:
    """One line of the association list."""

    id: int
    calling_ae: str
    called_ae: str
    address: str
    opened_at: datetime
    last_activity_at: datetime | None
    closed_at: datetime | None
    outcome: str
    detail: str
    instances: int
    bytes: int


@dataclass(frozen=True, slots=True)
class PeerRow:
    """A device that has called us, or that a person entered."""

    ae_title: str
    policy: str
    fallback_charset: str
    address: str
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    last_image_at: datetime | None
    refused_count: int


@dataclass(frozen=True, slots=True)
class PlatformHealth:
    """What the console shows of a platform.

    Attributes:
        opened_at: Since when the breaker is open, None while closed.
        cause: Error code of the last failure, "" after an answer.
    """

    platform: str
    failures: int
    opened_at: datetime | None
    next_probe_at: datetime | None
    last_answer_at: datetime | None
    last_answer_ms: float | None
    cause: str
    is_paused: bool
    paused_by: str


@dataclass(frozen=True, slots=True)
class Mapping:
    """One line of 字典对照."""

    platform: str
    code_set: str
    local_value: str
    standard_code: str
    set_by: str
    set_at: datetime
