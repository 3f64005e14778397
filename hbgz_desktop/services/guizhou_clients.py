"""The HTTP clients of the Guizhou platform: kept alive, lent to threads, renewed when a setting changes.

The console builds this at its start and seldom sends: HTTP is imported with the first client.
"""

from __future__ import annotations

import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.gm import Sm4
from hbgz_desktop.platforms.guizhou.msgid import MsgidFactory
from hbgz_desktop.platforms.guizhou.options import (
    DELETE_INDEX,
    GET_IMAGE,
    LIST_IMAGES,
    SAVE_IMAGE,
    SAVE_IMAGE_INFO,
    SAVE_RECORD,
    SAVE_REPORT,
    GuizhouOptions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hbgz_desktop.model.settings import GuizhouSettings, Settings
    from hbgz_desktop.platforms.gm import Encoding
    from hbgz_desktop.platforms.guizhou.client import GuizhouClient
    from hbgz_desktop.platforms.reachability import ProbeResult
    from hbgz_desktop.services.message_numbers import MessageNumbers

PROBE_LIMIT_S = 10.0
"""A look whether anything answers is light: it does not wait as long as an upload would."""


_MIB = 1024 * 1024


def client_options(settings: Settings, key: str, certno_key: str = "") -> GuizhouOptions:
    """The settings as the client takes them."""
    own = settings.guizhou
    outside = settings.other_hospitals
    return GuizhouOptions(
        base_url=own.base_url,
        institution_code=own.institution_code,
        key=key,
        fixmedins_code=own.fixmedins_code,
        msgid_prefix=own.msgid_prefix,
        index_fields={
            SAVE_RECORD: own.index_field_2_1,
            SAVE_IMAGE: own.index_field_2_2,
            SAVE_IMAGE_INFO: own.index_field_2_3,
            SAVE_REPORT: own.index_field_2_4,
            DELETE_INDEX: own.index_field_2_5,
            LIST_IMAGES: own.index_field_2_7,
            GET_IMAGE: own.index_field_2_8,
        },
        paths={DELETE_INDEX: own.delete_path},
        infnos={DELETE_INDEX: own.delete_infno},
        send_info=own.send_info_too,
        send_fixmedins_code=own.send_both_codes,
        max_input_characters=own.input_limit,
        answer_deadline_s=own.read_timeout_s,
        upload_shape=own.upload_shape,
        query_shape=own.query_shape,
        input_as_text=own.input_as_text,
        image_total_as_text=own.total_as_text,
        delete_as_objects=own.delete_input == "objects",
        send_key_in_queries=own.send_key_in_queries,
        date_pattern=own.date_pattern,
        certno_cipher=_certno_cipher(own, certno_key),
        allowed_hosts=tuple(outside.link_hosts),
        max_image_bytes=outside.max_image_mb * _MIB,
        query_timeout_s=own.query_timeout_s,
        repeat_msgid=own.repeat_msgid,
        require_succ_flag=own.require_succ_flag,
    )


def _certno_cipher(own: GuizhouSettings, key: str) -> Callable[[str], str] | None:
    """How certificate numbers go out in 2.6 (G055); no scheme is printed, SM4 is what such platforms use.

    A key that is none is found out when a person is asked for: uploads do not need it.
    """
    encodings: dict[str, Encoding] = {"sm4_hex": "hex", "sm4_HEX": "HEX", "sm4_base64": "base64"}
    encoding = encodings.get(own.query_certno)
    return None if encoding is None else partial(_enciphered, key, encoding)


def _enciphered(key: str, encoding: Encoding, text: str) -> str:
    return Sm4(key, encoding=encoding).encrypt(text)


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
        certno_key: Callable[[], str] = str,
    ) -> None:
        """Build clients as ``settings`` and the keys say at the moment of lending.

        ``certno_key`` unseals the key of 2.6 (G055); only who asks for persons needs it.
        """
        self._settings = settings
        self._key = key
        self._certno_key = certno_key
        self._numbers = numbers
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    @contextmanager
    def lend(self) -> Iterator[GuizhouClient]:
        """The client in force, open for the length of the block whatever happens to the settings.

        Raises:
            SettingsError: Address, code or message number prefix cannot be used.
            StorageError: A key cannot be unsealed.
        """
        kept = self._take(self._settings(), self._key(), self._certno_key())
        try:
            yield kept.client
        finally:
            with self._lock:
                kept.borrowers -= 1
                kept.close_if_free()

    def _take(self, settings: Settings, key: str, certno_key: str) -> _Kept:
        most = 1 + max(settings.upload.parallel, settings.other_hospitals.parallel)
        options = client_options(settings, key, certno_key)
        wanted = (settings.guizhou, settings.other_hospitals, most, key, certno_key)
        with self._lock:
            if self._kept is None or self._kept.made_from != wanted:
                fresh = self._make(settings, options, most, wanted)
                self._retire()
                self._kept = fresh
            self._kept.borrowers += 1
            return self._kept

    def _make(
        self, settings: Settings, options: GuizhouOptions, most: int, made_from: object
    ) -> _Kept:
        from hbgz_desktop.platforms.guizhou.client import GuizhouClient  # see the top of the file
        from hbgz_desktop.platforms.http import HttpTimeouts, make_client  # the same

        own = settings.guizhou
        options.check()
        numbers = MsgidFactory(options.number_prefix, self._numbers)
        http = make_client(
            _address(settings),
            timeouts=HttpTimeouts(own.connect_timeout_s, own.read_timeout_s),
            verify=own.verify_tls,
            max_connections=most,
        )
        return _Kept(GuizhouClient(options, http, numbers), made_from, http.close)

    def probe(self) -> ProbeResult:
        """Open a fresh connection and see whether anything answers; at most some seconds.

        Raises:
            SettingsError: There is no address, or it cannot be one.
        """
        from hbgz_desktop.platforms.guizhou.client import GuizhouClient  # see the top of the file
        from hbgz_desktop.platforms.http import HttpTimeouts, make_client  # the same

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
