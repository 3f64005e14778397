"""What is done with an authorization that exists: send again, withdraw, print, look at it in the clear."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hbgz_desktop.model.authorization import Authorization
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.failures import toast_failure
from hbgz_desktop.ui.pages.authorization_drawer import WithdrawDialog
from hbgz_desktop.ui.pages.authorization_slip import Slip, SlipDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hbgz_desktop.model.authorization import SlipData
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
        work = partial(
            self._context.services.authorization.withdraw, self._withdrawn.id, reason
        )
        self._context.tasks.run_task(work, self._on_withdrawn, self._on_failed)

    def _on_withdraw_closed(self) -> None:
        self.withdraw_dialog = None

    def _on_withdrawn(self, item: Authorization) -> None:
        self._context.notices.toast(self.tr("已记下撤回，不再发给平台"))
        self.changed.emit(item)

    def note_look(self, item: Authorization) -> None:
        """Somebody looks at the name: an audit row."""
        note = partial(
            self._context.services.audit.record,
            "identity_revealed",
            kind="authorization",
            key=item.id,
            authorization=item.id,
        )
        self._context.tasks.run_task(note, self._on_noted)

    def _on_noted(self, _done: object) -> None:
        """The trail has it."""

    def print_slip(self, item: Authorization) -> None:
        """Show the slip, to print or to keep."""
        ask = partial(self._context.services.authorization.slip, item.id)
        self._context.tasks.run_task(ask, self._on_slip, self._on_failed)

    def _on_slip(self, data: SlipData) -> None:
        dialog = SlipDialog(self._context, self.slip_words(data), self._page.window())
        dialog.finished_with.connect(self._on_said)
        dialog.failed.connect(self._on_failed)
        dialog.finished.connect(self._on_slip_closed)
        self.slip_dialog = dialog
        dialog.open()

    def slip_words(self, data: SlipData) -> Slip:
        """What the paper says."""
        entered = f"{data.entered_at.astimezone(LOCAL):%Y-%m-%d %H:%M}"
        lines = (
            (self.tr("姓名"), data.name),
            (self.tr("证件号"), data.id_no),
            (self.tr("手机号"), data.phone),
            (self.tr("就诊号"), data.visit_no),
            (self.tr("就诊时间"), data.visit_time),
            (self.tr("登记"), f"{entered}  {data.operator}"),
        )
        number = f"{data.number:06d}"
        return Slip(
            hospital=data.hospital,
            number=number,
            lines=tuple((label, value or "—") for label, value in lines),
            state=self._words.state_word(data.state),
        )

    def _on_said(self, words: str) -> None:
        self._context.notices.toast(words)

    def _on_slip_closed(self) -> None:
        self.slip_dialog = None

    def _on_failed(self, error: Exception) -> None:
        toast_failure(self._context, error)
