"""A running platform and our client at it, for each test anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.platforms.http import HttpTimeouts, make_client
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from tests.integration.hebei.reception import Reception, reception_at
from tests.integration.hebei.sharing_desk import ORG, OTHER_ORG, SM4_KEY, SharingDesk, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

TIMEOUTS = HttpTimeouts(connect_s=10, read_s=10, write_s=10, pool_s=10)


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """As the program makes it; making one costs more than a request."""
    with make_client("http://127.0.0.1", timeouts=TIMEOUTS, max_connections=8) as client:
        yield client


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[HebeiPlatform]:
    """Everybody has two examinations and one laboratory value to share."""
    with HebeiPlatform(tmp_path, access=HebeiAccess((ORG, OTHER_ORG), SM4_KEY)) as running:
        running.set_results(studies=2, values=1)
        yield running


@pytest.fixture
def desk(platform: HebeiPlatform, http: httpx.Client) -> Iterator[SharingDesk]:
    """Our client, which holds a token as soon as one is needed."""
    with Wire(platform, http) as wire:
        yield SharingDesk(platform, wire, http)


@pytest.fixture
def reception(data_dir: Path, platform: HebeiPlatform) -> Iterator[Reception]:
    """Our services on a data folder, at the platform."""
    with reception_at(data_dir, platform) as open_desk:
        yield open_desk
