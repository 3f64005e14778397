"""A scripted platform and clients on it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.unit.platforms.hebei.sharing_bench import SharingBench
from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def platform() -> Iterator[ScriptedFrontEnd]:
    """It answers as the test scripts."""
    with ScriptedFrontEnd() as running:
        yield running


@pytest.fixture
def bench(platform: ScriptedFrontEnd) -> Iterator[SharingBench]:
    """Clients on it, closed before it."""
    with ExitStack() as stack:
        yield SharingBench(platform, stack)
