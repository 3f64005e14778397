from __future__ import annotations

import logging
import socket
import ssl

import httpx
import pytest

from hbgz_desktop.model.errors import PlatformUnreachableError, SettingsError
from hbgz_desktop.platforms.http import make_client, translate


def chained(outer: Exception, *causes: Exception) -> Exception:
    """Chain as httpx does: each exception is raised from the one behind it."""
    current = outer
    for cause in causes:
        current.__cause__ = cause
        current = cause
    return outer


@pytest.mark.parametrize(
    ("exc", "code"),
    [
        (chained(httpx.ConnectError("x"), OSError(), socket.gaierror(-2, "x")), "platform_dns"),
        (chained(httpx.ConnectError("x"), ssl.SSLCertVerificationError("x")), "platform_tls"),
        (chained(httpx.ConnectError("x"), ConnectionRefusedError()), "platform_refused_connection"),
        (chained(httpx.ConnectError("x"), ConnectionResetError()), "platform_reset"),
        (chained(httpx.ConnectError("x"), OSError(113, "no route")), "platform_no_route"),
        (httpx.ConnectTimeout("x"), "platform_timeout_connect"),
        (httpx.PoolTimeout("x"), "platform_timeout_connect"),
        (httpx.ReadTimeout("x"), "platform_timeout_read"),
        (httpx.WriteTimeout("x"), "platform_timeout_read"),
        (httpx.ReadError("x"), "platform_reset"),
        (httpx.WriteError("x"), "platform_reset"),
        (
            httpx.RemoteProtocolError("Server disconnected without sending a response."),
            "platform_reset",
        ),
        (httpx.RemoteProtocolError("illegal status line"), "platform_protocol"),
        (httpx.DecodingError("x"), "platform_protocol"),
    ],
)
def test_every_failure_has_its_code(exc: Exception, code: str) -> None:
    error = translate(exc)
    assert isinstance(error, PlatformUnreachableError)
    assert (error.code, error.retryable) == (code, True)


@pytest.mark.parametrize("exc", [httpx.InvalidURL("x"), httpx.UnsupportedProtocol("x")])
def test_an_impossible_address_is_a_setting(exc: Exception) -> None:
    assert isinstance(translate(exc), SettingsError)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://host/x",
        "//host/x",
        "http://",
        "http://user:secret@host/",
        "http://h:x/",
        "http://h\x00",
    ],
)
def test_impossible_addresses_are_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="platform_url_invalid") as caught:
        make_client(url)
    assert "secret" not in str(caught.value)


def test_the_environment_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    with make_client("http://127.0.0.1:2/mie/api/mie") as client:
        with pytest.raises(httpx.ConnectError):
            client.get("http://127.0.0.1:2/")
        assert client.follow_redirects is False
        assert client.trust_env is False
    assert logging.getLogger("httpx").level == logging.WARNING
    assert logging.getLogger("httpcore").level == logging.WARNING
