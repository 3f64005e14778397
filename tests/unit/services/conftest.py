"""A clinic for each test that asks for one; the empty database is made once and copied."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.unit.services.clinic import Clinic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hbgz_desktop.services.uploading import Uploaders


class MakeClinic(Protocol):
    """Opens a clinic with these settings; it is closed after the test."""

    def __call__(self, **settings: object) -> Clinic: ...


@pytest.fixture
def make_clinic(tmp_path: Path, data_dir: Path, empty_database: Path) -> Iterator[MakeClinic]:
    """A maker of clinics on one data folder."""
    shutil.copy(empty_database, data_dir / "hbgz.sqlite")
    with ExitStack() as stack:

        def make(**settings: object) -> Clinic:
            return stack.enter_context(Clinic(tmp_path, data_dir, **settings))

        yield make


@pytest.fixture
def clinic(make_clinic: MakeClinic) -> Clinic:
    """A clinic with the base settings."""
    return make_clinic()


@pytest.fixture
def uploaders(clinic: Clinic) -> Uploaders:
    """Uploaders driven by the test; the platform listens."""
    clinic.open_platform()
    return clinic.uploaders()
