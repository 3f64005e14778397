"""One running platform a module, our client at it; faults and variants end with each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.platforms.http import HttpTimeouts, make_client
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.guizhou_receiver import DicomDoor
from tests.integration.guizhou.front_desk import INSTITUTION, KEY, FrontDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

TIMEOUTS = HttpTimeouts(connect_s=10, read_s=10, write_s=10, pool_s=10)
ROWS = 24


@pytest.fixture(scope="session")
def http() -> Iterator[httpx.Client]:
    """As the program makes it; making one costs more than a request."""
    with make_client("http://127.0.0.1", timeouts=TIMEOUTS, max_connections=8) as client:
        yield client


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, http: httpx.Client) -> Iterator[FrontDesk]:
    """A platform with a DICOM door and small pictures in other hospitals."""
    root = tmp_path_factory.mktemp("guizhou")
    with GuizhouPlatform(
        root, institution_code=INSTITUTION, key=KEY, dicom=DicomDoor(), library_rows=ROWS
    ) as platform:
        yield FrontDesk(platform, http)


@pytest.fixture
def desk(running: FrontDesk) -> Iterator[FrontDesk]:
    """The caller, with a platform that answers as printed and fails at nothing."""
    yield running
    running.platform.faults.clear()
    running.platform.faults.release()
    running.platform.reset_variants()
    running.platform.drop_connections()
