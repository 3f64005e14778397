"""A hospital for each test that asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hospital import Hospital

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def hospital(tmp_path: Path, data_dir: Path, seed: int) -> Iterator[Hospital]:
    """Platform, data folder and settings; no engine runs yet."""
    with Hospital(tmp_path, data_dir, seed) as place:
        yield place
