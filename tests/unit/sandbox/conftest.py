"""A running platform, a caller, and what the caller may send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from hbgz_desktop.sandbox.demo import demo_records, demo_studies
from hbgz_desktop.sandbox.guizhou_platform import GuizhouPlatform
from hbgz_desktop.sandbox.hebei_platform import HebeiAccess, HebeiPlatform
from tests.unit.sandbox.caller import INSTITUTION, KEY, Caller, make_image
from tests.unit.sandbox.hebei_caller import ORG, OTHER_ORG, SM4_KEY, HebeiCaller

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.sandbox.study_spec import StudySpec


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[GuizhouPlatform]:
    with GuizhouPlatform(tmp_path / "sandbox", institution_code=INSTITUTION, key=KEY) as running:
        yield running


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    """One client a module: making one costs more than a request."""
    with httpx.Client(trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def caller(platform: GuizhouPlatform, http: httpx.Client) -> Caller:
    return Caller(platform, http)


@pytest.fixture(scope="session")
def studies() -> tuple[StudySpec, ...]:
    return demo_studies(7, datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC))


@pytest.fixture
def record(studies: tuple[StudySpec, ...]) -> dict[str, Any]:
    """A valid record of 2.1."""
    return demo_records(studies)[0]


@pytest.fixture
def images() -> list[bytes]:
    """Three files with three SOP Instance UIDs 1.2.3.1 to 1.2.3.3."""
    return [make_image(number) for number in (1, 2, 3)]


@pytest.fixture
def ready(caller: Caller, record: dict[str, Any]) -> Caller:
    """A caller whose record is already accepted."""
    assert caller.record(record).json()["code"] == 0
    return caller


@pytest.fixture
def hebei(tmp_path: Path) -> Iterator[HebeiPlatform]:
    """A Hebei platform where everybody has two studies and one laboratory value."""
    access = HebeiAccess((ORG, OTHER_ORG), SM4_KEY)
    with HebeiPlatform(tmp_path / "hebei", access=access) as running:
        running.set_results(studies=2, values=1)
        yield running


@pytest.fixture
def desk(hebei: HebeiPlatform, http: httpx.Client) -> HebeiCaller:
    """A caller that holds a token."""
    caller = HebeiCaller(hebei, http)
    caller.login()
    return caller


@pytest.fixture
def visit(desk: HebeiCaller) -> HebeiCaller:
    """A caller whose patient is authorised."""
    assert desk.rule("saveAuthUser") == ""
    return desk
