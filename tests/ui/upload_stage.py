"""A console over a data folder whose platform is the sandbox, by real HTTP; uploaders run when a test says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hbgz_desktop.services.console import ConsoleServices
from hbgz_desktop.services.engine_supervisor import EngineSupervisor

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.ui.page_context import PageContext
    from tests.ui.conftest import Journal
    from tests.unit.services.clinic import Clinic

LIMIT_MS = 10_000


class UploadStage:
    """What a page needs, and what goes on behind it.

    Attributes:
        clinic: Modality, RIS and platform.
        context: For the page.
        journal: What the page said and asked for.
    """

    def __init__(
        self, clinic: Clinic, context: PageContext, journal: Journal, qtbot: QtBot
    ) -> None:
        work = clinic.work
        services = ConsoleServices(work, EngineSupervisor(work.folder, work.engine_state))
        self.clinic = clinic
        self.context = replace(context, services=services)
        self.journal = journal
        self._qtbot = qtbot
        self._uploaders = clinic.uploaders()

    def upload(self) -> list[str]:
        """The engine carries out what is due, until nothing is; the kinds in their order."""
        return self.clinic.upload_all(self._uploaders)

    def wait(self, is_done: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        self._qtbot.waitUntil(lambda: bool(is_done()), timeout=LIMIT_MS)

    def said(self, words: str) -> bool:
        """Whether a toast holds these words."""
        return any(words in one.text for one in self.journal.toasts)

    def undo(self) -> None:
        """Press 撤销 of the newest toast."""
        undo = self.journal.toasts[-1].undo
        assert undo is not None
        undo()
