"""The steps to a first upload or a first shared look, each ticked off by facts and by nothing else (DESIGN 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.settings import DELIVERY_PLATFORMS, PLATFORMS, SM4_KEY
from hbgz_desktop.services.network_addresses import local_addresses
from hbgz_desktop.services.outside_reach import look_outside

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.model.status import AssociationRow, EngineStatus
    from hbgz_desktop.services.outside_reach import OutsideReach
    from hbgz_desktop.services.workplace import Workplace

PREFIX_LENGTH = 12
_PREFIX = re.compile(r"[A-Za-z0-9]{12}")
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class PlatformReadiness:
    """How far one platform of this hospital is.

    Attributes:
        platform: ``guizhou`` or ``hebei``.
        has_codes: Every code that names the hospital is there.
        base_url: Its address, "" when none is set.
        has_key: A key is stored.
        needs_key: Nothing can be sent without one.
        answered_at: When it last answered anything; no proof of an upload or a token.
    """

    platform: str
    has_codes: bool
    base_url: str
    has_key: bool
    needs_key: bool
    answered_at: datetime | None

    @property
    def is_reached(self) -> bool:
        """Address and key are there and something answered at the address."""
        has_what_it_needs = self.has_key or not self.needs_key
        return bool(self.base_url and has_what_it_needs and self.answered_at is not None)


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
        readiness: Of every platform this version knows; ``platforms`` names those of this hospital.
        reach: Whether devices elsewhere get through Windows' firewall, None where that is no question.
    """

    settings: Settings
    engine: EngineStatus
    addresses: tuple[str, ...]
    first_call: AssociationRow | None
    images: int
    refused: int
    readiness: tuple[PlatformReadiness, ...]
    reach: OutsideReach | None = None

    @property
    def platforms(self) -> tuple[PlatformReadiness, ...]:
        """The platforms of this hospital's province; none before it was asked for."""
        enabled = self.settings.enabled_platforms()
        return tuple(one for one in self.readiness if one.platform in enabled)

    @property
    def is_hospital_done(self) -> bool:
        """Name and province are there, and the codes of each platform."""
        is_named = bool(self.settings.hospital.name and self.platforms)
        return is_named and all(one.has_codes for one in self.platforms)

    @property
    def is_receiver_done(self) -> bool:
        """A device reached us: an image or a C-ECHO came. Nobody waits for one where none is uploaded."""
        names = [one.platform for one in self.platforms]
        return self.first_call is not None or not takes_images(names)

    @property
    def is_platform_done(self) -> bool:
        """Every platform answered at its address; no proof of an upload."""
        return bool(self.platforms) and all(one.is_reached for one in self.platforms)

    @property
    def done(self) -> tuple[bool, bool, bool]:
        """The three ticks in order."""
        return self.is_hospital_done, self.is_receiver_done, self.is_platform_done


def takes_images(platforms: Collection[str]) -> bool:
    """True when examinations go to one of these platforms, or none is chosen yet."""
    return not platforms or any(one in DELIVERY_PLATFORMS for one in platforms)


def rehearsed(platforms: Collection[str]) -> str:
    """The platform that is practised with: that of the uploads where there are any."""
    return next(one for one in PLATFORMS if takes_images([one]) == takes_images(platforms))


def needs_prefix(institution_code: str, prefix: str) -> bool:
    """True when message numbers cannot be built from these two (G021)."""
    number = prefix or institution_code
    return bool(number) and _PREFIX.fullmatch(number) is None


def first_run(work: Workplace, engine: EngineStatus) -> FirstRun:
    """Look at settings, associations and the platform's last answer; blocks on disk only.

    Args:
        work: The data folder.
        engine: What the engine says of itself.
    """
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
        engine=engine,
        addresses=local_addresses(),
        first_call=min(devices, key=lambda one: one.id, default=None),
        images=sum(one.instances for one in devices),
        refused=sum(one.outcome == "rejected" for one in rows),
        readiness=(_guizhou(work, settings), _hebei(work, settings)),
        reach=look_outside(work),
    )


def _guizhou(work: Workplace, settings: Settings) -> PlatformReadiness:
    own = settings.guizhou
    can_number = not needs_prefix(own.institution_code, own.msgid_prefix)
    return PlatformReadiness(
        platform="guizhou",
        has_codes=bool(own.institution_code) and can_number,
        base_url=own.base_url,
        has_key=work.secrets.has("guizhou.key"),
        needs_key=True,
        answered_at=work.platform_states.health("guizhou").last_answer_at,
    )


def _hebei(work: Workplace, settings: Settings) -> PlatformReadiness:
    own = settings.hebei
    return PlatformReadiness(
        platform="hebei",
        has_codes=not own.user().missing(),
        base_url=own.base_url,
        has_key=work.secrets.has(SM4_KEY),
        needs_key=bool(own.encrypted_fields()),
        answered_at=work.platform_states.health("hebei").last_answer_at,
    )
