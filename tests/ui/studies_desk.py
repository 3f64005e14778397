"""The page 检查 as a person sees it and works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hbgz_desktop.ui.cells import CELL_ROLE, BadgeCell
from hbgz_desktop.ui.pages.studies_page import StudiesPage
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from hbgz_desktop.model.worklist import Lane
    from hbgz_desktop.ui.page_context import PageContext

LIMIT_MS = 30_000


class Desk:
    """The page and what a person sees and does on it."""

    def __init__(self, context: PageContext, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.page = StudiesPage(context)
        self.page.resize(1224, 860)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activate()
        self.wait(lambda: self.page._model.is_open and self.page._counts is not None)

    def wait(self, is_done: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(is_done()), timeout=LIMIT_MS)

    def rest(self) -> None:
        """Until list and counts have arrived."""
        model = self.page._model
        self.wait(
            lambda: (
                not model.is_loading
                and not self.page._is_counting
                and (not model.total or model.row_at(0) is not None)
            )
        )

    def look(self, number: int = 0) -> None:
        self.page._model.data(self.page._model.index(number, 0), CELL_ROLE)
        self.wait(lambda: self.page._model.row_at(number))

    def badges(self) -> list[str]:
        words = []
        for number in range(self.page._model.total):
            self.look(number)
            cell = self.page._model.data(self.page._model.index(number, 0), CELL_ROLE)
            assert isinstance(cell, BadgeCell)
            words.append(cell.badge.word)
        return words

    def choose(self, chip: str) -> None:
        self.page._filter.choose_chip(chip)
        self.rest()

    def open(self, study_id: int, examination_id: int = 0) -> None:
        self.page.show_study(examination_id, study_id)
        self.wait(lambda: self.page._study.isVisible() and self.shown_study == study_id)

    @property
    def shown_study(self) -> int:
        shown = self.page._study.shown
        return (shown.detail.row.study_id or 0) if shown is not None else 0

    @property
    def lane(self) -> Lane | None:
        shown = self.page._study.shown
        return shown.detail.row.lane if shown is not None else None

    def press_step(self) -> None:
        self.page._study.findChildren(NextStepBox)[0].button.click()

    def all_text(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(Label))
