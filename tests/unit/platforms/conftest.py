"""A scripted front end over real HTTP, the client that talks to it, and an image to send."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.unit.platforms.guizhou_bench import Bench
from tests.unit.platforms.scripted_front_end import ScriptedFrontEnd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def front_end() -> Iterator[ScriptedFrontEnd]:
    """Answers as it is told."""
    with ScriptedFrontEnd() as running:
        yield running


@pytest.fixture
def bench(front_end: ScriptedFrontEnd) -> Iterator[Bench]:
    """Clients of that front end, closed after the test."""
    with ExitStack() as stack:
        yield Bench(front_end, stack)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """Some bytes to upload."""
    path = tmp_path / "0001.dcm"
    path.write_bytes(bytes(range(256)) * 40)
    return path
