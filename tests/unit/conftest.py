"""Unit tests are quick and know no Qt."""

from __future__ import annotations

from pathlib import Path

import pytest

LIMIT_S = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each unit test a shorter limit than the one for tests with processes and windows."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LIMIT_S))
