"""One authorization: who, what has become of it, what can be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from hbgz_desktop.model.authorization import AuthorizationState
from hbgz_desktop.model.masking import mask_identity, mask_phone
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.visit_words import kind_word
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.form_field import FormField
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.masked_label import REVEAL_S
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from hbgz_desktop.model.authorization import Authorization
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords
    from hbgz_desktop.ui.theme import Theme

_LABEL_WIDTH = 124


class AuthorizationDrawer(Drawer):
    """Shows one ``Authorization``; its widgets stay while it changes.

    Signals:
        action_requested: (key) ``share``, ``print``, ``withdraw``, ``again``, ``correct``.
        reveal_requested: The person is about to be shown: write the audit row.

    Attributes:
        shown: What is shown, or None.
    """

    action_requested = Signal(str)
    reveal_requested = Signal()

    def __init__(self, context: PageContext, words: AuthorizationWords, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(context.theme, parent)
        self._context = context
        self._words = words
        self.shown: Authorization | None = None
        theme = context.theme
        self._eye = Button(theme, self.tr("显示姓名"), "quiet", "eye", self)
        self._eye.clicked.connect(self._on_eye)
        self.head_extra.addWidget(self._eye)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEAL_S * 1000)
        self._timer.timeout.connect(self.hide_name)
        self._badge = StateBadge(theme, words.badge(AuthorizationState.WAITING), self)
        self._box = NextStepBox(theme, parent=self)
        self._box.action_requested.connect(self._on_box)
        self._facts = {key: ElidedLabel("", "", self) for key in self._labels()}
        self._share = self._button("share", self.tr("去共享调阅"), "shared")
        self._print = self._button("print", self.tr("打印授权单…"), "print")
        self._withdraw = self._button("withdraw", self.tr("撤回授权…"), "undo")
        self._build()
        self.closed.connect(self.hide_name)

    def _labels(self) -> dict[str, str]:
        return {
            "kind": self.tr("证件"),
            "number": self.tr("证件号"),
            "phone": self.tr("手机号"),
            "visit": self.tr("就诊号"),
            "time": self.tr("就诊时间"),
            "patient": self.tr("患者 ID"),
            "entered": self.tr("登记"),
            "sent": self.tr("平台收下"),
            "tries": self.tr("发过几次"),
        }

    def _button(self, key: str, text: str, icon: str) -> Button:
        button = Button(self._context.theme, text, "", icon, self)
        button.setProperty("key", key)
        button.clicked.connect(self._on_button)
        return button

    def _build(self) -> None:
        self.body.addLayout(row(self._badge, STRETCH))
        self.body.addWidget(self._box)
        self.body.addLayout(row(self._share, self._print, STRETCH))
        lines = []
        for key, words in self._labels().items():
            caption = Label(words, "caption2", self)
            caption.setFixedWidth(_LABEL_WIDTH)
            line = row(caption, self._facts[key], gap=8)
            line.setStretch(1, 1)
            lines.append(line)
        self.body.addLayout(column(*lines, gap=8))
        self.body.addLayout(row(self._withdraw, STRETCH))
        self.body.addStretch(1)

    def show_row(self, item: Authorization) -> None:
        """Show one, or the same one as it is now."""
        is_other = self.shown is None or self.shown.id != item.id
        self.shown = item
        if is_other or not self._timer.isActive():
            self.hide_name()
        self._badge.set_badge(self._words.row_badge(item))
        said = self._words.say(item)
        action = {
            AuthorizationState.REFUSED: self.tr("改过再发"),
            AuthorizationState.WAITING: self.tr("现在就发"),
        }.get(item.state, "")
        if item.is_answer_unknown:
            action = self.tr("再发一次")
        self._box.set_step(said.tone, said.title, said.detail, action)
        self._show_facts(item, is_clear=self._timer.isActive())
        is_live = item.state is not AuthorizationState.WITHDRAWN
        self._share.setVisible(item.state is AuthorizationState.AUTHORIZED)
        self._withdraw.setVisible(is_live and item.state is not AuthorizationState.REFUSED)

    def _show_facts(self, item: Authorization, *, is_clear: bool) -> None:
        visit = item.visit
        sent = moment_words(item.sent_at) or self.tr("还没有")
        entered = self._context.theme.join(moment_words(item.created_at), item.operator)
        values = {
            "kind": kind_word(visit.id_type),
            "number": visit.id_no if is_clear else mask_identity(visit.id_no),
            "phone": visit.phone if is_clear else mask_phone(visit.phone),
            "visit": visit.visit_no,
            "time": visit.visit_time,
            "patient": visit.patient_id,
            "entered": entered,
            "sent": sent,
            "tries": f"{item.attempts}",
        }
        for key, value in values.items():
            self._facts[key].setText(value or "—")

    def hide_name(self) -> None:
        """Show stars again (30 s are over, another row, Ctrl+Shift+H)."""
        self._timer.stop()
        self._show_head(is_clear=False)

    def set_reveal_allowed(self, *, is_allowed: bool) -> None:
        """Forbid the eye while everything is hidden."""
        self._eye.setEnabled(is_allowed)
        if not is_allowed:
            self.hide_name()

    def _show_head(self, *, is_clear: bool) -> None:
        self._eye.setText(self.tr("遮住") if is_clear else self.tr("显示姓名"))
        self._eye.set_icon("eye_off" if is_clear else "eye")
        if self.shown is None:
            return
        visit = self.shown.visit
        name = self._words.clear_person(visit) if is_clear else self._words.person(visit)
        self.set_head(name, "", self._context.theme.join(visit.visit_no, visit.visit_time[:16]))
        self._show_facts(self.shown, is_clear=is_clear)

    def _on_eye(self) -> None:
        if self._timer.isActive():
            self.hide_name()
        elif self.shown is not None:
            self._timer.start()
            self._show_head(is_clear=True)
            self.reveal_requested.emit()

    def _on_box(self) -> None:
        if self.shown is not None:
            is_refused = self.shown.state is AuthorizationState.REFUSED
            self.action_requested.emit("correct" if is_refused else "again")

    def _on_button(self) -> None:
        self.action_requested.emit(str(self.sender().property("key")))


class WithdrawDialog(QDialog):
    """Asks before an authorization is taken back, and for the reason; show it with ``open()``.

    Signals:
        confirmed: (reason) Take it back.
    """

    confirmed = Signal(str)

    def __init__(self, theme: Theme, person: str, *, was_sent: bool, parent: QWidget) -> None:
        """Build it for one masked person."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = self.tr("撤回 {person} 的授权？").format(person=person)
        self.setWindowTitle(self.tr("撤回授权"))
        self.setAccessibleName(title)
        body = self.tr("还没有发给平台的，不再发；登记的内容留在记录里。")
        if was_sent:
            body = self.tr("平台没有撤回的接口：这里记下撤回，平台那边不会自动取消。")
        self._reason = QLineEdit(self)
        field = FormField(theme, self.tr("原因"), self._reason, parent=self)
        field.set_origin(self.tr("可以不填；写给以后查的人看。"))
        self._keep = Button(theme, self.tr("不撤回"), "safe", parent=self)
        self._keep.clicked.connect(self.reject)
        act = Button(theme, self.tr("撤回授权"), "danger", parent=self)
        act.setAutoDefault(False)
        act.clicked.connect(self._on_act)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(Label(title, "section", self, wrap=True))
        layout.addWidget(Label(body, "body2", self, wrap=True))
        layout.addWidget(field)
        layout.addLayout(row(STRETCH, self._keep, act))
        self.setFixedWidth(theme.size("width_dialog"))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_act(self) -> None:
        self.accept()
        self.confirmed.emit(self._reason.text().strip())
