"""A HIS asks for 共享调阅 from outside: the form arrives filled, and a person decides (DESIGN 11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from hbgz_desktop.model.events import Event
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.page_makers import import_page

if TYPE_CHECKING:
    from hbgz_desktop.model.sharing_launch import SharingForm
    from hbgz_desktop.ui.main_window import MainWindow
    from hbgz_desktop.ui.page_context import PageContext

LEFT = "sharing_form_left"
_PAGE = "shared"


class SharingInbox(QObject):
    """Takes a form that ``hbgz share`` or ``hbgz://share`` left, shows the page and fills it in."""

    def __init__(self, context: PageContext, window: MainWindow) -> None:
        """Follow the bridge; call in the GUI thread."""
        super().__init__(window)
        self._context = context
        self._window = window
        context.bridge.facts_arrived.connect(self._on_facts)

    def look(self) -> None:
        """Take what was left before the window was there."""
        if self._window.has_page(_PAGE):
            self._context.tasks.run_task(self._take, self._on_form, self._on_failed)

    def _take(self) -> SharingForm | None:
        """On a pool thread; the page that will show it is imported there too."""
        form = self._context.services.shared_viewing.handed_form()
        if form is not None:
            import_page(_PAGE)
        return form

    def _on_facts(self, facts: tuple[object, ...]) -> None:
        if any(isinstance(one, Event) and one.kind == LEFT for one in facts):
            self.look()

    def _on_form(self, wanted: SharingForm | None) -> None:
        if wanted is None or not self._window.has_page(_PAGE):
            return
        from hbgz_desktop.ui.pages.shared_page import SharedPage  # see page_makers

        self._window.show_page(_PAGE)
        page = self._window.page(_PAGE)
        if isinstance(page, SharedPage):
            page.fill(wanted)
        self._window.come_forward()

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
