"""开始: the first-run steps as a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from hbgz_desktop.ui.page import Page
from hbgz_desktop.ui.pages.welcome_steps import FirstRunSteps

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.first_run import FirstRun
    from hbgz_desktop.ui.page_context import PageContext


class WelcomePage(Page):
    """Three steps; leaving and coming back loses nothing.

    Attributes:
        steps: The steps themselves.
    """

    def __init__(
        self,
        context: PageContext,
        parent: QWidget | None = None,
        *,
        on_rehearse: Callable[[], None] | None = None,
    ) -> None:
        """Build it; see ``FirstRunSteps`` for ``on_rehearse``."""
        super().__init__(context.theme, "", scrolls=True, parent=parent)
        self._context = context
        self.header.set_title(self.tr("开始使用"))
        self.header.set_primary(self.tr("去总览"))
        self.header.primary_requested.connect(self._on_overview)
        self.steps = FirstRunSteps(context, on_rehearse, self)
        self.steps.progressed.connect(self._on_progressed)
        self.steps.closed.connect(self._on_overview)
        self.content.addWidget(self.steps)
        self.content.addStretch(1)

    @override
    def refresh(self) -> None:
        self.steps.refresh()

    @override
    def help_text(self) -> str:
        return self.tr("三步做完就能上传，先做哪一步都行。每一步看到事实才打勾，不用点“完成”。")

    def _on_progressed(self, run: FirstRun) -> None:
        count = sum(run.done)
        left = len(run.done) - count
        self.header.set_subtitle(
            self.tr("做完 {done} 步，还有 {left} 步").format(done=count, left=left)
            if left
            else self.tr("三步都好了")
        )

    def _on_overview(self) -> None:
        self._context.open_page("overview", "")
