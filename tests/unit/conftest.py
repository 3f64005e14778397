"""Unit tests are quick and know no Qt."""

from __future__ import annotations

from pathlib import Path

import pytest

from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace

LIMIT_S = 30


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the present schema."""
    root = tmp_path_factory.mktemp("empty")
    with Workplace(DataFolder(root)):
        pass
    return root / "hbgz.sqlite"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each unit test a shorter limit than the one for tests with processes and windows."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(LIMIT_S))
