"""The Guizhou REST client: all eight services of chapter 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.platforms.guizhou.file_services import FileServices
from hbgz_desktop.platforms.guizhou.msgid import utc_now
from hbgz_desktop.platforms.guizhou.query_services import QueryServices
from hbgz_desktop.platforms.guizhou.record_services import RecordServices
from hbgz_desktop.platforms.guizhou.sender import Sender
from hbgz_desktop.platforms.reachability import probe_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx

    from hbgz_desktop.platforms.guizhou.options import GuizhouOptions
    from hbgz_desktop.platforms.reachability import ProbeResult


class GuizhouClient(RecordServices, FileServices, QueryServices):
    """Talks to one front end; safe for use by several threads at a time.

    Whatever happens on the wire comes back as an ``Exchange``, with ``error`` set when the platform
    did not accept. Raised are only mistakes of our side: settings (SettingsError), and a file that
    is not what was announced (StorageError). Blocks: not for the GUI thread.
    """

    def __init__(
        self,
        options: GuizhouOptions,
        http: httpx.Client,
        next_msgid: Callable[[], str],
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Take what the composition root built.

        Args:
            options: Institution, key and switches.
            http: From ``make_client``; closed by its owner.
            next_msgid: A ``MsgidFactory``.
            clock: Aware UTC time.
        """
        self._options = options
        self._http = http
        self._sender = Sender(options, http, next_msgid, clock)

    def probe(self) -> ProbeResult:
        """Ask whether anything answers at the base address; sends neither key nor codes.

        Proves that a connection stands and that an HTTP answer comes. Nothing about key, services
        or whether an upload would be accepted.
        """
        return probe_address(self._http, self._options.base_url)
