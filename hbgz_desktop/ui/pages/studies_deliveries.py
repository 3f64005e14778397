"""What goes out for one study: a line each with its state, and the raw answers for IT."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from hbgz_desktop.model.delivery import BlockedReason, DeliveryKind, DeliveryState
from hbgz_desktop.services.clock_words import LOCAL
from hbgz_desktop.ui.states import Badge, State
from hbgz_desktop.ui.styling import clear_layout
from hbgz_desktop.ui.widgets.label import ElidedLabel, Label
from hbgz_desktop.ui.widgets.state_badge import StateBadge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hbgz_desktop.model.delivery import Attempt, Delivery
    from hbgz_desktop.ui.page_context import PageContext
    from hbgz_desktop.ui.pages.studies_words import StudyWords

_STATES = {
    DeliveryState.READY: State.WAITING,
    DeliveryState.RUNNING: State.RUNNING,
    DeliveryState.RETRYING: State.RETRYING,
    DeliveryState.DELIVERED: State.CONFIRMED,
    DeliveryState.FAILED: State.FAILED,
}


class DeliveryLines(QWidget):
    """检查记录, 图像, 报告: each its badge and what holds it."""

    def __init__(self, context: PageContext, words: StudyWords, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._context = context
        self._words = words
        self._shown: tuple[Delivery, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self._kinds = {
            DeliveryKind.DELETION: self.tr("删除"),
            DeliveryKind.RECORD: self.tr("检查记录"),
            DeliveryKind.IMAGES: self.tr("图像"),
            DeliveryKind.REPORT: self.tr("报告"),
        }
        self._reasons = {
            BlockedReason.NO_IMAGES: self.tr("等图像"),
            BlockedReason.INCOMPLETE: self.tr("等收齐"),
            BlockedReason.SETTLEMENT: self.tr("等结算"),
            BlockedReason.REPORT: self.tr("等报告"),
            BlockedReason.ORDER: self.tr("等前一项"),
            BlockedReason.DIGEST: self.tr("核算校验码"),
            BlockedReason.CHANGED: self.tr("内容有变"),
        }

    def show_deliveries(self, deliveries: Sequence[Delivery]) -> None:
        """Show these, in the order they are sent."""
        order = list(DeliveryKind)
        wanted = tuple(sorted(deliveries, key=lambda one: (order.index(one.kind), one.part)))
        if wanted == self._shown:
            return
        self._shown = wanted
        clear_layout(self._lines)
        for delivery in wanted:
            self._lines.addWidget(self._line(delivery))

    def badge(self, delivery: Delivery) -> Badge:
        """State of one delivery; its word says why it waits."""
        if delivery.is_paused and delivery.state is not DeliveryState.DELIVERED:
            return Badge.of(State.PAUSED)
        if delivery.state is DeliveryState.BLOCKED:
            if delivery.blocked_reason is BlockedReason.NEEDS_FIX:
                return Badge.of(State.NEEDS_FIX)
            reason = delivery.blocked_reason
            return Badge.of(State.WAITING, self._reasons[reason] if reason else "")
        if delivery.state is DeliveryState.CANCELLED:
            return Badge.of(State.PAUSED, self.tr("已取消"))
        if delivery.state is DeliveryState.NOT_REQUIRED:
            return Badge.neutral(self.tr("不用传"))
        badge = Badge.of(_STATES[delivery.state])
        is_queued = delivery.state is DeliveryState.READY
        return replace(badge, word=self.tr("排队")) if is_queued else badge

    def detail(self, delivery: Delivery) -> str:
        """Images confirmed, cause, next try."""
        counts = ""
        if delivery.kind is DeliveryKind.IMAGES:
            counts = self.tr("{done}/{total} 幅").format(
                done=f"{delivery.items_confirmed:,}", total=f"{delivery.items_total:,}"
            )
        is_wrong = delivery.state in (
            DeliveryState.FAILED,
            DeliveryState.RETRYING,
            DeliveryState.NOT_REQUIRED,
        )
        cause = self._context.texts.of(delivery.cause).title if is_wrong and delivery.cause else ""
        again = ""
        if delivery.state is DeliveryState.RETRYING and delivery.next_attempt_at is not None:
            at = self._words.full_moment(delivery.next_attempt_at)
            again = self.tr("{time} 重试").format(time=at)
        return self._context.theme.join(counts, cause, again)

    def _line(self, delivery: Delivery) -> QWidget:
        line = QWidget(self)
        kind = Label(self._kinds[delivery.kind], "", line)
        kind.setFixedWidth(72)
        badge = self.badge(delivery)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 1, 0, 1)
        layout.setSpacing(8)
        layout.addWidget(kind)
        layout.addWidget(StateBadge(self._context.theme, badge, line))
        layout.addWidget(ElidedLabel(self.detail(delivery), "caption2", line), 1)
        line.setAccessibleName(f"{kind.text()} {badge.word} {self.detail(delivery)}".strip())
        return line


class RawAnswers(QPlainTextEdit):
    """Requests and answers as they were kept: masked, fixed width, newest first."""

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden and empty."""
        super().__init__(parent)
        self.setReadOnly(True)
        self.setProperty("mono", True)  # noqa: FBT003  # Qt's own signature
        self.setFixedHeight(240)
        self.setAccessibleName(self.tr("原始应答，已遮盖"))
        self.hide()

    def show_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Replace the text; the place in it stays when nothing is new."""
        text = "\n\n".join(_attempt_text(one) for one in attempts)
        if text != self.toPlainText():
            self.setPlainText(text)


def _attempt_text(attempt: Attempt) -> str:
    begun = attempt.started_at.astimezone(LOCAL)
    took_ms = (attempt.finished_at - attempt.started_at).total_seconds() * 1000
    status = "—" if attempt.http_status is None else str(attempt.http_status)
    head = (
        f"{begun:%m-%d %H:%M:%S}  {attempt.service}  HTTP {status}  code {attempt.answer_code or '—'}"
        f"  {attempt.outcome}  {took_ms:.0f} ms"
    )
    lines = [head, f"msgid {attempt.msgid}"]
    if attempt.cause:
        lines.append(f"cause {attempt.cause}")
    lines += [text for text in (attempt.message, attempt.answer) if text]
    return "\n".join(lines)
