"""The HTTP client of Hebei's sharing system, as the settings say at the moment of a call.

The console builds this at its start and seldom calls: HTTP is imported with the first client.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from hbgz_desktop.model.settings import SM4_KEY
from hbgz_desktop.platforms.hebei.options import GET_TOKEN, SAVE_AUTH_USER, HebeiOptions
from hbgz_desktop.platforms.hebei.requests import token_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hbgz_desktop.model.settings import HebeiSettings, Settings
    from hbgz_desktop.model.visit import HospitalUser
    from hbgz_desktop.platforms.hebei.client import HebeiClient
    from hbgz_desktop.storage.secret_store import SecretStore


class HebeiClients:
    """Makes a client for one errand (a token and a call); safe from any thread."""

    def __init__(self, settings: Callable[[], Settings], secrets: SecretStore) -> None:
        """Read group ``hebei`` and its key at the moment of lending."""
        self._settings = settings
        self._secrets = secrets

    @property
    def settings(self) -> HebeiSettings:
        """Group ``hebei`` in force."""
        return self._settings().hebei

    @property
    def issuer(self) -> str:
        """Who issues tokens, and how they are shown: another one makes kept tokens and refusals void."""
        own = self.settings
        return f"{own.base_url.rstrip('/')}{own.oauth_path} {own.token_prefix}".rstrip()

    def check(self, user: HospitalUser) -> None:
        """Refuse before anything is kept or sent what cannot be sent with these settings.

        Raises:
            SettingsError: ``hebei_setting_missing`` and others, naming the setting.
            StorageError: The key cannot be unsealed.
        """
        options = self._options()
        options.check(GET_TOKEN)
        token_body(user)
        options.check(SAVE_AUTH_USER)

    @contextmanager
    def lend(self) -> Iterator[HebeiClient]:
        """A client, open for the length of the block.

        Raises:
            SettingsError: Address, key or vector cannot be used.
            StorageError: The key cannot be unsealed.
        """
        from hbgz_desktop.platforms.hebei.client import HebeiClient  # see the top of the file
        from hbgz_desktop.platforms.http import HttpTimeouts, make_client  # the same

        own, options = self.settings, self._options()
        options.check(GET_TOKEN)
        http = make_client(
            own.base_url,
            timeouts=HttpTimeouts(own.connect_timeout_s, own.read_timeout_s),
            verify=own.verify_tls,
            max_connections=1,
        )
        with closing(http):
            yield HebeiClient(options, http)

    def _options(self) -> HebeiOptions:
        return HebeiOptions.of(self.settings, self._secrets.get(SM4_KEY))
