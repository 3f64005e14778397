"""Which delivery the drawer shows, and what its buttons do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.services.queue_jobs import BulkAction
from hbgz_desktop.ui.pages.queue_drawer import CANCEL, FIX, PAUSE, RESUME, RETRY, QueueDrawer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.services.queue_desk import QueueDesk, SelectionLook, ShownDelivery
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_operator import QueueOperator
    from hbgz_desktop.ui.pages.queue_words import QueueWords

_ACTIONS = {RETRY: BulkAction.RETRY, RESUME: BulkAction.RESUME, PAUSE: BulkAction.PAUSE}


class QueueInspector(QObject):
    """Asks for one delivery and keeps its drawer true.

    Signals:
        arrived: The drawer has something to show: open it.

    Attributes:
        drawer: The widget.
        shown_id: What is shown or asked for, None while the drawer is closed.
    """

    arrived = Signal()

    def __init__(
        self,
        context: PageContext,
        desk: QueueDesk,
        words: QueueWords,
        operator: QueueOperator,
        parent: QWidget,
    ) -> None:
        """Build it closed."""
        super().__init__(parent)
        self._context = context
        self._desk = desk
        self._operator = operator
        self.shown_id: int | None = None
        self.drawer = QueueDrawer(context, words, parent)
        self.drawer.act_requested.connect(self._on_act)
        self.drawer.study_requested.connect(self._on_open_study)
        self.drawer.revealed.connect(self._on_revealed)
        self.drawer.closed.connect(self._on_closed)

    def show(self, row_id: object) -> None:
        """Show a delivery (Enter, double-click)."""
        self.shown_id = row_id if isinstance(row_id, int) else None
        self.renew()

    def follow(self, row_id: object) -> None:
        """Another row is current: an open drawer follows."""
        if self.drawer.isVisible() and isinstance(row_id, int):
            self.show(row_id)

    def renew(self) -> None:
        """Ask for what is shown again."""
        if self.shown_id is not None:
            work = partial(self._desk.shown, self.shown_id, with_attempts=True)
            self._context.tasks.run_task(work, self._on_shown, self._on_failed)

    def _on_shown(self, shown: ShownDelivery | None) -> None:
        if shown is not None and shown.row.delivery.id == self.shown_id:
            self.drawer.show_delivery(shown)
            self.arrived.emit()

    def _on_closed(self) -> None:
        self.shown_id = None

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.report_bug(error)

    def _on_act(self, act: str) -> None:
        shown = self.drawer.shown
        if shown is None:
            return
        ids = (shown.row.delivery.id,)
        if act == FIX:
            self._context.open_page("needs_fix", "needs_fix")
        elif act == CANCEL:
            work = partial(self._desk.selection, ids)
            self._context.tasks.run_task(work, self._on_cancel_looked, self._on_failed)
        elif act in _ACTIONS:
            self._operator.start(_ACTIONS[act], ids)

    def _on_cancel_looked(self, look: SelectionLook) -> None:
        self._operator.cancel(look)

    def _on_open_study(self) -> None:
        shown = self.drawer.shown
        if shown is not None:
            study_id = shown.study.study_id if shown.study is not None else None
            self._context.show_study(shown.row.delivery.examination_id, study_id or 0)

    def _on_revealed(self) -> None:
        shown = self.drawer.shown
        if shown is not None:
            row_id = shown.row.delivery.examination_id
            work = partial(self._context.services.reveal, "examination", row_id)
            self._context.tasks.run_task(work, self._on_noted, self._on_failed)

    def _on_noted(self, _nothing: object) -> None:
        """The audit row stands."""
