"""What is done with an authorization that exists: send again, withdraw, print, look at it in the clear."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.pages.authorization_drawer import WithdrawDialog
from hbgz_desktop.ui.pages.authorization_slip import Slip, SlipDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.authorization import Authorization, SlipData
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords


class AuthorizationActs(QObject):
    """Does it off the GUI thread and says how it ended.

    Signals:
        changed: (Authorization) This one is another now.
    """

    changed = Signal(object)

    def __init__(self, context: PageContext, words: AuthorizationWords, page: QWidget) -> None:
        """Wire the parts; dialogs belong to ``page``."""
        super().__init__(page)
        self._context = context
        self._words = words
        self._page = page
        self._withdrawn: Authorization | None = None
        self._printed: Authorization | None = None
        self.slip_dialog: SlipDialog | None = None
        self.withdraw_dialog: WithdrawDialog | None = None

    def send_again(self, item: Authorization) -> None:
        """Try one that waits, now."""
        send = partial(self._context.services.authorization.send_again, item.id)
        self._context.tasks.run_task(send, self._on_sent, self._on_failed)

    def _on_sent(self, item: Authorization) -> None:
        self._context.notices.toast(self._words.say(item).title)
        self.changed.emit(item)

    def withdraw(self, item: Authorization) -> None:
        """Ask, then take it back."""
        self._withdrawn = item
        dialog = WithdrawDialog(
            self._context.theme,
            self._words.person(item.visit),
            was_sent=item.sent_at is not None,
            parent=self._page.window(),
        )
        dialog.confirmed.connect(self._on_withdraw)
        dialog.finished.connect(self._on_withdraw_closed)
        self.withdraw_dialog = dialog
        dialog.open()

    def _on_withdraw(self, reason: str) -> None:
        if self._withdrawn is None:
            return
        work = partial(self._context.services.authorization.withdraw, self._withdrawn.id, reason)
        self._context.tasks.run_task(work, self._on_withdrawn, self._on_failed)

    def _on_withdraw_closed(self) -> None:
        self.withdraw_dialog = None

    def _on_withdrawn(self, item: Authorization) -> None:
        self._context.notices.toast(self.tr("已记下撤回，不再发给平台"))
        self.changed.emit(item)

    def note_look(self, item: Authorization) -> None:
        """Somebody looks at the name: an audit row."""
        note = partial(self._context.services.reveal, "authorization", item.id)
        self._context.tasks.run_task(note, self._on_noted)

    def _on_noted(self, _done: object) -> None:
        """The trail has it."""

    def print_slip(self, item: Authorization) -> None:
        """Show the slip, to print or to keep."""
        self._printed = item
        ask = partial(self._context.services.authorization.slip, item.id)
        self._context.tasks.run_task(ask, self._on_slip, self._on_failed)

    def _on_slip(self, data: SlipData) -> None:
        slip = self.slip_words(data, self._printed)
        dialog = SlipDialog(self._context, slip, self._page.window())
        dialog.finished_with.connect(self._on_said)
        dialog.finished_with.connect(self._on_out)
        dialog.failed.connect(self._on_failed)
        dialog.finished.connect(self._on_slip_closed)
        self.slip_dialog = dialog
        dialog.open()

    def slip_words(self, data: SlipData, item: Authorization | None) -> Slip:
        """What the paper says: masked on the screen, the patient's own words when printed."""
        masked = (data.name, data.id_no, data.phone)
        clear = masked
        if item is not None:
            clear = (item.visit.name, item.visit.id_no, item.visit.phone)
        return Slip(
            hospital=data.hospital,
            number=f"{data.number:06d}",
            lines=self._slip_lines(data, masked),
            paper=self._slip_lines(data, clear),
            state=self._words.state_word(data.state),
        )

    def _slip_lines(
        self, data: SlipData, person: tuple[str, str, str]
    ) -> tuple[tuple[str, str], ...]:
        entered = f"{data.entered_at.astimezone(LOCAL):%Y-%m-%d %H:%M}  {data.operator}"
        labels = (self.tr("姓名"), self.tr("证件号"), self.tr("手机号"))
        visit = (self.tr("就诊号"), self.tr("就诊时间"), self.tr("登记"))
        values = (*person, data.visit_no, data.visit_time, entered)
        return tuple(
            (label, value or "—") for label, value in zip((*labels, *visit), values, strict=True)
        )

    def _on_out(self) -> None:
        """The clear name leaves the program on paper or in a file: as good as a look."""
        if self._printed is not None:
            self.note_look(self._printed)

    def _on_said(self, words: str) -> None:
        self._context.notices.toast(words)

    def _on_slip_closed(self) -> None:
        self.slip_dialog = None

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
