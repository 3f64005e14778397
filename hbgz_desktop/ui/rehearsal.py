"""开始演练: practice with a simulated platform, in a window of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.services.first_run import rehearsed
from hbgz_desktop.ui.failures import toast_failure

if TYPE_CHECKING:
    from collections.abc import Collection

    from hbgz_desktop.ui.page_context import PageContext


class Rehearsal(QObject):
    """Starts it and says that no real platform is touched."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    @property
    def is_offered(self) -> bool:
        """False where nothing can be started."""
        return self._context.rehearse is not None

    def start(self, platforms: Collection[str]) -> None:
        """Practise with the platform of this province."""
        if self._context.rehearse is not None:
            begin = partial(self._context.rehearse, rehearsed(platforms))
            self._context.tasks.run_task(begin, self._on_begun, self._on_failed)

    def _on_begun(self, _nothing: object) -> None:
        self._context.notices.toast(self.tr("演练在另一个窗口里打开，不碰真平台"))

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
