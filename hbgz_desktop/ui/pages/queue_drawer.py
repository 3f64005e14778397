"""The drawer of 上传队列: one delivery, why it stands where it does, every request and answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hbgz_desktop.model.delivery import DeliveryKind
from hbgz_desktop.model.masking import mask_name
from hbgz_desktop.model.queue_lane import DeliveryFact, QueueLane
from hbgz_desktop.services.retry_preview import Forecast, forecast
from hbgz_desktop.services.study_desk import StudyDesk
from hbgz_desktop.ui.pages.queue_attempts import AttemptWords
from hbgz_desktop.ui.pages.queue_deletion import DeletionFacts
from hbgz_desktop.ui.pages.queue_progress import QueueProgress
from hbgz_desktop.ui.pages.queue_words import lane_of
from hbgz_desktop.ui.pages.studies_correction import CorrectionSection
from hbgz_desktop.ui.pages.studies_deliveries import RawAnswers
from hbgz_desktop.ui.pages.studies_words import StudyWords
from hbgz_desktop.ui.phrases import labelled
from hbgz_desktop.ui.states import Badge, Tone
from hbgz_desktop.ui.styling import STRETCH, column, row
from hbgz_desktop.ui.verdict import platform_name
from hbgz_desktop.ui.widgets.button import Button
from hbgz_desktop.ui.widgets.drawer import Drawer
from hbgz_desktop.ui.widgets.label import Label
from hbgz_desktop.ui.widgets.masked_label import MaskedLabel
from hbgz_desktop.ui.widgets.next_step_box import NextStepBox
from hbgz_desktop.ui.widgets.state_badge import StateBadge
from hbgz_desktop.ui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from hbgz_desktop.model.delivery import Delivery
    from hbgz_desktop.services.queue_desk import ShownDelivery
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.queue_words import QueueWords

RETRY = "retry"
RESUME = "resume"
FIX = "fix"
PAUSE = "pause"
CANCEL = "cancel"
_TONES = {
    QueueLane.WAITING: Tone.COOL,
    QueueLane.RUNNING: Tone.COOL,
    QueueLane.RETRYING: Tone.WAITING,
    QueueLane.NEEDS_FIX: Tone.WARM,
    QueueLane.FAILED: Tone.BAD,
    QueueLane.PAUSED: Tone.COOL,
    QueueLane.CONFIRMED: Tone.OK,
    QueueLane.CANCELLED: Tone.COOL,
    QueueLane.NOT_REQUIRED: Tone.COOL,
}


class QueueDrawer(Drawer):
    """Shows one ``ShownDelivery``; its widgets stay while the delivery changes.

    Signals:
        act_requested: (retry, resume, pause, cancel or fix) For the delivery that is shown.
        study_requested: Show its study.
        revealed: The name was shown: write the audit row.

    Attributes:
        shown: What is shown, or None.
    """

    act_requested = Signal(str)
    study_requested = Signal()
    revealed = Signal()

    def __init__(self, context: PageContext, words: QueueWords, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(context.theme, parent)
        self._context = context
        self._words = words
        self._deletion = DeletionFacts(self)
        people = StudyWords(context.texts, StudyDesk(context.services).field_label, self)
        self._correction = CorrectionSection(people, self)
        self.shown: ShownDelivery | None = None
        theme = context.theme
        self._attempt_words = AttemptWords(theme, context.texts, self, with_codes=context.is_it)
        self.name = MaskedLabel(theme, "strong", self.tr("显示姓名"), self)
        self.name.revealed.connect(self.revealed)
        self._badge = StateBadge(theme, Badge.neutral("…"), self)
        self._platform = Label("", "caption2", self)
        self._box = NextStepBox(theme, parent=self)
        self._box.action_requested.connect(self._on_act)
        self._action = ""
        self._progress = QueueProgress(theme, self)
        self._answer = Label("", "mono", self, wrap=True)
        self._answer_part = QWidget(self)
        self._answer_part.setLayout(
            column(Label(self.tr("平台原文"), "strong", self), self._answer, gap=4)
        )
        self._timeline = Timeline(theme, self)
        self._none = Label(self.tr("还没有发过"), "caption2", self)
        self._raw_button = Button(theme, self.tr("原始应答"), "quiet", parent=self)
        self._raw_button.setCheckable(True)
        self._raw_button.toggled.connect(self._on_raw)
        self._raw_button.setVisible(context.is_it)
        self._raw = RawAnswers(self)
        self._study = Button(theme, self.tr("看这份检查"), "quiet", "studies", self)
        self._study.clicked.connect(self.study_requested)
        self.action_chosen.connect(self.act_requested)
        self._build()

    def _build(self) -> None:
        self.body.addLayout(row(self._badge, self._platform, STRETCH, self._study))
        self.body.addWidget(self.name)
        self.body.addWidget(self._box)
        self.body.addWidget(self._deletion)
        self.body.addWidget(self._correction)
        self.body.addWidget(self._progress)
        self.body.addWidget(self._answer_part)
        head = row(Label(self.tr("每次请求"), "strong", self), STRETCH, self._raw_button)
        self.body.addLayout(column(head, self._raw, self._none, self._timeline, gap=6))
        self.body.addStretch(1)

    def show_delivery(self, shown: ShownDelivery) -> None:
        """Show a delivery, or the same one as it is now."""
        before = self.shown.row.delivery.id if self.shown is not None else 0
        self.shown = shown
        delivery = shown.row.delivery
        if before != delivery.id:
            clear = shown.row.patient_name.replace("^", " ")
            self.name.set_value(mask_name(clear), clear)
        self.set_head(
            self._words.kind(shown.row), shown.row.accession_number, self._head_line(shown)
        )
        self._badge.set_badge(self._words.badge(delivery))
        self._platform.setText(platform_name(delivery.platform))
        self._show_step(shown)
        self._progress.show_progress(shown.progress)
        self._deletion.show_deletion(shown.deletion)
        self._correction.show_correction(shown.correction)
        self._answer.setText(delivery.message)
        self._answer_part.setVisible(bool(delivery.message) and shown.deletion is None)
        self._timeline.set_entries(self._attempt_words.entries(shown.attempts))
        self._none.setVisible(not shown.attempts)
        self._raw.show_attempts(shown.attempts)
        self._raw_button.set_allowed("" if shown.attempts else self.tr("还没有发过"))
        self.set_actions(self._entries(delivery))

    def _head_line(self, shown: ShownDelivery) -> str:
        delivery, study = shown.row.delivery, shown.study
        what = study.description or study.modality if study is not None else shown.row.modality
        attempts = self._words.attempts(delivery) if delivery.attempts else ""
        http = "" if delivery.http_status is None else f"HTTP {delivery.http_status}"
        return "·".join(filter(None, (what, attempts, http if self._context.is_it else "")))

    def _show_step(self, shown: ShownDelivery) -> None:
        title, detail, self._action = self._step(shown)
        buttons = {
            RETRY: self.tr("重试这一项"),
            RESUME: self.tr("继续"),
            FIX: self.tr("去改"),
        }
        tone = _TONES[lane_of(shown.row.delivery)]
        self._box.set_step(tone, title, detail, buttons.get(self._action, ""))

    def _step(self, shown: ShownDelivery) -> tuple[str, str, str]:
        """One sentence, what it means, and the one action."""
        delivery = shown.row.delivery
        lane = lane_of(delivery)
        cause = self._words.cause(delivery)
        is_deletion = delivery.kind is DeliveryKind.DELETION
        if lane is QueueLane.FAILED:
            return self._failed_step(shown, cause)
        if lane is QueueLane.RETRYING:
            at = self._words.next_time(delivery, with_seconds=False)
            title = self.tr("不用操作，程序 {time} 重试").format(time=at)
            if delivery.next_attempt_at is None:
                title = self.tr("不用操作，平台恢复后程序接着传")
            return title, cause, RETRY
        if lane is QueueLane.NEEDS_FIX:
            return self.tr("要先改内容，再传也不会成功"), self.tr("改好自动上传"), FIX
        if lane is QueueLane.PAUSED:
            who = self.tr("{who} 暂停了它").format(who=delivery.paused_by)
            return who, self.tr("继续以后接着传，已传的不重传"), RESUME
        return (
            *self._quiet_step(lane, cause, is_deletion=is_deletion),
            RETRY if lane is QueueLane.CANCELLED else "",
        )

    def _failed_step(self, shown: ShownDelivery, cause: str) -> tuple[str, str, str]:
        delivery = shown.row.delivery
        text = self._context.texts.of(delivery.cause) if delivery.cause else None
        who = labelled(self._words.who(text.who), text.next_step) if text else ""
        fact = DeliveryFact(
            delivery.platform,
            delivery.kind,
            delivery.state,
            delivery.blocked_reason,
            delivery.is_paused,
            delivery.cause,
        )
        likely = forecast(fact, {delivery.platform: shown.health})
        title = cause or self.tr("没有成功，程序不再自己重试")
        if likely is Forecast.CHANGE:
            return title, self._context.theme.join(self.tr("再传也不会成功，要先改内容"), who), ""
        return title, who, RETRY

    def _quiet_step(self, lane: QueueLane, cause: str, *, is_deletion: bool) -> tuple[str, str]:
        if is_deletion:
            return self._deletion_step(lane, cause)
        if lane is QueueLane.RUNNING:
            return self.tr("不用操作，正在上传"), self.tr("每一幅都等平台应答")
        if lane is QueueLane.CONFIRMED:
            return self.tr("平台已确认"), ""
        if lane is QueueLane.CANCELLED:
            return self.tr("已取消，图像和记录都留在本机"), self.tr("重试就接着传")
        if lane is QueueLane.NOT_REQUIRED:
            return self.tr("不用传"), cause
        return self.tr("不用操作，轮到就上传"), cause

    def _deletion_step(self, lane: QueueLane, cause: str) -> tuple[str, str]:
        if lane is QueueLane.RUNNING:
            return self.tr("不用操作，正在请平台删除"), self.tr("等平台答应")
        if lane is QueueLane.CONFIRMED:
            return self.tr("平台已删除"), self.tr("旧索引不再使用")
        if lane is QueueLane.CANCELLED:
            return self.tr("没有删除，平台上的还在"), self.tr("重试就再请平台删除")
        return self.tr("不用操作，轮到就请平台删除"), cause

    def _entries(self, delivery: Delivery) -> list[tuple[str, str]]:
        lane = lane_of(delivery)
        if lane in (QueueLane.CONFIRMED, QueueLane.NOT_REQUIRED, QueueLane.CANCELLED):
            return []
        held = lane is QueueLane.PAUSED
        first = (RESUME, self.tr("继续")) if held else (PAUSE, self.tr("暂停这一项"))
        is_running = lane is QueueLane.RUNNING
        cancel = self.tr("取消这一项…") if is_running else self.tr("取消这一项")
        return [first, (CANCEL, cancel)]

    def _on_act(self) -> None:
        self.act_requested.emit(self._action)

    def _on_raw(self, is_on: bool) -> None:  # noqa: FBT001  # Qt's own signature
        self._raw.setVisible(is_on)
