"""The engine's DICOM port: opened, tried again while it cannot be had, and what the world is told of it."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from hbgz_desktop.dicom.scp_options import ScpOptions
from hbgz_desktop.dicom.storage_scp import StorageScp
from hbgz_desktop.model.errors import DicomError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.instance import InstanceReceiver
    from hbgz_desktop.model.settings import DicomSettings, Settings
    from hbgz_desktop.storage.engine_state import EngineStateStore
    from hbgz_desktop.storage.spool import Spool

LOG = logging.getLogger(__name__)
PORT_RETRY_S = 5.0


class Receiver:
    """The listener of one engine. ``open`` and ``look`` are called by one thread at a time."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        intake: InstanceReceiver,
        spool: Spool,
        engine_state: EngineStateStore,
    ) -> None:
        """Wire the parts; nothing listens yet."""
        self._settings = settings
        self._intake = intake
        self._spool = spool
        self._engine_state = engine_state
        self._scp: StorageScp | None = None
        self._next_try = 0.0
        self._trouble = ""

    @property
    def port(self) -> int:
        """Port that is listened on, 0 while none is."""
        return self._scp.port if self._scp is not None else 0

    def open(self) -> None:
        """Listen, or write down why not; then ``look`` tries again."""
        settings = self._settings().dicom
        scp = StorageScp(_options(settings), self._intake)
        try:
            scp.start()
        except DicomError as error:
            self._next_try = time.monotonic() + PORT_RETRY_S
            self._trouble = error.code
            holder = str(error.facts.get("holder", "") or "")
            self._engine_state.write(
                receiver_state=error.code, receiver_detail=holder, dicom_port=settings.port
            )
            LOG.warning(
                "not_listening code=%s port=%d holder=%s", error.code, settings.port, holder
            )
            return
        self._scp = scp
        self._engine_state.write(
            receiver_state="listening", receiver_detail="", dicom_port=scp.port
        )

    def look(self) -> tuple[str, float | None]:
        """Try again when it is time.

        Returns:
            State and free bytes; a disk that is gone counts as full: nothing can be stored.
        """
        if self._scp is None and time.monotonic() >= self._next_try:
            self.open()
        try:
            has_room, free = self._spool.has_room(), float(self._spool.free_bytes())
        except StorageError as error:
            LOG.warning("disk_not_seen code=%s", error.code)
            return "disk_full", None
        if not has_room:
            return "disk_full", free
        return ("listening" if self._scp is not None else self._trouble), free

    def try_soon(self) -> None:
        """An address may have come back: the next ``look`` need not wait."""
        self._next_try = 0.0

    def stop(self, limit_s: float) -> None:
        """Take no more images; those being stored may end within the limit."""
        scp, self._scp = self._scp, None
        if scp is not None:
            scp.stop(limit_s)


def _options(settings: DicomSettings) -> ScpOptions:
    return ScpOptions(
        ae_title=settings.ae_title,
        port=settings.port,
        bind_address=settings.bind_address,
        max_associations=settings.max_associations,
        check_called_ae=settings.check_called_ae,
        network_timeout_s=settings.network_timeout_s,
        idle_timeout_s=settings.idle_timeout_s,
    )
