"""The HTTP clients of the Guizhou platform: kept alive, lent to threads, renewed when a setting changes."""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.guizhou.client import GuizhouClient
from hbgz_desktop.platforms.guizhou.msgid import MsgidFactory
from hbgz_desktop.platforms.guizhou.options import SAVE_IMAGE, SAVE_REPORT, GuizhouOptions
from hbgz_desktop.platforms.http import HttpTimeouts, make_client

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hbgz_desktop.model.settings import Settings
    from hbgz_desktop.platforms.reachability import ProbeResult
    from hbgz_desktop.services.message_numbers import MessageNumbers

PROBE_LIMIT_S = 10.0
"""A look whether anything answers is light: it does not wait as long as an upload would."""


def client_options(settings: Settings, key: str) -> GuizhouOptions:
    """The settings as the client takes them."""
    own = settings.guizhou
    return GuizhouOptions(
        base_url=own.base_url,
        institution_code=own.institution_code,
        key=key,
        fixmedins_code=own.fixmedins_code,
        msgid_prefix=own.msgid_prefix,
        index_fields={SAVE_IMAGE: own.index_field_2_2, SAVE_REPORT: own.index_field_2_4},
        send_info=own.send_info_too,
        send_fixmedins_code=own.send_both_codes,
        max_input_characters=own.input_limit,
        answer_deadline_s=own.read_timeout_s,
    )


@dataclass(slots=True)
class _Kept:
    """A client in use: closed when it is retired and nobody has it any more."""

    client: GuizhouClient
    made_from: object
    close: Callable[[], None]
    borrowers: int = 0
    is_retired: bool = False

    def close_if_free(self) -> None:
        if self.is_retired and not self.borrowers:
            self.close()


class GuizhouClients:
    """Lends one client to many threads. Safe from any thread."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        key: Callable[[], str],
        numbers: MessageNumbers,
    ) -> None:
        """Build clients as ``settings`` and ``key`` say at the moment of lending."""
        self._settings = settings
        self._key = key
        self._numbers = numbers
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    @contextmanager
    def lend(self) -> Iterator[GuizhouClient]:
        """The client in force, open for the length of the block whatever happens to the settings.

        Raises:
            SettingsError: Address, code or message number prefix cannot be used.
            StorageError: The key cannot be unsealed.
        """
        kept = self._take(self._settings(), self._key())
        try:
            yield kept.client
        finally:
            with self._lock:
                kept.borrowers -= 1
                kept.close_if_free()

    def _take(self, settings: Settings, key: str) -> _Kept:
        wanted = (settings.guizhou, settings.upload.parallel, key)
        with self._lock:
            if self._kept is None or self._kept.made_from != wanted:
                fresh = self._make(settings, key, wanted)
                self._retire()
                self._kept = fresh
            self._kept.borrowers += 1
            return self._kept

    def _make(self, settings: Settings, key: str, made_from: object) -> _Kept:
        own = settings.guizhou
        options = client_options(settings, key)
        options.check()
        numbers = MsgidFactory(options.number_prefix, self._numbers)
        http = make_client(
            _address(settings),
            timeouts=HttpTimeouts(own.connect_timeout_s, own.read_timeout_s),
            verify=own.verify_tls,
            max_connections=settings.upload.parallel + 1,
        )
        return _Kept(GuizhouClient(options, http, numbers), made_from, http.close)

    def probe(self) -> ProbeResult:
        """Open a fresh connection and see whether anything answers; at most some seconds.

        Raises:
            SettingsError: There is no address, or it cannot be one.
        """
        settings = self._settings()
        limit_s = min(PROBE_LIMIT_S, settings.guizhou.connect_timeout_s)
        timeouts = HttpTimeouts(limit_s, PROBE_LIMIT_S, PROBE_LIMIT_S, PROBE_LIMIT_S)
        verify = settings.guizhou.verify_tls
        http = make_client(_address(settings), timeouts=timeouts, verify=verify, max_connections=1)
        with closing(http):
            return GuizhouClient(client_options(settings, ""), http, str).probe()

    def _retire(self) -> None:
        if self._kept is not None:
            self._kept.is_retired = True
            self._kept.close_if_free()
            self._kept = None

    def close(self) -> None:
        """Close the connections that nobody uses now; the others when they are given back."""
        with self._lock:
            self._retire()


def _address(settings: Settings) -> str:
    if not settings.guizhou.base_url:
        raise SettingsError("platform_setting_missing", setting="guizhou.base_url")
    return settings.guizhou.base_url
