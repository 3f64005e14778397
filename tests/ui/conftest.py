"""Theme, task pool, resources, and what a page is given, for tests with Qt."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot
from typing_extensions import override

from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor
from hbgz_desktop.services.error_texts import ErrorTexts
from hbgz_desktop.services.folders import DataFolder
from hbgz_desktop.services.workplace import Workplace
from hbgz_desktop.ui.event_bridge import EventBridge
from hbgz_desktop.ui.notices import BugReport, Notices, ToastNotice
from hbgz_desktop.ui.page_context import PageContext
from hbgz_desktop.ui.tasks import TaskPool
from hbgz_desktop.ui.theme import Theme
from tests.operating_system import SLOWNESS
from tests.ui.windows import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtWidgets import QApplication

    from hbgz_desktop.ui.widgets.banner_stack import Banner


class PatientBot(QtBot):
    """Waits longer where everything takes longer."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
        """Wait for a condition."""
        super().waitUntil(callback, timeout=timeout * SLOWNESS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, with that patience."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def resources() -> Path:
    """The repository's own resources."""
    return Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture(scope="session")
def frozen_imports() -> None:
    """What the imports left need not be looked through after every test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_after_the_test(qapp: QApplication, frozen_imports: None) -> Iterator[None]:
    """Collect garbage when Qt has let go of all windows, as the program does (gui_garbage)."""
    gc.disable()
    yield
    KEPT.clear()
    for window in qapp.topLevelWidgets():
        window.close()
        if window.parent() is None:  # menus and dialogs go with their window, not before it
            window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def theme(qapp: QApplication, resources: Path) -> Theme:
    """A light clerk theme, applied."""
    qapp.setStyle("Fusion")
    theme = Theme(resources)
    theme.apply(qapp)
    return theme


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[TaskPool]:
    """A pool whose unhandled errors fail the test."""
    errors: list[Exception] = []
    pool = TaskPool(errors.append)
    yield pool
    assert pool.drain(5000 * SLOWNESS)
    qapp.processEvents()
    assert errors == []


@dataclass
class Journal:
    """What a page asked its surroundings to do; takes the place of the window for notices.

    Attributes:
        pages: (key, rows) Other pages that were asked for.
        studies: (examination id, study id) Studies that were asked for.
        toasts: What was said.
        bugs: Unforeseen errors.
    """

    pages: list[tuple[str, str]] = field(default_factory=list)
    studies: list[tuple[int, int]] = field(default_factory=list)
    toasts: list[ToastNotice] = field(default_factory=list)
    bugs: list[BugReport] = field(default_factory=list)

    def open_page(self, key: str, rows: str) -> None:
        """A link to another page was pressed."""
        self.pages.append((key, rows))

    def show_study(self, examination_id: int, study_id: int) -> None:
        """A study was asked for."""
        self.studies.append((examination_id, study_id))

    def show_toast(self, notice: ToastNotice) -> None:
        """Something was said."""
        self.toasts.append(notice)

    def show_banners(self, banners: Sequence[Banner]) -> None:
        """Lasting conditions are the window's."""

    def show_bug(self, report: BugReport) -> None:
        """Something nobody foresaw."""
        self.bugs.append(report)


@pytest.fixture
def workplace(data_dir: Path) -> Iterator[Workplace]:
    """The services of an empty data folder."""
    with Workplace(DataFolder(data_dir)) as work:
        yield work


@pytest.fixture
def services(workplace: Workplace) -> Iterator[ConsoleServices]:
    """The console's door to that folder; no engine runs."""
    made = ConsoleServices(workplace, EngineSupervisor(workplace.folder, workplace.engine_state))
    yield made
    made.viewing.close()


@pytest.fixture
def journal() -> Journal:
    """What pages asked for."""
    return Journal()


@pytest.fixture
def context(
    theme: Theme, services: ConsoleServices, journal: Journal, tasks: TaskPool
) -> Iterator[PageContext]:
    """What a page is given; an unforeseen error of the page fails the test."""
    notices = Notices()
    notices.attach(journal)
    yield PageContext(
        theme=theme,
        services=services,
        tasks=tasks,
        notices=notices,
        bridge=EventBridge(tasks),
        texts=ErrorTexts("zh"),
        open_page=journal.open_page,
        show_study=journal.show_study,
    )
    assert journal.bugs == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says at every shown window that it has no window manager."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints"))
