"""Theme, task pool and resources for tests with Qt."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent

from hbgz_desktop.ui.tasks import TaskPool
from hbgz_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def resources() -> Path:
    """The repository's own resources."""
    return Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(autouse=True)
def garbage_after_the_test(qapp: QApplication) -> Iterator[None]:
    """Collect garbage when Qt has let go of all windows, as the program does (gui_garbage)."""
    gc.disable()
    yield
    for window in qapp.topLevelWidgets():
        window.close()
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


@pytest.fixture
def theme(qapp: QApplication, resources: Path) -> Iterator[Theme]:
    """A light clerk theme, applied."""
    qapp.setStyle("Fusion")
    theme = Theme(resources)
    theme.apply(qapp)
    yield theme


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[TaskPool]:
    """A pool whose unhandled errors fail the test."""
    errors: list[Exception] = []
    pool = TaskPool(errors.append)
    yield pool
    assert pool.drain(5000)
    qapp.processEvents()
    assert errors == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says at every shown window that it has no window manager."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))
