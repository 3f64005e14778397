"""Small acts of 跨院调阅 that end in a toast: pages in the browser, the cache emptied, a name revealed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.pages.other_hospitals_drawer import REPORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from hbgz_desktop.model.other_hospitals import OutsideRow
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.other_hospitals_words import OutsideWords

FORM, LOOK, EXAMINATION = "outside_form", "outside_look", "outside_examination"


class OutsideActs(QObject):
    """Each leaves an audit row.

    Signals:
        emptied: The cache was emptied of what nobody looks at.
    """

    emptied = Signal()

    def __init__(
        self,
        context: PageContext,
        words: OutsideWords,
        open_address: Callable[[str], bool],
        parent: QObject,
    ) -> None:
        """Take what opens an address in the browser."""
        super().__init__(parent)
        self._context = context
        self._words = words
        self._open_address = open_address

    def open_link(self, row: OutsideRow, kind: str) -> None:
        """Open ``report`` or ``viewer``; where there is no image page, the link of the images."""
        wanted = kind if kind == REPORT or row.viewer.url else "download"
        outside = self._context.services.other_hospitals
        work = partial(outside.open_link, row.id, wanted, self._open_address)
        self._context.tasks.run_task(work, self._on_link_opened, self._on_failed)

    def _on_link_opened(self, _done: object) -> None:
        self._context.notices.toast(self.tr("已在浏览器里打开"))

    def empty_cache(self) -> None:
        """Clear what nobody looks at."""
        work = self._context.services.other_hospitals.clear_cache
        self._context.tasks.run_task(work, self._on_emptied, self._on_failed)

    def _on_emptied(self, freed: int) -> None:
        size = self._words.size(freed)
        self._context.notices.toast(self.tr("清掉了 {size}，正在看的留着").format(size=size))
        self.emptied.emit()

    def note_revealed(self, what: str, row_id: int = 0) -> None:
        """A masked name or number was looked at."""
        note = partial(self._context.services.reveal, what, row_id)
        self._context.tasks.run_task(note, self._on_noted, self._on_failed)

    def _on_noted(self, _done: object) -> None:
        """The trail has it."""

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
