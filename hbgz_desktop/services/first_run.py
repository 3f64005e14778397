"""The three steps to a first upload, each ticked off by facts and by nothing else (DESIGN 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.services.network_addresses import local_addresses

if TYPE_CHECKING:
    from datetime import datetime

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.model.status import AssociationRow, EngineStatus
    from hbgz_desktop.services.workplace import Workplace

PREFIX_LENGTH = 12
_PREFIX = re.compile(r"[A-Za-z0-9]{12}")
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What is known now.

    Attributes:
        engine: The engine's last words.
        addresses: Of this machine, the likeliest first.
        first_call: The first device that got an association, None while none has; our own C-ECHO to
            ourselves does not count.
        images: Images that came, on associations that are still listed.
        refused: Associations that were turned away.
        has_key: A key is stored.
        answered_at: When the platform last answered anything.
    """

    settings: Settings
    engine: EngineStatus
    addresses: tuple[str, ...]
    first_call: AssociationRow | None
    images: int
    refused: int
    has_key: bool
    answered_at: datetime | None

    @property
    def is_hospital_done(self) -> bool:
        """Name and code are there, and message numbers can be made (G021)."""
        own = self.settings.guizhou
        return bool(self.settings.hospital.name and own.institution_code) and not needs_prefix(
            own.institution_code, own.msgid_prefix
        )

    @property
    def is_receiver_done(self) -> bool:
        """A device reached us: an image or a C-ECHO came."""
        return self.first_call is not None

    @property
    def is_platform_done(self) -> bool:
        """Address and key are there and something answered at the address; no proof of an upload."""
        return bool(
            self.settings.guizhou.base_url and self.has_key and self.answered_at is not None
        )

    @property
    def done(self) -> tuple[bool, bool, bool]:
        """The three ticks in order."""
        return self.is_hospital_done, self.is_receiver_done, self.is_platform_done


def needs_prefix(institution_code: str, prefix: str) -> bool:
    """True when message numbers cannot be built from these two (G021)."""
    number = prefix or institution_code
    return bool(number) and _PREFIX.fullmatch(number) is None


def first_run(work: Workplace) -> FirstRun:
    """Look at settings, associations and the platform's last answer; blocks on disk only."""
    settings = work.settings_file.load()
    rows = work.associations.recent(limit=500)
    devices = [
        one
        for one in rows
        if one.outcome != "rejected"
        and not (one.address == _LOOPBACK and one.calling_ae == settings.dicom.ae_title)
    ]
    return FirstRun(
        settings=settings,
        engine=work.engine_state.status(),
        addresses=local_addresses(),
        first_call=min(devices, key=lambda one: one.id, default=None),
        images=sum(one.instances for one in devices),
        refused=sum(one.outcome == "rejected" for one in rows),
        has_key=work.secrets.has("guizhou.key"),
        answered_at=work.platform_states.health("guizhou").last_answer_at,
    )
