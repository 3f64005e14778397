"""Self-test: each check claims only what it proved (issue 2, section 2)."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import echo
from hbgz_desktop.model.errors import HbgzError
from hbgz_desktop.model.held_file import LONG_HELD
from hbgz_desktop.model.resources import resources_dir
from hbgz_desktop.model.settings import SECRET_KEYS, SM4_KEY
from hbgz_desktop.platforms.gm_self_test import run_self_test
from hbgz_desktop.platforms.hebei.options import HebeiOptions
from hbgz_desktop.platforms.hebei.probe import probe_hebei
from hbgz_desktop.platforms.standards import list_standards, load_standard
from hbgz_desktop.services.error_texts import LANGUAGES, ErrorTexts
from hbgz_desktop.services.network_addresses import own_address
from hbgz_desktop.services.outside_reach import look_outside
from hbgz_desktop.system.exclusive_socket import make_exclusive
from hbgz_desktop.system.folder_rights import strangers
from hbgz_desktop.system.os_errors import translate_os_error
from hbgz_desktop.system.system_service import ServiceState
from hbgz_desktop.system.time_service import TimeService, time_service
from hbgz_desktop.system.volume import VolumeKind, volume_of
from hbgz_desktop.system.volume_encryption import volume_encryption

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.services.workplace import Workplace
    from hbgz_desktop.system.system_service import SystemService

_MEGABYTE = 1024 * 1024
CLOCK_LIMIT_S = 60.0


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the self-test.

    Attributes:
        name: Key ``doctor_<name>`` of the texts.
        state: ``ok``, ``warning`` or ``failed``.
        detail: What was measured.
    """

    name: str
    state: str
    detail: str = ""
    facts: dict[str, object] = field(default_factory=dict)


class Doctor:
    """Runs the checks one after another; blocks up to some seconds each."""

    def __init__(self, work: Workplace, service: SystemService | None = None) -> None:
        """Examine one workplace.

        Args:
            work: Its services.
            service: The service that runs its engine (``service_of``); None: nobody does.
        """
        self._work = work
        self._service_of_engine = service

    def run(self) -> tuple[Check, ...]:
        """Every check, in the order a person would look; those of a platform that is off are left out."""
        checks: tuple[Callable[[], Check | None], ...] = (
            self._database,
            self._disk,
            self._forecast,
            self._rights,
            self._volume,
            self._held_files,
            self._encryption,
            self._ciphers,
            self._resources,
            self._service,
            self._receiver,
            self._echo,
            self._firewall,
            self._platform,
            self._image_receiver,
            self._secrets,
            self._key,
            self._hebei,
            self._hebei_key,
            self._clock,
        )
        done = (self._safe(check) for check in checks)
        return tuple(one for one in done if one is not None)

    @staticmethod
    def _safe(check: Callable[[], Check | None]) -> Check | None:
        try:
            return check()
        except HbgzError as error:
            return Check(check.__name__.lstrip("_"), "failed", error.code)

    def _database(self) -> Check:
        answer = self._work.database.quick_check()
        return Check("database", "ok" if answer == "ok" else "failed", answer)

    def _disk(self) -> Check:
        spool = self._work.spool
        free, reserve = spool.free_bytes() // _MEGABYTE, spool.reserve_bytes // _MEGABYTE
        state = "failed" if free < reserve else "warning" if free < 2 * reserve else "ok"
        return Check("disk", state, f"{free} MB / {reserve} MB", {"free": free, "reserve": reserve})

    def _forecast(self) -> Check:
        """When the reserve is reached, at the rate of the last days and with clearing as it is set."""
        found = self._work.disk_outlook.look()
        is_short = found.is_short(self._work.settings().storage.forecast_days)
        facts: dict[str, object] = {"days": found.days_left, "pending": found.pending}
        detail = "enough" if found.days_left is None else f"{found.days_left} d"
        return Check("forecast", "warning" if is_short else "ok", detail, facts)

    def _rights(self) -> Check:
        """Nobody but the owner or the operators' group may do anything in the data folder (DESIGN 11)."""
        try:
            found = strangers(self._work.folder.root)
        except OSError as error:
            raise translate_os_error(error) from error
        who = ", ".join(found)
        return Check("rights", "warning" if found else "ok", "", {"who": who})

    def _volume(self) -> Check:
        """The data folder is on a disk of this machine (DESIGN 6) that can keep others out (DESIGN 11)."""
        try:
            volume = volume_of(self._work.folder.root)
        except OSError as error:
            raise translate_os_error(error) from error
        if volume.kind is VolumeKind.NETWORK:
            return Check("volume", "failed", "network_drive")
        if volume.kind is VolumeKind.REMOVABLE:
            return Check("volume", "warning", "removable_drive")
        if not volume.has_rights:
            return Check("volume", "warning", "volume_without_rights")
        return Check("volume", "ok", volume.file_system)

    def _held_files(self) -> Check:
        """Files that are to go and that another program does not let go of."""
        held = self._work.held_files.now()
        count = held.count + self._work.clearing.store.pending_count()
        since = held.oldest_at
        is_long = since is not None and datetime.now(UTC) - since > LONG_HELD
        return Check(
            "held_files", "warning" if is_long else "ok", f"{count}" if count else "", {"n": count}
        )

    def _encryption(self) -> Check:
        answer = volume_encryption(self._work.folder.root)
        return Check("encryption", "ok" if answer == "on" else "warning", answer)

    @staticmethod
    def _resources() -> Check:
        standards = [load_standard(one.platform, one.version) for one in list_standards()]
        codes = sum(len(ErrorTexts(language).codes()) for language in LANGUAGES)
        complete = bool(standards) and bool(codes) and (resources_dir() / "theme").is_dir()
        return Check("resources", "ok" if complete else "failed", f"{len(standards)} / {codes}")

    def _service(self) -> Check | None:
        """The service that runs the engine is up; nothing to say where a console runs it."""
        service = self._service_of_engine
        if service is None:
            return None
        state = service.state()
        facts: dict[str, object] = {"name": service.name}
        is_up = state is ServiceState.RUNNING
        return Check("service", "ok" if is_up else "failed", f"service_{state.name.lower()}", facts)

    def _firewall(self) -> Check | None:
        """Devices elsewhere came through, or Windows' firewall has a rule that lets them in."""
        reach = look_outside(self._work)
        if reach is None:
            return None
        facts: dict[str, object] = {"port": reach.port, "line": reach.line}
        if reach.was_reached:
            return Check("firewall", "ok", "was_reached", facts)
        state = "warning" if reach.is_closed else "ok"
        return Check("firewall", state, f"firewall_{reach.passage}", facts)

    def _receiver(self) -> Check:
        """The engine listens, or its port could be bound."""
        status = self._work.engine_state.status()
        port = self._work.settings().dicom.port
        if status.is_listening:
            return Check("receiver", "ok", f"{status.dicom_port}", {"port": status.dicom_port})
        if status.is_alive:
            return Check("receiver", "failed", status.receiver_state, {"port": port})
        try:
            with socket.socket() as probe:
                make_exclusive(probe)
                probe.bind((self._work.settings().dicom.bind_address, port))
        except OSError:
            return Check("receiver", "failed", "port_taken", {"port": port})
        return Check("receiver", "warning", "engine_not_running", {"port": port})

    def _echo(self) -> Check:
        status = self._work.engine_state.status()
        if not status.is_alive:
            return Check("echo", "warning", "engine_not_running")
        dicom = self._work.settings().dicom
        address = own_address(dicom.bind_address)
        result = echo(Peer(address, status.dicom_port, dicom.ae_title, dicom.ae_title, 5.0))
        state = "ok" if result.ok else "failed"
        return Check("echo", state, f"{result.detail_code} {result.elapsed_ms:.0f} ms")

    def _platform(self) -> Check | None:
        if not self._work.settings().delivery_platforms():
            return self._none_enabled("platform")
        reachable, elapsed_ms, cause = self._work.guizhou.probe()
        return Check("platform", "ok" if reachable else "failed", cause or f"{elapsed_ms:.0f} ms")

    def _image_receiver(self) -> Check | None:
        """The front end's image receiver answers C-ECHO; asked only where images go by DICOM (G048, G075)."""
        settings = self._work.settings()
        is_used = "guizhou" in settings.enabled_platforms()
        if not is_used or settings.guizhou.image_transport != "dicom":
            return None
        result = self._work.guizhou.probe_receiver()
        state = "ok" if result.ok else "failed"
        return Check("image_receiver", state, f"{result.detail_code} {result.elapsed_ms:.0f} ms")

    def _secrets(self) -> Check:
        """Every stored secret can be read here; after a move to another machine none can (DESIGN 11)."""
        lost = [one for one in self._work.secrets.unreadable() if one in SECRET_KEYS]
        titles = "、".join(SECRET_KEYS[one] for one in lost)
        state = "failed" if lost else "ok"
        return Check("secrets", state, ", ".join(lost), {"names": titles, "keys": " ".join(lost)})

    def _key(self) -> Check | None:
        if not self._work.settings().delivery_platforms():
            return self._none_enabled("key")
        return Check("key", "ok" if self._work.secrets.get("guizhou.key") else "failed")

    def _none_enabled(self, name: str) -> Check | None:
        """Nothing of a platform that is off; but that none is on is worth a line."""
        if self._work.settings().enabled_platforms():
            return None
        return Check(name, "warning", "none_enabled")

    def _hebei(self) -> Check | None:
        """Something answers at the sharing system's address: no proof of a token."""
        settings = self._work.settings()
        if "hebei" not in settings.enabled_platforms():
            return None
        result = probe_hebei(settings.hebei)
        cause = result.error.code if result.error else f"{result.elapsed_ms} ms"
        return Check("hebei", "ok" if result.reachable else "failed", cause)

    def _hebei_key(self) -> Check | None:
        settings = self._work.settings()
        if "hebei" not in settings.enabled_platforms():
            return None
        key = self._work.secrets.get(SM4_KEY)
        if not key:
            is_needed = bool(settings.hebei.encrypted_fields())
            return Check("hebei_key", "failed" if is_needed else "warning")
        HebeiOptions.of(settings.hebei, key)
        return Check("hebei_key", "ok")

    @staticmethod
    def _ciphers() -> Check:
        """The printed examples of SM2, SM3 and SM4 come out right on this computer."""
        test = run_self_test()
        count = f"{len(test.passed)} / {len(test.passed) + len(test.failed)}"
        if test.failed:
            return Check("ciphers", "failed", f"{count}  {', '.join(test.failed)}")
        return Check("ciphers", "ok", f"{count}  SM2: {test.sm2_engine}")

    def _clock(self) -> Check:
        """Against the platform's last Date header when there is one; else only that the clock is sane."""
        health = self._work.platform_states.health("guizhou")
        now = datetime.now(UTC)
        if now.year < 2025:
            return Check("clock", "failed", now.isoformat())
        if health.last_answer_at is not None and health.last_answer_at > now:
            return Check("clock", "warning", "clock_went_back")
        offset = self._work.guizhou.clock_offset_s() if self._has_address() else None
        if offset is None:
            is_off = time_service() is TimeService.OFF
            return Check("clock", "warning", "time_service_off" if is_off else "no_reference")
        state = "ok" if abs(offset) <= CLOCK_LIMIT_S else "failed"
        return Check("clock", state, f"{offset:+.0f} s", {"offset": round(offset)})

    def _has_address(self) -> bool:
        settings = self._work.settings()
        return bool(settings.delivery_platforms() and settings.guizhou.base_url)
