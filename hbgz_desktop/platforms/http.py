"""The door to HTTP: how a client is built, and what its failures mean.

httpx is used for sending only here and in the platform clients; its exceptions never leave this
package (DESIGN 7).
"""

from __future__ import annotations

import logging
import socket
import ssl
from dataclasses import dataclass

import httpx

from hbgz_desktop.model.errors import HbgzError, PlatformUnreachableError, SettingsError

_QUIET_LOGGERS = ("httpx", "httpcore")
_CUT_SHORT = ("disconnected", "closed connection")


@dataclass(frozen=True, slots=True)
class HttpTimeouts:
    """How long one step may take (G072), in seconds.

    Attributes:
        connect_s: Until the connection stands.
        read_s: Between two pieces of an answer; also until its first one after the body was sent.
        write_s: Until the peer takes the next piece of the body.
        pool_s: Until a connection of the pool is free.
    """

    connect_s: float = 10.0
    read_s: float = 120.0
    write_s: float = 60.0
    pool_s: float = 60.0


def make_client(
    base_url: str,
    *,
    timeouts: HttpTimeouts | None = None,
    verify: bool | ssl.SSLContext = True,
    max_connections: int = 4,
) -> httpx.Client:
    """Build the client that is kept for the life of the process; any thread may use it.

    Neither proxies nor certificates nor passwords of the environment play a part, and no redirect
    is followed. The library's loggers, which print addresses, stay at WARNING.

    Args:
        base_url: Address of the platform, ``http`` or ``https``.
        timeouts: Limits of each step; the defaults when None.
        verify: Whether the certificate is checked, or the context that checks it.
        max_connections: Connections at a time, all of them kept alive.

    Raises:
        SettingsError: ``platform_url_invalid``.
    """
    for name in _QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)
    limits_s = timeouts or HttpTimeouts()
    return httpx.Client(
        base_url=_checked_url(base_url),
        trust_env=False,
        follow_redirects=False,
        verify=verify,
        timeout=httpx.Timeout(
            connect=limits_s.connect_s,
            read=limits_s.read_s,
            write=limits_s.write_s,
            pool=limits_s.pool_s,
        ),
        limits=httpx.Limits(
            max_connections=max_connections, max_keepalive_connections=max_connections
        ),
    )


def _checked_url(base_url: str) -> httpx.URL:
    try:
        url = httpx.URL(base_url)
    except httpx.InvalidURL:
        raise SettingsError("platform_url_invalid") from None
    if url.scheme not in ("http", "https") or not url.host or url.userinfo:
        raise SettingsError("platform_url_invalid")
    return url


def translate(exc: Exception) -> HbgzError:
    """Say what a failure of httpx means for the sender.

    Args:
        exc: ``httpx.HTTPError``, ``httpx.InvalidURL`` or ``httpx.StreamError``.

    Returns:
        A PlatformUnreachableError whose code tells which step failed; a SettingsError for an
        address that cannot be one. The caller raises or records it.
    """
    if isinstance(exc, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return SettingsError("platform_url_invalid")
    return PlatformUnreachableError(_unreachable_code(exc))


def _unreachable_code(exc: Exception) -> str:
    if isinstance(exc, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        return "platform_timeout_connect"
    if isinstance(exc, httpx.TimeoutException):
        return "platform_timeout_read"
    if isinstance(exc, httpx.ConnectError):
        return _connect_code(exc)
    if isinstance(exc, httpx.NetworkError):
        return "platform_reset"
    cut_short = any(words in str(exc) for words in _CUT_SHORT)
    return "platform_reset" if cut_short else "platform_protocol"


def _connect_code(exc: BaseException) -> str:
    """Look for the operating system's own exception behind httpx's."""
    cause: BaseException | None = exc
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "platform_dns"
        if isinstance(cause, ssl.SSLError):
            return "platform_tls"
        if isinstance(cause, ConnectionRefusedError):
            return "platform_refused_connection"
        if isinstance(cause, ConnectionError):
            return "platform_reset"
        cause = cause.__cause__ or cause.__context__
    return "platform_no_route"
