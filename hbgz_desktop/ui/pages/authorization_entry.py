"""The form of 患者授权 with what is said about it: ready, known already, sent, waiting, refused."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from hbgz_desktop.model.authorization import LIVE, Authorization, AuthorizationState, Submission
from hbgz_desktop.model.problem import Severity
from hbgz_desktop.model.visit import VisitCall
from hbgz_desktop.ui.announcing import announce
from hbgz_desktop.ui.failures import failure_words
from hbgz_desktop.ui.moments import moment_words
from hbgz_desktop.ui.pages.visit_form import VisitForm
from hbgz_desktop.ui.pages.visit_words import field_word, problem_words
from hbgz_desktop.ui.phrases import listed
from hbgz_desktop.ui.states import Tone
from hbgz_desktop.ui.styling import column, row
from hbgz_desktop.ui.widgets.card import Card, Surface
from hbgz_desktop.ui.widgets.check_box import CheckBox
from hbgz_desktop.ui.widgets.icon_label import IconLabel
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox

if TYPE_CHECKING:
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.authorization_words import AuthorizationWords

_PAUSE_MS = 250


class AuthorizationEntry(Card):
    """One patient at a time.

    Signals:
        changed: What can be done next is another: read ``row`` and ``is_busy``.
        submitted: (Authorization) It was entered, whatever the platform said.
        action_requested: (key, Authorization) ``print``, ``share``, ``again`` or ``show`` this one.

    Attributes:
        form: The fields.
        row: What has become of this patient, or None while it is being filled in.
        is_busy: The platform is being asked.
    """

    changed = Signal()
    submitted = Signal(object)
    action_requested = Signal(str, object)

    def __init__(
        self, context: PageContext, words: AuthorizationWords, parent: QWidget | None = None
    ) -> None:
        """Build it empty."""
        super().__init__(parent=parent)
        self._context = context
        self._words = words
        self.row: Authorization | None = None
        self.is_busy = False
        self._known: Authorization | None = None
        self._accepts_warning = False
        self.form = VisitForm(context, VisitCall.SAVE_AUTH_USER, self)
        self.box = NextStepBox(context.theme, parent=self)
        self.consent = CheckBox(
            context.theme, self.tr("患者已当面同意在本次就诊中查看外院结果"), self
        )
        self._consent_note = Label("", "error", self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_known)
        self._build()
        self._connect()
        self._show_box()

    def _build(self) -> None:
        consent = column(self.consent, self._consent_note, gap=0)
        self.body.setSpacing(14)
        self.body.addWidget(self._reader_strip())
        self.body.addWidget(self.form)
        self.body.addLayout(consent)
        self.body.addWidget(self.box)
        self._consent_note.hide()
        QWidget.setTabOrder(self.form.last_control(), self.consent)
        QWidget.setTabOrder(self.consent, self.box.button)
        QWidget.setTabOrder(self.box.button, self.box.other)

    def _reader_strip(self) -> Surface:
        strip = Surface("sunken", self)
        icon = IconLabel(self._context.theme, "id_card", "accent", 22, strip)
        words = column(
            Label(self.tr("把身份证放上读卡器，或者直接扫"), "strong", strip),
            Label(
                self.tr("会打字的读卡器、扫码枪都可以，光标在这张表的哪一栏都行。"),
                "caption2",
                strip,
                wrap=True,
            ),
            gap=2,
        )
        line = row(icon, words, gap=14, margins=(16, 10, 16, 10))
        line.setStretch(1, 1)
        strip.setLayout(line)
        return strip

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.form.completed.connect(self._on_completed)
        self.form.revealed.connect(self._on_revealed)
        self.consent.toggled.connect(self._on_consent)
        self.box.action_requested.connect(self._on_action)
        self.box.other_requested.connect(self._on_other)

    # What the page asks

    def start_anew(self) -> None:
        """The next patient: nothing of this one stays on the screen."""
        self._pause.stop()
        self.row = self._known = None
        self.is_busy = self._accepts_warning = False
        self.consent.setChecked(False)
        self._say_consent("")
        self.form.clear()
        self._show_box()
        self.changed.emit()

    def submit(self) -> None:
        """Send what is in the form, or go to the first thing that stands in the way."""
        if self.is_busy:
            return
        if not self.form.show_problems():
            self._show_box()
            return
        if not self.consent.isChecked():
            self._say_consent(self.tr("先问患者，同意了再打勾"))
            self.consent.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._has_doubt() and not self._accepts_warning:
            self._show_box()
            self.box.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.is_busy = True
        self.box.set_step(Tone.COOL, self.tr("正在登记"), self.tr("平台一般 2 秒内应答。"))
        self.changed.emit()
        visit = self.form.visit()
        send = partial(self._context.services.authorization.submit, visit)
        self._context.tasks.run_task(send, self._on_submitted, self._on_failed)

    def show_row(self, item: Authorization) -> None:
        """What has become of this patient's authorization now."""
        self.row = item
        self._show_box()
        self.changed.emit()

    def fill_again(self, item: Authorization) -> None:
        """One that was refused, to be corrected: its values, its own time (H076)."""
        self.start_anew()
        self.form.set_visit(item.visit, self.tr("上次登记的"))
        self._pause.stop()
        self.box.set_step(Tone.WARM, self.tr("改好再登记"), self._words.say(item).title)

    # Saying

    def _has_doubt(self) -> bool:
        """The check digit disagrees: a person has to look at the card again."""
        return any(one.rule == "check_digit" for one in self.form.problems())

    def _show_box(self) -> None:
        if self.row is not None:
            self._show_answer(self.row)
        elif self.form.is_empty:
            self.box.set_step(
                Tone.COOL,
                self.tr("等下一位患者"),
                self.tr("扫身份证，或者在右边找来过的患者；也可以一项一项填。"),
            )
        elif self._known is not None:
            self._show_known(self._known)
        else:
            self._show_ready()

    def _show_ready(self) -> None:
        problems = self.form.problems()
        errors = [one for one in problems if one.severity is Severity.ERROR]
        if errors:
            names = listed(dict.fromkeys(field_word(one.field) for one in errors))
            title = self.tr("还差：{names}").format(names=names)
            first = problem_words(self._context.texts, errors[0])
            self.box.set_step(Tone.WARM, title, first)
        elif self._has_doubt():
            title = self.tr("证件号第 18 位不对，请核对最后几位")
            detail = self.tr("和证件上一样的话，可以照样登记。")
            self.box.set_step(Tone.WARM, title, detail, self.tr("核对过，照样登记"))
        else:
            later = [one.field for one in problems if one.rule == "required_later"]
            detail = self.tr("这次就诊还没有登记过。姓名、证件号、手机号、就诊号加密后才发出。")
            if later:
                names = listed(field_word(name) for name in later)
                detail = self.tr("没填的 {names}，医生调阅时一定要有，能补就补。").format(
                    names=names
                )
            self.box.set_step(Tone.OK, self.tr("可以登记"), detail)

    def _show_known(self, item: Authorization) -> None:
        at = moment_words(item.created_at)
        state = self._words.row_badge(item).word
        title = self.tr("这次就诊 {at} 登记过：{state}").format(at=at, state=state)
        detail = self.tr("不用再登记。是另一次就诊的话，请改就诊号。")
        self.box.set_step(Tone.WARM, title, detail, self.tr("看那一条"))

    def _show_answer(self, item: Authorization) -> None:
        said = self._words.say(item)
        action, other = "", ""
        if item.state is AuthorizationState.AUTHORIZED:
            action, other = self.tr("打印授权单…"), self.tr("去共享调阅")
        elif item.is_answer_unknown:
            action = self.tr("再发一次")
        elif item.state is AuthorizationState.WAITING:
            action = self.tr("打印授权单…")
        elif item.state is AuthorizationState.REFUSED:
            action = self.tr("改过再发")
        self.box.set_step(said.tone, said.title, said.detail, action, other)
        announce(self.box, said.title)

    def _say_consent(self, words: str) -> None:
        self._consent_note.setText(words)
        self._consent_note.setVisible(bool(words))
        self.consent.setAccessibleDescription(words)

    # A second one of the same visit

    def _ask_known(self) -> None:
        visit = self.form.visit()
        if not (visit.id_no and visit.visit_no):
            self._on_known(None)
            return
        ask = partial(self._context.services.authorization.of_visit, visit)
        self._context.tasks.run_task(ask, self._on_known, self._on_known_failed)

    def _on_known(self, item: Authorization | None) -> None:
        visit = self.form.visit()
        is_same = item is not None and item.visit.visit_no == visit.visit_no
        is_live = item is not None and item.state in LIVE
        self._known = item if is_same and is_live else None
        if self.row is None and not self.is_busy:
            self._show_box()

    def _on_known_failed(self, error: Exception) -> None:
        failure_words(self._context, error)

    # Slots

    def _on_changed(self) -> None:
        self.row = None
        self._accepts_warning = False
        self._known = None
        self._pause.start()
        if not self.is_busy:
            self._show_box()
        self.changed.emit()

    def _on_completed(self) -> None:
        self.consent.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_consent(self) -> None:
        self._say_consent("")

    def _on_revealed(self, _field: str) -> None:
        number = self.row.id if self.row is not None else 0
        note = partial(self._context.services.reveal, "authorization", number)
        self._context.tasks.run_task(note, self._on_noted)

    def _on_noted(self, _done: object) -> None:
        """The trail has it."""

    def _on_action(self) -> None:
        if self.row is None and self._known is not None:
            self.action_requested.emit("show", self._known)
        elif self.row is None:
            self._accepts_warning = True
            self.submit()
        elif self.row.state is AuthorizationState.REFUSED:
            self.fill_again(self.row)
        elif self.row.is_answer_unknown:
            self.action_requested.emit("again", self.row)
        else:
            self.action_requested.emit("print", self.row)

    def _on_other(self) -> None:
        if self.row is not None:
            self.action_requested.emit("share", self.row)

    def _on_submitted(self, answer: Submission) -> None:
        self.is_busy = False
        if answer.authorization is None:
            self.form.show_problems()
            self._show_box()
        elif answer.is_known:
            self._known = answer.authorization
            self._show_box()
            self.form.set_refusal({"visitNo": self.tr("这次就诊登记过了")})
            self.form.go_to_problem(1, from_start=True)
        else:
            self.row = answer.authorization
            self._show_box()
        self.changed.emit()
        if self.row is not None:
            self.submitted.emit(self.row)

    def _on_failed(self, error: Exception) -> None:
        self.is_busy = False
        words = failure_words(self._context, error)
        self.box.set_step(Tone.BAD, self.tr("没有登记上"), words)
        self.changed.emit()
