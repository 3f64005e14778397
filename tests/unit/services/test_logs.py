"""Log files: UTC, rotating, quiet libraries, given back when asked."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest

from hbgz_desktop.model.errors import StorageError
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.logs import configure_logging, stop_logging

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def levels_as_before() -> Iterator[None]:
    """The levels are the process's own."""
    names = ("", "httpx", "httpcore", "pynetdicom", "pydicom", "uvicorn", "PIL", "alembic")
    before = {name: logging.getLogger(name).level for name in names}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def test_a_line_has_its_moment_in_utc_and_libraries_are_quiet(data_dir: Path) -> None:
    folder = DataFolder(data_dir)
    handlers = configure_logging(folder, name="test")
    logging.getLogger("hbgz_desktop.test").info("hello code=%s", "x")
    logging.getLogger("httpx").info("GET http://patient.example/姓名")
    stop_logging(handlers)
    logging.getLogger("hbgz_desktop.test").info("after")
    text = (folder.logs / "test.log").read_text(encoding="utf-8")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}Z INFO hbgz_desktop\.test hello code=x\n", text
    )
    assert not set(handlers) & set(logging.getLogger().handlers)


def test_a_folder_that_cannot_be_made_is_one_clear_error(data_dir: Path) -> None:
    (data_dir / "file").write_bytes(b"a file stands where the folder should")
    with pytest.raises(StorageError):
        stop_logging(configure_logging(DataFolder(data_dir / "file")))
