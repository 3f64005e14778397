"""Whether anything answers at a platform's address: neither key nor codes are sent."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from hbgz_desktop.platforms.http import translate

if TYPE_CHECKING:
    from hbgz_desktop.model.errors import HbgzError


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What a probe proved: that something answers at the address, and how fast. No more.

    Attributes:
        reachable: An HTTP answer came.
        elapsed_ms: Until its first line, or until the failure.
        http_status: Its status; 404 and 405 are usual, the address alone is no service.
        server_date: Its ``Date`` header as it came, "" when there was none.
        error: Why nothing came.
    """

    reachable: bool
    elapsed_ms: int
    http_status: int | None = None
    server_date: str = ""
    error: HbgzError | None = None


def probe_address(http: httpx.Client, address: str) -> ProbeResult:
    """GET the address; proves that a connection stands and that an HTTP answer comes, nothing else."""
    started = time.monotonic()
    try:
        with http.stream("GET", address) as response:
            return ProbeResult(
                reachable=True,
                elapsed_ms=_elapsed_ms(started),
                http_status=response.status_code,
                server_date=response.headers.get("date", ""),
            )
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as exc:
        elapsed_ms = _elapsed_ms(started)
        return ProbeResult(reachable=False, elapsed_ms=elapsed_ms, error=translate(exc))


def _elapsed_ms(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
