"""A light look whether the sharing system answers; HTTP is imported with the first one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from hbgz_desktop.model.errors import SettingsError
from hbgz_desktop.platforms.hebei.options import HebeiOptions

if TYPE_CHECKING:
    from hbgz_desktop.model.settings import HebeiSettings
    from hbgz_desktop.platforms.reachability import ProbeResult

LIMIT_S = 10.0
"""A look does not wait as long as a call would."""


def probe_hebei(settings: HebeiSettings) -> ProbeResult:
    """Open a fresh connection and see whether anything answers; at most some seconds.

    Raises:
        SettingsError: There is no address.
    """
    from hbgz_desktop.platforms.hebei.client import HebeiClient  # see the top of the file
    from hbgz_desktop.platforms.http import HttpTimeouts, make_client  # the same

    if not settings.base_url:
        raise SettingsError("hebei_setting_missing", setting="hebei.base_url")
    limit_s = min(LIMIT_S, settings.connect_timeout_s)
    timeouts = HttpTimeouts(limit_s, LIMIT_S, LIMIT_S, LIMIT_S)
    http = make_client(
        settings.base_url, timeouts=timeouts, verify=settings.verify_tls, max_connections=1
    )
    with closing(http):
        return HebeiClient(HebeiOptions.of(settings, ""), http).probe()
